"""What is wrong in one file, listed line by line and cut at one number everywhere."""

from collections.abc import Iterable, Sequence
from typing import Final

from openscrutiny.errors import Problem

LISTED_PER_RULE: Final = 200


class ProblemLog:
    """List what is wrong in one file: at most 200 lines a rule, and how many more.

    Where several rows may stand on one line, their frames number them from 1 instead,
    and `lines` gives the line of each number (that of 0 is 0, the whole file).
    """

    def __init__(self, file: str, lines: Sequence[int] = ()) -> None:
        self.file = file
        self._lines = lines
        self._listed: dict[str, list[Problem]] = {}
        self._more: dict[str, int] = {}

    def add(
        self, lines: Iterable[int], field: str, rule: str, message: str, fix: str
    ) -> None:
        """Add one problem for each line."""
        listed = self._listed.setdefault(rule, [])
        for number in lines:
            line = self._lines[number] if self._lines else number
            if len(listed) < LISTED_PER_RULE:
                listed.append(Problem(self.file, line, field, rule, message, fix))
            else:
                self._more[rule] = self._more.get(rule, 0) + 1

    def problems(self) -> tuple[Problem, ...]:
        """Give all that is listed, and one for each rule that found more."""
        listed = [problem for rule in self._listed.values() for problem in rule]
        rest = [
            Problem(
                self.file,
                0,
                "",
                rule,
                f"The same rule found {count:,} more in this file; only the first "
                f"{LISTED_PER_RULE} are listed.",
                "Mend the cause in the case system and export the file again.",
            )
            for rule, count in self._more.items()
        ]
        return (*listed, *rest)
