"""What people type is checked alike: days that can be meant, words that can be set."""

from datetime import date

import pytest

from openscrutiny.typed import NoDayError, TypedError, check_day, read_day, tidy_words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        (" 1/4/2026 ", date(2026, 4, 1)),
        ("1990-01-01", date(1990, 1, 1)),
        ("2099-12-31", date(2099, 12, 31)),
    ],
)
def test_a_day_that_can_be_meant_is_read(words: str, day: date) -> None:
    assert read_day(words, slashes=True) == day


@pytest.mark.parametrize("words", ["", "soon", "2026-02-30", "31/02/2026", "1/2", "//"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(NoDayError, match="no day"):
        read_day(words, slashes=True)


def test_slashes_are_read_only_where_a_file_may_have_them() -> None:
    with pytest.raises(NoDayError):
        read_day("1/4/2026")


@pytest.mark.parametrize(
    "words", ["0001-01-01", "2200-04-01", "9999-12-31", "1/1/1", "1989-12-31"]
)
def test_a_year_that_cannot_be_meant_is_refused(words: str) -> None:
    with pytest.raises(TypedError, match="cannot be meant") as caught:
        read_day(words, slashes=True)
    assert "1990 to 2099" in caught.value.fix
    with pytest.raises(TypedError):
        check_day(date(9999, 1, 1))


@pytest.mark.parametrize(
    "words", ["Team 🙂", "服务", "שירות", "خدمة", "Plan – “new”", "👩‍👩‍👧"]
)
def test_every_script_and_sign_is_taken(words: str) -> None:
    assert tidy_words(words, 50) == words


@pytest.mark.parametrize(
    "letter", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066", "\ue000", "\ud800"]
)
def test_what_nobody_sees_or_turns_the_text_is_refused(letter: str) -> None:
    with pytest.raises(TypedError, match=f"U\\+{ord(letter):04X}"):
        tidy_words(f"a team{letter}!", 50)


def test_too_many_letters_are_refused_and_not_cut() -> None:
    assert len(tidy_words("x" * 50, 50)) == 50
    with pytest.raises(TypedError, match="51 letters, and 50 are the most"):
        tidy_words("x" * 51, 50)
