"""Who does what in a sentence: its words by class, so that a way of saying can name classes.

A sentence is told as one line in which each word carries its classes, "members<M>
asked<a> why<>", and a way such as "{members} ... {asks}" is looked for in that line. A
subject after a preposition ("from Members", "Members’ concerns") is none, and what
stands between a subject and its verb holds no other subject and begins no clause.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from openscrutiny.minutes.model import word_set

# The classes that a file of wording may fill, and the letter that tells each.
CLASSES: Final[Mapping[str, str]] = {
    "members": "M",
    "officers": "O",
    "somebody": "H",
    "public": "P",
    "nobody": "I",
    "they": "Y",
    "others": "E",
    "of members": "m",
    "of officers": "o",
    "asks": "a",
    "requests": "g",
    "says": "s",
    "tells": "t",
    "feels": "f",
    "presents": "p",
    "decides": "d",
    "recommends": "r",
    "undertakes": "k",
    "is": "b",
    "wants": "W",
    "states": "S",
    "would": "w",
    "does": "v",
    "done": "D",
    "a question": "q",
    "a view": "c",
    "a thing": "n",
    "unsure": "u",
}
_SUBJECTS: Final = "MOHPIYE"
_OBLIQUE: Final = str.maketrans(
    {"M": "m", "O": "o", "H": "", "P": "", "I": "", "Y": "", "E": ""}
)
_WORD: Final = re.compile(r"[^\W_][\w’'-]*|[,;:.?!()–—]")
_AFTER: Final = word_set(
    """
    from by to of for with at in on before between among than as into about and
    """
)
_DETERMINERS: Final = word_set(
    """
    the a an all some both its their this these those his her our each every
    """
)
_BODIES: Final = frozenset(
    ["committee", "sub-committee", "panel", "commission", "board", "group", "forum"]
)
_HELD_OF: Final = _BODIES | {"chair", "chairman", "chairperson", "vice-chair", "member", "members"}  # fmt: skip
_OURS: Final = _BODIES | {"council", "scrutiny", "inquiry", "staff", "public", "both"}
# "several of the Members", "some on the Panel": they are the subject all the same.
_SOME: Final = frozenset(
    ["several", "some", "others", "many", "most", "few", "one", "two", "both", "number", "majority"]
)  # fmt: skip
# Others are told of only where they do something: "schools would", "the court had".
_ACTS_NEXT: Final = frozenset(
    ["had", "has", "have", "did", "do", "could", "can", "may", "might", "must", "hoped", "promised", "planned", "intended"]
)  # fmt: skip
# Verbs after which a member or an officer is the one to whom it is done.
_DONE_TO: Final = frozenset(
    ["tell", "give", "let", "show", "send", "inform", "help", "remind", "assure", "allow", "keep", "enable", "offer", "update", "brief", "advise", "consult", "apprise"]
)  # fmt: skip
# "reassured by what it had heard", "better than what": nobody asks it.
_NOT_ASKED: Final = frozenset(["by", "than", "with", "from", "in"])
_OBLIQUE_OF: Final = "MO"
_ACTS: Final = "agstpdrkbw"  # what a subject does
_LONGEST: Final = 4  # words of one term
_NO_SUBJECT: Final = rf"(?!\S*<[^>]*[{_SUBJECTS}])"
_NO_CLAUSE: Final = r"(?!(?:that|whether|if|who|which|how|why|where|when|;|:|\.)<)"
_FIRST: Final = re.compile(rf"<[^>]*([{_SUBJECTS}])")
_RELATIVE: Final = re.compile(r"(?<=> ),<> (?:which|whose|whom|where)<")
# "Mrs Ridd, the diocesan representative, asked": what stands between two commas.
_ASIDE: Final = r"(?:,<> (?:(?![,;:.]<)\S+ ){1,14},<> )?"
_BETWEEN: Final = rf"{_ASIDE}(?:{_NO_SUBJECT}{_NO_CLAUSE}\S+ ){{0,14}}?"


@dataclass(frozen=True)
class Told:
    """Hold a sentence as a line of words with their classes, and where each word begins."""

    line: str
    starts: tuple[int, ...]  # of each word in the line
    places: tuple[int, ...]  # of each word in the sentence

    @property
    def first_subject(self) -> str:
        """Give the letter of the first subject; nothing where there is none."""
        found = _FIRST.search(_RELATIVE.split(self.line, maxsplit=1)[0])
        return found[1] if found else ""

    def place_of(self, at: int) -> int:
        """Give the place in the sentence of the word that begins at a place of the line."""
        return self.places[self.starts.index(at)]


class Vocabulary:
    """Hold which words are of which class; a word may be of several."""

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        self._tags: dict[tuple[str, ...], str] = {}
        for name, said in terms.items():
            for term in said:
                words = tuple(term.replace("’", "'").lower().split("_"))
                self._tags[words] = self._tags.get(words, "") + CLASSES[name]
        self.tell = lru_cache(maxsize=256)(self._tell)

    def _tell(self, sentence: str, sides: tuple[tuple[str, str], ...] = ()) -> Told:
        """Tell a sentence; `sides` are last names, each with the class of its bearer."""
        bearers = dict(sides)
        found = list(_WORD.finditer(sentence))
        words = [one.group().replace("’", "'").lower() for one in found]
        line: list[str] = []
        places: list[int] = []
        at, inside = 0, False
        while at < len(words):
            length, tags = self._longest(words, at)
            inside = (inside or words[at] == "(") and words[at] != ")"
            named = found[at].group()[0].isupper()
            if named:
                tags = (
                    bearers.get(found[at].group())
                    or bearers.get(words[at].removesuffix("'s"))
                    or tags
                )
            if named and not tags and self._is_title(found, at):
                tags = CLASSES["officers"]
            if named and not tags and self._is_name(words, found, at):
                tags = CLASSES["somebody"]
            if tags == CLASSES["somebody"] and self._is_known(found, at, bearers):
                tags = ""
            if inside or self._is_oblique(words, found, at, length):
                tags = tags.translate(_OBLIQUE)
            said = "_".join(words[at : at + length])
            if said == "what" and at and words[at - 1] in _NOT_ASKED:
                said = "whatever"
            line.append(f"{said}<{tags}> ")
            places.append(found[at].start())
            at += length
        starts = accumulate((len(word) for word in line[:-1]), initial=0)
        return Told("".join(line), tuple(starts), tuple(places))

    def _longest(self, words: list[str], at: int) -> tuple[int, str]:
        for length in range(_LONGEST, 0, -1):
            tags = self._tags.get(tuple(words[at : at + length]))
            if tags is not None and at + length <= len(words):
                return length, self._as_it_stands(words, at, length, tags)
        whose = self._tags_of(re.sub(r"'s?\Z", "", words[at]))  # "the Committee's view"
        return 1, "".join(one for one in whose if one in _OBLIQUE_OF)

    def _as_it_stands(self, words: list[str], at: int, length: int, tags: str) -> str:
        """Take from a word what it is not here: "that" before a clause, "a new panel"."""
        after = self._tags_of(words[at + 1]) if at + 1 < len(words) else ""
        if words[at] == "that" and length == 1 and not set(after) & set("wb"):
            return ""
        of_others = set(words[max(0, at - 2) : at]) & {"a", "an", "another"}
        if words[at + length - 1] in _HELD_OF and self._is_of_others(
            words, at + length
        ):
            return ""
        if words[at + length - 1] in _BODIES:
            next_tags = set(
                self._tags_of(words[at + length]) if at + length < len(words) else ""
            )
            # Our committee is "the" committee, and "the forum representative" is one person.
            if of_others or next_tags & set("MO"):
                return ""
        if tags == CLASSES["others"]:
            following = words[at + length] if at + length < len(words) else ""
            acts = set(self._tags_of(following)) & set("wb")
            return tags if acts or following in _ACTS_NEXT else ""
        return tags

    @staticmethod
    def _is_of_others(words: list[str], at: int) -> bool:
        """Say whether what follows gives a chair or a board to others: "of the trust"."""
        if words[at : at + 1] == ["that"]:
            return True  # "the panel that approved carers"
        return words[at : at + 1] == ["of"] and not (
            _OURS & set(words[at + 1 : at + 6])
        )

    @staticmethod
    def _is_known(
        found: list[re.Match[str]], at: int, bearers: Mapping[str, str]
    ) -> bool:
        """Say whether a title stands before a name whose side is known."""
        names = (one.group() for one in found[at + 1 : at + 5])
        return any(
            name[0].isupper()
            and name.replace("’", "'").lower().removesuffix("'s") in bearers
            for name in names
        )

    def _is_name(self, words: list[str], found: list[re.Match[str]], at: int) -> bool:
        """Say whether a word is the last of a name that does something at once."""
        if at < 1 or at + 1 >= len(words) or not found[at].group()[0].isupper():
            return False
        first = at
        while first > 0 and found[first - 1].group()[0].isupper():
            first -= 1
        if first > 0 and words[first - 1] in ("of", "for"):
            return False  # "the Head of Corporate Parenting stated"
        does = (
            ""
            if found[at + 1].group()[0].isupper()
            else self._tags.get((words[at + 1],), "")
        )
        return found[at - 1].group()[0].isupper() and any(
            CLASSES[name] in does for name in ("asks", "says", "presents", "feels")
        )

    def _is_title(self, found: list[re.Match[str]], at: int) -> bool:
        """Say whether the last word of "(That) the Group Accountant" stands here: an office."""
        said = [one.group() for one in found[: at + 2]]
        if [one.lower() for one in said[:2]] == ["that", "the"]:
            said, at = ["The", *said[2:]], at - 1
        if at < 2 or said[0] != "The" or not said[at][0].isupper():
            return False
        within = all(
            word[0].isupper() and word[0].isalpha() for word in said[1 : at + 1]
        )
        return within and not (len(said) > at + 1 and said[at + 1][0].isupper())

    def _is_oblique(
        self, words: list[str], found: list[re.Match[str]], at: int, length: int
    ) -> bool:
        """Say whether what stands here only belongs to something: to, of or by it.

        The words of a title are stepped over: "by the Assistant Director".
        """
        if words[at].endswith(("s'", "'s")):
            return True
        if at and words[at - 1] in _DONE_TO:
            return at < 2 or words[at - 2] not in _DETERMINERS
        before = self._before_phrase(words, found, at)
        if before < 0 or words[before] not in _AFTER:
            return False
        if words[before] in ("of", "on") and before and words[before - 1] in _SOME:
            return False
        after = self._tags_of(words[at + length]) if at + length < len(words) else ""
        # "..., and Members asked": somebody begins anew.
        return not (words[before] == "and" and any(one in _ACTS for one in after))

    def _before_phrase(
        self, words: list[str], found: list[re.Match[str]], at: int
    ) -> int:
        """Give the place before a phrase: "by the Assistant |Director", "on the schools |forum".

        What stands before a name or a plural is another phrase: "in the debate Members".
        """
        before = at - 1
        if found[at].group()[0].isupper():
            while before >= 0 and found[before].group()[0].isupper():
                before -= 1
        elif not words[at].endswith("s") and before >= 0 and words[before].isalpha():
            before -= 1
        if (
            before < 0
            or words[before] not in _DETERMINERS
            # "on the schools forum" is one phrase; "in the debate Members" is two.
            or (words[at] not in _BODIES and self._tags_between(words[before + 1 : at]))
        ):
            before = at - 1
        while before >= 0 and words[before] in _DETERMINERS:
            before -= 1
        return before

    def _tags_between(self, words: list[str]) -> bool:
        return any(self._tags_of(word) for word in words)

    def _tags_of(self, word: str) -> str:
        return self._tags.get((word,), "")


def express(way: str) -> str:
    """Turn a way of saying with classes into an expression over told sentences.

    See `express_parts`.
    """
    return "".join(express_parts(way))


def express_parts(way: str) -> tuple[str, ...]:
    """Turn a way of saying with classes into the parts of an expression, in their order.

    >>> way = "".join(express_parts("{members} ... {asks}"))
    >>> line = Vocabulary({"members": ["members"], "asks": ["asked"]}).tell
    >>> bool(re.search(way, line("Members also asked why.").line))
    True
    >>> bool(re.search(way, line("A note for Members was asked about.").line))
    False
    """
    parts = []
    for word in re.findall(r"\{[^}]*\}|\S+", way):
        if word == "^":
            parts.append(r"\A(?:[^\w\s]\S* )*")
        elif word == "...":
            parts.append(_BETWEEN)
        elif word == "(.)":
            parts.append(r"(?:[^\W\d_][^\s<]*<[^>]*> )?")
        elif word.startswith("(") and word.endswith(")"):
            parts.append(f"(?:{_one(word[1:-1])})?")
        else:
            parts.append(_one(word))
    return tuple(parts)


def _one(word: str) -> str:
    """Express one place of a way: a class, or words each of which may stand there."""
    if word.startswith("{not "):
        letters = "".join(CLASSES[name] for name in word[5:-1].split("/"))
        return rf"[a-z][^\s<]*<[^>{letters}]*> "
    if word.startswith("{"):
        letters = "".join(CLASSES[name] for name in word[1:-1].split("/"))
        return rf"[^\s<]+<[^>]*[{letters}][^>]*> "
    said = "|".join(
        "(?:<[^>]*> |_)".join(map(re.escape, one.split("_"))) + "<[^>]*>"
        for one in word.replace("’", "'").lower().split("/")
    )
    return f"(?:{said}) "
