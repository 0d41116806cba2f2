"""Compare what a snapshot holds: for the command, and for our own indicators."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from openscrutiny.comparison.doubts import Doubts, find_doubts
from openscrutiny.comparison.neighbours import choose_model, select_neighbours
from openscrutiny.comparison.published import compare_under_models
from openscrutiny.comparison.withdrawn import tell_withdrawn
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.names import with_names_of_numbers
from openscrutiny.figures.published import PublishedRecord, figures_of_measure
from openscrutiny.indicators.definition import Indicator, Polarity, PublishedMeasure
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.record.published_periods import with_periods, year_in_words
from openscrutiny.record.tables import empty_frame

# The columns that others rely on, in their order.
COMPARISON_COLUMNS = (
    "indicator",
    "measure",
    "area_code",
    "area_name",
    "year",
    "value",
    "rank",
    "ranked",
    "band",
    "q1",
    "q2",
    "q3",
    "neighbour_model",
    "neighbour_mean",
    "neighbour_median",
    "neighbours_available",
    "region_used",
    "region_value",
    "england_value",
    "change",
    "change_from",
    "change_to",
    "polarity",
)
_AT_ONCE: Final = 120  # measures of every authority and year: about 150,000 rows
_POLARITY = {Polarity.HIGHER: "High", Polarity.LOWER: "Low", Polarity.NEUTRAL: None}


def ask_comparison(
    record: PublishedRecord,
    *,
    indicators: Sequence[str] | None = None,
    measure: str | None = None,
    areas: Sequence[str] | None = None,
    models: Sequence[str] | None = None,
    labels: str = "",
) -> pl.DataFrame:
    """Compare measures for authorities: all of both unless narrowed.

    `labels` chooses a breakdown of the measure, as "column=label;column=label".
    Of several neighbour models each gives its own rows, one model after the other.
    """
    for model in models or ():
        _check_model(model, record)
    if indicators:
        chosen = [find_indicator(name) for name in indicators]
        compared = compare_indicators(record, chosen, models=models, areas=areas)
    else:
        compared = compare_all(
            record, measure=measure, models=models, areas=areas, labels=labels
        )
    if areas:
        _check_areas(areas, compared, record)
    return compared.select(COMPARISON_COLUMNS)


def ask_doubts(
    record: PublishedRecord,
    compared: pl.DataFrame,
    *,
    indicators: Sequence[str] | None = None,
    measure: str | None = None,
    areas: Sequence[str] | None = None,
    models: Sequence[str] | None = None,
    labels: str = "",
) -> dict[str, Doubts]:
    """Find what is doubtful in the measures asked for, by the publisher's key.

    `compared` is the answer to the same question, and the neighbours are those of the
    first model. Of all measures together nothing is found but the neighbours that have
    ended, under "": each load has told the rest.
    """
    model = models[0] if models else None
    area = areas[0] if areas and len(areas) == 1 else ""
    pairs = select_neighbours(record.neighbours, choose_model(record.neighbours, model))
    near = pairs.filter(pl.col("area_code") == area)["neighbour_code"].to_list()
    wanted = []
    if measure:
        key = record.name_of(measure)
        wanted = [(key, find_labels(record, key, labels) if labels else "")]
    for name in indicators or ():
        chosen = record.measure_of(find_indicator(name))
        wanted += [(chosen.key, _filters(chosen))] if chosen else []
    if not wanted:
        return {"": find_doubts(empty_frame("published"), "", area, near)}
    values = record.values_of(key for key, _ in wanted)
    years = dict(compared.select("measure", "year").unique().iter_rows())
    return {
        key: find_doubts(
            values.filter((pl.col("measure") == key) & (pl.col("filters") == filters)),
            years[key],
            area,
            near,
        )
        for key, filters in wanted
        if key in years
    }


def _check_model(model: str, record: PublishedRecord) -> None:
    if model not in record.neighbours["model"].to_list():
        there = ", ".join(sorted(record.neighbours["model"].unique())) or "none"
        raise OpenScrutinyError(
            f"No neighbour model of {model} is loaded.", f"Loaded: {there}."
        )


def _check_areas(
    areas: Sequence[str], compared: pl.DataFrame, record: PublishedRecord
) -> None:
    """Refuse what is no authority's number; one that has no figure is no mistake."""
    known = {*compared["area_code"].to_list(), *record.areas["area_code"].to_list()}
    for area in areas:
        if area not in known and not (
            len(area) == 3 and area.isascii() and area.isdigit()
        ):
            raise OpenScrutinyError(
                f"There is no authority “{area}” to compare.",
                "Give its three-digit number, such as 306.",
            )


def compare_all(
    record: PublishedRecord,
    *,
    measure: str | None = None,
    models: Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    labels: str = "",
) -> pl.DataFrame:
    """Compare the total of every measure, or of one, for every authority.

    `areas` narrows what is shown, never what it is compared with. `labels` takes the
    place of the total; a measure without a total needs them.
    """
    if measure is None:
        return _compare_totals(record, models, areas)
    key = record.name_of(measure)
    chosen = find_labels(record, key, labels)
    values = record.values_of([key]).filter(pl.col("filters") == chosen)
    compared = _compare(values, record, models, areas)
    if compared.is_empty() and not areas:
        raise OpenScrutinyError(
            f"Of “{key}” there is nothing to compare: its periods have not ended, are "
            "none that can be, or hold no authority.",
            "See what its load said with: openscrutiny loads",
        )
    return compared


def _compare_totals(
    record: PublishedRecord, models: Sequence[str] | None, areas: Sequence[str] | None
) -> pl.DataFrame:
    """Compare every measure's total."""
    return _compare_parts(
        record.keys_of_totals(),
        lambda part: record.totals(keys=part),
        record.places_of_totals(),
        record,
        models,
        areas,
    )


def _compare_parts(
    keys: Sequence[str],
    read: Callable[[Sequence[str]], pl.DataFrame],
    places: pl.DataFrame,
    record: PublishedRecord,
    models: Sequence[str] | None,
    areas: Sequence[str] | None,
) -> pl.DataFrame:
    """Compare so many measures at a time.

    A measure is compared with nothing but itself, and all at once would take a gigabyte.
    Where an authority lies is told by every measure, so `places` are read before.
    """
    there = record.areas.select("area_code", "region_code")
    known = replace(record, areas=pl.concat([there, places]))
    parts = [
        _compare_each(read(part), known, models, areas)
        for part in (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
    ]
    return _with_indicators(
        pl.concat(each for model in zip(*parts, strict=True) for each in model)
    )


def tell_forecasts(record: PublishedRecord, measure: str, labels: str = "") -> str:
    """Say which published periods of a measure are forecasts; "" where none is."""
    key = record.name_of(measure)
    chosen = find_labels(record, key, labels)
    rows = record.values_of([key]).filter(pl.col("filters") == chosen)
    late = (
        with_periods(rows.lazy(), record.as_at)
        .filter(pl.col("is_forecast"))
        .sort("last_day", "year_label")
        .select(pl.col("words").unique(maintain_order=True))
        .collect()["words"]
        .to_list()
    )
    if not late:
        return ""
    named = ", ".join(year_in_words(label) for label in late)
    return f"Forecasts, of periods that had not ended, take no part: {named}."


def tell_fallbacks(record: PublishedRecord, indicators: Sequence[str]) -> list[str]:
    """Say by what else an indicator is compared, or that it is by nothing."""
    told = []
    for one in map(find_indicator, indicators):
        measure = record.measure_of(one)
        if measure is None:
            told.append(f"{one.code}: {one.no_comparator or 'nothing is published.'}")
            continue
        first = one.published[0]
        if measure != first:
            gone = tell_withdrawn(record, first.key)
            why = f"since “{first.key}” ({first.publication}) is not loaded."
            told.append(
                f"{one.code}: compared by “{measure.key}” ({measure.publication})"
                + (f". {gone}" if gone else f", {why}")
            )
        elif record.values_of([first.key]).is_empty():
            wanted = "; or ".join(
                f"“{each.key}” ({each.publication})" for each in one.published
            )
            told.append(
                f"{one.code}: "
                + (
                    tell_withdrawn(record, first.key)
                    or "not compared, since nothing published is loaded for it. "
                    f"Load: {wanted}."
                )
            )
    return told


def list_labels(record: PublishedRecord, measure: str) -> list[str]:
    """List the sets of labels of a measure's rows of authorities; "" is the total."""
    rows = record.values_of([measure]).filter(pl.col("area_level") == "authority")
    return rows["filters"].unique(maintain_order=True).to_list()


def find_labels(record: PublishedRecord, measure: str, labels: str) -> str:
    """Find the set of labels that is meant, in any order and capitals.

    Raises OpenScrutinyError, with the sets there are, where none is meant.
    """
    there = list_labels(record, measure)
    if not there:
        withdrawn = tell_withdrawn(record, measure)
        if withdrawn:
            raise OpenScrutinyError(
                withdrawn,
                "Where the newer release is loaded by mistake, take it back with: "
                "openscrutiny loads --undo ID",
            )
        raise OpenScrutinyError(
            f"No measure “{measure}” is loaded.",
            "Give the publisher's key, such as ReReferral.",
        )
    found = [known for known in there if _parts_of(known) == _parts_of(labels)]
    if found:
        return str(found[0])
    shown = "; or ".join(f"“{known or 'no labels: the total'}”" for known in there[:20])
    more = f"; and {len(there) - 20} more" if len(there) > 20 else ""
    raise OpenScrutinyError(
        f"“{measure}” has no line with the labels “{labels}”."
        if labels
        else f"“{measure}” has no total: labels must be chosen.",
        f"Choose with --labels, of: {shown}{more}.",
    )


def _parts_of(labels: str) -> set[str]:
    return {part.strip().casefold() for part in labels.split(";")} - {""}


def figures_of_indicators(
    values: pl.DataFrame,
    indicators: Sequence[Indicator],
    measures: Mapping[str, PublishedMeasure],
) -> dict[str, pl.DataFrame]:
    """Set each indicator's published measure in figures, for every authority, by ID.

    `values` are the published values of all of them, as they are printed; `measures`
    are the ones by which indicators are compared, by ID.
    """
    named = with_names_of_numbers(values)
    return {
        indicator.id: figures_of_measure(named, indicator, measures[indicator.id])
        for indicator in indicators
        if indicator.id in measures
    }


def compare_indicators(
    record: PublishedRecord,
    indicators: Sequence[Indicator],
    *,
    models: Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Compare the published measure of each indicator, for every authority."""
    found = (record.measure_of(indicator) for indicator in indicators)
    wanted = [measure for measure in found if measure is not None]
    selected = pl.any_horizontal(pl.lit(False), *map(_selects, wanted))
    keys = sorted({measure.key for measure in wanted})
    if len(keys) <= _AT_ONCE:
        return _compare(record.values_of(keys).filter(selected), record, models, areas)
    return _compare_parts(
        keys,
        lambda part: record.values_of(part).filter(selected),
        record.places_of(keys),
        record,
        models,
        areas,
    )


def _compare(
    values: pl.DataFrame,
    record: PublishedRecord,
    models: Sequence[str] | None,
    areas: Sequence[str] | None,
) -> pl.DataFrame:
    return _with_indicators(pl.concat(_compare_each(values, record, models, areas)))


def _compare_each(
    values: pl.DataFrame,
    record: PublishedRecord,
    models: Sequence[str] | None,
    areas: Sequence[str] | None,
) -> list[pl.DataFrame]:
    """Give one comparison for each model."""
    return compare_under_models(
        values,
        _measures_with_polarity(record.measures),
        record.neighbours,
        record.areas,
        models=models or (None,),
        areas_wanted=areas or None,
        as_at=record.as_at,
    )


def _filters(measure: PublishedMeasure) -> str:
    return measure.filters if ":" in measure.key else ""


def _selects(measure: PublishedMeasure) -> pl.Expr:
    return (pl.col("measure") == measure.key) & (pl.col("filters") == _filters(measure))


def _with_indicators(compared: pl.DataFrame) -> pl.DataFrame:
    """Name our indicator beside the measures that are the same."""
    names = {
        measure.key: indicator.id
        for indicator in INDICATORS
        for measure in indicator.published
        if measure.whole_key
    }
    return compared.with_columns(
        indicator=pl.col("measure").replace_strict(
            names, default="", return_dtype=pl.String
        )
    )


def _measures_with_polarity(measures: pl.DataFrame) -> pl.DataFrame:
    """Add our polarity where the publisher of a measure states none (EES tables)."""
    ours = {
        measure.key: _POLARITY[indicator.polarity]
        for indicator in INDICATORS
        for measure in indicator.published
        if ":" in measure.key or measure.is_computed
    }
    missing = [key for key in ours if key not in set(measures["measure"].to_list())]
    added = pl.DataFrame({"measure": missing}, schema={"measure": pl.String()}).select(
        pl.col(name) if name == "measure" else pl.lit(None, kind).alias(name)
        for name, kind in measures.schema.items()
    )
    whole = pl.concat([measures, added])
    return whole.with_columns(
        polarity=pl.coalesce(
            "polarity",
            pl.col("measure").replace_strict(
                ours, default=None, return_dtype=pl.String
            ),
        )
    )
