"""What is shown and not judged: partly read, of unlikely size, or not as published."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.deciding import find_deciding_columns
from openscrutiny.figures.engine import name_record
from openscrutiny.figures.lacking import Lack, find_lacks
from openscrutiny.figures.reconciling import (
    difference_key,
    find_differences,
    hold_differing,
)
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.figures.volume import hold_unlikely_loads
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import add_months, month_end
from openscrutiny.record.confirmations import Confirmation, Confirmations, Subject
from openscrutiny.record.coverage import Span
from openscrutiny.record.gaps import Gap
from openscrutiny.record.loads import LoadEntry

FD1 = find_indicator("FD1")
CN1 = find_indicator("CN1")


def figure(**also: Any) -> dict[str, Any]:
    row = dict.fromkeys(FIGURE_SCHEMA) | {
        "indicator": FD1.id,
        "code": "FD1",
        "area_code": "306",
        "breakdown": "total",
        "category": "all",
        "unit": "count",
        "status": "final",
        "source": "own",
        "year_label": "",
        "why": "",
        "held": "",
    }
    return row | also


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=FIGURE_SCHEMA)


def year(end: int, value: float, **also: Any) -> dict[str, Any]:
    return figure(
        period_type="financial_year",
        period_start=date(end - 1, 4, 1),
        period_end=date(end, 3, 31),
        numerator=value,
        value=value,
        **also,
    )


# ---------------------------------------------------------------- partly read


@pytest.mark.parametrize(
    ("lack", "unsettles", "slight", "too_much"),
    [
        (Lack(200, 1), False, True, False),
        (Lack(199, 1), True, False, False),
        (Lack(10, 4), True, False, False),
        (Lack(10, 5), True, False, False),
        (Lack(10, 6), True, False, True),
        (Lack(1000, 0, 1), True, True, False),  # a contradiction is never final
    ],
)
def test_how_much_is_lacking_says_what_becomes_of_the_figure(
    lack: Lack, unsettles: bool, slight: bool, too_much: bool
) -> None:
    assert (lack.unsettles, lack.is_slight, lack.is_too_much) == (
        unsettles,
        slight,
        too_much,
    )
    assert f"{lack.rows:,} line" in lack.words


def entry(load_id: int, *gaps: Gap, return_id: str = "ssda903/2025") -> LoadEntry:
    tables = {gap.table: gap.rows for gap in gaps}
    covers = {gap.table: (date(2024, 4, 1), date(2025, 3, 31)) for gap in gaps}
    return LoadEntry(
        load_id=load_id,
        loaded_at="",
        file=f"{load_id}.csv",
        sha256="",
        request="",
        return_name=return_id.partition("/")[0],
        return_id=return_id,
        authority="306",
        year=2025,
        period_end=date(2025, 3, 31),
        inferred="",
        rows_read=0,
        rows_kept=0,
        rows_rejected=0,
        covers=covers,
        tables=tables,
        undone_at=None,
        gaps=gaps,
    )


def span(load_id: int, table: str) -> Span:
    first, last = date(2024, 4, 1), date(2025, 3, 31)
    return Span("306", table, "ssda903/2025", load_id, first, last)


def test_only_what_an_indicator_reads_is_lacking_and_persons_never() -> None:
    episodes = Gap("cla_episodes", 10, unread={"clae_cla_episode_ceased_date": 2})
    entries = [
        entry(1, episodes),
        entry(2, Gap("cla_reviews", 10, rejected=9)),
        entry(3, Gap("person", 10, rejected=9)),
    ]
    spans = [span(1, "cla_episodes")]
    reads_end = {"clae_cla_episode_ceased_date", "pers_person_id"}
    assert find_lacks(entries, spans, reads_end) == {1: Lack(10, 2)}
    reads_start = {"clae_cla_episode_start_date", "pers_person_id"}
    assert find_lacks(entries, spans, reads_start) == {}


def test_a_load_lacks_what_another_file_of_its_return_could_not_give() -> None:
    entries = [
        entry(1, Gap("cla_episodes", 10)),
        entry(2, Gap("cla_reviews", 20, rejected=5)),
    ]
    lacks = find_lacks(
        entries,
        [span(1, "cla_episodes")],
        {"clae_cla_episode_start_date", "clar_cla_review_date"},
    )
    assert lacks == {1: Lack(20, 5)}


def test_deciding_columns_are_those_that_count_and_not_those_that_describe() -> None:
    assert FD1.rows is not None and CN1.rows is not None
    referrals = find_deciding_columns(FD1.rows(name_record()))
    in_need = find_deciding_columns(CN1.rows(name_record()))
    assert "cine_referral_date" in referrals
    assert referrals.isdisjoint({"cine_referral_team", "cine_referral_source_code"})
    assert {"cine_referral_date", "cine_close_date"} <= in_need


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("LA2", "clae_cla_placement_provider"),
        ("LA3", "clae_cla_primary_need_code"),
        ("CP6", "cppl_previous_plans"),
    ],
)
def test_rows_of_two_kinds_put_together_rest_on_what_counts_in_each(
    code: str, column: str
) -> None:
    indicator = find_indicator(code)
    assert indicator.rows is not None
    assert column not in find_deciding_columns(indicator.rows(name_record()))


# ---------------------------------------------------------------- reconciled


def published(*rows: dict[str, Any]) -> pl.DataFrame:
    return frame(*(row | {"source": "LAIT"} for row in rows))


@pytest.mark.parametrize(
    ("own", "theirs", "unit", "differs"),
    [
        (25.64, 25.6, "percent", False),
        (25.66, 25.6, "percent", True),
        (39.8, 83.0, "percent", True),
        (402.0, 400.0, "count", False),  # may be rounded to 10
        (406.0, 400.0, "count", True),
        (402.0, 401.0, "count", True),
    ],
)
def test_a_difference_is_named_beyond_the_publishers_rounding(
    own: float, theirs: float, unit: str, differs: bool
) -> None:
    ours = frame(year(2025, own, unit=unit))
    # Another year shows that this publisher prints one decimal.
    theirs_too = published(
        year(2025, theirs, unit=unit), year(2024, theirs - 0.1, unit=unit)
    )
    assert (find_differences(ours, theirs_too, {}).height == 1) is differs


def rolling(end: date) -> dict[str, Any]:
    return figure(
        period_type="rolling_12_months",
        period_start=add_months(end, -12) + timedelta(days=1),
        period_end=end,
        numerator=40.0,
        value=40.0,
    )


def test_a_difference_holds_ours_from_its_period_to_the_next_compared() -> None:
    ours = frame(
        year(2023, 100.0),
        year(2024, 40.0),
        year(2025, 101.0),
        rolling(date(2023, 9, 30)),
        rolling(date(2024, 9, 30)),
        rolling(date(2025, 9, 30)),
    )
    theirs = published(year(2023, 100.0), year(2024, 83.0), year(2025, 101.0))
    differences = find_differences(ours, theirs, {})
    assert differences["period_end"].to_list() == [date(2024, 3, 31)]
    held = hold_differing(ours, theirs, differences)
    assert held.columns == ours.columns
    marked = held.filter(pl.col("held") != "")["period_end"].to_list()
    assert marked == [date(2024, 3, 31), date(2024, 9, 30)]
    said = held.filter(pl.col("held") != "")["held"][0]
    assert "83" in said and "40" in said and "nobody has accepted" in said


def test_an_accepted_difference_is_named_and_holds_nothing() -> None:
    key = (Subject.DIFFERENCE, difference_key("306", FD1.id, date(2025, 3, 31)))
    word = Confirmation(Subject.DIFFERENCE, key[1], "Ann Example", "counted again", "")
    ours, theirs = frame(year(2025, 40.0)), published(year(2025, 83.0))
    differences = find_differences(ours, theirs, {key: word})
    held = hold_differing(ours, theirs, differences)
    assert held["held"].to_list() == [""]
    assert "Ann Example accepted ours" in held["why"][0]


# ---------------------------------------------------------------- volume


def months(counts: list[float]) -> list[dict[str, Any]]:
    ends = [month_end(add_months(date(2024, 1, 31), n)) for n in range(len(counts))]
    return [
        figure(
            period_type="month",
            period_start=end.replace(day=1),
            period_end=end,
            numerator=count,
            value=count,
        )
        for end, count in zip(ends, counts, strict=True)
    ]


def loads_of(change: date) -> list[Span]:
    """Two loads, the second from this day on."""
    first = Span("306", "cin_episodes", "a", 1, date(2024, 1, 1), date(2024, 12, 31))
    second = Span("306", "cin_episodes", "b", 2, change, date(2025, 12, 31))
    before = Span(
        first.authority,
        first.table,
        first.return_id,
        1,
        first.valid_from,
        change - timedelta(days=1),
    )
    return [before, second]


@pytest.mark.parametrize(
    ("later", "flagged"),
    [(2.0, True), (100.0, False), (60.0, False), (260.0, True)],
)
def test_a_load_with_half_or_double_is_held(later: float, flagged: bool) -> None:
    own = frame(*months([100.0] * 12 + [later] * 6))
    held = hold_unlikely_loads(
        FD1, own, loads_of(date(2025, 1, 1)), published(), confirmed=()
    )
    marked = held.filter(pl.col("held") != "")
    assert marked.height == (6 if flagged else 0)
    if flagged:
        assert marked["period_end"].min() == date(2025, 1, 31)
        assert "about 600 would be expected" in marked["held"][0]


def test_a_confirmed_load_is_not_held() -> None:
    own = frame(*months([100.0] * 12 + [2.0] * 6))
    spans = loads_of(date(2025, 1, 1))
    held = hold_unlikely_loads(FD1, own, spans, published(), confirmed={2})
    assert held.filter(pl.col("held") != "").height == 0


def test_the_first_load_is_held_against_the_published_count() -> None:
    own = frame(*months([1.0] * 6))
    spans = [Span("306", "cin_episodes", "a", 1, date(2024, 1, 1), date(2024, 6, 30))]
    theirs = published(year(2023, 1200.0))
    held = hold_unlikely_loads(FD1, own, spans, theirs, confirmed=())
    assert held.filter(pl.col("held") != "").height == 6
    assert "published count" in held["held"][0]


def test_few_events_that_halve_are_chance() -> None:
    own = frame(*months([1.0] * 12 + [0.0] * 3))
    spans = loads_of(date(2025, 1, 1))
    held = hold_unlikely_loads(FD1, own, spans, published(), confirmed=())
    assert held.filter(pl.col("held") != "").height == 0


# ---------------------------------------------------------------- an officer's word


def test_a_word_stands_until_it_is_taken_back(tmp_path: Path) -> None:
    words = Confirmations(tmp_path)
    assert words.standing() == {}
    words.add(Subject.LOAD, "7", "Ann Example", "a new team's cases are complete")
    (word,) = words.standing().values()
    assert (word.key, word.confirmed_by) == ("7", "Ann Example")
    words.withdraw(Subject.LOAD, "7")
    assert words.standing() == {}
    with pytest.raises(OpenScrutinyError):
        words.withdraw(Subject.LOAD, "7")


@pytest.mark.parametrize(("by", "why"), [("", "because"), ("Ann Example", "  ")])
def test_a_word_needs_a_name_and_a_reason(tmp_path: Path, by: str, why: str) -> None:
    with pytest.raises(OpenScrutinyError):
        Confirmations(tmp_path).add(Subject.LOAD, "7", by, why)
