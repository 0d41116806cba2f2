"""How minutes say things: ways of saying as plain lines, and where a sentence says them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.grammar import CLASSES, Vocabulary, express, express_parts
from openscrutiny.minutes.model import Kind

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
Ways = Mapping[Kind, re.Pattern[str]]


@dataclass(frozen=True)
class Wording:
    """Hold the ways of saying each kind: in words, and in words of a class."""

    ways: Ways
    framed: Ways
    own_ways: Ways
    own_framed: Ways
    vocabulary: Vocabulary

    def find(self, kind: Kind, sentence: str, sides: Sides = ()) -> int | None:
        """Find the first place where a sentence says this kind; None if nowhere.

        `sides` are the last names of those who speak, each with the letter of its class.
        """
        return self._find(self.ways.get(kind), self.framed.get(kind), sentence, sides)

    def find_own(self, sentence: str, sides: Sides = ()) -> Kind | None:
        """Find the kind that the council's own file says a sentence is; None if none."""
        if not self.own_ways and not self.own_framed:
            return None
        places = {
            kind: place
            for kind in self.own_ways.keys() | self.own_framed.keys()
            if (
                place := self._find(
                    self.own_ways.get(kind), self.own_framed.get(kind), sentence, sides
                )
            )
            is not None
        }
        return min(places, key=lambda kind: (places[kind], kind), default=None)

    def _find(
        self,
        way: re.Pattern[str] | None,
        frame: re.Pattern[str] | None,
        sentence: str,
        sides: Sides,
    ) -> int | None:
        places = []
        if way and (found := way.search(sentence)):
            places.append(found.start())
        if frame:
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

    def after_subject(
        self, sentence: str, sides: Sides = ()
    ) -> tuple[str, tuple[str, ...]]:
        """Give the class of the first subject, and the words after it; nothing if none."""
        told = self.vocabulary.tell(sentence, sides)
        letter = told.first_subject
        name = next((one for one in CLASSES if CLASSES[one] == letter), "")
        if name not in ("members", "officers", "public", "somebody"):
            return "", ()
        words = told.line.split()
        at = next(i for i, word in enumerate(words) if letter in word.partition("<")[2])
        kept = [
            sentence[place : place + len(word.partition("<")[0])]
            for word, place in list(zip(words, told.places, strict=True))[at + 1 :]
        ]
        return name, tuple(kept[:14])

    def is_of(self, name: str, word: str) -> bool:
        """Say whether a word is of a class."""
        _, _, tags = self.vocabulary.tell(word).line.partition("<")
        return CLASSES[name] in tags

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


def read_wording(
    texts: Iterable[tuple[str, str]], own: tuple[str, str] | None = None
) -> Wording:
    """Read ways of saying from files, each a name and its text, later ones last.

    Those of `own`, a council's file, are found before all others.

    Raises:
        OpenScrutinyError: a line is under no heading, or a heading names nothing.
    """
    lines: dict[str, dict[str, None]] = {name: {} for name in (*Kind, *CLASSES)}
    ours: dict[str, dict[str, None]] = {name: {} for name in (*Kind, *CLASSES)}
    for name, text in texts:
        _read_into([lines], name, text)
    if own is not None:
        _read_into([lines, ours], *own)
    return Wording(
        _in_words(lines),
        _in_classes(lines),
        _in_words(ours),
        _in_classes(ours),
        Vocabulary({name: lines[name] for name in CLASSES}),
    )


def _read_into(kept: list[dict[str, dict[str, None]]], name: str, text: str) -> None:
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
                "Put it under one of: " + ", ".join((*Kind, *CLASSES)) + ".",
            )
        else:
            for lines in kept:
                _take(lines[heading], said, whole=heading not in CLASSES)


def _in_words(lines: Mapping[str, Iterable[str]]) -> Ways:
    said = {kind: [one for one in lines[kind] if "{" not in one] for kind in Kind}
    return _compile(said, _parts, r"(?<!\w)", re.IGNORECASE)


def _in_classes(lines: Mapping[str, Iterable[str]]) -> Ways:
    # Told sentences are in small letters; the letters of classes are of both sizes.
    said = {kind: [one for one in lines[kind] if "{" in one] for kind in Kind}
    return _compile(said, express_parts, r"(?<!\S)")


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
    write: Callable[[str], tuple[str, ...]],
    before: str,
    flags: int = 0,
) -> Ways:
    return MappingProxyType(
        {
            kind: re.compile(
                f"{before}(?:{_merge([write(way) for way in said])})", flags
            )
            for kind, said in ways.items()
            if said
        }
    )


def _merge(ways: Iterable[tuple[str, ...]]) -> str:
    """Join ways into one expression in which what begins alike is tried once.

    A hundred ways begin with somebody and a gap: apart, each of them would look for both
    at every word. Where one way begins another, the longer one adds no place.

    >>> _merge([("a", "b"), ("a", "c"), ("d",), ("d", "e")])
    'a(?:b|c)|d'
    """
    after: dict[str, list[tuple[str, ...]]] = {}
    for first, *rest in ways:
        after.setdefault(first, []).append(tuple(rest))
    merged = []
    for first, rests in after.items():
        if () in rests:
            merged.append(first)
        else:
            inner = _merge(rests)
            merged.append(f"{first}(?:{inner})" if len(rests) > 1 else first + inner)
    return "|".join(merged)


def _heading_named(said: str, name: str, number: int) -> str:
    if said in CLASSES or said in set(Kind):
        return said
    raise OpenScrutinyError(
        f"{name}, line {number}: “{said[:40]}” is no kind of sentence and no class of words.",
        "The kinds are: " + ", ".join((*Kind, *CLASSES)) + ".",
    )


def _parts(way: str) -> tuple[str, ...]:
    """Turn one way of saying into the parts of an expression.

    >>> said = "".join(_parts("^ members/councillors (also) asked"))
    >>> bool(re.search(said, "Members also asked why.", re.IGNORECASE))
    True
    """
    parts = []
    for word in way.split():
        if word == "^":
            parts.append(r"\A\W*")
        elif word == "...":
            parts.append(_GAP)
        elif word == "(.)":
            parts.append(r"(?:\w[\w’'-]*\s+)?")
        elif word.startswith("("):
            parts.append(rf"(?:{_one_of(word[1:-1])}\s+)?")
        else:
            parts.append(rf"{_one_of(word)}\s+")
    return (*parts[:-1], parts[-1].removesuffix(r"\s+") + r"(?!\w)")


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
def brought_wording() -> tuple[str, str]:
    """Give the name and the text of the wording that the product brings."""
    text = files(__package__).joinpath("wording.txt").read_text(encoding="utf-8")
    return "wording.txt", text


@cache
def default_wording() -> Wording:
    """Give the wording that the product brings."""
    return read_wording([brought_wording()])
