"""What data in leaves in the audit: the same in the browser and at the command line.

A file is named by its return and its load: its own name may name a person.
"""

from openscrutiny.record.confirmations import Subject
from openscrutiny.record.loads import LoadEntry
from openscrutiny.returns.loading import FileOutcome
from openscrutiny.returns.own.mapping import Mapping
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may


def note_loaded(actor: Actor, outcome: FileOutcome) -> None:
    """Keep that a file was loaded; one that added nothing to the record leaves none."""
    check_may(actor, Permission.LOAD)
    if not outcome.is_new:
        return
    kept = f"{outcome.rows_kept:,} rows kept, {outcome.rows_rejected:,} rejected"
    about = f"{_name(outcome.return_name, outcome.year)}: {kept}"
    leave_trace(actor, "file loaded", about, thing=f"load {outcome.load_id}")


def note_taken_back(actor: Actor, entry: LoadEntry) -> None:
    """Keep that a load was taken back."""
    check_may(actor, Permission.LOAD)
    about = _name(entry.return_name, entry.year)
    leave_trace(actor, "load taken back", about, thing=f"load {entry.load_id}")


def note_confirmed(
    actor: Actor,
    subject: Subject,
    key: str,
    *,
    by: str = "",
    withdraw: bool = False,
) -> None:
    """Keep that somebody gave their word for a figure or a load, or took it back.

    `by` names who gave it where that is somebody else than who acts, as at the command
    line, which has no sign-in.
    """
    check_may(actor, Permission.LOAD)
    action = "confirmation taken back" if withdraw else "figures confirmed"
    about = f"in the name of {by}" if by and not withdraw else ""
    leave_trace(actor, action, about, thing=f"{subject} {key}"[:140])


def note_mapping(actor: Actor, mapping: Mapping) -> None:
    """Keep that a mapping of a council's scorecard was made, or changed."""
    check_may(actor, Permission.GIVE_FIGURES)
    read = sum(bool(row.indicator) for row in mapping.rows)
    about = f"{read} of {len(mapping.rows)} rows read; made by {mapping.made_by}"
    leave_trace(actor, "mapping kept", about, thing=f"mapping {mapping.name}"[:140])


def note_built(actor: Actor, number: int) -> None:
    """Keep that the figures were built."""
    check_may(actor, Permission.LOAD)
    leave_trace(actor, "figures built", thing=f"snapshot {number}")


def _name(return_name: str | None, year: int | None) -> str:
    return f"{return_name} {year or ''}".strip()
