"""The kinds of nothing: one sign, symbol and word for each, and none like another."""

import pytest

from openscrutiny.nothing import (
    Status,
    describe_nothing,
    read_symbol,
    sign_of_symbol,
)
from openscrutiny.packs.paper import MARKERS

NOTHINGS = (Status.HIDDEN, Status.NOT_AVAILABLE, Status.NOT_EXPECTED, Status.LOW)


@pytest.mark.parametrize(
    ("printed", "status", "sign"),
    [
        ("c", Status.HIDDEN, "[c]"),
        ("C", Status.HIDDEN, "[c]"),
        ("z", Status.NOT_EXPECTED, "[z]"),
        ("low", Status.LOW, "[low]"),
        ("Low", Status.LOW, "[low]"),
        ("k", Status.LOW, "[low]"),
        ("x", Status.NOT_AVAILABLE, "[x]"),
        ("u", Status.NOT_AVAILABLE, "[u]"),
        (":", Status.NOT_AVAILABLE, "[x]"),
        ("..", Status.NOT_AVAILABLE, "[x]"),
        ("", Status.NOT_AVAILABLE, "[x]"),
        (None, Status.NOT_AVAILABLE, "[x]"),
    ],
)
def test_a_publishers_symbol_has_one_status_and_one_sign(
    printed: str | None, status: Status, sign: str
) -> None:
    assert read_symbol(printed) is status
    assert sign_of_symbol(printed) == sign


def test_no_two_kinds_look_alike_and_none_is_nought_or_blank() -> None:
    for written in (
        [status.sign for status in NOTHINGS],
        [status.symbol for status in NOTHINGS],
        [status.word for status in NOTHINGS],
        [status.publishers_word for status in NOTHINGS],
    ):
        assert len(set(written)) == len(NOTHINGS)
        assert not {"", "0"} & set(written)


def test_a_machines_symbol_is_read_back_as_its_kind() -> None:
    assert [read_symbol(status.symbol) for status in NOTHINGS] == list(NOTHINGS)


def test_a_number_has_no_symbol_and_a_provisional_one_its_sign() -> None:
    assert (Status.FINAL.sign, Status.FINAL.symbol) == ("", "")
    assert (Status.PROVISIONAL.sign, Status.PROVISIONAL.symbol) == ("[p]", "")


def test_a_paper_explains_the_sign_of_every_kind() -> None:
    explained = dict(MARKERS)

    for status in Status:
        assert not status.sign or explained[status.sign] == status.meaning


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("[z]", "Not applicable in 2025"),
        ("[c]", "Hidden by the publisher for 2025"),
        ("[low]", "Rounds to 0 but is not 0 in 2025"),
        ("[u]", "Too unreliable to publish for 2025"),
        ("[x]", "No figure for 2025"),
    ],
)
def test_what_a_publisher_does_not_give_is_said_with_its_year(
    sign: str, said: str
) -> None:
    assert describe_nothing(sign, "2025") == said
