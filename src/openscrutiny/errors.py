"""What can go wrong outside our own code: said plainly, with where and what to do.

Every error here is shown to a person as it stands. None of them may carry a value
of a child's record: only the file, the line, the field, the reason and the fix.
"""

from dataclasses import asdict, dataclass


class OpenScrutinyError(Exception):
    """Say what is wrong and what to do; shown to the user without a traceback."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    @property
    def said(self) -> str:
        """Both, as a person reads them."""
        return f"{self.message} {self.fix}".strip()


class WorkspaceError(OpenScrutinyError):
    """The workspace cannot be used as asked."""


@dataclass(frozen=True)
class Problem:
    """Name one thing wrong in one file. `line` counts from 1; 0 is the whole file.

    `message` never repeats a value of a child-level row.
    """

    file: str
    line: int
    field: str
    rule: str
    message: str
    fix: str

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


class RefusedFile(OpenScrutinyError):
    """Nothing of the file is taken."""

    def __init__(
        self,
        message: str,
        fix: str,
        *,
        line: int = 0,
        field: str = "",
        rule: str = "file",
    ) -> None:
        super().__init__(message, fix)
        self.line = line
        self.field = field
        self.rule = rule

    def as_problem(self, file: str) -> Problem:
        return Problem(file, self.line, self.field, self.rule, self.message, self.fix)
