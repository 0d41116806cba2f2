"""Say what became of the files of a load: how many of each kind, then one by one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from openscrutiny.errors import Problem
from openscrutiny.returns.loading import FileOutcome

LISTED: Final = 5
_STATUSES: Final = (
    "loaded",
    "loaded with problems",
    "already loaded",
    "refused",
    "set aside",
)
_WHO: Final = (
    "No value of a child's record is repeated here: whoever may open the file finds it "
    "at the place named."
)


def exit_status(outcomes: Sequence[FileOutcome]) -> int:
    """Give 0 where all is done, 1 where a person has to mend something, 2 for nothing.

    Notes on what was read well need nobody's hand.
    """
    done = any(o.status.startswith(("loaded", "already")) for o in outcomes)
    if not done:
        return 2 if any(o.status == "refused" for o in outcomes) or not outcomes else 0
    return int(any(o.needs_hand for o in outcomes))


def tell_loads(outcomes: Sequence[FileOutcome]) -> Iterator[str]:
    """Give the lines that say it: a summary, then what needs a hand, then the rest."""
    yield _summary(outcomes)
    first = sorted(outcomes, key=lambda outcome: not outcome.needs_hand)
    for outcome in first:
        yield from _tell(outcome)
    if any(problem.line for outcome in outcomes for problem in outcome.problems):
        yield _WHO


def _summary(outcomes: Sequence[FileOutcome]) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    told = ", ".join(f"{counts[s]:,} {s}" for s in _STATUSES if counts[s])
    files = f"{len(outcomes):,} file{'' if len(outcomes) == 1 else 's'}"
    hands = sum(outcome.needs_hand for outcome in outcomes)
    need = (
        f" {hands:,} need{'s' if hands == 1 else ''} a hand: "
        f"{'it comes' if hands == 1 else 'they come'} first."
        if hands
        else ""
    )
    return f"{files}: {told or 'nothing to load'}.{need}"


def _tell(outcome: FileOutcome) -> Iterator[str]:
    covers = ""
    if outcome.covers:
        covers = f", {outcome.covers[0]} to {outcome.covers[1]}"
    rows = f"{outcome.rows_kept:,} kept, {outcome.rows_rejected:,} rejected"
    words = f"{outcome.return_name or ''} {outcome.year or ''}".strip()
    told = f" ({words}{covers}; {rows})" if outcome.return_name else ""
    yield f"{outcome.path}: {outcome.status}{told}"
    for problem in outcome.problems[:LISTED]:
        yield f"    {_place(outcome, problem)}{problem.message} {problem.fix}"
    more = len(outcome.problems) - LISTED
    if more > 0:
        yield f"    and {more:,} more; see the data page or --json"
    if outcome.note:
        yield f"    {outcome.note}"


def _place(outcome: FileOutcome, problem: Problem) -> str:
    """Name the sheet, the line and the column, as far as the problem has them."""
    sheet = problem.file.removeprefix(outcome.path).removeprefix("!")
    is_sheet = bool(sheet) and problem.file != outcome.path
    parts = [f"sheet “{sheet}”"] if is_sheet else []
    if problem.line:
        parts.append(f"{'row' if is_sheet else 'line'} {problem.line}")
    if problem.field:
        parts.append(problem.field)
    return f"{', '.join(parts)}: " if parts else ""
