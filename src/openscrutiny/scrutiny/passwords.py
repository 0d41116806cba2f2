"""Which passwords are too easy to guess; see docs/adr/0020-accounts-and-traces.md."""

import re
import secrets
from itertools import groupby
from typing import Any, Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# Without the letters and digits that are mistaken for one another when read aloud.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
# Letters that are written with a figure or a sign in their place.
_DISGUISES: Final = str.maketrans("0134578@$!|", "oleastbasil")
_SHORTEST_CORE: Final = 4
_FEWEST_DIFFERENT: Final = 6
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
                "01234567890")  # fmt: skip
# What stands in every council's news, and in this product's own words.
_NEAR: Final = frozenset(
    (
        "openscrutiny", "scrutiny", "dashboard", "council", "children", "childrens",
        "services", "education", "committee", "social", "care", "welcome", "password",
        "passwort", "letmein", "changeme",
    )
)  # fmt: skip


def find_cores(password: str) -> set[str]:
    """Give what is left of a password without what people put around a word.

    >>> sorted(find_cores("Dragon2026!!"))
    ['dragon', 'dragon2026']
    """
    plain = password.casefold()
    trimmed = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    shapes = {
        plain,
        trimmed,
        plain.translate(_DISGUISES),
        trimmed.translate(_DISGUISES),
    }
    bare = {re.sub(r"[\W_]+", "", shape) for shape in shapes}
    cores = bare | {re.sub(r"^\d+|\d+$", "", each) for each in bare}
    return {_once(core) for core in cores if len(core) >= _SHORTEST_CORE}


def _once(text: str) -> str:
    """Give what is repeated once: "abcabc" is "abc"."""
    at = (text + text).find(text, 1)
    return text[:at]


def make_groups(many: int) -> str:
    """Make a secret of groups of four letters, which is easy to read to somebody."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(many))
    return "-".join(groups)


class GuessableValidator:
    """Refuse a common word that is only dressed up, runs of keys, and few letters.

    The list of common passwords holds few of twelve letters or more, so what people
    add to reach them is taken off first. It is Django's own list.
    """

    def __init__(self) -> None:
        common = CommonPasswordValidator().passwords
        self.words = frozenset(common) | _NEAR

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where the password is easily guessed."""
        if len(set(password.casefold())) < _FEWEST_DIFFERENT:
            raise ValidationError("This password has too few different letters.")
        if any(self._is_known(core) for core in find_cores(password)):
            raise ValidationError(
                "This password is a common one with something around it. Three or four "
                "words that do not belong together are better."
            )

    def get_help_text(self) -> str:
        return "Your password can’t be a common word with something around it."

    def _is_known(self, core: str) -> bool:
        return core in self.words or _is_run(core) or self._is_of_two(core)

    def _is_of_two(self, core: str) -> bool:
        """Tell two near words in a row, such as "childrenservices"."""
        return any(
            core[:at] in _NEAR and core[at:] in _NEAR for at in range(1, len(core))
        )


def _is_run(text: str) -> bool:
    """Tell letters that lie beside each other in the alphabet or on the keys."""
    ways = [way for row in _ROWS for way in (row + row, (row + row)[::-1])]
    squeezed = "".join(letter for letter, _ in groupby(text))
    return any(squeezed in way for way in ways)
