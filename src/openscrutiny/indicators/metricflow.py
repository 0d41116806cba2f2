"""The definitions for a semantic layer: MetricFlow's YAML over the tidy figures.

The table is the one that `figures` writes and that `/feeds/figures.parquet` serves. A
figure is taken and never worked out again: a rate is not the sum of rates, and one whose
parts are hidden has no value to be made from them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from openscrutiny.indicators.definition import Indicator

_MODEL: Final = "openscrutiny_figures"
_DIMENSIONS: Final = (
    ("indicator", "The definition's name, lasting"),
    ("code", "Its code in the catalogue, or the council's own"),
    ("area_name", "The authority, region or England"),
    ("period_type", "What the period is: a month, twelve months, a year to March ..."),
    ("breakdown", "total, or what the figure is split by"),
    ("category", "Which part of the breakdown"),
    ("unit", "What the value is in"),
    ("status", "final, provisional, or why there is no value"),
    ("source", "own (counted from returns), own count (given), or who published it"),
    ("edition", "The edition of the definition"),
)


def as_metricflow(indicators: Iterable[Indicator]) -> str:
    """Write one semantic model and a metric for each definition, as YAML.

    The metric's name is its code in small letters. It gives the headline period's total
    of the council's own figure; other periods and sources are asked for by the model's
    dimensions. (Layout: dbt's documentation of semantic models and metrics.)
    """
    whole = {
        "semantic_models": [_semantic_model()],
        "metrics": [_metric(one) for one in indicators],
    }
    return "\n".join(_lines(whole)) + "\n"


def _semantic_model() -> dict[str, Any]:
    over_time = {"name": "period_end", "window_choice": "max"}
    return {
        "name": _MODEL,
        "description": "Released figures, one row a period, area and part of a breakdown.",
        "model": f"ref('{_MODEL}')",
        "defaults": {"agg_time_dimension": "period_end"},
        "entities": [
            {
                "name": "figure",
                "type": "primary",
                "expr": "indicator || area_code || period_type || period_end "
                "|| breakdown || category || source",
            },
            {"name": "area", "type": "foreign", "expr": "area_code"},
        ],
        "dimensions": [
            {
                "name": "period_end",
                "type": "time",
                "description": "The last day that the figure is of",
                "type_params": {"time_granularity": "day"},
            },
            *(
                {"name": name, "type": "categorical", "description": words}
                for name, words in _DIMENSIONS
            ),
        ],
        "measures": [
            {
                "name": name,
                "description": words,
                "agg": "max",
                "non_additive_dimension": over_time,
            }
            for name, words in (
                ("value", "The figure itself; none where it is hidden or missing"),
                ("numerator", "What was counted"),
                ("denominator", "Of how many"),
            )
        ],
    }


def _metric(indicator: Indicator) -> dict[str, Any]:
    code = indicator.code.lower()
    only = (
        ("code", indicator.code),
        ("period_type", indicator.headline.value),
        ("breakdown", "total"),
    )
    return {
        "name": f"openscrutiny_{code}",
        "label": f"{indicator.code} {indicator.name}",
        "description": f"{indicator.numerator} Unit: {indicator.unit.value}.",
        "type": "simple",
        "type_params": {"measure": "value"},
        "filter": " AND ".join(
            [
                *(f"{{{{ Dimension('figure__{n}') }}}} = '{v}'" for n, v in only),
                "{{ Dimension('figure__source') }} IN ('own', 'own count')",
            ]
        ),
    }


def _lines(value: Any, depth: int = 0) -> list[str]:
    """Write maps and lists in blocks; each text as JSON writes it, which YAML reads."""
    pad = "  " * depth
    if isinstance(value, Mapping):
        written: list[str] = []
        for key, held in value.items():
            if isinstance(held, Mapping | list):
                written += [f"{pad}{key}:", *_lines(held, depth + 1)]
            else:
                written.append(f"{pad}{key}: {json.dumps(held, ensure_ascii=False)}")
        return written
    assert isinstance(value, Sequence), "maps and lists alone are laid out"
    written = []
    for item in value:
        first, *rest = _lines(item, depth + 1)
        written += [f"{pad}- {first.lstrip()}", *rest]
    return written
