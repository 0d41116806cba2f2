"""What is different from the last paper, rule by rule."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.adoption.targets import Adoption, Milestone, parse_tolerance
from openscrutiny.charts import Drawing
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.periods import Period, PeriodType
from openscrutiny.publication.changes import SinceItem
from openscrutiny.publication.changes import find_changes as find_changes_between
from openscrutiny.publication.publication import Meeting
from openscrutiny.publication.since import (
    MOST_TOLD,
    Concluded,
    Since,
    tell_concluded,
    tell_since,
)
from openscrutiny.story.model import (
    Chart,
    IndicatorStory,
    Number,
    Point,
    Rag,
    SectionStory,
    Stop,
    TargetFacts,
)
from openscrutiny.story.sentences import is_plain
from support.specimens import ReadyMade
from unit.test_story_telling import figure
from web_fakes.store import fake_publication

BASE = fake_publication().sections[0].indicators[0]
DAY = date(2026, 9, 30)
EDITION = {"FD2": "1"}


def year(end: int) -> Period:
    return Period(date(end - 1, 4, 1), date(end, 3, 31), PeriodType.FINANCIAL_YEAR)


def number(value: float | None, end: int = 2025, stop: Stop = Stop.FIGURE) -> Number:
    words = {Stop.HIDDEN: ("Hidden", "[c]"), Stop.NONE: ("Not available", "[x]")}
    text, marker = (f"{value}%", "") if value is not None else words[stop]
    span = year(end)
    return Number(
        text=text, marker=marker, of="", period=span.name, age="", why="", stop=stop,
        is_word=value is None, value=value, span=span, unit="percent",
    )  # fmt: skip


HIDDEN = number(None, stop=Stop.HIDDEN)
NONE = number(None, stop=Stop.NONE)


def point(end: int, value: float | None) -> Point:
    text, marker = (f"{value}%", "") if value is not None else ("Hidden", "[c]")
    day = date(end, 3, 31)
    return Point(str(end), day, "", "", value, text, marker, "", "", "")


def chart(*points: Point) -> Chart:
    return Chart("", "", Drawing(ReadyMade(""), ""), "", points)


def story(figure: Number | float = 25.0, **changes: Any) -> IndicatorStory:
    held = figure if isinstance(figure, Number) else number(figure)
    tone = changes.pop("tone", "none")
    return replace(
        BASE,
        **{
            "id": "re-referrals", "code": "FD2", "name": "Re-referrals",
            "number": held, "chart": None, "target": None, "worth": "",
            "rag": Rag(tone, tone.capitalize(), "", Stop.FIGURE),
            **changes,
        },
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """Stand for a publication: the little of one that is set beside another."""

    sections: tuple[SectionStory, ...]
    editions: Mapping[str, str]
    adoptions: Mapping[str, Adoption] = field(default_factory=dict)
    hidden: frozenset[tuple[str, str, date]] = frozenset()
    number: int = 4
    meeting: Meeting | None = None
    as_at: date = DAY

    @property
    def stories(self) -> dict[str, IndicatorStory]:
        return {s.id: s for part in self.sections for s in part.indicators}


def telling(*stories: IndicatorStory, **more: Any) -> Any:
    section = SectionStory("Children’s social care", (), (), stories)
    return Told((section,), more.pop("editions", EDITION), **more)


def find_changes(then: Any, now: Any) -> tuple[SinceItem, ...]:
    """Set two beside each other, the first by the targets that it was made by."""
    return find_changes_between(then, now, then.adoptions)


def changes(then: IndicatorStory, now: IndicatorStory) -> list[tuple[str, str]]:
    """Give rule and text of all that is told of one indicator."""
    items = find_changes(telling(then), telling(now))
    return [(s.rule, s.text) for item in items for s in item.sentences]


def only(then: IndicatorStory, now: IndicatorStory) -> SinceItem:
    [item] = find_changes(telling(then), telling(now))
    return item


# ---------- N1 to N4: the figure ----------


def test_a_later_figure_stands_beside_the_one_that_the_last_paper_had() -> None:
    assert changes(story(25.0), story(number(26.8, 2026))) == [
        (
            "N1-new-figure",
            "Now 26.8% in the year to March 2026, up from 25.0% in the year to "
            "March 2025.",
        )
    ]


def test_a_fall_is_down_and_an_equal_figure_the_same() -> None:
    [(_, down)] = changes(story(25.0), story(number(24.0, 2026)))
    [(_, same)] = changes(story(25.0), story(number(25.0, 2026)))
    near = replace(number(25.01, 2026), text="25.0%")
    [(_, about)] = changes(story(25.0), story(near))

    assert "down from 25.0%" in down
    assert ", the same as in the year to March 2025." in same
    assert ", about the same as in the year to March 2025." in about


def test_periods_of_unequal_length_are_named_and_not_called_up_or_down() -> None:
    month = Period(date(2026, 4, 1), date(2026, 4, 30), PeriodType.MONTH)
    later = replace(number(3.0), span=month, period=month.name)
    [(_, text)] = changes(story(25.0), story(later))

    assert text == (
        "Now 3.0% in April 2026, the last paper had 25.0% in the year to March 2025."
    )


def test_a_rate_says_per_what() -> None:
    then = replace(number(25.0), unit="rate_per_10_000", text="25.0")
    now = replace(number(26.0, 2026), unit="rate_per_10_000", text="26.0")
    [(_, text)] = changes(story(then), story(now))

    assert "Now 26.0 per 10,000 in" in text and "from 25.0 per 10,000 in" in text


def test_a_revised_figure_shows_both_values() -> None:
    assert changes(story(23.1), story(23.3)) == [
        (
            "N2-revised",
            "The figure in the year to March 2025 was 23.1%, now 23.3% [r].",
        )
    ]


def test_an_earlier_year_that_was_revised_is_told_and_those_beyond_two_counted() -> (
    None
):
    then = story(25.0, chart=chart(*(point(end, 20.0) for end in range(2020, 2026))))
    now = story(25.0, chart=chart(*(point(end, 21.0) for end in range(2020, 2026))))
    texts = [text for _, text in changes(then, now)]

    assert texts == [
        "The figure for 2024 was 20.0%, now 21.0% [r].",
        "The figure for 2023 was 20.0%, now 21.0% [r].",
        "3 earlier periods were revised too [r].",
    ]


def test_a_value_that_reads_the_same_is_not_revised() -> None:
    then = replace(number(25.04), text="25.0%")
    now = replace(number(25.01), text="25.0%")

    assert changes(story(then), story(now)) == []


def test_the_same_value_with_other_decimals_is_not_revised() -> None:
    then, now = replace(number(25.0), text="25%"), number(25.0)

    assert changes(story(then), story(now)) == []


def test_a_figure_that_came_is_told() -> None:
    [(rule, text)] = changes(story(NONE), story(25.0))

    assert rule == "N3-available"
    assert text == ("Now 25.0% in the year to March 2025; the last paper had none.")


def test_a_figure_that_went_is_told_without_what_it_was() -> None:
    [(rule, text)] = changes(story(25.0), story(NONE))

    assert rule == "N4-gone" and "25.0" not in text


def test_an_earlier_last_figure_says_that_the_later_one_is_gone() -> None:
    [(rule, text)] = changes(story(number(25.0, 2026)), story(number(26.0, 2025)))

    assert rule == "N4-gone"
    assert text == (
        "The figure in the year to March 2026 is gone; the latest is 26.0% in the year "
        "to March 2025."
    )


# ---------- Nothing hidden is given back ----------


def test_a_figure_that_became_hidden_repeats_no_value_anywhere() -> None:
    item = only(story(25.0), story(HIDDEN))

    assert item.sentences[0].rule == "N4-hidden"
    assert "25.0" not in repr(item)
    assert item.then == "Hidden [c], year to March 2025"


def test_a_figure_that_was_hidden_says_so_and_not_what_it_was() -> None:
    item = only(story(HIDDEN), story(25.0))

    assert item.text.endswith("; the last paper’s figure is hidden.")
    assert item.then == "Hidden [c], year to March 2025"


def test_a_year_hidden_in_either_telling_is_never_set_beside_the_other() -> None:
    shown = chart(point(2023, 20.0), point(2024, 21.0))
    hidden = chart(point(2023, None), point(2024, None))

    assert changes(story(25.0, chart=shown), story(25.0, chart=hidden)) == []
    assert changes(story(25.0, chart=hidden), story(25.0, chart=shown)) == []


def test_the_earlier_figure_is_masked_where_today_hides_its_year() -> None:
    now = story(number(26.8, 2026), chart=chart(point(2025, None), point(2026, 26.8)))
    now = replace(now, rag=replace(now.rag, tone="red"), target=TARGET)
    item = only(story(25.0, tone="green", target=TARGET), now)

    assert item.then == "Hidden [c], year to March 2025"
    assert "25.0" not in repr(item) and "green" not in repr(item)
    assert item.size == 0


def test_the_earlier_figure_is_masked_where_today_hides_it_outside_the_chart() -> None:
    then, now = story(25.0), story(number(26.8, 2026))
    hidden = frozenset({("re-referrals", "financial_year", date(2025, 3, 31))})

    [item] = find_changes(telling(then), telling(now, hidden=hidden))

    assert "25.0" not in str(item) and item.then.startswith("Hidden [c]")
    assert item.sentences[0].rule == "N3-available"


def test_a_release_lists_what_it_hides_by_indicator_kind_and_day() -> None:
    frame = pl.DataFrame(
        [
            figure(status="hidden", numerator=None, denominator=None),
            figure(date(2024, 3, 31)),
            figure(date(2023, 3, 31), status="hidden", source="Publisher"),
        ],
        schema=FIGURE_SCHEMA,
    )

    release = replace(fake_publication().release, figures=frame)
    assert release.hidden == {("re-referrals", "financial_year", date(2025, 3, 31))}


def test_a_later_figure_that_is_hidden_is_told_where_the_earlier_one_is_too() -> None:
    hidden = number(None, 2026, Stop.HIDDEN)
    now = story(hidden, chart=chart(point(2025, None), point(2026, None)))
    item = only(story(25.0), now)

    assert item.sentences[0].rule == "N4-hidden"
    assert "25.0" not in repr(item)


def test_a_figure_that_rounds_to_0_now_is_told() -> None:
    low = replace(NONE, text="Rounds to 0", marker="[low]", stop=Stop.FIGURE)

    assert [rule for rule, _ in changes(story(25.0), story(low))] == ["N4-low"]
    [(_, text)] = changes(story(low), story(25.0))
    assert text.endswith("; the last paper’s rounded to 0.")


# ---------- N5 and N6: against the target ----------

TARGET = TargetFacts("20%", "", "Executive", "", "", "", "", "", basis="Local")


def test_a_colour_that_changed_names_both_and_the_target() -> None:
    then = story(19.0, tone="green", target=TARGET)
    now = story(number(25.0, 2026), tone="red", target=TARGET)
    item = only(then, now)

    assert item.sentences[0].text == (
        "Against the local target of 20% it went from green to red."
    )
    assert item.weight == 0


def test_a_colour_by_a_target_that_changed_says_by_which() -> None:
    then = telling(
        story(19.0, tone="green", target=TARGET), adoptions={"FD2": adoption(25)}
    )
    now = telling(
        story(22.0, tone="red", target=TARGET), adoptions={"FD2": adoption(20)}
    )
    [item] = find_changes(then, now)

    assert item.sentences[0].text.endswith("from green to red, by today’s target.")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Promised by 31 March 2026.", "Promised by 31 March 2026: kept, 19.0% in 2026.", True),
        ("Promised by 31 March 2026.", "Promised by 31 March 2026: not kept, 25.0% in 2026.", True),
        (
            "Promised by 31 March 2026: not yet measurable, no figure reaches that day.",
            "Promised by 31 March 2026: kept, 19.0% in 2026.",
            True,
        ),
        (
            "Promised by 31 March 2026: kept, 19.0% in 2026.",
            "Promised by 31 March 2026: kept, 19.1% in 2026.",
            False,
        ),
        ("Promised by 31 March 2026.", "Promised by 31 March 2026.", False),
    ],
)  # fmt: skip
def test_a_promise_is_told_when_it_comes_due_and_not_again(
    before: str, after: str, told: bool
) -> None:
    then = story(19.0, target=replace(TARGET, promise=before))
    now = story(19.0, target=replace(TARGET, promise=after))

    assert changes(then, now) == ([("N6-due", after)] if told else [])


def test_a_milestone_that_came_due_is_told() -> None:
    then = story(19.0, target=replace(TARGET, milestones=("22% by 31 March 2026.",)))
    now = story(
        19.0,
        target=replace(
            TARGET, milestones=("22% by 31 March 2026: kept, 19.0% in 2026.",)
        ),
    )

    assert changes(then, now) == [
        ("N6-due", "Milestone: 22% by 31 March 2026: kept, 19.0% in 2026.")
    ]


# ---------- N7 to N9: decisions and definitions ----------


def adoption(target: float | None, **changes: Any) -> Adoption:
    held = Adoption(
        "FD2", target, "local", "Worst case board", "Because", None, None,
        parse_tolerance("2"), "", "",
    )  # fmt: skip
    return replace(held, **changes)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (None, adoption(20), "A target of 20% was set."),
        (adoption(20), None, "The target of 20% was withdrawn."),
        (adoption(20), adoption(None), "The target of 20% was withdrawn."),
        (
            adoption(20),
            adoption(15),
            "The target was changed from 20% to 15%; the colour is by the new one.",
        ),
        (
            adoption(20, promised_by=date(2026, 3, 31)),
            adoption(20, promised_by=date(2027, 3, 31)),
            "The day it is promised by was moved from 31 March 2026 to 31 March 2027.",
        ),
        (
            adoption(20),
            adoption(20, tolerance=parse_tolerance("5")),
            "Its tolerance was changed from 2 to 5.",
        ),
        (
            adoption(20),
            adoption(20, milestones=(Milestone(date(2026, 3, 31), 22),)),
            "Its milestones were changed.",
        ),
        (
            adoption(20),
            adoption(20, kind="stretch"),
            "Its basis was changed from local to stretch.",
        ),
    ],
)
def test_what_people_decided_since_is_told_apart_from_figures(
    before: Adoption | None, after: Adoption | None, text: str
) -> None:
    then = telling(story(), adoptions={"FD2": before} if before else {})
    now = telling(story(), adoptions={"FD2": after} if after else {})
    [item] = find_changes(then, now)

    assert [s.text for s in item.sentences] == [text]
    assert item.sentences[0].rule == "N7-target"


def test_other_words_of_a_target_are_no_change_of_it() -> None:
    then = telling(story(), adoptions={"FD2": adoption(20)})
    now = telling(story(), adoptions={"FD2": adoption(20, owner="Another head")})

    assert find_changes(then, now) == ()


def test_a_new_indicator_is_told_with_its_figure_and_as_nothing_else() -> None:
    then = telling(story(NONE), editions={"CP1": "1"})
    now = telling(story(), editions={"CP1": "1", "FD2": "1"})
    [item] = find_changes(then, now)

    assert [s.rule for s in item.sentences] == ["N8-new"]
    assert item.text == "New since the last paper: 25.0% in the year to March 2025."


def test_an_indicator_that_is_watched_no_longer_is_told() -> None:
    then = telling(story(), editions={"FD2": "1", "XX9": "1"})
    [item] = find_changes(then, telling(story()))

    assert (item.code, item.id) == ("XX9", "")
    assert item.text == "This indicator is no longer watched."


def test_an_old_snapshot_without_editions_makes_no_indicator_new() -> None:
    assert find_changes(telling(story(), editions={}), telling(story())) == ()


def test_a_definition_of_another_edition_is_told_with_both() -> None:
    [item] = find_changes(telling(story()), telling(story(), editions={"FD2": "2"}))

    assert item.sentences[0].rule == "N9-edition"
    assert "by edition 2" in item.text and "by 1 before" in item.text


# ---------- Order, and nothing ----------


def test_what_went_red_comes_before_what_moved_most() -> None:
    def one(code: str, figure: Number, tone: str = "none") -> IndicatorStory:
        return story(figure, id=code.lower(), code=code, tone=tone, target=TARGET)

    editions = {"A1": "1", "A2": "1", "A3": "1"}
    then = telling(
        one("A1", number(20.0)), one("A2", number(20.0)),
        one("A3", number(19.0), "green"), editions=editions,
    )  # fmt: skip
    now = telling(
        one("A1", number(20.1, 2026)), one("A2", number(40.0, 2026)),
        one("A3", number(20.5, 2026), "red"), editions=editions,
    )  # fmt: skip

    assert [item.code for item in find_changes(then, now)] == ["A3", "A2", "A1"]


@pytest.mark.parametrize("audience", ["officers", "members"])
def test_two_equal_tellings_give_no_line(audience: str) -> None:
    one, two = (fake_publication(audience) for _ in range(2))

    assert find_changes(one, two) == ()


def test_random_tellings_give_plain_lines_of_what_differs_and_no_other() -> None:
    rng = random.Random(7)
    figures = [number(v, end) for v in (12.0, 19.9, 20.0) for end in (2024, 2025, 2026)]
    figures += [HIDDEN, NONE]
    for _ in range(400):
        a, b = rng.choice(figures), rng.choice(figures)
        tones = (
            rng.choice(["green", "amber", "red", "none"]),
            rng.choice(["red", "none"]),
        )
        then = story(a, tone=tones[0], target=TARGET)
        now = story(b, tone=tones[1], target=TARGET)
        told = changes(then, now)
        colours = "none" not in tones and tones[0] != tones[1]
        came_or_went = a.stop is not b.stop
        differs = a.value is not None and b.value is not None and a != b
        assert bool(told) == (colours or came_or_went or differs), (a, b, tones)
        assert all(is_plain(text) for _, text in told)


# ---------- The section ----------

PAPER = PutPaper(
    1, "Scrutiny", date(2026, 12, 8), 3, "public", ("pdf",),
    datetime(2026, 12, 1, tzinfo=UTC), meeting_number=7,
)  # fmt: skip


def section(then: Any, now: Any, snapshot: int = 4, last: PutPaper = PAPER) -> Since:
    last = replace(last, adoptions=then.adoptions)
    return tell_since(last, replace(now, number=snapshot), lambda *_: then)


def text_of(since: Since) -> str:
    return " ".join(sentence.text for sentence in since.says)


def test_the_heading_names_the_meeting_and_what_the_paper_was_as_at() -> None:
    since = section(telling(story()), telling(story(26.0)))

    assert since.heading == "Since the last paper, of 8 December 2026"
    assert since.about == (
        "Scrutiny, 8 December 2026. Its figures were as at 30 September 2026."
    )
    assert text_of(since).startswith("1 of 1 indicators differs.")


def test_nothing_changed_is_said() -> None:
    since = section(telling(story()), telling(story()))

    assert since.items == ()
    assert text_of(since) == "Nothing has changed in any of 1 indicators."


def test_nothing_built_is_said_and_a_target_set_since_is_still_told() -> None:
    then = telling(story())
    now = telling(story(), adoptions={"FD2": adoption(20)})

    assert text_of(section(then, then, snapshot=3)).startswith("Nothing was built")
    assert section(then, now, snapshot=3).items[0].text == "A target of 20% was set."


def test_without_a_paper_the_two_empty_states_are_said() -> None:
    def refuse(*_: object) -> Any:
        raise AssertionError("there is nothing to open")

    meeting = Meeting("Scrutiny", date(2026, 12, 8))
    first = tell_since(None, telling(story(), meeting=meeting), refuse)

    assert text_of(first).startswith("This is the first paper")
    assert text_of(tell_since(None, telling(story()), refuse)) == (
        "No paper has been made for a meeting yet."
    )


@pytest.mark.parametrize(
    "error", [OpenScrutinyError("gone", "restore it"), FileNotFoundError("gone")]
)
def test_a_snapshot_that_cannot_be_opened_is_said(error: Exception) -> None:
    def fail(*_: object) -> Any:
        raise error

    since = tell_since(PAPER, telling(story()), fail)

    assert "cannot be opened" in text_of(since) and since.items == ()
    assert since.heading == "Since the last paper, of 8 December 2026"


def test_what_was_concluded_of_the_last_paper_is_told_by_its_feeling() -> None:
    then = Concluded(7, "commended", ("FD2",))
    since, now = section(telling(story()), telling(story())), telling(story())
    told = tell_concluded(
        since,
        [
            then,
            replace(then, feeling="concerned", codes=("XX1",)),
            replace(then, feeling="concerned", codes=()),
            replace(then, feeling=""),
            # Of another panel, whenever it met, and of none.
            replace(then, feeling="noted", meeting=8),
            replace(then, feeling="noted", meeting=None),
        ],
        now,
    )

    # XX1 is shown to nobody here, and no other meeting is spoken of.
    assert told.says[-1].text == (
        "At its meeting the committee commended FD2 and was concerned about 2 things in "
        "words alone."
    )
    both = [then, replace(then, codes=())]
    assert tell_concluded(since, both, now).says[-1].text == (
        "At its meeting the committee commended FD2 and 1 other thing in words alone."
    )
    assert tell_concluded(since, [replace(then, feeling="")], now) == since
    assert tell_concluded(Since("Since", "", ()), [then], now).says == ()


def test_seven_are_told_and_the_rest_kept_for_the_table() -> None:
    names = [f"A{n}" for n in range(10)]
    editions = dict.fromkeys(names, "1")
    then, now = (
        telling(
            *(story(number(20.0, end), id=n.lower(), code=n) for n in names),
            editions=editions,
        )
        for end in (2025, 2026)
    )
    since = section(then, now)

    assert (len(since.told), len(since.rest)) == (MOST_TOLD, 3)
    assert since.find("a9") is since.items[9] and since.find("zz") is None
