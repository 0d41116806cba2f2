"""What is written as JSON is read back as what it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from openscrutiny.plain import from_plain, to_plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Part:
    on: date
    many: tuple[int, ...] = ()


@dataclass(frozen=True)
class Whole:
    colour: Colour
    at: datetime
    pair: tuple[str, date]
    parts: tuple[Part, ...]
    names: Mapping[str, Part]
    numbers: Mapping[int, str]
    chosen: frozenset[str]
    size: float
    other: Part | None = None
    unseen: int = field(default=0, repr=False)


WHOLE = Whole(
    Colour.RED,
    datetime(2026, 11, 28, 9, 30, tzinfo=UTC),
    ("a", date(2026, 1, 1)),
    (Part(date(2026, 1, 2), (1, 2)),),
    {"b": Part(date(2026, 1, 3))},
    {7: "seven"},
    frozenset({"x", "y"}),
    2.0,
    Part(date(2026, 1, 4)),
)


def test_a_value_comes_back_as_it_was() -> None:
    text = json.dumps(to_plain(WHOLE))

    assert from_plain(Whole, json.loads(text)) == WHOLE
    assert "unseen" not in text
    assert from_plain(float, 2) == 2.0


def test_a_field_of_a_later_release_takes_its_default_and_a_former_one_is_left() -> (
    None
):
    plain = {**to_plain(WHOLE), "gone": 1}
    del plain["other"]

    assert from_plain(Whole, plain).other is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "blue"),
        ("at", 3),
        ("pair", ["a"]),
        ("parts", {}),
        ("parts", [[]]),
        ("size", "2"),
        ("numbers", {"seven": "7"}),
        ("chosen", "xy"),
        ("other", {}),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_plain(Whole, {**to_plain(WHOLE), name: value})


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValueError, match="Part lacks on"):
        from_plain(Part, {})
