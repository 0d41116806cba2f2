"""Targets: what the council adopted for each indicator, in versions, page and file."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from openscrutiny.adoption.file import (
    AdoptionError,
    parse_adoption,
    parse_adoptions,
    read_adoption_text,
    write_adoption,
)
from openscrutiny.adoption.local_codes import (
    LocalCodeError,
    check_local_codes,
    find_code,
    list_local_codes,
)
from openscrutiny.adoption.targets import Adoption
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.models import AdoptionFile, AdoptionVersion
from openscrutiny.scrutiny.permissions import (
    COMMAND_LINE,
    Actor,
    Permission,
    check_may,
)
from openscrutiny.workspace import Workspace


def save_adoption(actor: Actor, adoption: Adoption) -> None:
    """Keep a new version of what was adopted for one indicator, made on the page."""
    check_may(actor, Permission.DECIDE)
    _save(actor, [adoption], AdoptionVersion.PAGE)


def _save(actor: Actor, adoptions: Iterable[Adoption], source: str) -> None:
    with transaction.atomic():
        for adoption in adoptions:
            code = adoption.code
            AdoptionVersion.objects.create(
                code=code,
                cells=write_adoption(adoption),
                source=source,
                actor=actor.name,
            )
            version = AdoptionVersion.objects.filter(code=code).count()
            about = f"{code}, from {source}"
            thing = f"target {code}"
            leave_trace(actor, "target saved", about, thing=thing, version=version)


def list_versions(code: str) -> list[dict[str, Any]]:
    """List an indicator's versions, newest first: number, adoption, source, actor, at.

    One that cannot be used any more, by a rule made since, is left out.
    """
    return [
        {
            "number": version.pk,
            "adoption": adoption,
            "source": version.source,
            "actor": version.actor,
            "at": version.at,
        }
        for version in AdoptionVersion.objects.filter(code=code).order_by("-id")
        for adoption in read_adoptions_kept([version])[0].values()
    ]


def import_adoptions(
    actor: Actor, workspace: Workspace, path: Path | None = None
) -> int:
    """Take in a file that a person named; give how many targets changed by it.

    Every line of it counts from now on, whatever the page or adoption.csv said before;
    an indicator without a line stays as it is. Without `path` it is the workspace's
    adoption.csv. A file that cannot be read changes nothing and raises AdoptionError.
    """
    check_may(actor, Permission.DECIDE)
    file = path or workspace.adoption
    text = read_adoption_text(file)
    is_ours = _is_same(file, workspace.adoption)
    with transaction.atomic():
        held = _held()
        adoptions = parse_adoptions(text, list_local_codes(held.values()))
        new = [a for a in adoptions if held.get(a.code) != a]
        _check_codes(held, new)
        source = AdoptionVersion.FILE if is_ours else AdoptionVersion.IMPORT
        _save(actor, new, source)
        if is_ours:
            _note_file(text)
    return len(new)


def take_in_file(workspace: Workspace) -> None:
    """Take in adoption.csv where its text is new, without anybody asking for it.

    A line that says what this file last said of its indicator changes nothing, so it
    does not undo what was decided since; a line that is gone changes nothing either. A
    file that cannot be read changes nothing, and the problem is kept for the page.
    """
    text = ""
    with transaction.atomic():
        last = AdoptionFile.objects.order_by("-id").first()
        try:
            text = read_adoption_text(workspace.adoption)
            if last is not None and last.digest == _digest(text):
                return
            held, said = _held(), _last_said()
            adoptions = parse_adoptions(text, list_local_codes(held.values()))
            new = [a for a in adoptions if said.get(a.code) != a]
            _check_codes(held, new)
        except AdoptionError as error:
            _note_file(text, problem=f"{error} {error.fix}"[:500])
            return
        # Whoever can write the file stands at the command line.
        _save(COMMAND_LINE, new, AdoptionVersion.FILE)
        _note_file(text)


def _last_said() -> dict[str, Adoption]:
    """Give what adoption.csv last said of each indicator."""
    from_file = AdoptionVersion.objects.filter(source=AdoptionVersion.FILE)
    return read_adoptions_kept(from_file.order_by("id"))[0]


def _held() -> dict[str, Adoption]:
    return read_adoptions_kept(list_latest())[0]


def list_latest() -> Any:
    """List the latest version of each indicator's, in the order of their making."""
    latest = AdoptionVersion.objects.values("code").annotate(last=Max("pk"))
    return AdoptionVersion.objects.filter(pk__in=latest.values("last")).order_by("id")


def check_adoption(adoption: Adoption) -> None:
    """Refuse a council's own code that is taken already. Raises AdoptionError."""
    _check_codes(_held(), [adoption])


def _check_codes(held: dict[str, Adoption], new: list[Adoption]) -> None:
    try:
        check_local_codes({**held, **{a.code: a for a in new}}.values())
    except LocalCodeError as error:
        raise AdoptionError(
            error.message, error.fix, line=0, field="local_code"
        ) from None


def read_local_codes() -> dict[str, str]:
    """Read the council's own codes as they are today. The database must be open."""
    return list_local_codes(_held().values())


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _note_file(text: str, *, problem: str = "") -> None:
    """Keep what adoption.csv said when it was last looked at, or why it said nothing."""
    last = AdoptionFile.objects.order_by("-id").first()
    facts = (_digest(text), problem)
    if last is None or (last.digest, last.problem) != facts:
        AdoptionFile.objects.create(digest=facts[0], problem=problem)


def file_problem() -> str:
    """Say what is wrong with adoption.csv as it stands; "" where nothing is."""
    last = AdoptionFile.objects.order_by("-id").first()
    return "" if last is None else last.problem


def read_adoptions_kept(versions: Any) -> tuple[dict[str, Adoption], list[str]]:
    """Read the last of these versions of each indicator, and say which cannot be used.

    What was kept before a rule was made may not keep to it. The one before it is not
    taken instead: nobody decided that it counts again.
    """
    adoptions: dict[str, Adoption] = {}
    problems: dict[str, str] = {}
    for version in versions:
        adoptions.pop(version.code, None)
        problems.pop(version.code, None)
        try:
            code = find_code(version.code, {})
            adoptions[code] = replace(parse_adoption(version.cells), code=code)
        except (AdoptionError, KeyError, TypeError, AttributeError) as error:
            why = error.what if isinstance(error, AdoptionError) else "It is damaged."
            problems[version.code] = (
                f"The target kept for {version.code} counts for nothing: {why} "
                "Save it again."
            )
        except OpenScrutinyError:
            problems[version.code] = (
                f"A target is kept for “{version.code}”, which is no indicator: it "
                "counts for nothing."
            )
    return adoptions, list(problems.values())
