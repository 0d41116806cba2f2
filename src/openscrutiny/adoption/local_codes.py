"""The codes by which a council names indicators: ours, and those that it gave itself.

Every command, page and file asks here. Our own codes and IDs win; a council's code that
would stand for two indicators is refused before it is kept.
"""

from collections.abc import Iterable, Mapping

from openscrutiny.adoption.targets import Adoption
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import find_indicator


class LocalCodeError(OpenScrutinyError):
    """A council's own code stands for two indicators; `code` is the one that has it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, "Give each indicator a local code of its own.")
        self.code = code


def list_local_codes(adoptions: Iterable[Adoption]) -> dict[str, str]:
    """Give the council's own codes, each with the code of its indicator."""
    return {a.local_code: a.code for a in adoptions if a.local_code}


def find_code(name: str, local_codes: Mapping[str, str]) -> str:
    """Give the code of an indicator by its ID, code or the council's own code.

    Raises OpenScrutinyError where there is none.
    """
    return find_indicator(name, local_codes).code


def check_local_codes(adoptions: Iterable[Adoption]) -> None:
    """Refuse a council's own code that is another indicator's. Raises LocalCodeError."""
    taken: dict[str, str] = {}
    for adoption in adoptions:
        local = adoption.local_code.casefold()
        if not local:
            continue
        other = taken.setdefault(local, adoption.code)
        if other == adoption.code:
            other = _ours(local) or adoption.code
        if other != adoption.code:
            raise LocalCodeError(
                adoption.code,
                f"{adoption.code} is given the local code of {other}, "
                f"“{adoption.local_code}”.",
            )


def _ours(name: str) -> str:
    """Give the code of the indicator whose own ID or code this is; "" for none."""
    try:
        return find_code(name, {})
    except OpenScrutinyError:
        return ""
