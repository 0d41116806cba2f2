"""What others may read of figures holds no number that is not shown."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.disclosure.hiding import keep_shown
from openscrutiny.figures.schema import FIGURE_COLUMNS, FIGURE_SCHEMA
from openscrutiny.nothing import Status

numbers = st.one_of(st.none(), st.floats(0, 1e6))
rows_drawn = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from([status.value for status in Status]),
            "numerator": numbers,
            "denominator": numbers,
            "value": numbers,
            "held": st.sampled_from(["", "Unlikely: load 3."]),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(rows_drawn)
def test_a_number_leaves_only_with_a_figure_that_is_shown(
    drawn: list[dict[str, object]],
) -> None:
    """A figure that is not there may say of how many; one that is hidden says nothing."""
    kept = keep_shown(pl.DataFrame(drawn, schema=FIGURE_SCHEMA))

    assert kept.columns == [*FIGURE_COLUMNS, "held"]
    for before, after in zip(drawn, kept.iter_rows(named=True), strict=True):
        assert after["status"] == before["status"]
        is_shown = before["status"] in ("final", "provisional")
        assert after["value"] == (before["value"] if is_shown else None)
        assert after["held"] == (before["held"] if is_shown else None)
        parts = (after["numerator"], after["denominator"])
        if before["status"] in ("hidden", "low"):
            assert parts == (None, None)
        else:
            assert parts == (before["numerator"], before["denominator"])
