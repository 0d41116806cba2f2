"""What the committee's database holds for a paper: what is owed, and what is signed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.packs.asked import Said
from openscrutiny.packs.owed import Owed, say_due
from openscrutiny.plain import from_plain
from openscrutiny.publication.commentary import Told, tell
from openscrutiny.publication.promised import judge_trail
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.commentary.service import read_signed
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.trail.listing import list_trail


def list_owed(audience: Audience, publication: Publication | None) -> tuple[Owed, ...]:
    """List what is owed to the committee, what is due first, for one audience.

    A promise that this publication's own figures show to be kept is owed no longer, as on
    the pages; without a publication none can be judged. Nothing of a restricted item
    stands in any paper. The public reads what stands in minutes, as it stands there, and
    whom it names as owners. The database must be open.
    """
    is_public = audience is Audience.PUBLIC
    return tuple(
        Owed(
            kind=row["kind"],
            said=row["quotation"] if is_public else row["wording"],
            codes=tuple(row["indicators"]),
            owners=tuple(row["minuted_owners"] if is_public else row["owners"]),
            # A recommendation that the executive answered has no day any more.
            due=None if _is_answered(row) else row["due_day"],
            judged=row["judged_why"],
        )
        for row in _readable(audience, publication)
        if row["owed"]
    )


def _is_answered(row: Mapping[str, Any]) -> bool:
    return row["kind"] == "recommendation" and row["state"] != "made"


def tell_owed(rows: Iterable[Mapping[str, Any]], day: date) -> list[dict[str, str]]:
    """Say what was owed, as it was frozen, and how late it is on a day."""
    owed = (from_plain(Owed, dict(row)) for row in rows)
    return [
        {
            "kind": one.kind,
            "said": one.said,
            "when": say_due(one, day),
            "whose": one.whose,
            "judged": one.judged,
        }
        for one in owed
    ]


def list_said(audience: Audience, publication: Publication | None) -> tuple[Said, ...]:
    """List the whole trail for one audience: the newest first, promises judged for it.

    The public reads what stands in minutes, as it stands there. The database must be
    open.
    """
    is_public = audience is Audience.PUBLIC
    rows = sorted(_readable(audience, publication), key=lambda row: -int(row["number"]))
    said = {row["number"]: row["quotation" if is_public else "wording"] for row in rows}
    days = {row["number"]: _write_day(row["meeting_day"]) for row in rows}
    return tuple(
        Said(
            kind=row["kind"],
            state=row["state"],
            owed=row["owed"],
            meeting=row["meeting"],
            said=said[row["number"]],
            who="" if is_public else row["who"],
            owners=tuple(row["minuted_owners"] if is_public else row["owners"]),
            due=row["due"],
            codes=tuple(row["indicators"]),
            sections=tuple(row["sections"]),
            judged=row["judged_why"],
            answer=" ".join(
                said[each["number"]]
                for each in reversed(rows)
                if each["answers"] == row["number"]
            ),
            is_answer=row["answers"] in said,
            question_day=days.get(row["answers"], ""),
            feeling=row["feeling"],
            day=days[row["number"]],
            meeting_number=row["meeting_number"],
            verdict=row["judged"],
        )
        for row in rows
    )


def _write_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def read_told(
    publication: Publication, meeting: int
) -> tuple[Publication, tuple[Told, ...]]:
    """Read what is signed for a meeting, as the audience of a publication reads it.

    Also gives the publication without the indicators that stand in Part B as a whole.
    The database must be open.
    """
    everything = publication.audience is Audience.OFFICERS
    signed = read_signed(meeting, sees_part_b=everything)
    shown = publication.without(k.key for k in signed.kept if not k.part)
    return shown, tuple(tell(one, shown, signed.kept) for one in signed.written)


def _readable(
    audience: Audience, publication: Publication | None
) -> list[dict[str, Any]]:
    """List what may stand in a paper of an audience, promises judged for it."""
    trail = list_trail(Actor("paper", Role.MEMBER))
    return [
        row
        for row in judge_trail(trail, lambda: publication)
        if row["file"] or audience is not Audience.PUBLIC
    ]
