"""How minutes say things: ways of saying as plain lines, and where a sentence says them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.grammar import CLASSES, Vocabulary, express
from openscrutiny.minutes.model import Kind

__all__ = ["Wording", "default_wording", "read_wording"]

_GAP: Final = r"(?:[^\s.;?!]+\s+){0,8}?"


# A comma, "and" or "to which", then somebody of the other side who says something.
_TURNS: Final = re.compile(
    r"(?<!\S)((?:[,;–]<> |(?:and|but)<> )(?:(?:and|but|to|which)<[^>]*> ){0,2})"
    + r"((?:(?:the|a|an|another)<> (?:\S+<> ){0,3}?)?(?:"
    + "|".join(
        express(way)
        for way in (
            "{officers/somebody} ... {says}",
            "{nobody} was explained/confirmed/advised/stated/reported/clarified/said/answered",
            "{members} was/were {tells}",
            "was/were told/advised/informed/assured/reassured",
        )
    )
    + "))"
)
Sides = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wording:
    """Hold the ways of saying each kind: in words, and in words of a class."""

    ways: Mapping[Kind, re.Pattern[str]]
    framed: Mapping[Kind, re.Pattern[str]]
    vocabulary: Vocabulary

    def find(self, kind: Kind, sentence: str, sides: Sides = ()) -> int | None:
        """Find the first place where a sentence says this kind; None if nowhere.

        `sides` are the last names of those who speak, each with the letter of its class.
        """
        places = []
        if (way := self.ways.get(kind)) and (found := way.search(sentence)):
            places.append(found.start())
        if frame := self.framed.get(kind):
            told = self.vocabulary.tell(sentence, sides)
            if found := frame.search(told.line):
                places.append(told.place_of(found.start()))
        return min(places, default=None)

    def find_turn(self, question: str, sides: Sides = ()) -> tuple[int, int] | None:
        """Find where somebody answers within the sentence that asks: end, and beginning."""
        told = self.vocabulary.tell(question, sides)
        if not (found := _TURNS.search(told.line)):
            return None
        return told.place_of(found.start(1)), told.place_of(found.start(2))

    def is_of(self, name: str, word: str) -> bool:
        """Say whether a word is of a class."""
        return f"<{CLASSES[name]}>" in self.vocabulary.tell(word).line

    def begins_with(self, sentence: str, sides: Sides = ()) -> str:
        """Say whose part a sentence takes by its first subject: a class, or nothing."""
        letter = self.vocabulary.tell(sentence, sides).first_subject
        return next((name for name in CLASSES if CLASSES[name] == letter), "")

    def side_of(self, who: str, sides: Sides = ()) -> str:
        """Say on which side somebody speaks: members, officers, or nothing if unknown."""
        line = self.vocabulary.tell(who, sides).line
        tags = "".join(re.findall(r"<([^>]*)>", line))
        for name in ("officers", "members"):
            if CLASSES[name] in tags:
                return name
        return ""


def read_wording(texts: Iterable[tuple[str, str]]) -> Wording:
    """Read ways of saying from files, each a name and its text, later ones last.

    Raises:
        OpenScrutinyError: a line is under no heading, or a heading names nothing.
    """
    lines: dict[str, dict[str, None]] = {name: {} for name in (*Kind, *CLASSES)}
    for name, text in texts:
        heading: str | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            said = line.strip()
            if not said or said.startswith("#"):
                continue
            if not line[0].isspace():
                heading = _heading_named(said, name, number)
            elif heading is None:
                raise OpenScrutinyError(
                    f"{name}, line {number}: this way of saying stands under no heading.",
                    "Put it under one of: " + ", ".join(lines) + ".",
                )
            else:
                _take(lines[heading], said, whole=heading not in CLASSES)
    return Wording(
        _compile(
            {kind: [w for w in lines[kind] if "{" not in w] for kind in Kind},
            _expression,
            r"(?<!\w)",
            re.IGNORECASE,
        ),
        # Told sentences are in small letters; those of classes are of both sizes.
        _compile(
            {kind: [w for w in lines[kind] if "{" in w] for kind in Kind},
            express,
            r"(?<!\S)",
        ),
        Vocabulary({name: lines[name] for name in CLASSES}),
    )


def _take(lines: dict[str, None], said: str, *, whole: bool) -> None:
    """Take a line in, or away after "not"; words of a class stand between slashes."""
    away = said.startswith("not ")
    said = said.removeprefix("not ").strip() if away else said
    for one in [said] if whole else said.split("/"):
        if away:
            lines.pop(one, None)
        else:
            lines[one] = None


def _compile(
    ways: Mapping[Kind, list[str]],
    write: Callable[[str], str],
    before: str,
    flags: int = 0,
) -> Mapping[Kind, re.Pattern[str]]:
    return MappingProxyType(
        {
            kind: re.compile(f"{before}(?:{'|'.join(map(write, said))})", flags)
            for kind, said in ways.items()
            if said
        }
    )


def _heading_named(said: str, name: str, number: int) -> str:
    if said in CLASSES or said in set(Kind):
        return said
    raise OpenScrutinyError(
        f"{name}, line {number}: “{said[:40]}” is no kind of sentence and no class of words.",
        "The kinds are: " + ", ".join((*Kind, *CLASSES)) + ".",
    )


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
    return whole.removesuffix(r"\s+") + r"(?!\w)"


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
