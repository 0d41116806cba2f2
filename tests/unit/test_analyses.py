"""What an analysis declares is kept, given, told and shown; what it does not is not."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest

from openscrutiny.analyses import registry
from openscrutiny.analyses.analysis import Analysis, Block, Shown, Table, Told
from openscrutiny.analyses.registry import find_analyses, find_blocks
from openscrutiny.audience import Audience
from openscrutiny.charts import Bar, BarChart
from openscrutiny.disclosure import tables as disclosing
from openscrutiny.disclosure.audiences import CLEARANCES
from openscrutiny.disclosure.frozen import FrozenFacts, FrozenSource
from openscrutiny.disclosure.tables import open_tables
from openscrutiny.figures.schema import FIGURE_SCHEMA, fill_up
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.judgement.facts import Facts
from openscrutiny.story import blocks
from openscrutiny.story.blocks import draw_blocks
from openscrutiny.story.pictures.context import Context

AREA, OTHER = "999", "998"
FD1 = find_indicator("FD1")
EVERYBODY = frozenset(Audience)
SCHEMA = {"area_code": pl.String(), "children": pl.Int64()}
ROWS = pl.DataFrame({"area_code": [AREA, OTHER], "children": [3, 4]}, schema=SCHEMA)
TOLD = {"area_code": pl.String(), "figures": pl.Int64()}


def count_figures(
    rows: pl.DataFrame, figures: pl.DataFrame, _definitions: Sequence[Indicator]
) -> pl.DataFrame:
    """Tell how many figures there are, and by mistake the rows as well."""
    return rows.with_columns(figures=pl.lit(figures.height, pl.Int64))


def table(
    given_to: frozenset[Audience] = frozenset(), told: Told | None = None
) -> Table:
    return Table("again", SCHEMA, lambda building: ROWS, given_to, told)


def tell(to: frozenset[Audience]) -> Told:
    return Told(to, TOLD, count_figures)


class Kept:
    """Stand for a snapshot that holds one table, or none."""

    def __init__(self, rows: pl.DataFrame | None = ROWS) -> None:
        self.rows = rows
        self.asked = 0

    def table(self, table: Table) -> pl.DataFrame | None:
        self.asked += 1
        return self.rows


Open = Callable[..., dict[str, pl.DataFrame]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    def open_one(
        made: Table,
        audience: Audience,
        *,
        kept: Kept | None = None,
        told_of: Sequence[Indicator] = INDICATORS,
        codes: tuple[str, ...] = (),
    ) -> dict[str, pl.DataFrame]:
        shown = tuple(
            Block("b", made, (code,), "Table", lambda rows, area: None)
            for code in codes
        )
        analyses = (Analysis("again", "Again", (made,), shown),)
        monkeypatch.setattr(disclosing, "find_analyses", lambda: analyses)
        figures = pl.DataFrame(
            [
                {"area_code": area, "code": "FD1", "indicator": FD1.id}
                for area in (AREA, AREA, OTHER)
            ],
            schema=FIGURE_SCHEMA,
        )
        given = open_tables(kept or Kept(), audience, AREA, figures, told_of)
        return dict(given)

    return open_one


# ---------- Who is given what: nothing that is not said ----------


def test_who_is_named_and_cleared_is_given_the_rows_of_one_council(
    opened: Open,
) -> None:
    given = opened(table(frozenset({Audience.OFFICERS})), Audience.OFFICERS)
    assert given["again"].rows() == [(AREA, 3)]


@pytest.mark.parametrize("audience", Audience)
def test_where_nobody_is_named_nobody_is_given_anything(
    opened: Open, audience: Audience
) -> None:
    kept = Kept()
    assert opened(table(), audience, kept=kept) == {}
    assert kept.asked == 0, "it was not even read"


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.PUBLIC])
def test_who_is_named_and_not_cleared_for_everything_is_not_given_rows(
    opened: Open, audience: Audience
) -> None:
    assert opened(table(EVERYBODY), audience) == {}


@pytest.mark.parametrize("audience", Audience)
def test_an_audience_that_nobody_thought_of_is_given_and_told_nothing(
    opened: Open, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(CLEARANCES, audience)
    assert opened(table(EVERYBODY, tell(EVERYBODY)), audience) == {}


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.PUBLIC])
def test_who_is_told_of_it_gets_what_is_declared_from_that_councils_figures_alone(
    opened: Open, audience: Audience
) -> None:
    given = opened(table(told=tell(frozenset({audience}))), audience)
    assert given["again"].to_dicts() == [{"area_code": AREA, "figures": 2}]


def test_who_is_not_told_of_it_gets_nothing(opened: Open) -> None:
    made = table(told=tell(frozenset({Audience.MEMBERS})))
    assert opened(made, Audience.PUBLIC) == {} == opened(made, Audience.OFFICERS)


def test_a_snapshot_that_was_built_before_it_gives_nothing(opened: Open) -> None:
    made = table(frozenset({Audience.OFFICERS}), tell(EVERYBODY))
    for audience in Audience:
        assert opened(made, audience, kept=Kept(None)) == {}


def test_what_was_told_when_it_was_frozen_is_not_told_again(opened: Open) -> None:
    frozen = Kept(pl.DataFrame({"area_code": [AREA], "figures": [7]}, schema=TOLD))
    made = table(frozenset({Audience.OFFICERS}), tell(frozenset({Audience.MEMBERS})))

    given = opened(made, Audience.MEMBERS, kept=frozen)
    assert given["again"]["figures"].to_list() == [7]
    assert opened(made, Audience.OFFICERS, kept=frozen) == {}


def test_what_is_about_an_indicator_that_is_left_out_is_left_out(opened: Open) -> None:
    made = table(frozenset({Audience.OFFICERS}))
    without = [each for each in INDICATORS if each.code != "FD1"]

    asked = {"codes": ("FD1", "FD2"), "told_of": without}
    assert opened(made, Audience.OFFICERS, **asked) == {}
    assert opened(made, Audience.OFFICERS, codes=("FD2",), told_of=without)


# ---------- What is shown of it ----------


def show(rows: pl.DataFrame, area: str) -> Shown | None:
    if rows.is_empty():
        return None
    bars = (Bar("Children", 3, "3"),)
    return Shown(
        f"3 in {area}",
        "Children",
        BarChart("Children", "3", bars),
        "",
        "Children",
        ("What", "How many"),
        (("Children", "3"),),
    )


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({"again": ROWS.head(1)}, ["3 in Borough"]),
        ({"again": ROWS.clear()}, []),
        ({"again": pl.DataFrame(schema=TOLD)}, []),
        ({"another": ROWS}, []),
        ({}, []),
    ],
    ids=["given", "nothing to show", "told", "another table", "not given"],
)
def test_a_block_is_made_of_rows_that_the_reader_is_given_and_of_no_others(
    given: dict[str, pl.DataFrame], titles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    block = Block("b", table(), ("FD1",), "Table of children", show)
    monkeypatch.setattr(blocks, "find_blocks", lambda code: (block,))
    day = date(2026, 9, 30)
    facts = Facts(AREA, "Borough", day, tables=given)

    drawn = draw_blocks(FD1, facts, Context(FD1, "Borough", day))

    assert [one.chart.title for one in drawn] == titles
    for one in drawn:
        assert one.for_officers and "not for publication" in one.chart.foot
        assert "<svg" in one.chart.wide and one.table.rows == (("Children", "3"),)


# ---------- Declarations ----------


def test_a_declaration_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(AssertionError, match="builds nothing"):
        Analysis("none", "None", ())
    nowhere = Table("nowhere", {"children": pl.Int64()}, lambda building: ROWS)
    with pytest.raises(AssertionError, match="names no council"):
        Analysis("nowhere", "Nowhere", (nowhere,))
    elsewhere = Block("b", table(), ("FD1",), "Table", show)
    with pytest.raises(AssertionError, match="reads another's table"):
        Analysis("b", "B", (Table("mine", SCHEMA, lambda b: ROWS),), (elsewhere,))
    alike = table(told=Told(EVERYBODY, SCHEMA, count_figures))
    with pytest.raises(AssertionError, match="again"):
        Analysis("again", "Again", (alike,))
    with pytest.raises(AssertionError, match="Children"):
        Shown(
            "", "", BarChart("", "", ()), "", "Children",
            ("Who", "Children"), (("A",),),
        )  # fmt: skip


def test_what_was_told_and_frozen_before_a_column_was_is_still_what_was_told(
    tmp_path: Path,
) -> None:
    told = Told(EVERYBODY, {**TOLD, "since": pl.Date()}, count_figures)
    ROWS.select("area_code", figures=pl.lit(7, pl.Int64)).write_parquet(
        tmp_path / "again.parquet"
    )
    facts = cast(FrozenFacts, SimpleNamespace(tables=("again",)))
    frozen = FrozenSource(facts, tmp_path.joinpath)

    rows = frozen.table(table(told=told))
    assert rows is not None and rows.columns == ["area_code", "figures", "since"]
    assert rows["figures"].to_list() == [7, 7] and not table().is_whole(rows)


def test_each_analysis_stands_once_and_no_table_takes_the_place_of_a_file() -> None:
    names = [table.name for one in find_analyses() for table in one.tables]

    assert "late" in names and len(names) == len(set(names))
    assert not set(names) & registry.TAKEN
    assert all(one.name and one.id for one in find_analyses())


def test_an_indicator_has_the_blocks_that_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = table()
    block = Block("b", made, ("FD1",), "Table", show)
    analyses = (Analysis("again", "Again", (made,), (block,)),)
    monkeypatch.setattr(registry, "find_analyses", lambda: analyses)

    assert find_blocks("FD1") == (block,) and find_blocks("FD2") == ()


def test_a_column_that_came_later_is_null_in_an_earlier_file() -> None:
    earlier = ROWS.drop("children").with_columns(gone=pl.lit(1))
    assert fill_up(earlier, SCHEMA).rows() == [(AREA, None), (OTHER, None)]
