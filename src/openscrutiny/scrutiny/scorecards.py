"""A scorecard through the browser: uploaded, mapped, tried, accepted by a named person.

Until it is accepted a file lies in the workspace as a draft of its own, for a day at most;
then it is loaded as any file is, and the draft is gone.
"""

import re
import secrets
import shutil
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.returns.own.mapped import find_fitting, two_fit
from openscrutiny.returns.own.mapping import (
    Mapping,
    find_mappings,
    parse_mapping,
    save_mapping,
)
from openscrutiny.returns.own.reader import read_council
from openscrutiny.returns.own.services import Tried, open_file, propose, try_mapping
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.intake.jobs import forget_old
from openscrutiny.scrutiny.intake.tracing import note_mapping
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.targets import read_local_codes
from openscrutiny.workspace import Workspace, write_whole

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_MAPPING: Final = "mapping.json"
_LARGEST: Final = 32 << 20
_SUFFIXES: Final = (".csv", ".xlsx", ".xlsm", ".txt")

# What a sign in the place of a number may mean, in the words of the page.
MEANINGS: Final = (
    ("z", "Nothing is expected here"),
    ("x", "Not available"),
    ("c", "Hidden, to protect privacy"),
    ("low", "Rounds to 0 but is not 0"),
    ("skip", "Says nothing of the figure"),
)


@dataclass(frozen=True)
class Draft:
    """Hold one file that waits: its mapping, and what it would give."""

    token: str
    file: str
    tried: Tried | None
    mapping: Mapping
    is_kept: bool  # whether the workspace keeps this mapping already
    problem: str = ""  # why it cannot even be tried
    local_codes: Map[str, str] = field(default_factory=dict)
    council: tuple[Indicator, ...] = ()  # what the council defines itself

    def find(self, code: str) -> Indicator | None:
        """Find what a row holds; a mapping that was written by hand may name none."""
        try:
            found = find_indicator(code, self.local_codes, self.council)
        except OpenScrutinyError:
            return None
        return found if code else None


def list_mappings(actor: Actor, workspace: Workspace) -> tuple[Mapping, ...]:
    """List the mappings that the workspace keeps."""
    check_may(actor, Permission.GIVE_FIGURES)
    return find_mappings(workspace.mappings)


def list_codes(draft: Draft) -> list[tuple[str, str]]:
    """List every indicator's code and short name, to choose from."""
    return [(one.code, one.short_name) for one in (*INDICATORS, *draft.council)]


def start_draft(actor: Actor, workspace: Workspace, name: str, data: bytes) -> str:
    """Take a file in as a draft and give its token; its mapping is kept or proposed.

    Raises OpenScrutinyError where the file cannot be read as a sheet.
    """
    check_may(actor, Permission.GIVE_FIGURES)
    if len(data) > _LARGEST:
        raise OpenScrutinyError("The file is larger than a scorecard is.")
    shown = re.sub(r"[^\w .()&+-]", "_", Path(name.replace("\\", "/")).name)[-100:]
    if not shown.lower().endswith(_SUFFIXES) or shown.startswith("."):
        raise OpenScrutinyError(
            "This is no spreadsheet.", "Give a workbook (.xlsx) or a CSV file."
        )
    forget_old(workspace)
    token = secrets.token_hex(16)
    folder = _uploads(workspace) / token
    folder.mkdir(parents=True)
    try:
        path = folder / shown
        path.write_bytes(data)
        source = open_file(path)
        mapping = find_fitting(source, find_mappings(workspace.mappings))
        if mapping is None:
            stem = re.sub(r"[^a-z0-9]+", "-", Path(shown).stem.lower()).strip("-")
            mapping = propose(
                workspace,
                source,
                name=stem[:40] or "scorecard",
                by=actor.name,
                on=_today(workspace),
                local_codes=read_local_codes(),
            )
        write_whole(folder / _MAPPING, mapping.as_json())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return token


def open_draft(actor: Actor, workspace: Workspace, token: str) -> Draft | None:
    """Try a draft as it stands; None where there is none."""
    check_may(actor, Permission.GIVE_FIGURES)
    path = _find(workspace, token)
    if path is None:
        return None
    mapping = _read_mapping(path)
    kept = any(each == mapping for each in find_mappings(workspace.mappings))
    codes, council = read_local_codes(), _read_council(workspace)
    try:
        tried = try_mapping(workspace, open_file(path), mapping, local_codes=codes)
    except OpenScrutinyError as error:
        problem = error.said
        return Draft(token, path.name, None, mapping, kept, problem, codes, council)
    return Draft(token, path.name, tried, mapping, kept, "", codes, council)


def change_draft(
    actor: Actor, workspace: Workspace, token: str, given: Map[str, str]
) -> None:
    """Change a draft's mapping by a form: row-N, sign-N, percent, given_by and name.

    Raises OpenScrutinyError where a code is none, or the mapping cannot be used.
    """
    check_may(actor, Permission.GIVE_FIGURES)
    path = _find(workspace, token)
    if path is None:
        raise OpenScrutinyError(
            "This draft is no longer there.", "Choose the file again."
        )
    old = _read_mapping(path)
    codes, council = read_local_codes(), read_council(workspace)
    rows = []
    for at, row in enumerate(old.rows):
        word = " ".join(given.get(f"row-{at}", row.indicator).split())
        code = find_indicator(word, codes, council).code if word else ""
        rows.append(replace(row, indicator=code))
    signs = {
        sign: given.get(f"sign-{at}", means)
        for at, (sign, means) in enumerate(old.signs.items())
    }
    changed = replace(
        old,
        rows=tuple(rows),
        signs=signs,
        name=given.get("name", old.name).strip().lower(),
        percent=given.get("percent", old.percent),
        given_by=" ".join(given.get("given_by", old.given_by).split())[:80],
        made_by=actor.name,
        made_on=_today(workspace).isoformat(),
    )
    if (changed.rows, changed.signs) == (old.rows, old.signs):
        same = (changed.name, changed.percent, changed.given_by)
        if same == (old.name, old.percent, old.given_by):
            return
    write_whole(path.parent / _MAPPING, parse_mapping(changed.as_json()).as_json())


def accept_draft(actor: Actor, workspace: Workspace, token: str) -> FileOutcome:
    """Load the file through the mapping as it is accepted, and keep both, or nothing.

    Raises OpenScrutinyError where the file has a fault, or another mapping fits it too.
    """
    draft = open_draft(actor, workspace, token)
    if draft is None:
        raise OpenScrutinyError(
            "This draft is no longer there.", "Choose the file again."
        )
    if draft.tried is None or draft.tried.preview.faults:
        raise OpenScrutinyError(
            "Nothing was taken: the sheet has faults.", "Mend them, or the mapping."
        )
    path = _find(workspace, token)
    assert path is not None
    kept = find_mappings(workspace.mappings)
    others = [one for one in kept if one.name != draft.mapping.name]
    if also := find_fitting(open_file(path), others):
        refused = two_fit(draft.mapping, also)
        raise OpenScrutinyError(refused.message, refused.fix)
    [outcome] = load_paths(
        workspace, [path], local_codes=read_local_codes(), scorecard=draft.mapping
    )
    if outcome.status == "refused":
        raise OpenScrutinyError(outcome.problems[0].message, outcome.problems[0].fix)
    if draft.mapping not in kept:
        save_mapping(workspace.mappings, draft.mapping)
        note_mapping(actor, draft.mapping)
    # A file's own name may name a person; the mapping's was chosen for its kind.
    leave_trace(
        actor,
        "own figures given",
        f"read by the mapping {draft.mapping.name}",
        thing=f"load {outcome.load_id or 0}",
    )
    drop_draft(actor, workspace, token)
    return outcome


def drop_draft(actor: Actor, workspace: Workspace, token: str) -> None:
    """Forget a draft and its file."""
    check_may(actor, Permission.GIVE_FIGURES)
    path = _find(workspace, token)
    if path is not None:
        shutil.rmtree(path.parent, ignore_errors=True)


def _read_council(workspace: Workspace) -> tuple[Indicator, ...]:
    """Read the council's own indicators; what is wrong with their file the trial says."""
    try:
        return read_council(workspace)
    except OpenScrutinyError:
        return ()


# ---------- Where drafts lie ----------


def _uploads(workspace: Workspace) -> Path:
    return workspace.folder / "uploads"


def _find(workspace: Workspace, token: str) -> Path | None:
    """Find a draft's file by its token; whoever guesses finds nothing."""
    if not _TOKEN.fullmatch(token):
        return None
    folder = _uploads(workspace) / token
    if not (folder / _MAPPING).is_file():
        return None
    return next((p for p in folder.iterdir() if p.name != _MAPPING), None)


def _read_mapping(path: Path) -> Mapping:
    return parse_mapping((path.parent / _MAPPING).read_text(encoding="utf-8"))


def _today(workspace: Workspace) -> date:
    return workspace.as_at or datetime.now(UTC).date()
