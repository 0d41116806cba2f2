"""The tracker of the trail: which entries an address asks for, and how late each is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from openscrutiny.indicators.definition import Section
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.minutes.model import Feeling, Kind
from openscrutiny.scrutiny.trail.states import KINDS

Row = Mapping[str, Any]
Choices = list[tuple[str, str]]

FILTERS: Final = (
    "kind",
    "state",
    "meeting",
    "owner",
    "section",
    "indicator",
    "feeling",
)
_LATE, _OWED = "late", "owed"
_UNSAID: Final = "none"
_SECTION_OF: Final = {one.code: one.section.value for one in INDICATORS}


def choose(
    rows: Sequence[Row], asked: Mapping[str, str], today: date
) -> list[dict[str, Any]]:
    """Give the rows that pass every filter that is set, in their order."""
    return [
        dict(row)
        for row in rows
        if (not asked["kind"] or row["kind"] == asked["kind"])
        and (not asked["state"] or asked["state"] in _states_of(row, today))
        and (not asked["meeting"] or str(row["meeting_number"]) == asked["meeting"])
        and (not asked["owner"] or asked["owner"] in row["owners"])
        and (not asked["section"] or asked["section"] in _sections_of(row))
        and (not asked["feeling"] or asked["feeling"] == _feeling_of(row))
        and (
            not asked["indicator"]
            or asked["indicator"].upper() in (key.upper() for key in row["indicators"])
        )
    ]


def list_choices(rows: Sequence[Row]) -> dict[str, Choices]:
    """List what each filter offers: what stands in the trail, and nothing else."""
    states = {row["state"] for row in rows} | {row["judged"] for row in rows}
    meetings = {str(r["meeting_number"]): r["meeting"] for r in rows if r["meeting"]}
    owners = sorted({owner for row in rows for owner in row["owners"]})
    themes = {theme for row in rows for theme in row["sections"]}
    sections = [*Section, *sorted(themes - set(Section))]
    return {
        "kind": [("", "Everything"), *((k.value, k.capitalize()) for k in KINDS)],
        "state": [
            ("", "Any state"),
            (_LATE, "Late"),
            (_OWED, "Owed"),
            *((state, state.capitalize()) for state in sorted(states - {""})),
        ],
        "meeting": [("", "Every meeting"), *sorted(meetings.items())],
        "owner": [("", "Everybody"), *((owner, owner) for owner in owners)],
        "section": [("", "All"), *((str(name), str(name)) for name in sections)],
        "feeling": [
            ("", "Everything"),
            *((f.value, f.capitalize()) for f in Feeling if f),
            (_UNSAID, "Conclusions that say none"),
        ],
    }


def say_late(row: Row, today: date) -> str:
    """Say by how many days something owed is late; "" where it is not.

    By the day of a recommendation the executive answers; once it has, nothing is late.
    """
    due = row["due_day"]
    is_answered = row.get("kind") == "recommendation" and row.get("state") != "made"
    if not row["owed"] or due is None or due >= today or is_answered:
        return ""
    days = (today - due).days
    return "1 day late" if days == 1 else f"{days:,} days late"


def _states_of(row: Row, today: date) -> set[str]:
    states = {row["state"], row["judged"]}
    if row["owed"]:
        states.add(_OWED)
    if say_late(row, today):
        states.add(_LATE)
    return states


def _feeling_of(row: Row) -> str:
    """Name a conclusion's feeling, or that it says none; "" of everything else."""
    return (row["feeling"] or _UNSAID) if row["kind"] == Kind.CONCLUSION else ""


def _sections_of(row: Row) -> set[str]:
    """Name the sections that an entry is about, by itself or by an indicator."""
    of_figures = {_SECTION_OF.get(code, "") for code in row["indicators"]}
    return of_figures | set(row["sections"])
