"""The names of a census's elements: as DfE spells them, in other capitals, or none of its.

An element under another name is not read, so that a plan would have no end and a council
no plans. Capitals are put right. A name that was probably meant for one that the file
lacks refuses the file; any other is told once, with how many there are.
"""

from difflib import SequenceMatcher
from typing import Any, Final

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.cin import BLOCKS
from openscrutiny.layouts.layout import PARENT

__all__ = ["ElementNames"]

# Elements that hold others or are not read, beside those that the layout names.
_OTHERS: Final = [
    "Child",
    "ChildIdentifiers",
    "ChildCharacteristics",
    "Disabilities",
    "FormerUPN",
    "GenderCurrent",
    "AssessmentInternalReviewDate",
    "FactorsIdentifiedAtAssessment",
    "Reviews",
]
_KNOWN: Final = frozenset(
    (
        *_OTHERS,
        *(name for name, block in BLOCKS.items() if block.counts),
        *(
            column.heading
            for block in BLOCKS.values()
            for column in block.columns
            if column.kind != PARENT
        ),
    )
)
_IN_SMALL_LETTERS: Final = {name.lower(): name for name in _KNOWN}
# So alike, from 0 to 1, are a name and the one that it was meant for.
_ALIKE: Final = 0.85


class ElementNames:
    """Put right the names of a file's elements, and keep those that are none."""

    def __init__(self) -> None:
        self._there: set[str] = set()
        self._strange: dict[str, tuple[int, int]] = {}  # first line, how many

    def put_right(self, child: Any) -> None:
        """Give a Child element, and all in it, the names that the guide has."""
        for element in child.iter():
            tag = element.tag
            if tag not in _KNOWN:
                tag = _IN_SMALL_LETTERS.get(tag.lower(), tag)
                element.tag = tag
                if tag not in _KNOWN:
                    if element.getparent().tag in self._strange:
                        continue  # it was told of with what holds it
                    line, many = self._strange.get(tag, (element.sourceline or 0, 0))
                    self._strange[tag] = line, many + 1
                    continue
            self._there.add(tag)

    def judge(self, file: str) -> list[Problem]:
        """List the names that no census has.

        Raises RefusedFile where one was probably meant for a name that is lacking.
        """
        return [self._tell(file, *told) for told in self._strange.items()]

    def _tell(self, file: str, tag: str, found: tuple[int, int]) -> Problem:
        line, many = found
        meant = self._meant_for(tag)
        if meant:
            raise RefusedFile(
                f"The census has no element {meant}, and {many:,} called {tag}, which "
                "no year of the census has: what they say would be lost.",
                f"Export the census with the element called {meant}, as the guide of "
                "the census has it.",
                line=line,
                field=tag,
                rule="element",
            )
        return Problem(
            file,
            line,
            tag,
            "unknown-element",
            f"No year of the census has an element of this name; {many:,} of them, the "
            "first on this line, were not read.",
            "Check the export against the census guide.",
        )

    def _meant_for(self, tag: str) -> str:
        likeness = {
            name: SequenceMatcher(None, tag.lower(), name.lower()).ratio()
            for name in _KNOWN - self._there
        }
        best = max(likeness, key=lambda name: (likeness[name], name), default="")
        return best if best and likeness[best] >= _ALIKE else ""
