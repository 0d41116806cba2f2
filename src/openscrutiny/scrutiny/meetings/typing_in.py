"""What is typed of a meeting, tidied: words on one line, days, and what is lacking."""

from datetime import date

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.typed import TypedError, check_day, read_day, tidy_words


def tidy(words: str, what: str, longest: int = 300) -> str:
    """Give words on one line. Raises OpenScrutinyError, naming `what` they are."""
    try:
        return tidy_words(words, longest)
    except TypedError as error:
        raise OpenScrutinyError(f"The {what} {error.what}.", error.fix) from None


def needed_words(words: str, what: str, longest: int = 300) -> str:
    """Give words on one line that cannot be empty. Raises OpenScrutinyError."""
    said = tidy(words, what, longest)
    if not said:
        raise OpenScrutinyError(
            f"There is no {what}.", f"Give one of 1 to {longest} letters."
        )
    return said


def checked_day(day: date, what: str = "day") -> date:
    """Give a day that can be meant. Raises OpenScrutinyError."""
    try:
        return check_day(day)
    except TypedError as error:
        raise OpenScrutinyError(f"The {what} {error.what}.", error.fix) from None


def day_of(words: str, what: str = "day") -> date | None:
    """Read a day as it was typed; None where nothing was. Raises OpenScrutinyError."""
    if not words.strip():
        return None
    try:
        return read_day(words, slashes=True)
    except TypedError as error:
        raise OpenScrutinyError(f"The {what} {error.what}.", error.fix) from None
