"""Writing commentary: what was typed, checked and kept as a new version.

Nothing is overwritten. Who saves says which version they began from: where another was
saved meanwhile, nothing is, and both are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from django.db import transaction

from openscrutiny.adoption.commentary import PARTS, Exempt, Words, Written
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.commentary.models import Exemption, Version
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.typed import TypedError, read_day, tidy_words

LONGEST: Final = 1_200  # letters a part: a page of them is more than Members read
_LINE: Final = 120


class WordsError(OpenScrutinyError):
    """What was typed cannot be kept; `wrong` says why, by field."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(" ".join(wrong.values()), "")
        self.wrong = dict(wrong)


class Conflict(OpenScrutinyError):
    """Another version was saved meanwhile: `theirs`, which is not what was begun from."""

    def __init__(self, theirs: Written) -> None:
        who = theirs.by or "the command line"
        super().__init__(
            f"{who} saved version {theirs.number} while you wrote.",
            "Nothing of either is lost: both stand below. Put them together and save.",
        )
        self.theirs = theirs


@dataclass(frozen=True)
class Basis:
    """Hold what a text rests on when it is saved.

    `snapshot` is its number, and `bound` how each figure read for officers.
    """

    snapshot: int = 0
    bound: Mapping[str, str] | None = None


def read_words(typed: Mapping[str, str]) -> Words:
    """Read what was typed, each part on one line. Raises WordsError."""
    wrong: dict[str, str] = {}
    given: dict[str, Any] = {}
    for each in fields(Words):
        text = typed.get(each.name, "")
        try:
            if each.name == "by":
                day = read_day(text, slashes=True) if text.strip() else None
                given["by"] = day
            else:
                most = LONGEST if each.name in PARTS else _LINE
                given[each.name] = tidy_words(text, most)
        except TypedError as error:
            label = PARTS.get(each.name, "The day" if each.name == "by" else "Owner")
            wrong[each.name] = f"“{label}” {error.what}. {error.fix}"
    if wrong:
        raise WordsError(wrong)
    return Words(**given)


def save_words(
    actor: Actor,
    meeting: int,
    key: str,
    section: str,
    words: Words,
    *,
    began_from: int | None,
    basis: Basis | None = None,
    checked: bool = False,
) -> int:
    """Keep words as a new version; give its number, or that of the same words.

    `began_from` is the version that the writer saw (0: none), None where they replace
    whatever there is. The database must be open.

    Raises:
        Conflict: another version was saved meanwhile.
        OpenScrutinyError: nobody is named, there is no such meeting, or the section is
            submitted or signed.
    """
    check_may(actor, Permission.WRITE_COMMENTARY)
    check_named(actor)
    from openscrutiny.scrutiny.commentary.signoff import check_open

    basis = basis or Basis()
    with transaction.atomic():
        Meeting.hold(meeting)
        check_open(meeting, section)
        last = find_written(meeting, key)
        now = last.number if last else 0
        same = last is not None and (last.words, last.checked) == (words, checked)
        if last is not None and same and last.snapshot == basis.snapshot:
            return now  # a double click
        if last is not None and began_from is not None and began_from != now:
            raise Conflict(last)
        if last is None and words.is_empty:
            raise OpenScrutinyError("There are no words to keep.", "Write some.")
        Version.objects.create(
            meeting_id=meeting,
            key=key,
            section=section,
            number=now + 1,
            words=_cells(words),
            snapshot=basis.snapshot,
            bound=dict(basis.bound or {}),
            checked=checked,
            actor=actor.name,
        )
        leave_trace(
            actor,
            "commentary saved",
            section,
            thing=f"commentary {key}, meeting {meeting}",
            version=now + 1,
        )
    return now + 1


def check_named(actor: Actor) -> None:
    """Refuse what nobody is named for. Raises OpenScrutinyError."""
    if not actor.name.strip():
        raise OpenScrutinyError(
            "Nobody is named who does this.", "Name a person with --by NAME."
        )


def find_written(meeting: int, key: str, number: int | None = None) -> Written | None:
    """Find the latest words about a key, or one version of them; None where none are."""
    found = Version.objects.filter(meeting_id=meeting, key=key).order_by("-number")
    if number is not None:
        found = found.filter(number=number)
    row = found.first()
    return None if row is None else _read(row, _exempt(meeting).get(key, ()))


def list_written(meeting: int) -> list[Written]:
    """List the latest words of a meeting: sections in their order, then indicators."""
    latest = {
        row.key: row
        for row in Version.objects.filter(meeting_id=meeting).order_by("number")
    }
    exempt = _exempt(meeting)
    return [_read(latest[key], exempt.get(key, ())) for key in sorted(latest)]


def list_versions(meeting: int, key: str) -> list[Written]:
    """List every version of the words about a key, the newest first."""
    rows = Version.objects.filter(meeting_id=meeting, key=key).order_by("-number")
    return [_read(row, ()) for row in rows]


def _exempt(meeting: int) -> dict[str, tuple[Exempt, ...]]:
    """Read what stands in Part B, by key: of each part the latest decision counts."""
    rows = Exemption.objects.filter(meeting_id=meeting).order_by("id")
    latest = {(row.key, row.part): row for row in rows}
    kept: dict[str, tuple[Exempt, ...]] = {}
    for (key, part), row in latest.items():
        if row.is_kept:
            one = Exempt(part, row.paragraph, row.reason, row.actor)
            kept[key] = (*kept.get(key, ()), one)
    return kept


def _read(row: Any, exempt: tuple[Exempt, ...]) -> Written:
    return Written(
        key=row.key,
        section=row.section,
        words=_words(row.words),
        number=row.number,
        by=row.actor,
        at=row.at,
        snapshot=row.snapshot,
        bound=row.bound,
        checked=row.checked,
        exempt=exempt,
    )


def _cells(words: Words) -> dict[str, str]:
    cells = {name: text for name, text in vars(words).items() if name != "by" and text}
    return {**cells, **({"by": words.by.isoformat()} if words.by else {})}


def _words(cells: Mapping[str, str]) -> Words:
    by = cells.get("by")
    named = {each.name: cells.get(each.name, "") for each in fields(Words)}
    return Words(**{**named, "by": date.fromisoformat(by) if by else None})  # type: ignore[arg-type]
