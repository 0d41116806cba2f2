"""The attacker finds nothing: on pages, in twins, in papers, and from one to the next."""

import random
import re
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from adversarial.attacker import (
    Hidden,
    Row,
    compare_papers,
    multiply,
    recover_flows,
    recover_hidden,
    recover_rows,
)
from adversarial.borough_read import (
    Given,
    read_borough,
    remembered,
    small_hidden,
    small_months,
    true_totals,
)
from openscrutiny.demo.making import make_demo
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.workspace import Workspace
from support.pdf_text import read_pages
from support.slides import read_slides
from support.spreadsheets import read_book
from web_fakes.site import client_as, make_site
from web_fakes.store import FakeReleases, FakeSnapshot

# ---------- He finds what is there to be found ----------

YEAR = date(2025, 3, 31)


def row(code: str, end: date = YEAR, **given: object) -> Row:
    facts: dict[str, object] = {
        "code": code,
        "period": "financial_year",
        "end": end,
        "unit": "percent",
        "source": "own",
        "is_hidden": False,
        "numerator": None,
        "denominator": None,
        "value": None,
        "decimals": 1,
    }
    return Row(**(facts | given))  # type: ignore[arg-type]


def stock(count: int, end: date = YEAR) -> Row:
    return row("CP5", end, unit="rate_per_10_000", numerator=count, denominator=9_000)


def flow(code: str, whole: int, end: date = YEAR) -> Row:
    return row(code, end, numerator=10, denominator=whole)


PRINTED = {"source": "LAIT"}
LONG_PLANS = Hidden(("CP9", "n", "day", YEAR), 3, ("CP5", "n", "day", YEAR))
LONG_ENDED = Hidden(("CP10", "n", "year", YEAR), 3, ("CP10", "d", "year", YEAR))


def test_the_attacker_multiplies_a_printed_percentage_by_our_count() -> None:
    rows = [row("CP9", is_hidden=True), row("CP9", value=8.3, **PRINTED), stock(36)]

    assert [found.values for found in multiply(rows)] == [{3}]
    assert [found.values for found in recover_hidden(rows, [LONG_PLANS])] == [{3}]


def test_the_attacker_takes_what_ended_from_stocks_and_what_began() -> None:
    before = date(2024, 3, 31)
    rows = [
        stock(43, before),
        stock(35),
        flow("CP7", 45),
        row("CP10", is_hidden=True),
        row("CP10", value=5.7, **PRINTED),
    ]

    assert [found.values for found in recover_hidden(rows, [LONG_ENDED])] == [{3}]
    assert multiply(rows) == []


def test_the_attacker_takes_a_year_from_years_that_overlap() -> None:
    """Of twelve months with none, and twelve with seven, the new month has all seven."""
    ends = [date(2025, month, day) for month, day in ((3, 31), (4, 30))]
    rows = [
        row("SN4", end, period="rolling_12_months", numerator=count, denominator=50)
        for end, count in zip(ends, (0, 5), strict=True)
    ]
    months = {("SN4", "n", "month", ends[1]): 5}

    assert [found.values for found in recover_flows(rows, months)] == [{5}]


def test_the_attacker_takes_one_paper_from_another() -> None:
    july = [row("FD1", unit="count", numerator=402)]
    december = [row("FD1", unit="count", numerator=407)]

    assert [found.values for found in compare_papers(july, december)] == [{5}]
    assert compare_papers(july, july) == []


@pytest.mark.parametrize(
    ("total", "lines", "found"),
    [
        ("44", ("41", "1 to 5", "0"), 1),  # 3
        ("50", ("41", "1 to 5", "1 to 5"), 2),  # 4 and 5
        ("47", ("41", "1 to 5", "1 to 5"), 0),
        ("43", ("about 40", "1 to 5"), 0),
    ],
)
def test_the_attacker_takes_a_line_from_a_total(
    total: str, lines: tuple[str, ...], found: int
) -> None:
    cells = "".join(
        f'<span class="lab">Rows kept: </span>9<'
        f'<span class="lab">Rejected: </span>{line}<'
        for line in lines
    )
    page = (
        f"<strong>Rows</strong>{9 * len(lines)} kept, {total} rejected<"
        f'<strong>Problems</strong>2 causes<p class="n">about 40<small>'
        f'<p class="n">about 30<small>{cells}'
    )

    assert len(recover_rows(page)) == found


# ---------- The Data page ----------


class Loads(FakeSnapshot):
    """Give loads and findings in numbers that differ from one draw to the next."""

    def loads(self) -> list[dict[str, object]]:
        return [
            dict(load) | {"rows_kept": kept, "rows_rejected": rejected}
            for load, kept, rejected in zip(
                super().loads(), *_drawn(self.number), strict=True
            )
        ]

    def problems(self, load_id: int) -> list[dict[str, object]]:
        chance = random.Random(self.number * 10 + load_id)
        rejected = next(
            load["rows_rejected"] for load in self.loads() if load["load_id"] == load_id
        )
        assert isinstance(rejected, int)
        return [
            {"file": "f", "line": 1, "field": "f", "rule": "r", "fix": "Mend it."}
            | {"message": f"Cause {chance.randint(1, 5)}."}
            for _ in range(rejected)
        ]


def _drawn(seed: int) -> tuple[list[int], list[int]]:
    chance = random.Random(seed)
    sizes = [0, 1, 3, 5, 6, 9, 14, 40, 1_894]
    return chance.choices(sizes[1:], k=3), chance.choices(sizes, k=3)


@pytest.mark.parametrize("seed", range(1, 31))
def test_no_line_of_the_data_page_follows_from_a_total_for_members(seed: int) -> None:
    if not any(_drawn(seed)[1]):
        pytest.skip("nothing was rejected in this draw, so there is no cause")
    make_site(FakeReleases(Loads(number=seed)))
    text = client_as("member").get("/data/").content.decode()

    assert recover_rows(text) == []


def test_officers_are_given_the_exact_rows_of_each_load() -> None:
    make_site()
    text = client_as("analyst").get("/data/").content.decode()
    assert "30,338 kept, 44 rejected" in text and "44 findings, 2 causes" in text


# ---------- Whole boroughs ----------


def assert_nothing_is_recovered(workspace: Workspace, given: Given) -> None:
    totals = true_totals(workspace)
    months = small_months(totals)
    # The paper gives the population of a hidden rate too, which everybody knows, and names
    # a publisher's year of its own kind; of our own figures page and paper show the same.
    rows = given.papers["members"]
    assert set(given.papers["public"]) == set(rows)
    ours = {r for r in given.twins if r.source == "own" and not r.is_hidden}
    assert ours and ours == {r for r in rows if r.source == "own" and not r.is_hidden}
    hidden = small_hidden(totals, rows)
    assert hidden, "nothing is hidden in this borough, so nothing was attacked"
    found = [f"the Data page: {line}" for line in recover_rows(given.data_page)]
    found += [str(x) for x in multiply(rows)]
    found += [str(x) for x in recover_hidden(rows, hidden)]
    found += [str(x) for x in recover_flows(rows, months)]
    found += [str(x) for x in compare_papers(given.last_paper, rows)]
    then = small_hidden(true_totals(workspace, 1), given.last_paper)
    found += [f"July: {x}" for x in recover_hidden(given.last_paper, then)]
    both = remembered(given.last_paper, rows, totals)
    found += [f"with July's: {x}" for x in recover_hidden(both, hidden)]
    found += [f"with July's: {x}" for x in recover_flows(both, months)]
    assert found == []
    assert_no_hidden_pair_is_written(given, totals)


def assert_no_hidden_pair_is_written(given: Given, totals: pl.DataFrame) -> None:
    """Find no "3 of 36" of a hidden figure in the words of any format of the paper."""
    words = {
        name: words_of(path)
        for name, path in given.files.items()
        if path.suffix in (".html", ".pdf", ".pptx", ".docx")
    }
    assert all("eighbours" in text for kind, text in words.items() if "html" in kind)
    assert {path.suffix for path in given.files.values()} >= {".pptx", ".docx", ".ods"}
    tables = {
        name: counted_of(path)
        for name, path in given.files.items()
        if path.suffix in (".xlsx", ".ods")
    }
    assert len(tables) == 2 and len(set(map(frozenset, tables.values()))) == 1
    assert any(rows for rows in tables.values()), (
        "no sheet counts anything out of anything"
    )
    [slides] = (p for p in given.files.values() if p.suffix == ".pptx")
    assert_slides_draw_what_is_shown(slides, given)
    hidden = {(r.code, r.period, r.end) for r in given.twins if r.is_hidden}
    shown = {
        (r.numerator, r.denominator) for r in given.twins if r.numerator is not None
    }
    for line in totals.filter(pl.col("unit") == "percent").iter_rows(named=True):
        key = (line["code"], line["period_type"], line["period_end"])
        pair = (line["numerator"], line["denominator"])
        if key in hidden and None not in pair and pair not in shown:
            # With what is counted: "1 of 10" alone may be of the ten neighbours.
            counts = re.escape(find_indicator(line["code"]).counts)
            written = rf"{pair[0]:.0f} of {pair[1]:,.0f}"
            for name, text in words.items():
                # A plain search first: a pattern with words takes far longer.
                seen = written in text and re.search(rf"\b{written}\s+{counts}", text)
                assert not seen, (name, key)
            for name, rows in tables.items():
                assert (line["code"], *pair) not in rows, (name, key)


def words_of(path: Path) -> str:
    """Give what a file says; of slides and documents the words of every part."""
    if path.suffix == ".pdf":
        return " ".join(read_pages(path))
    if path.suffix == ".html":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as packed:
        parts = [packed.read(n) for n in packed.namelist() if n.endswith(".xml")]
    return " ".join(re.sub(r"<[^>]+>", " ", part.decode()) for part in parts)


def counted_of(path: Path) -> set[tuple[str, float, float]]:
    """Give each code of a workbook with what was counted, and out of how many."""
    found = set()
    for sheet in read_book(path.read_bytes()).sheets:
        heads, *rows = sheet.grid()
        if not {"Counted", "Out of"} <= set(heads):
            continue
        for cells in (dict(zip(heads, row, strict=True)) for row in rows):
            pair = (cells["Counted"], cells["Out of"])
            codes = re.findall(r"\((\w+)\)$", str(cells["Indicator"]))
            if all(isinstance(each, float) for each in pair):
                found |= {(code, *pair) for code in codes}
    return found


def assert_slides_draw_what_is_shown(path: Path, given: Given) -> None:
    """Hold each number of ours in a slide's chart against those that are given."""
    drawn = 0
    for slide in read_slides(path.read_bytes()):
        if slide.chart is None:
            continue
        [code] = re.findall(r"\((\w+)\)$", slide.title)
        shown = [
            row.value if row.unit != "count" else row.numerator
            for row in given.printed
            if row.code == code and not row.is_hidden
        ]
        ours = next(iter(slide.chart.series.values()))
        for value in ours:
            if value is not None:
                drawn += 1
                near = [v for v in shown if v is not None and abs(v - value) <= 0.5]
                assert near, (code, value)
    assert drawn, "no slide draws anything, so nothing was held against it"


@pytest.mark.parametrize(("children", "seed"), [(900, 11)])
def test_nothing_hidden_of_a_borough_is_recovered(
    children: int, seed: int, tmp_path: Path
) -> None:
    place = make_demo(tmp_path / "demo", children=children, months=30, seed=seed)
    assert_nothing_is_recovered(place, read_borough(place, tmp_path / "papers"))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 51))
def test_nothing_hidden_of_fifty_boroughs_is_recovered(
    seed: int, tmp_path: Path
) -> None:
    place = make_demo(tmp_path / "demo", children=8_000, months=48, seed=seed)
    assert_nothing_is_recovered(place, read_borough(place, tmp_path / "papers"))
