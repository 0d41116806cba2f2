"""What the pages of a publication say of it: its papers, its facts, what stands of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.periods import format_date
from openscrutiny.publication.commentary import Told
from openscrutiny.publication.frozen import Frozen
from openscrutiny.publication.manifest import Manifest
from openscrutiny.scrutiny.publishing.listing import Published
from openscrutiny.scrutiny.publishing.publishing import PAPERS
from openscrutiny.web.presenters.owed import WasOwed, lay_out_owed

READERS: Final = {
    Audience.PUBLIC: "Everybody",
    Audience.MEMBERS: "Members and officers",
    Audience.OFFICERS: "Officers",
}
_FORMATS: Final = {
    "pdf": "PDF",
    "html": "a page that needs nothing else",
    "xlsx": "Excel workbook",
    "ods": "OpenDocument workbook",
    "csv": "every figure as CSV",
    "pptx": "slides",
    "docx": "Word document",
}
_PARTS: Final = {"-annex.": "The annex", "-cover.": "The cover sheet"}
_ORDER: Final = tuple(_FORMATS)


@dataclass(frozen=True)
class PaperLink:
    """Hold one paper to download: its file, what it is, and how large."""

    name: str
    words: str
    size: str


def list_papers(manifest: Manifest) -> list[PaperLink]:
    """List the papers, the short ones before what stands behind them."""
    found = []
    for path, file in manifest.files.items():
        place, _, name = path.rpartition("/")
        if place == PAPERS:
            kind = name.rpartition(".")[2]
            what = next((w for sign, w in _PARTS.items() if sign in name), "The paper")
            words = f"{what}: {_FORMATS.get(kind, kind)}"
            rank = (what != "The paper", _ORDER.index(kind) if kind in _ORDER else 99)
            found.append((rank, PaperLink(name, words, _say_size(file.size))))
    return [link for _, link in sorted(found, key=lambda each: each[0])]


def _say_size(size: int) -> str:
    """Write a size as people do.

    >>> _say_size(2_570_723), _say_size(940)
    ('2.6 MB', '1 KB')
    """
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{max(1, round(size / 1000)):,} KB"


def addresses_of(number: int) -> Callable[..., str]:
    """Give the addresses within a publication by the names of live pages.

    Only what a publication has: a link to anything live is a mistake of ours.
    """

    def to(name: str, key: str) -> str:
        assert name == "indicator", name
        return reverse("publication-indicator", args=(number, key))

    return to


def say_standing(one: Published, frozen: Frozen) -> tuple[str, ...]:
    """Say what a reader must know first: unsigned, restated, told by another release."""
    issue = frozen.publication.issue
    return tuple(
        line
        for line in (
            "" if one.signed_off_by or issue is None else issue.say_signed(),
            "Contains small numbers: not for publication."
            if frozen.publication.sees_everything
            else "",
            issue.say_restated() if issue else "",
            "The program has changed since. This page tells the published figures in "
            "today’s words; the papers are as they were published."
            if frozen.is_retold
            else "",
        )
        if line
    )


def facts_of(one: Published, frozen: Frozen) -> list[tuple[str, str]]:
    """List what it is of, and how anybody can check it."""
    told = frozen.publication
    policy = told.release.policy
    return [
        ("Publication", f"{one.number}, version {one.version}"),
        ("Meeting", f"{one.title}, {format_date(one.day)}"),
        ("Read by", READERS[one.audience]),
        ("Published", one.say_when()),
        ("Signed off by", one.signed_off_by or "Nobody"),
        ("Figures", f"Snapshot {told.number}, as at {format_date(told.as_at)}"),
        ("Neighbours", told.model.title if told.model else "None loaded"),
        (
            "Disclosure",
            "All counts are shown"
            if told.sees_everything
            else f"Rules {told.release.rules}; the smallest count shown is "
            f"{policy.smallest_shown}",
        ),
        ("Program", one.program),
        ("Manifest", f"SHA-256 {one.digest}"),
    ]


def trail_of(frozen: Frozen, code: str) -> list[Mapping[str, Any]]:
    """List what the trail said of one indicator when it was published."""
    return [row for row in frozen.beside.trail if code in row["codes"]]


def was_owed_of(frozen: Frozen) -> tuple[tuple[WasOwed, ...], int]:
    """Lay out what was owed when this was published, and what came of it.

    Publications of before keep no verdict: of them a promise is told while it is owed.
    """
    rows = [
        {**row, "judged": row.get("verdict", ""), "number": 0}
        for row in asked_of(frozen.beside.trail)
    ]
    return lay_out_owed(rows, frozen.publication.today)


def words_of_sections(frozen: Frozen) -> list[Told]:
    """List what the service says of whole sections, in their order."""
    by_key = {one.key: one for one in frozen.beside.words or ()}
    sections = (section.name for section in frozen.publication.sections)
    return [by_key[name] for name in sections if name in by_key]


def asked_of(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give such rows as the page of an indicator takes them."""
    return [
        {
            **row,
            "wording": row["said"],
            "judged_why": row["judged"],
            "due_day": date.fromisoformat(row["due"]) if row["due"] else None,
        }
        for row in rows
    ]
