"""No sentence that issue 8 forbids is told: the smallest counter-example of each item.

Items 1 to 8 are files and commands, as a council has them; 9 and 10 are stories. What a
unit test holds already is named and not held again: unit/test_held_figures.py (shares,
volume, reconciling), unit/test_story_judging.py (what a held figure takes, late
recording), unit/test_trends.py (the tests and their false alarms), unit/test_streak.py
(months and windows), integration/test_send_figures.py (SN4 and SN11, letter by letter),
unit/test_census_days.py (days of a census), test_cases_figures.py (19, 20, 23).
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.charts import Bullet
from openscrutiny.comparison.trends import CHANCE_OF_TREND
from openscrutiny.indicators.definition import Clock
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import PeriodType
from openscrutiny.story.model import IndicatorStory
from openscrutiny.workspace import open_workspace
from support.adoptions import adoption
from support.annex_a import Row, annex_a, plan, referral
from support.cases import Council
from support.census import census, child, details
from support.forbidden import faults_of_publications, faults_of_story, texts_of
from support.publications import publish_to
from support.sen2_export import one_plan, write_export
from unit.test_story_judging import WHY, years
from unit.test_story_judging import tell as tell_judged
from unit.test_story_telling import definition, figure, five_years, published, tell

AUDIENCES = ("officers", "members")


def day(number: int, year: int = 2024) -> str:
    """Give one of the days of the year to March, spread over it."""
    return str(date(year, 4, 1) + timedelta(days=number * 7 % 365))


def write_census(council: Council, *children: str, year: int = 2025) -> Path:
    path = council.folder.parent / f"cin_{year}.xml"
    path.write_text(census(*children, year=year, lea="306"), encoding="utf-8")
    return path


def write_annex_a(council: Council, name: str, **lists: list[Row]) -> Path:
    path = council.folder.parent / name
    rows = {int(number.removeprefix("list_")): of for number, of in lists.items()}
    path.write_bytes(annex_a(rows).data)
    return path


def write_published(council: Council, **shares: float) -> Path:
    """Write our re-referral rate by year, and England's, as the interactive tool does."""
    lines = ["Short Desc,Years,LA and Regions,Values,LA Number,Region"]
    for year, share in shares.items():
        lines.append(f"ReReferral,{year[1:]},Croydon,{share},306,Outer London")
        lines.append(f"ReReferral,{year[1:]},England,22.6,970,")
    path = council.folder.parent / "bds_long.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def adopt(council: Council, code: str, target: str, **also: str) -> None:
    """Adopt a target from 2023 on, as adoption.csv writes it."""
    facts = {
        "code": code, "target": target, "kind": "local", "setter": "Cabinet",
        "why": "Agreed", "from": "2023-04-01", "review": "2027-03-31",
        "tolerance": "2", "owner": "", "note": "", **also,
    }  # fmt: skip
    lines = [",".join(facts), ",".join(facts.values())]
    (council.folder / "adoption.csv").write_text("\n".join(lines) + "\n")


def faults(council: Council, today: str) -> list[str]:
    place, day = open_workspace(council.folder), date.fromisoformat(today)
    told = [publish_to(audience, place, today=day) for audience in AUDIENCES]
    return faults_of_publications(told)


# ---------------------------------------------------------------- 1. known before shown


def again_and_again(year: int) -> list[str]:
    """Give 40 referrals of a year to March; a quarter had one half a year before."""
    children = []
    for number in range(40):
        inside = details(day(number, year - 1), closed=str(date(year, 3, 31)))
        children.append(child(f"{year}-{number}", inside))
    return children


def test_1_a_first_census_has_no_re_referrals_and_the_published_figure_stays(
    council: Council,
) -> None:
    """It gave "21.8%, down from 25.4% (published), amber" where 25.6% is published."""
    council.load(
        write_census(council, *again_and_again(2025)),
        write_published(council, y2024=25.4, y2025=25.6),
    )
    adopt(council, "FD2", "20")
    council.build("2025-06-30", "FD2")

    for kind, end in (("financial_year", "2025-03-31"), ("month", "2024-09-30")):
        row = council.figure("FD2", kind, end)
        assert (row["value"], row["status"]) == (None, "not_available")
    for audience in AUDIENCES:
        story = council.story("FD2", audience, today="2025-06-30")
        assert story.number.text == "25.6%" and story.rag.tone == "red"
        assert "25.6% in the year to March 2025, up from 25.4% the year before" in (
            texts_of(story)
        )
        assert "(published)" not in texts_of(story)
    assert faults(council, "2025-06-30") == []


# ---------------------------------------------------------------- 2. partly read


def unreadable(many: int) -> list[str]:
    """Give ten referrals, so many of them on a day that cannot be."""
    return [
        child(f"A{n}", details("2024-13-45" if n < many else f"2024-05-{n + 10}"))
        for n in range(10)
    ]


def test_2_six_referrals_of_ten_that_could_be_read_are_not_final(
    council: Council,
) -> None:
    council.load(write_census(council, *unreadable(4)))
    council.build("2025-06-30", "FD1", "FD3")

    row = council.figure("FD1", "month", "2024-05-31")
    assert (row["numerator"], row["status"]) == (6, "provisional")
    assert "4 of 10 lines" in row["held"], row["held"]
    for audience in AUDIENCES:
        story = council.story("FD1", audience, today="2025-06-30")
        assert "not judged" in texts_of(story) or story.number.value is None
    assert faults(council, "2025-06-30") == []


def test_2_four_of_ten_are_too_few_to_be_shown(council: Council) -> None:
    council.load(write_census(council, *unreadable(6)))
    council.build("2025-06-30", "FD1")

    row = council.figure("FD1", "month", "2024-05-31")
    assert (row["numerator"], row["status"]) == (None, "not_available")
    assert council.story("FD1", today="2025-06-30").number.value is None


def test_2_a_census_of_british_dates_is_read_as_a_whole_and_not_as_none(
    council: Council,
) -> None:
    """It gave 0 referrals, final, and the officers' paper printed it."""
    dates = [f"{n + 10}/05/2024" for n in range(10)]
    council.load(
        write_census(
            council, *(child(f"A{n}", details(d)) for n, d in enumerate(dates))
        )
    )
    council.build("2025-06-30", "FD1")

    assert council.figure("FD1", "month", "2024-05-31")["numerator"] == 10


def test_2_an_end_that_could_not_be_read_leaves_no_case_open(council: Council) -> None:
    children = [
        child(f"A{n}", details("2024-05-10", closed="2024-99-99" if n < 4 else ""))
        for n in range(10)
    ]
    council.load(write_census(council, *children))
    council.build("2025-06-30", "CN1")

    row = council.figure("CN1", "month", "2025-02-28")
    assert (row["numerator"], row["status"]) == (6, "provisional")
    assert "4 of 10 lines" in row["held"]


# ---------------------------------------------------------------- 3. volume and step


def plans_of(many: int, first: date) -> list[Row]:
    starts = [first + timedelta(days=n % 150) for n in range(many)]
    return [plan(f"P{n}", start) for n, start in enumerate(starts)]


def test_3_a_workbook_of_two_plans_after_one_of_120_keeps_no_promise(
    council: Council,
) -> None:
    """It gave "0.2 per 10,000, the last paper had 62.6" and "6%: kept, 0%"."""
    large = write_annex_a(council, "a.xlsx", list_7=plans_of(120, date(2025, 10, 1)))
    council.load(large, as_at="2026-03-31")
    small = write_annex_a(council, "b.xlsx", list_7=plans_of(2, date(2026, 4, 10)))
    council.load(small, as_at="2026-09-30")
    adopt(council, "CP9", "6", promised_by="2026-09-30")
    said = council.build("2026-09-30", "CP5", "CP9")

    assert "CP5: Load 2 holds" in said and "openscrutiny confirm" in said
    row = council.figure("CP5", "month", "2026-09-30")
    assert row["numerator"] == 2 and "would be expected" in row["held"]
    for code, audience in product(("CP5", "CP9"), AUDIENCES):
        story = council.story(code, audience, today="2026-10-31")
        assert story.rag.tone == "none" and story.worth == "" and story.change is None
        assert ": kept" not in str(story.target)
    assert faults(council, "2026-10-31") == []

    council.run("confirm", "--load", "2", "--by", "Ann Example", "--why", "Complete")
    council.build("2026-09-30", "CP5", "CP9")
    assert "would be expected" not in str(
        council.figure("CP5", "month", "2026-09-30")["held"]
    )


# ---------------------------------------------------------------- 4. own and published


def test_4_ours_that_differs_waits_and_the_published_one_keeps_its_colour(
    council: Council,
) -> None:
    """None of 40 referrals is a re-referral of ours; the publisher has 25.6%."""
    files = [write_census(council, *again_and_again(y), year=y) for y in (2024, 2025)]
    council.load(*files, write_published(council, y2024=25.4, y2025=25.6))
    adopt(council, "FD2", "20")
    said = council.build("2025-03-31", "FD2")

    apart = "The publisher has 25.6 for 2025, and our own return gives 0"
    assert apart in said
    assert apart in council.figure("FD2", "rolling_12_months", "2025-03-31")["held"]
    for audience in AUDIENCES:
        story = council.story("FD2", audience, today="2025-06-30")
        assert (story.number.text, story.rag.tone) == ("25.6%", "red")
        assert story.worth != "celebrating"
        assert "Our own figure was 0" in texts_of(story)
        assert "(published)" not in texts_of(story)
    assert faults(council, "2025-06-30") == []
    # An officer's word alone puts ours into the headline.
    word = ("--by", "Ann Example", "--why", "The publisher counts otherwise")
    council.run("confirm", "--indicator", "FD2", "--period", "2025-03-31", *word)
    council.build("2025-03-31", "FD2")
    accepted = council.story("FD2", today="2025-06-30")
    assert (accepted.number.text, accepted.number.held) == ("0%", "")
    assert accepted.rag.tone == "green"


# ---------------------------------------------------------------- 5. which days


@pytest.mark.parametrize("return_name", ["cin", "ssda903"])
def test_5_a_return_made_in_october_gives_no_zeros_to_march(
    council: Council, return_name: str
) -> None:
    code = "FD1" if return_name == "cin" else "LA2"
    if return_name == "cin":
        file = write_census(
            council, *(child(f"A{n}", details(f"2024-0{n + 4}-10")) for n in range(5))
        )
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("2025-05-23T", "2024-10-15T"), encoding="utf-8")
        council.load(file)
    else:
        council.load(*write_ssda903(council, *EPISODES), as_at="2024-10-15")
    council.build("2025-06-30", code)

    assert council.figure(code, "month", "2024-05-31")["status"] == "final"
    for end in ("2024-10-31", "2024-12-31", "2025-03-31"):
        row = council.figure(code, "month", end)
        assert (row["numerator"], row["status"]) == (None, "not_available"), row
    year = council.figure(code, "financial_year", "2025-03-31")
    assert (year["value"], year["status"]) == (None, "not_available")
    for audience in AUDIENCES:
        assert council.story(code, audience, today="2025-06-30").number.value is None
    assert faults(council, "2025-06-30") == []


EPISODES = (
    "P1,01/05/2024,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 3CD,11",
    "P2,01/06/2024,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 3CD,22",
)
EPISODES_HEADING = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN"
)


def write_ssda903(
    council: Council, *episodes: str, born: str = "01/01/2012"
) -> tuple[Path, Path]:
    folder = council.folder.parent
    keys = dict.fromkeys(line.partition(",")[0] for line in episodes)
    people = [f"{key},M,{born},WBRI,UN1,0," for key in keys]
    heading = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
    paths = (folder / "episodes.csv", folder / "header.csv")
    paths[0].write_text("\n".join([EPISODES_HEADING, *episodes]) + "\n")
    paths[1].write_text("\n".join([heading, *people]) + "\n")
    return paths


# ---------------------------------------------------------------- 6. one fact, one key


def test_6_two_referrals_of_a_day_are_two_and_one_was_taken_on(
    council: Council,
) -> None:
    """It gave "100% no further action" of one referral."""
    both = details("2024-05-10", nfa="1", closed="2024-05-10") + details("2024-05-10")
    council.load(write_census(council, child("A1", both)))
    council.build("2025-06-30", "FD1", "FD3", "CN1")

    month = [council.figure(code, "month", "2024-05-31") for code in ("FD1", "FD3")]
    assert [row["numerator"] for row in month] == [2, 1]
    assert month[1]["denominator"] == 2
    assert council.figure("CN1", "month", "2025-03-31")["numerator"] == 1


def test_6_copies_that_contradict_each_other_are_told_and_not_final(
    council: Council,
) -> None:
    ended = {"Child Protection Plan End Date": date(2026, 6, 30)}
    rows = [plan("AB1", date(2026, 5, 1), **ended), plan("AB1", date(2026, 5, 1))]
    said = council.load(
        write_annex_a(council, "a.xlsx", list_7=rows), as_at="2026-09-30"
    )
    council.build("2026-09-30", "CP5")

    assert "says something else" in said
    row = council.figure("CP5", "month", "2026-09-30")
    assert (row["numerator"], row["status"]) == (1, "provisional")
    assert "stands more than once, and not alike" in row["held"]
    assert faults(council, "2026-09-30") == []


# ---------------------------------------------------------------- 7. dates that decide


def test_7_a_case_closed_in_1900_is_a_finding_and_no_final_figure(
    council: Council,
) -> None:
    children = [
        child(f"A{n}", details("2024-05-10", closed="1900-01-01" if n < 3 else ""))
        for n in range(10)
    ]
    said = council.load(write_census(council, *children))
    council.build("2025-06-30", "CN1")

    assert "CINclosureDate" in said and "1900" not in said
    row = council.figure("CN1", "month", "2025-03-31")
    assert row["status"] != "final" and row["held"]
    assert faults(council, "2025-06-30") == []


def test_7_nobody_is_looked_after_at_19_and_no_episode_ends_before_it_begins(
    council: Council,
) -> None:
    back = "P3,01/06/2024,S,C2,N1,U4,PR1,01/05/2024,E11,,AB1 2CD,AB1 3CD,22"
    said = council.load(*write_ssda903(council, *EPISODES, back, born="01/01/2005"))
    council.build("2025-06-30", "LA1")

    assert "18 or over on the last day of the return, and the episode is open" in said
    assert "DEC lies before DECOM" in said
    row = council.figure("LA1", "month", "2025-03-31")
    assert (row["numerator"], row["status"]) == (0, "provisional")
    assert "1 of 3 lines" in row["held"]


# ---------------------------------------------------------------- 8. the right field


def test_8_the_meeting_decides_and_a_historical_request_is_none_of_the_year(
    council: Council,
) -> None:
    """The letter of a review is not its meeting; H was decided before the year."""
    historical = one_plan(
        1,
        assessment={"assessmentoutcome": "H"},
        plan={"startdate": "2024-06-01"},
        active={"reviewmeeting": "2024-12-10", "lastreview": ""},
    )
    issued = one_plan(
        2,
        request={"receiveddate": "2024-01-01", "requestoutcome": "Y"},
        assessment={
            "assessmentoutcome": "Y", "assessmentoutcomedate": "2024-04-10", "week20": 0,
        },
        plan={"startdate": "2024-11-01"},  # of the current plan, which was amended
        active={},
    )  # fmt: skip
    council.load(write_export(council.folder.parent / "sen2", historical, issued))
    council.build("2025-01-31", "SN4", "SN11")

    in_time = council.figure("SN4", "calendar_year", "2024-12-31")
    overdue = council.figure("SN11", "calendar_year", "2024-12-31")
    assert (in_time["numerator"], in_time["denominator"]) == (1, 1)
    assert overdue["numerator"] == 0


def test_8_both_clocks_of_an_assessment_are_told_and_whose_the_publishers_is() -> None:
    referral, start = find_indicator("AS2"), find_indicator("AS2a")

    assert "AS2a runs the other clock" in referral.caveats[0]
    assert "dictionary names the referral" in referral.caveats[0]
    assert "of the referral" in referral.numerator and "start" in start.numerator
    for each in (referral, start):
        assert "neither is judged" in each.not_judged


# ---------------------------------------------------------------- 9. trends


def without_trend(chance: random.Random, scatter: float) -> IndicatorStory:
    """Tell five years that stray about one level, as real years do."""
    of, share = 2000, 0.2
    spread = sqrt(scatter * share * (1 - share) / of)
    counts = [
        (round(min(max(chance.gauss(share, spread), 0.01), 0.99) * of), of)
        for _ in range(5)
    ]
    return tell(*five_years(*counts))


@pytest.mark.parametrize("scatter", [7.3, 20.7])
def test_9_years_that_scatter_are_hardly_ever_told_as_a_trend(scatter: float) -> None:
    """12 to 42% of such series were; the scatters are FD2's and FD3's."""
    chance, tries = random.Random(scatter), 300
    stories = [without_trend(chance, scatter) for _ in range(tries)]
    told = [s for s in stories if "The five-year trend is " in texts_of(s)]

    # 1 in 20 by design; of 300, more than 27 would come once in 500 runs.
    assert len(told) <= CHANCE_OF_TREND * tries + 12
    today, about = date(2026, 9, 30), definition()
    assert [f for s in stories for f in faults_of_story(s, about, today)] == []


def test_9_a_trend_that_the_last_year_contradicts_is_not_told() -> None:
    """The line is steep and clear, and the last year turned: see unit/test_trends.py."""
    counts = [(n, 10_000) for n in (2000, 2200, 2460, 2660, 2650)]

    told = texts_of(tell(*five_years(*counts)))

    assert "down from 26.6%" in told and "trend is rising" not in told


def test_9_published_years_across_a_change_of_collection_make_no_chance_and_no_trend() -> (
    None
):
    """60.6, 40.8, 37.7, 82.5, 72.8, as the publisher prints them."""
    about = replace(find_indicator("SN4"), id="re-referrals")
    rows = [
        published(2020 + n, value, code="SN4", period_type="calendar_year",
                  period_start=date(2020 + n, 1, 1), period_end=date(2020 + n, 12, 31))
        for n, value in enumerate((60.6, 40.8, 37.7, 82.5, 72.8))
    ]  # fmt: skip

    story = tell(*rows, about=about)

    assert "72.8% in 2024, down from 82.5%" in texts_of(story)
    assert "trend" not in texts_of(story) and "chance" not in texts_of(story)


# ---------------------------------------------------------------- 10. months running


def test_10_a_flow_is_of_its_period_and_a_state_of_its_day() -> None:
    day_of, flow = date(2025, 9, 30), definition(clock=Clock.EVENT)
    state = definition(clock=Clock.STATE, headline=PeriodType.MONTH)
    year = tell(figure(day_of, PeriodType.ROLLING_12_MONTHS), about=replace(
        flow, headline=PeriodType.ROLLING_12_MONTHS))  # fmt: skip

    assert "in the 12 months to September 2025" in texts_of(year)
    assert "on 30 September" not in texts_of(year)
    month_end = tell(figure(day_of, PeriodType.MONTH), about=state)
    assert "on 30 September 2025" in texts_of(month_end)


def test_10_a_period_before_its_target_has_no_colour_and_no_streak() -> None:
    begins = adoption(
        from_=date(2025, 6, 1), tolerance=None, promised_by=date(2025, 3, 31)
    )
    rows = five_years(*[(250 + n, 1000) for n in range(5)])

    story = tell(*rows, adoption=begins)

    assert (story.rag.tone, "running" in story.rag.text) == ("none", False)
    assert story.worth == "" or "red" not in story.grounds
    assert story.target is not None and "not kept" not in story.target.promise


def test_10_the_age_is_told_against_the_day_of_the_meeting() -> None:
    ages = [
        tell(figure(), as_at=read).number.age
        for read in (date(2025, 4, 15), date(2025, 12, 8))
    ]

    assert ages == ["under a month old", "8 months old"]


# ---------------------------------------------------------------- a small workspace


def test_every_story_of_a_small_workspace_says_nothing_that_is_forbidden(
    council: Council,
) -> None:
    """Censuses, an extract, SSDA903 and a published table, with targets for all."""
    files = [write_census(council, *again_and_again(y), year=y) for y in (2024, 2025)]
    council.load(
        *files,
        *write_ssda903(council, *EPISODES),
        write_published(council, y2024=25.4, y2025=25.6),
    )
    rows = [referral(f"R{n}", date(2025, 5, 1 + n)) for n in range(20)]
    extract = write_annex_a(
        council, "a.xlsx", list_3=rows, list_7=plans_of(30, date(2025, 4, 2))
    )
    council.load(extract, as_at="2025-09-30")
    adopt(council, "FD2", "20", promised_by="2025-03-31")
    council.build("2025-09-30", *ALL)

    assert faults(council, "2025-12-08") == []
    place = open_workspace(council.folder)
    for audience in AUDIENCES:
        publication = publish_to(audience, place, today=date(2025, 12, 8))
        told = list(publication.stories.values())
        assert sum(story.number.value is not None for story in told) >= 8
        assert any("not judged" in texts_of(story) for story in told)


ALL = (
    "FD1",
    "FD2",
    "FD3",
    "AS1",
    "AS2",
    "CN1",
    "CP5",
    "CP7",
    "CP9",
    "LA1",
    "LA2",
    "LA5",
)


# ---------------------------------------------------------------- the rules can fail

BROKEN: tuple[tuple[str, Callable[[IndicatorStory], IndicatorStory]], ...] = (
    ("a colour", lambda s: replace(s, rag=replace(s.rag, tone="green"))),
    ("a streak", lambda s: replace(s, rag=replace(s.rag, text="Red for 3 months running."))),
    ("a headline", lambda s: replace(s, worth="question")),
    ("a change or a bullet", lambda s: replace(s, bullet=_bullet())),
    ("that judge", lambda s: replace(s, sentences=(*s.sentences, *_trend().sentences))),
    ("does not say", lambda s: replace(s, sentences=s.sentences[:1])),
    ("as final", lambda s: replace(s, number=replace(s.number, marker=""))),
    ("under a month", lambda s: replace(s, number=replace(s.number, age="under a month"))),
    ("flow on a day", lambda s: _say(s, "Re-referrals were 3 on 30 September 2025.")),
    ("windows as months", lambda s: _say(s, "Red for 13 months running.")),
)  # fmt: skip


def _bullet() -> Any:
    return Bullet


def _trend() -> IndicatorStory:
    return tell(*five_years(*[(200 + 50 * n, 1000) for n in range(5)]))


def _say(story: IndicatorStory, text: str) -> IndicatorStory:
    first = replace(story.sentences[0], text=text)
    return replace(story, sentences=(first, *story.sentences[1:]))


@pytest.mark.parametrize(("fault", "harm"), BROKEN, ids=[name for name, _ in BROKEN])
def test_a_story_that_says_what_is_forbidden_is_found(
    fault: str, harm: Callable[[IndicatorStory], IndicatorStory]
) -> None:
    held = tell_judged(years(held=WHY))
    today, about = date(2025, 9, 30), find_indicator("FD2")

    assert faults_of_story(held, about, today) == []
    assert [f for f in faults_of_story(harm(held), about, today) if fault in f]


def test_a_contradicted_trend_is_found() -> None:
    story = _trend()
    fell = replace(
        story.sentences[0],
        inputs=tuple((k, "-1" if k == "direction" else v)
                     for k, v in story.sentences[0].inputs),
    )  # fmt: skip
    wrong = replace(story, sentences=(fell, *story.sentences[1:]))
    today, about = date(2025, 9, 30), definition()

    assert faults_of_story(story, about, today) == []
    assert [f for f in faults_of_story(wrong, about, today) if "contradicts" in f]
