"""How minutes say things: ways of saying as plain lines, and where a sentence says them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind

__all__ = ["Wording", "default_wording", "read_wording"]

_GAP: Final = r"(?:[^\s.;?!]+\s+){0,8}?"


@dataclass(frozen=True)
class Wording:
    """Hold the ways of saying each kind: one expression a kind."""

    ways: Mapping[Kind, re.Pattern[str]]

    def find(self, kind: Kind, sentence: str) -> re.Match[str] | None:
        """Find the first place where a sentence says this kind; None if nowhere."""
        way = self.ways.get(kind)
        return way.search(sentence) if way else None


def read_wording(texts: Iterable[tuple[str, str]]) -> Wording:
    """Read ways of saying from files, each a name and its text, later ones last.

    Raises:
        OpenScrutinyError: a line is under no kind, or a heading names none.
    """
    lines: dict[Kind, dict[str, None]] = {kind: {} for kind in Kind}
    for name, text in texts:
        kind: Kind | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            said = line.strip()
            if not said or said.startswith("#"):
                continue
            if not line[0].isspace():
                kind = _kind_named(said, name, number)
            elif kind is None:
                raise OpenScrutinyError(
                    f"{name}, line {number}: this way of saying stands under no kind.",
                    "Put it under one of: " + ", ".join(Kind) + ".",
                )
            elif said.startswith("not "):
                lines[kind].pop(said.removeprefix("not ").strip(), None)
            else:
                lines[kind][said] = None
    return Wording(
        MappingProxyType(
            {
                kind: re.compile("|".join(map(_expression, ways)), re.IGNORECASE)
                for kind, ways in lines.items()
                if ways
            }
        )
    )


def _kind_named(said: str, name: str, number: int) -> Kind:
    try:
        return Kind(said)
    except ValueError:
        raise OpenScrutinyError(
            f"{name}, line {number}: “{said[:40]}” is no kind of sentence.",
            "The kinds are: " + ", ".join(Kind) + ".",
        ) from None


def _expression(way: str) -> str:
    """Turn one way of saying into an expression.

    >>> said = _expression("^ members/councillors (also) asked")
    >>> bool(re.search(said, "Members also asked why.", re.IGNORECASE))
    True
    """
    parts = []
    for word in way.split():
        if word == "^":
            parts.append(r"\A\W*")
        elif word == "...":
            parts.append(_GAP)
        elif word.startswith("("):
            parts.append(rf"(?:{_one_of(word[1:-1])}\s+)?")
        else:
            parts.append(rf"{_one_of(word)}\s+")
    whole = "".join(parts)
    return r"(?<!\w)" + whole.removesuffix(r"\s+") + r"(?!\w)"


def _one_of(words: str) -> str:
    said = "|".join(
        re.escape(word)
        .replace("_", r"\s+")
        .replace("'", "['’]")
        .replace("’", "['’]")
        .replace(r"\-", r"-?" if word[-1] != "-" else r"\w*")
        for word in words.split("/")
    )
    return f"(?:{said})"


@cache
def default_wording() -> Wording:
    """Give the wording that the product brings."""
    text = files(__package__).joinpath("wording.txt").read_text(encoding="utf-8")
    return read_wording([("wording.txt", text)])
