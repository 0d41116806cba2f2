"""Make the demo: invent the borough and its nation, load them as anyone's, build."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from openscrutiny.demo.borough import make_borough
from openscrutiny.demo.commentary import add_commentary
from openscrutiny.demo.meetings import add_next_meeting
from openscrutiny.demo.minutes import add_trail
from openscrutiny.demo.nation import make_nation
from openscrutiny.demo.own_figures import write_own_figures
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import disclose
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import Snapshot, build_snapshot, open_snapshot
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.events import add_event
from openscrutiny.scrutiny.intake.tracing import note_built, note_loaded
from openscrutiny.scrutiny.papers import list_papers, record_paper
from openscrutiny.scrutiny.people import add_meeting, ensure_demo_users
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.workspace import Workspace, create_workspace, write_whole

AUTHORITY: Final = "299"  # an unused number
NAME: Final = "Anyborough"
AS_AT: Final = date(2026, 9, 30)

# The meeting before, and the day to which its paper's figures were counted.
LAST_MEETING: Final = (date(2026, 7, 14), "Scrutiny: children and young people")
LAST_AS_AT: Final = date(2026, 6, 30)

# Invented targets, so that the tag, the streak and "no target" can all be seen.
ADOPTION: Final = """\
code,target,kind,setter,why,from,review,tolerance,owner,note,local_code
FD2,20,local,The Executive,Invented: the neighbours' average of 2022,2022-04-01,2027-03-31,2,Head of Front Door,Invented for the demonstration,CYPE 5
AS2,85,local,Director of Social Care,Invented: the England figure of 2024,2024-04-01,2027-03-31,5,Head of Assessment,Invented for the demonstration,CYPE 12
CP3,80,stretch,Safeguarding Partnership,Invented: agreed with partners,2024-04-01,2026-12-31,5,Head of Safeguarding,Invented for the demonstration,CYPE 18
LA5,10,national,Department for Education,Invented: the England figure,2023-04-01,2027-03-31,2,Head of Corporate Parenting,Invented for the demonstration,CLA 17
CL3,55,local,Corporate Parenting Board,Invented: the board's pledge,2024-04-01,2027-03-31,3,Head of Leaving Care,Invented for the demonstration,
SN4,60,local,Director of Education,Invented: the recovery plan,2025-01-01,2026-12-31,10,Head of SEND,Invented for the demonstration,M37
SN11,10,local,Director of Education,Invented: the recovery plan,2025-01-01,2026-12-31,5,Head of SEND,Invented for the demonstration,
WF1,15,local,The Executive,Invented: the workforce strategy,2024-04-01,2027-03-31,3,Principal Social Worker,Invented for the demonstration,
"""


_EVENTS: Final = (
    (date(2025, 11, 3), "One front door for all referrals", "practice", ("FD1", "FD2")),
    (date(2025, 4, 1), "Savings notice for the year", "budget", ()),
)


def make_demo(
    folder: Path,
    *,
    children: int = 100_000,
    months: int = 78,
    seed: int = 1,
    own_figures: bool = False,
    progress: Callable[[str], None] = lambda text: None,
) -> Workspace:
    """Make the demo workspace in `folder` and build its figures.

    `DIR/returns/` holds the files that were written and loaded, `DIR/truth.csv` what
    the generator counted itself. With `own_figures` the council gives a figure of every
    indicator that its returns do not feed. A folder that is already a demo is made anew only
    where it is empty; else it is served as it stands.
    """
    if (folder / "workspace.json").exists():
        workspace = create_workspace(folder, (AUTHORITY,))
        if not workspace.demo:
            raise OpenScrutinyError(
                f"{folder} is a real workspace.", "Give the demo another --dir."
            )
        if _is_made(workspace):
            progress(f"{folder} is already made; it is served as it stands.")
            return workspace
    workspace = create_workspace(folder, (AUTHORITY,), name=NAME, demo_as_at=AS_AT)
    progress(f"inventing {children:,} children and {months} months")
    make_borough(
        folder, children=children, months=months, seed=seed, authority=AUTHORITY
    )
    progress("inventing a nation to compare with")
    make_nation(
        folder / "returns" / "published",
        seed=seed,
        council=AUTHORITY,
        council_name=NAME,
        truth=folder / "truth.csv",
    )
    if own_figures:
        progress("inventing what the council counts itself")
        write_own_figures(folder / "returns", AS_AT, children=children, seed=seed)
    write_whole(workspace.adoption, ADOPTION)
    known, later = _by_last_paper(folder / "returns")
    _add_users(workspace)
    progress("loading the files that the last paper knew")
    _load(workspace, known, progress)
    _add_events(workspace)
    progress("building the figures of the last paper")
    _add_last_paper(workspace)
    add_next_meeting(workspace)
    progress("loading the files that have come since")
    _load(workspace, later, progress)
    progress("building the figures")
    snapshot = _build(workspace, None)
    progress("hiding what would give a small number away")
    disclose(snapshot, Audience.MEMBERS)
    progress("inventing what the service says of them")
    add_commentary(workspace)
    progress(f"{snapshot.figures().height:,} figures as at {snapshot.as_at}")
    return workspace


def _by_last_paper(returns: Path) -> tuple[list[Path], list[Path]]:
    """Part what was made by the day of the last paper's figures from what came later.

    Extracts are made month by month and named by their day; all else is older.
    """
    extracts = sorted((returns / "annex-a").glob("*.xlsx"))
    later = [path for path in extracts if path.stem[-10:] > LAST_AS_AT.isoformat()]
    others = [path for path in sorted(returns.iterdir()) if path.name != "annex-a"]
    return [*(path for path in extracts if path not in later), *others], later


def _is_made(workspace: Workspace) -> bool:
    """Say whether the last of the two builds has been done, not the first alone."""
    pointer = workspace.figures / "CURRENT"
    return pointer.exists() and open_snapshot(workspace).as_at == workspace.as_at


def _load(
    workspace: Workspace, paths: Sequence[Path], progress: Callable[[str], None]
) -> None:
    """Load as the command does: what is wrong is told, and each load is in the audit."""

    def tell(outcome: FileOutcome) -> None:
        note_loaded(COMMAND_LINE, outcome)
        if outcome.status in {"refused", "loaded with problems"}:
            progress(
                f"  {outcome.path}: {outcome.status}, "
                f"{outcome.rows_rejected:,} of {outcome.rows_read:,} rows rejected"
            )

    load_paths(workspace, paths, progress=tell)


def _build(workspace: Workspace, as_at: date | None) -> Snapshot:
    """Build the figures as the command does, with its line in the audit."""
    snapshot = build_snapshot(workspace, as_at=as_at)
    note_built(COMMAND_LINE, snapshot.number)
    return snapshot


def _add_users(workspace: Workspace) -> None:
    ensure_demo_users(workspace.folder)


def _add_last_paper(workspace: Workspace) -> None:
    """Build what an invented meeting before saw, so that changes since can be told.

    A demonstration that was stopped half-way may have it already.
    """
    if list_papers(Audience.OFFICERS):
        return
    snapshot = _build(workspace, LAST_AS_AT)
    disclose(snapshot, Audience.PUBLIC)
    meeting = add_meeting(COMMAND_LINE, workspace, *LAST_MEETING)
    record_paper(
        COMMAND_LINE,
        workspace,
        meeting=meeting,
        snapshot=snapshot.number,
        audience=Audience.PUBLIC,
        formats=("pdf", "html", "xlsx", "csv"),
    )
    add_trail(workspace, meeting)


def _add_events(workspace: Workspace) -> None:
    """Add a few invented events, so that a newcomer sees where they stand."""
    if read_decisions(workspace).events:
        return
    for on, title, kind, codes in _EVENTS:
        add_event(
            Actor("analyst", Role.ANALYST),
            on=on,
            title=title,
            kind=kind,
            codes=codes,
            source="Invented for the demonstration",
        )
