"""What is hidden of the figures from those who may not see small numbers.

They see totals of the authority, annual or rolling 12 months and, of what is counted on
a day, at the end of each month. Hidden are counts of 1 to 5, complements of 1 to 5,
whatever is built on them, and every further figure from which they could be worked out.
Published figures are open already and pass as their publisher printed them; what peers
exchange is seen by nobody else unless its sender says so.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from openscrutiny.disclosure.audiences import Audience, find_clearance
from openscrutiny.disclosure.network import Bounds, Key
from openscrutiny.disclosure.relations import (
    FEWEST_OF,
    KEPT_BACK,
    KNOWN,
    LEFT_OUT,
    OF_NO_PERSON,
    PER_PERSON,
    STATES,
    UNPROTECTED,
    left_out_of,
    rest_of,
    series_of,
)
from openscrutiny.disclosure.sight import Cell, month_of, nearly, read_printed
from openscrutiny.disclosure.standing import (
    SHOWN_KEY,
    keep_small_revisions,
    name_span,
)
from openscrutiny.disclosure.underivable import hide_what_gives_away
from openscrutiny.disclosure.within import find_near_a_whole
from openscrutiny.disclosure.wording import without_counts
from openscrutiny.figures.given import speaks_alone
from openscrutiny.figures.schema import FIGURE_COLUMNS, OWN_COUNT, is_ours
from openscrutiny.nothing import Status

HIDDEN_WHY: Final = "Hidden to protect children’s privacy."
UNCOUNTED_WHY: Final = (
    "Not shown: it was given without the numbers behind it, so that a small one cannot "
    "be ruled out."
)
UNKNOWN_WHY: Final = (
    "Officers alone see it, since how such a figure would give a small number away is "
    "not known."
)
LEFT_OUT_WHY: Final = (
    "Hidden to protect children’s privacy: it was given without the number of those of "
    "whom it is not known, so that a small one cannot be ruled out."
)


@dataclass(frozen=True)
class Policy:
    """Hold the numbers that the rules turn on.

    `values_left` is how many of the small numbers a reader must be unable to rule out.
    """

    smallest_shown: int = 6
    values_left: int = 3
    open_periods: tuple[str, ...] = (
        "rolling_12_months",
        "financial_year",
        "calendar_year",
        "academic_year",
    )
    open_states: tuple[str, ...] = ("month", "day", "term")

    @property
    def small(self) -> range:
        return range(1, self.smallest_shown)


POLICY: Final = Policy()


def for_audience(
    figures: pl.DataFrame,
    audience: Audience | str,
    before: pl.DataFrame | None = None,
    policy: Policy = POLICY,
) -> pl.DataFrame:
    """Give the figures that this audience may see, small numbers underivable.

    A hidden row keeps its place with status "hidden" and no number in it. `before` is
    what was shown already (disclosure/standing.py): a small revision of it is not, and
    nothing is protected by hiding what it holds.
    """
    clearance = find_clearance(Audience(audience))
    if clearance.everything:
        return figures
    if not clearance.totals:
        return figures.clear()
    figures = speaks_alone(figures)
    own = _protected()
    is_open = pl.col("period_type").is_in(policy.open_periods) | (
        pl.col("period_type").is_in(policy.open_states)
        & pl.col("code").is_in(sorted(STATES))
    )
    # An amount for each, told without its counts, adds up to nothing.
    is_open |= pl.col("code").is_in(sorted(PER_PERSON))
    true = figures.filter(~own | ((pl.col("breakdown") == "total") & is_open))
    # Of what the council defines itself nothing is known but how it is counted.
    strange = pl.col("code").is_not_null() & ~pl.col("code").is_in(sorted(KNOWN))
    strange &= ~pl.col("unit").is_in(["count", "percent"])
    # A count is protected as one, whatever else its indicator could be told in.
    kept = own & pl.col("code").is_in(sorted(KEPT_BACK))
    unknown = pl.col("code").is_in(sorted(UNPROTECTED)) & (pl.col("unit") != "count")
    unknown = own & ~kept & (unknown | strange)
    true = _hide(true, kept, denominators=kept)
    true = _hide(true, unknown, denominators=unknown, why=UNKNOWN_WHY)
    true = _hide(true, _is_uncounted(), why=UNCOUNTED_WHY)
    true = _tell_amounts_alone(true)
    told = without_counts(_hide_small(true, own), own)
    told = _hide(told, _is_of_unknown_rest(), why=LEFT_OUT_WHY)
    told = _hide(told, own & find_near_a_whole(figures, policy.smallest_shown, before))
    if before is not None:
        told = keep_small_revisions(told, before, policy.smallest_shown)
    areas = true.filter(own)["area_code"].unique(maintain_order=True)
    more: set[int] = set()
    for area in areas:
        more |= _find_revealing(figures, true, told, before, area, policy)
    at = pl.int_range(pl.len()).is_in(sorted(more))
    return _hide(told, at) if more else told


def hide_all_but(figures: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """Hide each of our own totals whose counts are not among these: SHOWN_COLUMNS."""
    known = shown.select(SHOWN_KEY).with_columns(_was_shown=pl.lit(True))
    rows = figures.with_columns(name_span()).join(
        known, on=list(SHOWN_KEY), how="left", maintain_order="left"
    )
    new = _protected() & (pl.col("breakdown") == "total")
    new &= pl.col("numerator").is_not_null() & pl.col("_was_shown").is_null()
    return _hide(rows, new).select(figures.columns)


def _find_revealing(
    figures: pl.DataFrame,
    true: pl.DataFrame,
    told: pl.DataFrame,
    before: pl.DataFrame | None,
    area: str | None,
    policy: Policy,
) -> set[int]:
    """List the rows of one area from which a hidden number could be worked out."""
    mine = pl.col("area_code").eq_missing(area) & (pl.col("breakdown") == "total")
    own = mine & _protected()
    both = true.with_row_index("at").with_columns(
        told.select(
            pl.col("numerator").alias("told_top"),
            pl.col("denominator").alias("told_whole"),
            pl.col("status").alias("told_status"),
        )
    )
    rows = both.filter(
        own & pl.col("numerator").is_not_null() & pl.col("code").is_not_null()
    )
    cells, hidden, people = [], set(), {}
    for row in rows.iter_rows(named=True):
        cells.append(_cell(row))
        if row["code"] in LEFT_OUT and row["unknown"] is not None:
            cells.append(_left_out(row))
        if row["told_status"] == "hidden":
            hidden.add(row["at"])
        if row["unit"] == "rate_per_10_000" and row["denominator"]:
            people[month_of(row["period_end"])] = row["denominator"]
    yearly = pl.col("period_type").is_in(policy.open_periods)
    rows = true.filter(mine & ~is_ours() & yearly)
    printed = read_printed(rows.iter_rows(named=True), people)
    if before is not None:
        earlier = before.filter(pl.col("area_code").eq_missing(area))
        printed = replace(printed, remembered=_remember(earlier, cells, policy))
    found = hide_what_gives_away(
        cells,
        frozenset(hidden),
        printed,
        _months(figures.filter(own & (pl.col("period_type") == "month"))),
        small=policy.small,
        left=policy.values_left,
    )
    return set(found) - hidden


def _remember(
    before: pl.DataFrame, cells: list[Cell], policy: Policy
) -> dict[Key, Bounds]:
    """Bound the counts that were shown before: those that are still so, or nearly.

    `before` is latest first. Of several figures that showed one number the one that is
    still true is known, else the latest: where it has changed by fewer than are shown it
    counts as one that stands does, and where by more a reader would be misled.
    """
    true = {key: count for cell in cells for key, (count, _) in cell.counts.items()}
    then: dict[Key, list[float]] = {}
    for row in before.iter_rows(named=True):
        told = [_cell({**row, "at": -1, "told_top": None, "told_whole": None})]
        if row["unknown"] is not None:
            told.append(_left_out({**row, "at": -1}))
        for cell in told:
            for key, (count, _) in cell.counts.items():
                then.setdefault(key, []).append(count)
    near = policy.smallest_shown - 1
    known: dict[Key, Bounds] = {}
    for key in then.keys() & true.keys():
        if true[key] in then[key]:
            known[key] = true[key], true[key]
        elif abs(then[key][0] - true[key]) <= near:
            known[key] = nearly(then[key][0], near)
    return known


def _cell(row: dict[str, Any]) -> Cell:
    is_shown = row["told_top"] is not None
    shown = (row["told_top"], row["told_whole"])
    true = (row["numerator"], row["denominator"])
    return Cell(
        row["at"],
        row["code"],
        month_of(row["period_end"]),
        row["unit"],
        *true,
        shown if is_shown else true,
    )


def _left_out(row: dict[str, Any]) -> Cell:
    """Give the count of those whom a figure leaves out; it stands and falls with it."""
    count = float(row["unknown"])
    month = month_of(row["period_end"])
    code = left_out_of(row["code"])
    return Cell(row["at"], code, month, "count", count, None, (count, None))


def _months(rows: pl.DataFrame) -> dict[Key, float]:
    """Give the true flows of single months, by series."""
    found: dict[Key, float] = {}
    for row in rows.iter_rows(named=True):
        top, whole, month = row["numerator"], row["denominator"], row["period_end"]
        if top is None or row["code"] in STATES:
            continue
        at = month_of(month)
        found[series_of(row["code"], "numerator"), at] = top
        if row["code"] in LEFT_OUT and row["unknown"] is not None:
            found[series_of(left_out_of(row["code"]), "numerator"), at] = row["unknown"]
        if row["unit"] == "percent" and whole is not None:
            found[series_of(row["code"], "denominator"), at] = whole
            found[rest_of(row["code"]), at] = whole - top
    return found


def peers_for_audience(
    peers: pl.DataFrame, audience: Audience | str, ours: Collection[str] = ()
) -> pl.DataFrame:
    """Give the peers' quarters that this audience may see; none unless they are shared.

    Small numbers are hidden as in our own figures, and so is a value whose counts are
    not given, since a small one cannot be ruled out. `ours` are our own areas: their
    quarters would give away those that our own figures keep back, so officers alone see
    them. They alone see a region's line too, which gives back whoever is left out.
    """
    clearance = find_clearance(Audience(audience))
    if clearance.everything or peers.is_empty():
        return peers
    if not clearance.shared:
        return peers.clear()
    shared = pl.col("shared").is_in(clearance.shared)
    figures = _hide_small(peers.with_columns(seen=shared), shared)
    counted = pl.col("numerator").is_not_null() & (
        (pl.col("unit") == "count") | pl.col("denominator").is_not_null()
    )
    figures = _hide(figures, pl.col("value").is_not_null() & ~counted)
    is_authority = pl.col("area_code").str.contains(r"^\d{3}$")
    kept = pl.col("seen") & is_authority & ~pl.col("area_code").is_in(list(ours))
    return figures.filter(kept).drop("seen")


def keep_shown(figures: pl.DataFrame) -> pl.DataFrame:
    """Keep the columns that others rely on; no value but of a figure that is shown."""
    shown = pl.col("status").is_in([Status.FINAL, Status.PROVISIONAL])
    hidden = pl.col("status").is_in([Status.HIDDEN, Status.LOW])
    return figures.with_columns(
        value=pl.when(shown).then(pl.col("value")),
        numerator=pl.when(~hidden).then(pl.col("numerator")),
        denominator=pl.when(~hidden).then(pl.col("denominator")),
        held=pl.when(shown).then(pl.col("held")),
    ).select(*FIGURE_COLUMNS, "held")


def _hide_small(figures: pl.DataFrame, whose: pl.Expr) -> pl.DataFrame:
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    percent = pl.col("unit") == "percent"
    rest = denominator - numerator
    small = _is_small(numerator) | (
        percent & (_is_small(denominator) | _is_small(rest) | _all_or_none(rest))
    )
    # The rows of unknown numerators are a count of children too.
    small = small | _is_small(pl.col("unknown").cast(pl.Float64))
    return _hide(figures, whose & small.fill_null(False))


def _protected() -> pl.Expr:
    """Tell which figures are ours and of people: they may give somebody away."""
    of_none = pl.col("code").is_in(sorted(OF_NO_PERSON)).fill_null(False)
    return is_ours() & ~of_none


def _is_uncounted() -> pl.Expr:
    """Tell which of the council's own counts lack the numbers behind their value."""
    parts = pl.col("numerator").is_not_null() & (
        (pl.col("unit") == "count") | pl.col("denominator").is_not_null()
    )
    given = (pl.col("source") == OWN_COUNT) & pl.col("value").is_not_null()
    return _protected() & given & ~parts


def _is_of_unknown_rest() -> pl.Expr:
    """Tell which of the council's own counts leave out nobody says how many."""
    leaves = pl.col("code").is_in(sorted(LEFT_OUT)).fill_null(False)
    given = (pl.col("source") == OWN_COUNT) & (pl.col("breakdown") == "total")
    return leaves & given & pl.col("value").is_not_null() & pl.col("unknown").is_null()


def _tell_amounts_alone(figures: pl.DataFrame) -> pl.DataFrame:
    """Show a quantile, or an amount for each, of enough people without its counts.

    One of fewer is hidden.
    """
    code = pl.col("code")
    mine = _protected() & code.is_in(sorted(FEWEST_OF)).fill_null(False)
    fewest = code.replace_strict(FEWEST_OF, default=None, return_dtype=pl.Float64())
    few = mine & (pl.col("denominator") < fewest).fill_null(True)
    told = _hide(figures, few & pl.col("value").is_not_null())
    return told.with_columns(
        numerator=pl.when(~mine).then("numerator"),
        denominator=pl.when(~mine).then("denominator"),
        unknown=pl.when(~mine).then("unknown"),
    )


def _hide(
    figures: pl.DataFrame,
    hide: pl.Expr,
    denominators: pl.Expr | None = None,
    why: str = HIDDEN_WHY,
) -> pl.DataFrame:
    if denominators is None:
        denominators = hide & (pl.col("unit") == "percent")
    return figures.with_columns(
        *(
            pl.when(hide).then(None).otherwise(pl.col(name)).alias(name)
            for name in ("numerator", "value", "unknown")
        ),
        denominator=pl.when(denominators).then(None).otherwise(pl.col("denominator")),
        status=pl.when(hide).then(pl.lit("hidden")).otherwise("status"),
        why=pl.when(hide).then(pl.lit(why)).otherwise("why"),
        held=pl.when(hide).then(pl.lit("")).otherwise("held"),
    )


def _is_small(count: pl.Expr) -> pl.Expr:
    """A balance or a gap below 0 counts as many as one above."""
    return (count != 0) & (count.abs() < POLICY.smallest_shown)


def _all_or_none(rest: pl.Expr) -> pl.Expr:
    """Spot 0% and 100% of a small group: a disclosure though no count is small."""
    few = pl.col("denominator") < 10
    return (
        few & ((pl.col("numerator") == 0) | (rest == 0)) & (pl.col("denominator") > 0)
    )
