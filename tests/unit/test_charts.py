"""Drawings: readable without sight, without colour and without a style of their own."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from openscrutiny.charts import (
    Bar,
    BarChart,
    DotStrip,
    FunnelChart,
    FunnelDot,
    FunnelEdge,
    IntervalBar,
    IntervalBars,
    Line,
    LineChart,
    Mark,
    Sparkline,
    Spine,
    Upright,
    quantile,
    quarter_edges,
)
from openscrutiny.charts.palette import CLASSES, inline_style
from openscrutiny.charts.svg import nice_ticks
from support.specimens import (
    MORE_DRAWINGS,
    bullet,
    flows,
    narrow,
    paper,
    small,
    wide,
)

SVG = "{http://www.w3.org/2000/svg}"
LONG_NAME = "Bournemouth, Christchurch and Poole"
SPREAD = tuple(10 + (n * 37 % 151) / 6 for n in range(151))


ENGLAND = Upright(22.6, "England 22.6%", "England")


def year(n: int) -> date:
    return date(n, 3, 31)


def own_line(values: list[float | None], name: str = "Borough") -> Line:
    marks = tuple(
        Mark(year(2016 + n), value, "" if value is None else f"{value:.1f}")
        for n, value in enumerate(values)
    )
    last = [value for value in values if value is not None][-1]
    return Line("own", name, f"{last:.1f}%", marks)


def chart(
    values: list[float | None], name: str = "Borough", **rest: object
) -> LineChart:
    own = own_line(values, name)
    eng = Line("eng", "England", "22.6%", tuple(Mark(m.end, 22.0) for m in own.marks))
    nbr = Line(
        "nbr", "Neighbours", "22.4%", tuple(Mark(m.end, 22.4) for m in own.marks)
    )
    return LineChart(
        title="Re-referrals",
        description="Ours and England.",
        lines=(own, eng, nbr),
        ticks=tuple((m.end, str(m.end.year)) for m in own.marks),
        axis_text=lambda value: f"{value:.0f}%",
        short_name="This council",
        **rest,  # type: ignore[arg-type]
    )


def strip(polarity: str = "lower", **changes: object) -> DotStrip:
    facts: dict[str, object] = {
        "title": "Every authority",
        "description": "One dot each.",
        "values": SPREAD,
        "marked": SPREAD[3:13],
        "main": SPREAD[0],
        "main_label": "Borough 10.0%, 1 of 151",
        "main_short": "Borough",
        "solid": ENGLAND,
        "is_turned": polarity == "lower",
        "has_quarters": polarity != "neutral",
        "axis_text": lambda value: f"{value:.0f}%",
        "toward_right": "lower: better",
    }
    return DotStrip(**{**facts, **changes})  # type: ignore[arg-type]


def spark(values: list[float | None], prefix: str = "a", **rest: object) -> str:
    line = Sparkline(
        "Title",
        "From 18.6 to 26.8.",
        tuple(values),
        ("18.6", "26.8"),
        ("2021", "2025"),
        **rest,  # type: ignore[arg-type]
    )
    return small(line, prefix)


def spine_of(own: float, polarity: str, prefix: str = "a") -> str:
    turned = polarity == "lower"
    place = Spine("T", "D.", own, 22.6, 19.6, SPREAD, turned, ("E", "N"))
    return small(place, prefix)


REGION = {
    "dashed": Upright(
        21.4, "Yorkshire and the Humber 21.4%", "Yorkshire and the Humber", "Region"
    )
}


def bars(*held: Bar) -> BarChart:
    return BarChart("T", "D.", held)


BARS = bars(
    Bar("White", 62, "62"),
    Bar("Other", None, "[c]"),
    Bar("Not known", 8, "8", unknown=True),
)
FUNNEL = FunnelChart(
    title="Funnel",
    description="All within.",
    dots=(
        *(FunnelDot(40.0 + 31 * n, 10 + n * 37 % 17, "") for n in range(60)),
        FunnelDot(310.0, 22.0, "marked"),
        FunnelDot(1900.0, 20.0, "main"),
    ),
    edges=(
        FunnelEdge("95%", "l-limit", lambda n: (20 - 60 / n**0.5, 20 + 60 / n**0.5)),
    ),
    level=20.0,
    level_label="England 20.0%",
    main_label=f"{LONG_NAME} 20.0%",
    main_short="Ours",
    size_words="Number of referrals",
)
INTERVALS = IntervalBars(
    "Ours among its neighbours",
    "Borough 20.0%.",
    (
        IntervalBar("Borough", 20.0, "20.0%", 15.0, 26.0, True),
        IntervalBar(LONG_NAME, 22.0, "22.0%", 18.0, 27.0, False),
    ),
)


DRAWINGS: dict[str, Callable[[str], str]] = {
    "spark": lambda p: spark([18.6, None, 19.6, 23.1, 26.8], p, is_provisional=True),
    "spine": lambda p: spine_of(26.8, "lower", p),
    "wide": lambda p: wide(
        chart([18.6, None, 19.6, 26.8], level=20.0, level_label="Target 20%"), p
    ),
    "narrow": lambda p: narrow(
        chart([18.6, None, 19.6, 26.8], level=20.0, level_label="Target 20%"), p
    ),
    "paper": lambda p: paper(
        chart([18.6, None, 19.6, 26.8], level=20.0, level_label="Target 20%"), p
    ),
    "long paper": lambda p: paper(chart([18.6, 26.8], LONG_NAME), p),
    "long name": lambda p: wide(chart([18.6, 26.8], LONG_NAME), p),
    "long narrow": lambda p: narrow(chart([18.6, 26.8], LONG_NAME), p),
    "two years": lambda p: narrow(chart([0.0, 0.0]), p),
    "months": lambda p: narrow(chart([20.0 + n % 5 for n in range(24)]), p),
    "strip": lambda p: wide(strip(), p),
    "narrow strip": lambda p: narrow(strip("higher"), p),
    "neutral strip": lambda p: wide(strip("neutral"), p),
    "bare strip": lambda p: narrow(strip(main=None, solid=None), p),
    "region strip": lambda p: wide(strip(**REGION), p),
    "narrow region strip": lambda p: narrow(strip("higher", **REGION), p),
    "bars": lambda p: wide(BARS, p),
    "narrow bars": lambda p: narrow(BARS, p),
    "funnel": lambda p: wide(FUNNEL, p),
    "narrow funnel": lambda p: narrow(FUNNEL, p),
    "interval bars": lambda p: wide(INTERVALS, p),
    "narrow interval bars": lambda p: narrow(INTERVALS, p),
    **MORE_DRAWINGS,
}

every_drawing = pytest.mark.parametrize("name", DRAWINGS)


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(
        svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


@every_drawing
def test_a_drawing_is_an_image_with_a_name_and_a_text_alternative(name: str) -> None:
    root = parse(DRAWINGS[name]("p"))

    named = root.attrib["aria-labelledby"].split()
    ids = {node.attrib["id"]: node.text for node in root if "id" in node.attrib}
    assert root.attrib["role"] == "img"
    assert list(ids) == named == ["p-t", "p-d"]
    assert all(ids.values())


@every_drawing
def test_ids_follow_the_prefix(name: str) -> None:
    first, second = DRAWINGS[name]("one"), DRAWINGS[name]("two")

    ids = re.compile(r' id="([^"]+)"')
    assert not set(ids.findall(first)) & set(ids.findall(second))


@every_drawing
def test_colour_comes_from_classes_alone(name: str) -> None:
    svg = DRAWINGS[name]("p")

    assert not re.search(r"\b(?:style|fill|stroke|color|font-family)=", svg)
    assert "<style" not in svg and "#" not in svg


@every_drawing
def test_every_class_has_a_look_for_paper(name: str) -> None:
    svg = DRAWINGS[name]("p")

    used = {c for names in re.findall(r'class="([^"]+)"', svg) for c in names.split()}
    assert used <= set(CLASSES)
    assert "class=" not in inline_style(svg)


@every_drawing
def test_every_mark_and_word_has_a_class(name: str) -> None:
    root = parse(DRAWINGS[name]("p"))

    drawn = [node for node in root if node.tag not in (f"{SVG}title", f"{SVG}desc")]
    assert drawn and all("class" in node.attrib for node in drawn)


@every_drawing
def test_nothing_lies_outside_the_drawing(name: str) -> None:
    root = parse(DRAWINGS[name]("p"))
    _, _, width, height = map(float, root.attrib["viewBox"].split())

    for node in root.iter():
        for key, limit in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            if key in node.attrib:
                assert -0.05 <= float(node.attrib[key]) <= limit + 0.05, node.attrib
        if node.tag == f"{SVG}text":
            size = float(CLASSES[node.attrib["class"].split()[0]]["font-size"])
            # 0.5 of its size is a fair letter; the estimate must leave it inside.
            length = len(node.text or "") * size * 0.5
            shift = {"end": length, "middle": length / 2}.get(
                node.attrib.get("text-anchor", ""), 0
            )
            left = float(node.attrib["x"]) - shift
            assert left >= -1 and left + length <= width + 1, node.text


@every_drawing
def test_words_on_one_row_do_not_run_into_each_other(name: str) -> None:
    root = parse(DRAWINGS[name]("p"))
    rows: dict[float, list[tuple[float, float]]] = {}
    for node in root.iter(f"{SVG}text"):
        size = float(CLASSES[node.attrib["class"].split()[0]]["font-size"])
        length = len(node.text or "") * size * 0.5
        shift = {"end": length, "middle": length / 2}.get(
            node.attrib.get("text-anchor", ""), 0
        )
        left = float(node.attrib["x"]) - shift
        rows.setdefault(float(node.attrib["y"]), []).append((left, left + length))

    for spans in rows.values():
        spans.sort()
        for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
            assert start >= end


def test_text_is_escaped_everywhere() -> None:
    nasty = '<script>"&'
    svg = wide(chart([1.0, 2.0], nasty), nasty)

    root = parse(svg)
    assert "<script" not in svg
    assert any((node.text or "").startswith(nasty) for node in root.iter(f"{SVG}text"))


def test_a_gap_is_shown_and_never_bridged() -> None:
    svg = spark([18.6, None, 19.6, 23.1, 26.8])

    assert svg.count('class="s-gap"') == 1
    lines = re.findall(r'class="s-line" d="([^"]+)"', svg)
    assert [line.count("L") for line in lines] == [2]
    assert svg.count('class="s-pt"') + svg.count('class="s-end"') == 4


def test_a_line_chart_breaks_at_its_gap_with_a_dotted_upright() -> None:
    svg = wide(chart([18.6, 18.9, None, 23.1, 26.8]), "p")

    assert svg.count('class="g-gap"') == 1
    assert svg.count('class="l-own"') == 2
    assert svg.count('class="p-own"') == 4


def test_a_provisional_end_is_hollow() -> None:
    assert 'class="s-prov"' in spark([1.0, 2.0], is_provisional=True)
    assert 'class="s-end"' not in spark([1.0, 2.0], is_provisional=True)


def test_a_single_point_is_never_drawn_as_a_line() -> None:
    with pytest.raises(AssertionError):
        spark([None, 26.8])


def test_years_apart_lie_apart_in_time() -> None:
    svg = spark([1.0, 2.0, 3.0], places=(0, 365, 456))

    xs = [float(x) for x in re.findall(r'<circle class="s-[^"]+" cx="([\d.]+)"', svg)]
    assert (xs[1] - xs[0]) / (xs[2] - xs[1]) == pytest.approx(365 / 91, rel=0.02)


@pytest.mark.parametrize("polarity", ["lower", "higher"])
def test_better_is_always_to_the_right(polarity: str) -> None:
    def place(own: float) -> float:
        found = re.search(r'class="t-own" cx="([\d.]+)"', spine_of(own, polarity))
        assert found
        return float(found[1])

    good, bad = (14.0, 30.0) if polarity == "lower" else (30.0, 14.0)
    assert place(good) > place(bad)


def test_the_strip_turns_with_the_spine() -> None:
    def england(polarity: str) -> float:
        found = re.search(
            r'class="t-eng" d="M([\d.]+)',
            wide(strip(polarity, solid=Upright(12.0, "England 12.0%", "England")), "p"),
        )
        assert found
        return float(found[1])

    assert england("lower") > 430 > england("higher")


def test_a_value_beyond_the_band_stays_on_the_spine() -> None:
    assert 'class="t-own" cx="13"' in spine_of(99.0, "lower")
    assert 'class="t-own" cx="187"' in spine_of(0.0, "lower")


def test_every_authority_has_one_mark_and_none_overlap() -> None:
    root = parse(wide(strip(), "p"))

    dots = [n for n in root.iter() if n.attrib.get("class") in ("d-all", "t-own")]
    diamonds = [n for n in root.iter() if n.attrib.get("class") == "d-nbr"]
    assert len(dots) + len(diamonds) == len(SPREAD)
    spots = [
        (float(n.attrib["cx"]), float(n.attrib["cy"]))
        for n in dots
        if n.attrib["class"] == "d-all"
    ]
    for index, (x, y) in enumerate(spots):
        for other_x, other_y in spots[index + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= 9.5**2


def test_where_neither_way_is_good_there_are_no_quarters() -> None:
    assert 'class="zone' in wide(strip("lower"), "p")
    assert 'class="zone' not in wide(strip("neutral"), "p")


def test_region_and_england_can_be_told_apart_without_colour() -> None:
    svg = wide(strip(**REGION), "p")

    assert svg.count('class="t-reg"') == svg.count('class="t-eng"') == 1
    assert "stroke-dasharray" in CLASSES["t-reg"]
    assert "stroke-dasharray" not in CLASSES["t-eng"]
    assert "Yorkshire and the Humber 21.4%" in svg


def test_a_bullets_bar_is_a_third_of_its_ranges_and_starts_at_0() -> None:
    root = parse(wide(bullet(), "p"))
    heights = {
        r.get("class"): float(r.get("height", 0)) for r in root.iter(f"{SVG}rect")
    }
    starts = {r.get("class"): r.get("x") for r in root.iter(f"{SVG}rect")}

    assert heights["p-own"] * 3 == heights["zone"]
    assert starts["p-own"] == starts["zone"]


def test_every_range_of_a_bullet_has_its_word() -> None:
    svg = narrow(bullet(), "p")

    assert all(f">{word}<" in svg for word in ("Met", "Within tolerance", "Missed"))


def test_what_comes_in_and_what_goes_out_differ_in_shape_and_side() -> None:
    root = parse(wide(flows(12), "p"))
    middle = min(
        float(r.get("y", 0))
        for r in root.iter(f"{SVG}rect")
        if r.get("class") == "b-out"
    )
    filled = [r for r in root.iter(f"{SVG}rect") if r.get("class") == "c1f"]

    assert CLASSES["c1f"].get("stroke") is None and CLASSES["b-out"].get("stroke")
    assert all(float(r.get("y", 0)) + float(r.get("height", 0)) <= middle + 0.2
               for r in filled)  # fmt: skip


def test_quarters_have_the_edges_of_linear_interpolation() -> None:
    assert quarter_edges([0, 25, 50, 75, 100]) == (25, 50, 75)
    assert quantile([1, 2, 3, 4], 0.25) == 1.75
    assert quantile([7.0], 0.95) == 7.0


def test_a_hidden_bar_has_no_length_and_its_marker() -> None:
    svg = wide(BARS, "p")

    assert svg.count("<rect") == 2
    assert svg.count('class="unk"') == 1
    assert ">[c]<" in svg


def test_a_true_zero_is_labelled_and_a_bar_of_nothing_is_not_drawn() -> None:
    svg = wide(bars(Bar("Male", 0, "0"), Bar("Female", 12, "12")), "p")

    assert svg.count("<rect") == 1
    assert ">0<" in svg


def test_the_value_axis_starts_at_zero_and_a_percentage_stops_at_100() -> None:
    svg = wide(chart([92.0, 99.0], ceiling=100.0), "p")

    ticks = re.findall(r'class="tick" [^>]*text-anchor="end">([^<]+)<', svg)
    assert ticks[0] == "0" and ticks[-1] == "100%"


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (0, 0.05), (0, 26.8), (3, 47), (0, 1234567), (-4, 9)]
)
def test_ticks_are_few_and_hold_the_values(low: float, high: float) -> None:
    ticks = list(nice_ticks(low, high, 5))

    assert ticks == sorted(ticks) and 2 <= len(ticks) <= 6
    assert ticks[0] <= low and ticks[-1] >= high


def _best(draw: Callable[[str], str], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        draw("p")
        taken.append(time.perf_counter() - start)
    return min(taken)


def test_a_sparkline_is_small_and_takes_no_time() -> None:
    assert _best(DRAWINGS["spark"], 200) < 0.0002
    assert len(DRAWINGS["spark"]("p")) < 1500


@every_drawing
def test_a_drawing_takes_five_thousandths_of_a_second_at_most(name: str) -> None:
    assert _best(DRAWINGS[name], 7) < 0.005


def test_a_narrow_chart_names_its_lines_below_the_plot_as_high_as_they_end() -> None:
    root = parse(
        narrow(chart([18.6, 19.6, 26.8], level=20.0, level_label="Target 20%"), "p")
    )

    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    named = [
        (float(node.attrib["y"]), float(node.attrib["x"]), node.text or "")
        for node in root.iter(f"{SVG}text")
        if node.attrib["class"].startswith(("lbl ", "lbl-own"))
        or node.attrib["class"] == "lbl"
    ]
    axis = max(
        float(node.attrib["y"])
        for node in root.iter(f"{SVG}text")
        if node.attrib["class"] == "tick"
    )
    assert [words for _, _, words in sorted(named)] == [
        "Borough 26.8%",
        "Neighbours 22.4%",
        "England 22.6%",
        "Target 20%",
    ]
    assert all(axis < y < height for y, _, _ in named)
    assert all(x + len(words) * 15 * 0.56 < width for _, x, words in named)


# ---------- What a reader sees of a line: its levels, first, last and peak ----------

LEVELS = [42.7, 43.1, 44.0, 43.6, 45.2, 46.1, 44.8, 44.9]


def level_chart(*values: float, may_break: bool = True) -> LineChart:
    return LineChart(
        title="Score",
        description="Ours.",
        lines=(own_line(list(values)),),
        ticks=tuple((year(2016 + n), str(2016 + n)) for n in range(len(values))),
        axis_text=lambda value: f"{value:.0f}",
        may_break=may_break,
    )


def heights(svg: str) -> list[float]:
    return [float(y) for y in re.findall(r'class="p-own"[^>]*cy="([\d.]+)"', svg)]


@pytest.mark.parametrize("draw", [wide, narrow, paper])
def test_levels_that_0_would_flatten_stand_on_a_broken_axis_that_is_marked(
    draw: Callable[[LineChart, str], str],
) -> None:
    broken = draw(level_chart(*LEVELS), "a")
    whole = draw(level_chart(*LEVELS, may_break=False), "a")

    def reach(svg: str) -> float:
        return max(heights(svg)[: len(LEVELS)]) - min(heights(svg)[: len(LEVELS)])

    assert reach(broken) > 5 * reach(whole)
    # 0 is still written, and what lies between it and the first tick is a zigzag.
    assert ">0</text>" in broken and ">42</text>" in broken
    assert len(re.findall(r'd="M[\d. ]+(?:l5 -5l5 5){8,}"', broken)) == 1
    assert not re.search(r"l5 -5l5 5", whole)


@pytest.mark.parametrize(
    "values", [(18.4, 27.4), (0.0, 0.1), (-2.0, -1.9), (0.05, 0.13)]
)
def test_levels_that_0_shows_well_have_a_whole_axis(values: tuple[float, ...]) -> None:
    chart = level_chart(*values)

    assert not chart.is_broken
    assert "l5 -5l5 5" not in wide(chart, "a")


@pytest.mark.parametrize(
    ("draw", "values", "said"),
    [
        (wide, LEVELS, {"42.7", "46.1"}),
        (narrow, LEVELS, {"42.7", "46.1"}),
        (wide, LEVELS[:6], {"42.7", "43.1", "44.0", "43.6", "45.2"}),
        (wide, sorted(LEVELS), {"42.7"}),  # the last is the peak, and stands at the end
        (narrow, [18.4, 19.9, *LEVELS[:6]], {"18.4"}),
    ],
)
def test_first_and_peak_are_labelled_beside_the_last(
    draw: Callable[[LineChart, str], str], values: list[float], said: set[str]
) -> None:
    drawn = re.findall(r'class="lbl-b"[^>]*>([\d.]+)<', draw(level_chart(*values), "a"))

    assert set(drawn) == said and len(drawn) == len(said)


@pytest.mark.parametrize("draw", [wide, narrow, paper])
def test_a_level_is_drawn_from_the_day_on_which_it_counts(
    draw: Callable[[LineChart, str], str],
) -> None:
    base = replace(level_chart(*LEVELS), level=44.0, level_label="Target 44")

    def left(chart: LineChart) -> float:
        return float(
            re.findall(r'class="l-target"[^>]*?[M"]([\d.]+)', draw(chart, "a"))[0]
        )

    always, early = left(base), left(replace(base, level_from=date(2001, 1, 1)))
    later = left(replace(base, level_from=year(2019)))
    dots = re.findall(r'class="p-own"[^>]*cx="([\d.]+)"', draw(base, "a"))

    assert always == early < later == pytest.approx(float(dots[3]), abs=0.2)


@pytest.mark.parametrize(
    ("main", "england", "region", "label", "anchor"),
    [
        (16.5, 22.6, 19.0, "Anyborough", "end"),
        (19.0, 17.0, 18.0, "Anyborough 16.5%, 14 of 153", "start"),
        (20.0, 24.0, 19.0, "Anyborough", "start"),
    ],
)
def test_our_label_lies_across_no_upright_where_it_can_help_it(
    main: float, england: float, region: float, label: str, anchor: str
) -> None:
    held = strip(
        "neutral",
        values=(main, *SPREAD),
        main=main,
        main_label="Anyborough 16.5%, 14 of 153",
        main_short="Anyborough",
        solid=Upright(england, "England", "England"),
        dashed=Upright(region, "Region", "Region"),
    )

    texts = parse(wide(held, "p")).iter(f"{SVG}text")
    [found] = [node for node in texts if node.attrib["class"] == "lbl-own"]
    assert (found.text, found.get("text-anchor") or "start") == (label, anchor)
