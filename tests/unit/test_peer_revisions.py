"""What the latest load of peers changed in a quarter, counted the slow way."""

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.disclosure.peers import PeerRevision, Peers, find_peer_revision
from openscrutiny.figures.peers import PEER_SCHEMA

LOADED = {1: "2025-02-01T09:00:00", 4: "2025-05-02T09:00:00", 9: "2025-09-03T09:00:00"}
US = "302"
QUARTER = date(2024, 12, 31)

Told = tuple[float | None, str | None]
tellings = st.sampled_from([(10.0, None), (12.0, None), (None, "c"), (None, "z")])
loads = st.dictionaries(
    st.sampled_from(sorted(LOADED)),
    st.dictionaries(st.sampled_from(["301", "302", "303", "E12000007"]), tellings),
    max_size=3,
)


def rows_of(held: dict[int, dict[str, Told]]) -> pl.DataFrame:
    rows = [
        (load, code, value, symbol)
        for load, areas in held.items()
        for code, (value, symbol) in areas.items()
    ]
    kinds = {"load_id": pl.Int32, "area_code": pl.String, "value": pl.Float64}
    return pl.DataFrame(rows, schema={**kinds, "symbol": pl.String}, orient="row")


@settings(deadline=None)
@given(loads)
def test_the_last_two_loads_of_a_quarter_are_compared_area_by_area(
    held: dict[int, dict[str, Told]],
) -> None:
    found = find_peer_revision(rows_of(held), LOADED, US)

    told = [load for load in sorted(held) if held[load]]
    if len(told) < 2:
        assert found is None
        return
    earlier, later = held[told[-2]], held[told[-1]]
    areas = {*earlier, *later}
    changed = {
        area
        for area in areas
        if (area in earlier) != (area in later) or earlier[area] != later[area]
    }
    if not changed:
        assert found is None
        return
    before = earlier[US][0] if US in earlier else None
    day = date.fromisoformat(LOADED[told[-1]][:10])
    assert found == PeerRevision(day, len(changed), len(areas), US in changed, before)


def test_whoever_sees_no_loads_is_told_no_revision() -> None:
    """What an audience is not shown of a quarter, a revision would give away."""
    both: dict[int, dict[str, Told]] = {1: {US: (10.0, None)}, 4: {US: (12.0, None)}}
    rows = rows_of(both).with_columns(
        indicator=pl.lit("invented"), collection=pl.lit("q"), period_end=pl.lit(QUARTER)
    )
    figures = pl.DataFrame(schema=PEER_SCHEMA)
    asked = ("invented", "q", QUARTER, US)

    officers = Peers(figures, _rows=rows, _loaded_at=LOADED)
    assert officers.find_revision(*asked) == PeerRevision(
        date(2025, 5, 2), 1, 1, True, 10.0
    )
    assert officers.find_revision("another", "q", QUARTER, US) is None
    assert Peers(figures).find_revision(*asked) is None
