"""Members and the public see totals, annual or rolling, and no small number."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.disclosure.hiding import HIDDEN_WHY, for_audience
from openscrutiny.figures.schema import FIGURE_SCHEMA


def figure(**given: Any) -> dict[str, Any]:
    """Build one figure row; a final financial-year percentage unless said."""
    row: dict[str, Any] = dict.fromkeys(FIGURE_SCHEMA)
    row |= {
        "indicator": "x",
        "period_type": "financial_year",
        "period_start": date(2024, 4, 1),
        "period_end": date(2025, 3, 31),
        "breakdown": "total",
        "category": "all",
        "numerator": 40.0,
        "denominator": 100.0,
        "value": 40.0,
        "unit": "percent",
        "status": "final",
        "source": "own",
        "unknown": 0,
        "why": "",
    }
    return row | given


def seen(audience: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    frame = pl.DataFrame(list(rows), schema=FIGURE_SCHEMA)
    return for_audience(frame, audience).to_dicts()


def assert_hidden(row: dict[str, Any]) -> None:
    assert row["status"] == "hidden" and row["why"] == HIDDEN_WHY
    assert row["numerator"] is None and row["value"] is None
    assert row["unknown"] is None


def test_officers_see_every_row_unchanged() -> None:
    small = figure(numerator=1.0, value=1.0, breakdown="sex", category="Female")
    [row] = seen("officers", small)
    assert row == small


@pytest.mark.parametrize("audience", ["members", "public"])
@pytest.mark.parametrize(
    "narrow",
    [
        {"breakdown": "team", "category": "North"},
        {"period_type": "month"},
        {"period_type": "quarter"},
        {"period_type": "day"},
    ],
)
def test_others_see_no_breakdown_and_no_short_period(
    audience: str, narrow: dict[str, str]
) -> None:
    assert seen(audience, figure(**narrow)) == []


@pytest.mark.parametrize("numerator", [1, 2, 3, 4, 5, 95, 96, 97, 98, 99])
def test_small_count_or_small_rest_is_hidden(numerator: int) -> None:
    [row] = seen("members", figure(numerator=float(numerator), value=float(numerator)))
    assert_hidden(row)
    assert row["denominator"] is None


@pytest.mark.parametrize("numerator", [0, 6, 50, 94, 100])
def test_true_zero_and_larger_counts_stay(numerator: int) -> None:
    given = figure(numerator=float(numerator), value=float(numerator))
    [row] = seen("public", given)
    assert row == given


def test_nobody_of_a_small_group_is_hidden_too() -> None:
    [none] = seen("members", figure(numerator=0.0, denominator=8.0, value=0.0))
    [all_of] = seen("members", figure(numerator=8.0, denominator=8.0, value=100.0))
    assert_hidden(none)
    assert_hidden(all_of)


def test_rate_of_a_small_count_is_hidden_and_its_population_stays() -> None:
    [row] = seen(
        "members",
        figure(
            unit="rate_per_10_000", numerator=3.0, denominator=90_000.0, value=1 / 3
        ),
    )
    assert_hidden(row)
    assert row["denominator"] == 90_000.0


def test_few_unknown_rows_are_hidden() -> None:
    [row] = seen("members", figure(unknown=2))
    assert_hidden(row)


def test_published_figures_pass_as_their_publisher_printed_them() -> None:
    given = figure(source="LAIT", numerator=3.0, value=3.0, unknown=None)
    [row] = seen("public", given)
    assert row == given


def test_no_audience_is_no_audience() -> None:
    with pytest.raises(ValueError, match="everybody"):
        seen("everybody", figure())


# ---------- Of a stock and its flows any three give the fourth ----------


def year(code: str, end: int, numerator: float, denominator: float) -> dict[str, Any]:
    return figure(
        indicator=code.lower(),
        code=code,
        area_code="299",
        numerator=numerator,
        denominator=denominator,
        value=100 * numerator / denominator,
        unit="rate_per_10_000" if code == "CP5" else "percent",
        period_start=date(end - 1, 4, 1),
        period_end=date(end, 3, 31),
    )


def stock_and_flows(
    stock: tuple[int, ...], came: tuple[int, ...], went: tuple[int, ...]
) -> list[dict[str, Any]]:
    """Make years from 2026 on; no numerator of a flow is small by itself."""
    return [
        *(year("CP5", 2026 + n, count, 20_000) for n, count in enumerate(stock)),
        *(year("CP7", 2027 + n, 0, count) for n, count in enumerate(came)),
        *(year("CP10", 2027 + n, 0, count) for n, count in enumerate(went)),
    ]


def find_solvable(rows: list[dict[str, Any]]) -> list[float]:
    """Work out, as a reader could, every hidden number of opening + in - out = closing.

    Give those from 1 to 5: another number is hidden only for what is counted in it.
    """
    held = {(row["code"], row["period_end"].year): row for row in rows}
    found = []
    for (code, end), closing in held.items():
        if code != "CP5" or ("CP5", end - 1) not in held:
            continue
        parts = {
            "opening": held["CP5", end - 1]["numerator"],
            "came": held["CP7", end]["denominator"],
            "went": held["CP10", end]["denominator"],
            "closing": closing["numerator"],
        }
        unknown = [name for name, count in parts.items() if count is None]
        if len(unknown) == 1:
            known = {name: count or 0 for name, count in parts.items()}
            gap = known["opening"] + known["came"] - known["went"] - known["closing"]
            found.append(abs(gap))
    return [count for count in found if 1 <= count <= 5]


@pytest.mark.parametrize("audience", ["members", "public"])
@pytest.mark.parametrize(
    ("stock", "came", "went"),
    [
        ((8, 5, 12), (12, 20), (15, 13)),  # a small stock in the middle
        ((5, 9, 12), (14, 13), (10, 10)),  # at the start
        ((20, 15, 12), (3, 12), (8, 15)),  # few came
        ((12, 20, 25), (11, 12), (3, 7)),  # few went
        ((5, 5, 5), (2, 3), (2, 3)),
    ],
)
def test_no_small_stock_or_flow_follows_from_the_three_others(
    audience: str,
    stock: tuple[int, ...],
    came: tuple[int, ...],
    went: tuple[int, ...],
) -> None:
    rows = seen(audience, *stock_and_flows(stock, came, went))

    assert find_solvable(rows) == []


def test_large_stocks_and_flows_are_all_shown() -> None:
    rows = seen("members", *stock_and_flows((40, 45, 50), (30, 35), (25, 30)))

    assert all(row["status"] == "final" for row in rows)
