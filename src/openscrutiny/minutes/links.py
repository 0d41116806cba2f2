"""What a sentence may be about: indicators, sections or the paper, each with its reason."""

import csv
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from openscrutiny.minutes.model import Link

# (to, key) and the terms of it; a star stands for the rest of a word.
Terms = Mapping[tuple[str, str], tuple[str, ...]]


@cache
def default_terms() -> Terms:
    """Give the terms that the product brings, by what they stand for."""
    text = files(__package__).joinpath("terms.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            (row["to"], row["key"]): tuple(row["terms"].split("|"))
            for row in csv.DictReader(text.splitlines())
        }
    )


def make_linker(
    codes: Mapping[str, str], *, own_codes: Mapping[str, str] = MappingProxyType({})
) -> Callable[[str], tuple[Link, ...]]:
    """Make what links a sentence to indicators by code, name or synonym.

    Args:
        codes: the indicators that there are, code to name.
        own_codes: the council's own codes (CYPE 27), each to the indicator's code.
    """
    patterns = [
        (to, key, _pattern(terms, whole_case=True))
        for (to, key), terms in default_terms().items()
        if to != "indicator" or key in codes
    ]
    names = [(code, _pattern((name,))) for code, name in codes.items()]
    known = {own: code for own, code in own_codes.items() if code in codes}
    written = {**{code: code for code in codes}, **known}

    def link(said: str) -> tuple[Link, ...]:
        found: dict[tuple[str, str], str] = {}
        for code, stands_for in written.items():
            if re.search(rf"(?<!\w){re.escape(code)}(?!\w)", said):
                found.setdefault(("indicator", stands_for), f"The code {code}.")
        for code, pattern in names:
            if pattern.search(said):
                found.setdefault(("indicator", code), "Its name.")
        for to, key, pattern in patterns:
            if place := pattern.search(said):
                found.setdefault((to, key), f"The words “{place.group()}”.")
        return tuple(Link(to, key, why) for (to, key), why in found.items())

    return link


def _pattern(terms: tuple[str, ...], *, whole_case: bool = False) -> re.Pattern[str]:
    """Find any of these terms; one in capitals alone is found in capitals alone."""
    said = []
    for term in terms:
        words = r"\s+".join(
            re.escape(word).replace(r"\*", r"\w*").replace("’", "['’]")
            for word in term.split()
        )
        exact = whole_case and term.rstrip("s*").isupper() and len(term) <= 6
        said.append(words if exact else f"(?i:{words})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(said)})(?!\w)")
