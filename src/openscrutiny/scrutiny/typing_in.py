"""What is typed into a form, tidied: words on one line, days, and what is lacking.

What cannot be taken is refused by `DecisionError`, with what the words are and the field
of the form that they stood in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.typed import TypedError, check_day, read_day, tidy_words


@contextmanager
def naming(what: str, field: str = "") -> Iterator[None]:
    """Say of what is read in here `what` it is, where it cannot be taken."""
    try:
        yield
    except TypedError as error:
        raise DecisionError(
            f"The {what} {error.what}.", error.fix, field=field
        ) from None


def tidy(words: str, what: str, longest: int = 300, *, field: str = "") -> str:
    """Give words on one line, which may be empty. Raises DecisionError."""
    with naming(what, field):
        return tidy_words(words, longest)


def needed_words(words: str, what: str, longest: int = 300) -> str:
    """Give words on one line that cannot be empty. Raises DecisionError."""
    said = tidy(words, what, longest)
    if not said:
        raise DecisionError(
            f"There is no {what}.", f"Give one of 1 to {longest} letters."
        )
    return said


def checked_day(day: date, what: str = "day", *, field: str = "") -> date:
    """Give a day that can be meant. Raises DecisionError."""
    with naming(what, field):
        return check_day(day)


def day_of(
    words: str, what: str = "day", *, slashes: bool = True, field: str = ""
) -> date | None:
    """Read a day as it was typed; None where nothing was. Raises DecisionError."""
    with naming(what, field):
        return read_day(words, slashes=slashes) if words.strip() else None
