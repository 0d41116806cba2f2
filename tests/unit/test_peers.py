"""Peers' quarters as figures, summed, and shown to those alone who may see them."""

import random
from datetime import date

import polars as pl
import pytest

from openscrutiny.comparison.peers import summarise_quarters
from openscrutiny.disclosure.hiding import peers_for_audience
from openscrutiny.geography import CURRENT_AUTHORITIES, ENDED_AUTHORITIES
from support.peers import peer_figure, peer_figures

# ---------- The sum of a quarter ----------


def slow_summary(rows: list[dict], ours: str) -> list[tuple]:
    """Summarise as one would by hand: sort, count to the middle, look at the ends."""
    found = []
    for end in sorted({row["period_end"] for row in rows}):
        listed = 0
        values = []
        for row in rows:
            code = row["area_code"]
            if row["period_end"] != end or len(code) != 3 or code == ours:
                continue
            if code in ENDED_AUTHORITIES:
                continue
            listed += 1
            if row["value"] is not None:
                values.append(row["value"])
        values.sort()
        if not listed:
            continue
        if not values:
            found.append((end, None, None, None, 0, listed))
            continue
        half = len(values) // 2
        middle = values[half]
        if len(values) % 2 == 0:
            middle = (values[half - 1] + values[half]) / 2
        found.append((end, middle, values[0], values[-1], len(values), listed))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_median_and_range_agree_with_a_count_by_hand(seed: int) -> None:
    chance = random.Random(seed)
    codes = chance.sample(sorted(CURRENT_AUTHORITIES), chance.randint(1, 33))
    codes += chance.sample([*ENDED_AUTHORITIES, "E12000007"], 2)
    rows = [
        peer_figure(
            code,
            None if chance.random() < 0.2 else round(chance.uniform(0, 40), 1),
            end=end,
        )
        for end in (date(2026, 3, 31), date(2026, 6, 30))
        for code in codes
        if chance.random() < 0.9
    ]

    summary = summarise_quarters(peer_figures(*rows), codes[0])

    expected = slow_summary(rows, codes[0])
    assert len(summary) == len(expected)
    for row, by_hand in zip(summary.rows(), expected, strict=True):
        assert row[0] == by_hand[0]
        assert row[1:] == pytest.approx(by_hand[1:], nan_ok=False)


def test_a_hidden_figure_is_listed_and_is_no_zero() -> None:
    figures = peer_figures(
        peer_figure("301", 20.0), peer_figure("302", None), peer_figure("303", 30.0)
    )

    assert summarise_quarters(figures, "306").rows() == [
        (date(2026, 6, 30), 25.0, 20.0, 30.0, 2, 3)
    ]


def test_we_a_region_and_an_ended_authority_are_none_of_the_peers() -> None:
    figures = peer_figures(
        peer_figure("301", 20.0),
        peer_figure("306", 99.0),
        peer_figure("928", 98.0),
        peer_figure("E12000007", 97.0),
    )

    assert summarise_quarters(figures, "306").rows() == [
        (date(2026, 6, 30), 20.0, 20.0, 20.0, 1, 1)
    ]


# ---------- Who may see them ----------


def seen(figures: pl.DataFrame, audience: str) -> dict[str, tuple]:
    shown = peers_for_audience(figures, audience)
    return {
        code: (status, value)
        for code, status, value in shown.select(
            "area_code", "status", "value"
        ).iter_rows()
    }


def test_nothing_is_shown_to_anyone_but_officers_unless_its_line_says_so() -> None:
    figures = peer_figures(
        peer_figure("301", 20.0),
        peer_figure("302", 21.0, shared="members"),
        peer_figure("303", 22.0, shared="public"),
    )

    assert set(seen(figures, "officers")) == {"301", "302", "303"}
    assert set(seen(figures, "members")) == {"302", "303"}
    assert set(seen(figures, "public")) == {"303"}


@pytest.mark.parametrize(
    "small",
    [
        {"numerator": 3.0, "denominator": 1000.0},  # a small count
        {"numerator": 996.0, "denominator": 1000.0},  # a small rest
        {"numerator": 2.0, "denominator": 4.0},
        {"numerator": 8.0, "denominator": 8.0},  # all of a few
        {"numerator": None, "denominator": 1000.0},  # nobody can tell
        {"numerator": 200.0, "denominator": None},
        {"numerator": 2.0, "denominator": 90_000.0, "unit": "rate_per_10_000"},
        {"numerator": None, "denominator": None, "unit": "ratio"},
        {"numerator": 5.0, "denominator": None, "unit": "count"},
    ],
)
def test_what_gives_a_small_number_away_is_hidden(small: dict) -> None:
    figures = peer_figures(
        peer_figure("301", 20.0, shared="members"),
        peer_figure("302", 21.0, shared="members", **small),
    )

    assert seen(figures, "members") == {
        "301": ("final", 20.0),
        "302": ("hidden", None),
    }
    assert seen(figures, "officers")["302"] == ("final", 21.0)


def test_a_count_that_is_not_small_needs_no_denominator() -> None:
    count = {"numerator": 41.0, "denominator": None, "unit": "count"}
    figures = peer_figures(peer_figure("301", 41.0, shared="public", **count))

    assert seen(figures, "public") == {"301": ("final", 41.0)}


@pytest.mark.parametrize("audience", ["members", "public"])
def test_a_regions_line_and_ours_are_for_officers_alone(audience: str) -> None:
    figures = peer_figures(
        peer_figure("301", 20.0, shared="public"),
        peer_figure("302", 21.0, shared="public"),
        peer_figure("E12000007", 20.5, shared="public"),
    )

    shown = peers_for_audience(figures, audience, ("302",))
    assert shown["area_code"].to_list() == ["301"]
    assert peers_for_audience(figures, "officers", ("302",)).equals(figures)
