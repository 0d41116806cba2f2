"""What an indicator rests on beside its own table, and which of a child's events counts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.hiding import for_audience
from openscrutiny.figures.engine import Engine, open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate
from openscrutiny.figures.queries import KeptQueries
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.record.coverage import column_of
from openscrutiny.record.gaps import Gap
from openscrutiny.record.journal import Journal, NewLoad
from support.records import NO_POPULATION, make_frame

YEAR = (date(2024, 4, 1), date(2025, 3, 31))
EPISODE = {
    "clae_person_id": "A",
    "clae_cla_episode_start_date": "2024-05-01",
    "clae_legal_status": "C2",
}


def load(**rows: list[dict[str, object]]) -> NewLoad:
    """Make a return that covers the tables given alone, empty ones too."""
    return NewLoad(
        file="invented",
        sha256="1",
        request="",
        return_name="ssda903",
        return_id="ssda903/2025",
        authority="299",
        year=2025,
        period_end=YEAR[1],
        inferred="",
        rows_read=1,
        rows_rejected=0,
        covers=dict.fromkeys(rows, YEAR),
        tables={name: make_frame(name, some) for name, some in rows.items()},
        problems=(),
    )


def count(folder: Path, code: str, *loads: NewLoad) -> pl.DataFrame:
    journal = Journal(folder / "record")
    for one in loads:
        journal.add(one)
    engine = open_record(journal, journal.entries())
    wanted = Evaluation(YEAR[0], YEAR[1], {"299": "Invented"})
    return evaluate(engine, find_indicator(code), wanted, NO_POPULATION)


def year_of(figures: pl.DataFrame) -> dict[str, object]:
    return figures.filter(
        (pl.col("period_type") == "financial_year") & (pl.col("breakdown") == "total")
    ).row(0, named=True)


def test_without_the_other_table_a_figure_is_not_known_and_says_what_is_lacking(
    tmp_path: Path,
) -> None:
    year = year_of(count(tmp_path, "LA4", load(cla_episodes=[EPISODE])))

    assert (year["status"], year["numerator"]) == ("not_available", None)
    assert "who came to seek asylum alone" in str(year["why"])


def test_without_a_column_a_figure_is_not_known_and_says_which_is_lacking(
    tmp_path: Path,
) -> None:
    year = year_of(count(tmp_path, "LA7", load(cla_episodes=[EPISODE])))

    assert (year["status"], year["numerator"]) == ("not_available", None)
    assert "31 March 2025 has no DISTANCE, or none filled in" in str(year["why"])


def test_who_is_of_unknown_distance_is_counted_apart_and_stays_in(
    tmp_path: Path,
) -> None:
    far = {"clae_cla_placement_distance": 20.1, "clae_cla_placement_location": "OUT"}
    rows = [EPISODE | far, EPISODE | {"clae_person_id": "B"}]
    year = year_of(count(tmp_path, "LA7", with_columns(load(cla_episodes=rows))))

    told = tuple(year[name] for name in ("numerator", "denominator", "unknown"))
    assert told == (1, 2, 1)


def test_a_later_file_without_the_column_takes_the_figure_away(tmp_path: Path) -> None:
    far = {"clae_cla_placement_distance": 20.1, "clae_cla_placement_location": "OUT"}
    first = with_columns(load(cla_episodes=[EPISODE | far]))
    again = load(cla_episodes=[EPISODE])

    assert year_of(count(tmp_path / "a", "LA7", first, again))["numerator"] is None
    assert year_of(count(tmp_path / "b", "LA7", again, first))["numerator"] == 1


def with_columns(one: NewLoad) -> NewLoad:
    """Say that the file of these episodes had distances and places filled in."""
    named = ("clae_cla_placement_distance", "clae_cla_placement_location")
    told = {column_of("cla_episodes", name): YEAR for name in named}
    return replace(one, covers={**one.covers, **told})


def test_with_an_empty_other_table_nobody_is_counted(tmp_path: Path) -> None:
    both = load(cla_episodes=[EPISODE], immigration_status=[])
    year = year_of(count(tmp_path, "LA4", both))

    assert (year["status"], year["numerator"]) == ("final", 0)


LEAVER = {
    "clea_person_id": "A",
    "clea_dob": "2004-06-01",
    "clea_care_leaver_in_touch": "YES",
    "clea_care_leaver_accommodation": "Z1",
}
FOSTERED = {
    "clae_person_id": "A",
    "clae_cla_episode_start_date": "2020-05-01",
    "clae_cla_episode_ceased_date": "2022-06-01",
    "clae_legal_status": "C2",
    "clae_cla_placement_type": "U4",
}


def in_year(year: int, one: NewLoad, *, rejected: int = 0) -> NewLoad:
    """Move a load to another year, of whose 100 episodes so many were rejected."""
    span = (date(year - 1, 4, 1), date(year, 3, 31))
    gaps = (Gap("cla_episodes", 100, rejected),) if rejected else ()
    return replace(
        one,
        sha256=str(year),
        return_id=f"ssda903/{year}",
        year=year,
        period_end=span[1],
        covers=dict.fromkeys(one.covers, span),
        gaps=gaps,
    )


def test_staying_put_says_which_year_before_is_lacking(tmp_path: Path) -> None:
    leavers = load(care_leavers=[LEAVER])
    before = load(cla_episodes=[FOSTERED])
    both = [in_year(2023, before), in_year(2024, load(cla_episodes=[]))]

    lacking = year_of(count(tmp_path / "a", "CL6", leavers, both[0]))
    whole = year_of(count(tmp_path / "b", "CL6", leavers, *both))

    assert (lacking["status"], lacking["numerator"]) == ("not_available", None)
    assert "1 April 2023 to 31 March 2024 is not loaded" in str(lacking["why"])
    assert (whole["status"], whole["numerator"], whole["denominator"]) == (
        *("final", 1),
        1,
    )


@pytest.mark.parametrize(
    ("year", "rejected", "status"),
    [
        (2023, 10, "provisional"),
        (2023, 60, "not_available"),
        (2025, 60, "final"),  # its own year’s episodes say nothing of those before 18
        (2022, 60, "final"),
    ],
)
def test_staying_put_is_as_sure_as_the_episodes_of_the_years_before(
    tmp_path: Path, year: int, rejected: int, status: str
) -> None:
    before = load(cla_episodes=[FOSTERED])
    loads = [
        in_year(each, before, rejected=rejected if each == year else 0)
        for each in (2022, 2023, 2024, 2025)
    ]
    found = year_of(count(tmp_path, "CL6", load(care_leavers=[LEAVER]), *loads))

    assert found["status"] == status


def test_of_two_ends_of_care_the_last_says_how(tmp_path: Path) -> None:
    ends = [
        EPISODE
        | {
            "clae_cla_episode_ceased_date": day,
            "clae_cla_episode_ceased_reason": reason,
            "clae_cla_episode_start_date": start,
        }
        for start, day, reason in (
            ("2024-05-01", "2024-06-01", "E11"),
            ("2024-07-01", "2025-01-01", "E4A"),
        )
    ]
    year = year_of(count(tmp_path, "LA22", load(cla_episodes=ends)))

    assert (year["numerator"], year["denominator"]) == (0, 1)


@pytest.mark.parametrize("code", ["SN5", "SN6", "LA7a", "LA17", "LA24"])
def test_what_would_tell_of_a_few_beside_another_is_for_officers_alone(
    code: str,
) -> None:
    row = {
        "code": code,
        "source": "own",
        "breakdown": "total",
        "period_type": "financial_year",
        "period_end": YEAR[1],
        "area_code": "299",
        "unit": "percent",
        "status": "final",
        "why": "",
        "held": "",
        "numerator": 50.0,
        "denominator": 90.0,
        "unknown": 0,
        "value": 55.6,
    }
    figures = pl.DataFrame([dict.fromkeys(FIGURE_SCHEMA) | row], schema=FIGURE_SCHEMA)

    hidden = for_audience(figures, Audience.MEMBERS).row(0, named=True)
    officers = for_audience(figures, Audience.OFFICERS).row(0, named=True)

    assert (hidden["status"], hidden["numerator"], hidden["value"]) == (
        "hidden",
        None,
        None,
    )
    assert officers["numerator"] == 50.0
    assert find_indicator(code).kept_back


def test_what_is_not_loaded_is_not_available_and_asks_nothing_of_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Engine, *asked: object) -> pl.DataFrame:
        raise AssertionError("the engine was asked")

    monkeypatch.setattr(Engine, "run", refuse)
    monkeypatch.setattr(KeptQueries, "find", refuse)
    only_care = load(cla_episodes=[EPISODE])
    for code in ("FD1", "FD2", "CP6", "SN4"):  # a rate, a share, a state and a month
        figures = count(tmp_path / code, code, only_care)

        assert figures["breakdown"].unique().to_list() == ["total"]
        assert set(figures["status"]) <= {"not_available", "not_expected"}
        assert figures["numerator"].null_count() == figures.height > 0
        assert figures["why"].str.contains("that is loaded covers").any()


CONTACT = {
    "cont_person_id": "A",
    "cont_contact_date": "2025-02-03",
    "cont_contact_decision_date": "2025-02-04",
}
VISIT = {
    "clav_person_id": "A",
    "clav_cla_start_date": "2024-05-01",
    "clav_legal_status": "C2",
    "clav_cla_visit_date": "2025-03-03",
    "clav_cla_visit_seen_alone": True,
}
MADE = date(2025, 3, 31)
# Of each code that an added column feeds: its table, that column, and its heading.
ADDED = {
    "EH2": (
        "contacts",
        "cont_contact_decision_date",
        "Date of Contact Decision",
        CONTACT,
    ),
    "LA11": (
        "cla_visits",
        "clav_cla_visit_seen_alone",
        "Was the Child Seen Alone?",
        VISIT,
    ),
}


def a_list(code: str, *, tells: bool, made: date = MADE) -> NewLoad:
    """Make an extract with the row of this code, and its column filled in or not."""
    table, column, _, row = ADDED[code]
    first = date(2025, 1, 1) if table == "contacts" else made
    told = {column_of(table, column): (first, made)} if tells else {}
    given = row if tells else row | {column: None}
    return replace(
        load(**{table: [given]}),
        sha256=f"{made}{tells}",
        return_name="annex-a",
        return_id=f"annex-a/{made}",
        period_end=made,
        covers={table: (first, made), **told},
    )


def month_of(figures: pl.DataFrame, end: date) -> dict[str, object]:
    return figures.filter(
        (pl.col("period_type") == "month")
        & (pl.col("period_end") == end)
        & (pl.col("breakdown") == "total")
    ).row(0, named=True)


@pytest.mark.parametrize(("code", "end"), [("EH2", date(2025, 2, 28)), ("LA11", MADE)])
def test_a_column_that_a_council_adds_feeds_a_figure_and_is_named_where_it_is_lacking(
    tmp_path: Path, code: str, end: date
) -> None:
    with_it = month_of(count(tmp_path / "a", code, a_list(code, tells=True)), end)
    without = month_of(count(tmp_path / "b", code, a_list(code, tells=False)), end)

    assert (with_it["status"], with_it["numerator"]) == ("final", 1)
    assert (without["status"], without["numerator"]) == ("not_available", None)
    assert f"has no {ADDED[code][2]}, or none filled in" in str(without["why"])


def test_contacts_wait_for_a_list_that_was_made_a_week_later(tmp_path: Path) -> None:
    """On the day of the list nobody has decided the contacts of that day."""
    early = a_list("EH2", tells=True, made=date(2025, 2, 28))
    late = a_list("EH2", tells=True, made=date(2025, 3, 7))
    before = month_of(count(tmp_path / "a", "EH2", early), date(2025, 2, 28))
    after = month_of(count(tmp_path / "b", "EH2", early, late), date(2025, 2, 28))

    assert before["status"] == "not_available"
    assert "It waits for the day of the decision" in str(before["why"])
    assert (after["status"], after["numerator"]) == ("final", 1)
