"""The trace that a command leaves in the audit of what it did to the data.

What is done is never lost for want of its trace: one that cannot be written is tried once
more when the command ends, and then said, with exit status 1. A workspace in which nobody
has a sign-in yet has no database, and so no audit; its journal keeps the loads.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from openscrutiny.cli.answering import say
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.workspace import Workspace

if TYPE_CHECKING:
    from openscrutiny.returns.loading import FileOutcome
    from openscrutiny.scrutiny.permissions import Actor

    Note = Callable[[Actor], None]

_DO: Final = (
    "See that the database can be written to and that the disk is not full, then hold "
    "the audit against itself: openscrutiny audit verify"
)


class Tracing:
    """Leave the traces of one command, as the command line's own."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._left: list[tuple[str, Note]] = []
        self._is_open = False

    def leave(self, done: str, note: "Note") -> None:
        """Leave the trace of what is `done`, which is said where it cannot be left."""
        # A database that others hold is waited for once, and not for each of many files.
        if self._left or self._try(note):
            self._left.append((done, note))

    def note_loaded(self, outcome: "FileOutcome") -> None:
        """Leave the trace of a file that was read, where it is a new load."""
        from openscrutiny.scrutiny.intake.tracing import note_loaded

        if outcome.is_new:
            done = f"Load {outcome.load_id} is in"
            self.leave(done, lambda actor: note_loaded(actor, outcome))

    def note_built(self, number: int) -> None:
        """Leave the trace of a build."""
        from openscrutiny.scrutiny.intake.tracing import note_built

        done = f"Snapshot {number} is built"
        self.leave(done, lambda actor: note_built(actor, number))

    def finish(self) -> int:
        """Say what has no trace; gives the exit status: 0 where all of it has one."""
        failed = [(done, why) for done, note in self._left if (why := self._try(note))]
        for done, why in failed:
            say(f"{done}, and the audit does not say so: {why}")
        if failed:
            say(_DO)
        self._left = []
        return int(bool(failed))

    def _try(self, note: "Note") -> str:
        """Write one trace; gives why it cannot be written, "" where it is."""
        if not self._workspace.has_database:
            return ""
        from openscrutiny.scrutiny.database import open_database
        from openscrutiny.scrutiny.permissions import COMMAND_LINE

        try:
            if not self._is_open:
                open_database(self._workspace)
                self._is_open = True
            note(COMMAND_LINE)
        except OpenScrutinyError as error:
            return error.said
        except Exception as fault:
            # Whatever it is, what was done stays done. A message may quote a value.
            return f"it cannot be written ({type(fault).__name__})."
        return ""
