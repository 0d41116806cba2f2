"""A council's own ways of saying, as text that a clerk can read, change and replay.

The file has the form of `wording.txt`: ways of saying under the kind that they show,
words under their class, and the council's codes under "codes". It grows where somebody
says that a proposal is of another kind. What it takes of a sentence are words in small
letters alone, so that nobody's name and no figure comes into it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.wording import Wording, brought_wording, read_wording

_CODES: Final = "codes"
_CODE: Final = re.compile(r"(?P<own>[A-Za-z]{1,6} ?\d{1,4}[a-z]?) is (?P<code>\S+)\Z")
_HEAD: Final = (
    "# How this council's minutes say things: read after what the product brings.\n"
    "# A way of saying a line, under the kind that it shows. Change it, or take a line away.\n"
)
_LITTLE: Final = frozenset(
    ["a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"]
)
_FEWEST, _MOST = 3, 5  # words of a way that names nobody


@dataclass(frozen=True)
class Profile:
    """Hold a council's wording and codes; `text` is the file that they were read from."""

    text: str
    wording: Wording
    own_codes: Mapping[str, str]


def read_profile(text: str, name: str = "minutes-profile.txt") -> Profile:
    """Read a profile; an empty one is what the product brings alone.

    Raises:
        OpenScrutinyError: a line stands under no heading, or a heading names nothing.
    """
    ways, codes, within = [], {}, False
    for line in text.splitlines():
        if line.strip() and not line[0].isspace() and not line.startswith("#"):
            within = line.strip() == _CODES
        found = _CODE.match(line.strip()) if within else None
        if found:
            codes[found["own"]] = found["code"]
        ways.append("" if within else line)
    wording = read_wording([brought_wording()], own=(name, "\n".join(ways)))
    return Profile(text, wording, MappingProxyType(codes))


NOBODY: Final = read_profile("")


def way_of(sentence: str, wording: Wording, sides: tuple[tuple[str, str], ...]) -> str:
    """Give the way in which a sentence begins; nothing where no words are left to say it.

    A member or an officer stands for all of them: "Councillor Ash pondered whether" is
    "{members} ... pondered whether".
    """
    subject, said = wording.after_subject(sentence, sides)
    plain = [word for word in said if re.fullmatch(r"[a-z][a-z’'-]+", word)]
    if subject and said and plain:
        clause = next(
            (
                at
                for at, word in enumerate(said[1:], start=1)
                if word in ("that", "whether", "if", "how", "why", "what", "when")
            ),
            None,
        )
        if clause is not None and said[clause - 1] in plain:
            return f"{{{subject}}} ... {said[clause - 1]} {said[clause]}"
        first = next(
            (word for word in said if word in plain and word not in _LITTLE), ""
        )
        return f"{{{subject}}} ... {first}" if first else ""
    begins = re.findall(r"[A-Za-z][\w’'-]*", sentence)[:_MOST]
    if len(begins) < _FEWEST or any(word[0].isupper() for word in begins[1:]):
        return ""
    return "^ " + " ".join(word.lower() for word in begins)


def add_way(text: str, kind: Kind, way: str, why: str) -> str:
    """Add a way of saying under its kind; the same twice changes nothing."""
    return _add(text, kind.value, way, why)


def add_code(text: str, own: str, code: str, why: str) -> str:
    """Add one of the council's codes for an indicator; the same twice changes nothing."""
    return _add(text, _CODES, f"{own} is {code}", why)


def _add(text: str, heading: str, line: str, why: str) -> str:
    lines = text.splitlines() if text.strip() else _HEAD.splitlines()
    if heading not in lines:
        lines += ["", heading]
    at = lines.index(heading) + 1
    while at < len(lines) and (lines[at][:1].isspace() or lines[at].startswith("#")):
        if lines[at].strip() == line:
            return text
        at += 1
    lines[at:at] = [f"  # {why}", f"  {line}"]
    return "\n".join(lines) + "\n"
