"""The cover sheet of the paper, for the council's own report system: as a Word document.

A report goes to a meeting under a sheet of fixed headings. This is the paper's front in
such headings, to be taken over and completed; it adds nothing to the paper.
"""

from typing import Final

from openscrutiny.documents import Draft, Part, write_docx
from openscrutiny.packs.owed import OwedLine
from openscrutiny.packs.paper import Paper
from openscrutiny.packs.short import Half, Short, lay_out_short

_WHY: Final = ("Why", "What next")


def write_cover(paper: Paper) -> bytes:
    """Write the cover sheet; the same paper gives the same bytes."""
    return write_docx(lay_out_cover(paper))


def lay_out_cover(paper: Paper) -> Draft:
    """Lay out the cover sheet of a paper."""
    short = lay_out_short(paper)
    note = " ".join((f"{paper.version}. {short.foot}", *paper.notices))
    parts = (
        Part("The committee is asked", short.asked, numbered=True),
        Part("Owed to the committee", tuple(map(_say_owed, short.owed))),
        Part("Promises kept", (short.kept_says,) if short.kept_says else ()),
        Part("Worth a question", tuple(line.text for line in short.questions)),
        Part("To celebrate", tuple(line.text for line in short.celebrations)),
        Part("What misses its target, why and until when", _reds(short)),
        Part("What is not shown, and why", _left_out(short)),
        Part("About this paper", tuple(f"{k}: {v}." for k, v in paper.facts)),
        Part("Behind this sheet", (short.annex_says,)),
    )
    return Draft(
        title=f"{short.title}: {paper.council}",
        note=f"{short.meeting}. {note}",
        parts=tuple(part for part in parts if part.paragraphs),
        heading="Cover sheet",
        has_headings=True,
    )


def _say_owed(line: OwedLine) -> str:
    about = ", ".join(filter(None, (line.codes, line.whose)))
    return f"{line.when}. {line.kind}: “{line.said}” ({about}). {line.judged}".rstrip()


def _reds(short: Short) -> tuple[str, ...]:
    """Say of each red why and until when, in the service's signed words."""
    return tuple(_say_red(h) for h in short.halves if h.story.rag.tone == "red")


def _say_red(half: Half) -> str:
    told = [f"{label}: {text}" for label, text in half.facts if label in _WHY]
    return " ".join((f"{half.story.code}.", half.text, *told))


def _left_out(short: Short) -> tuple[str, ...]:
    without = (f"{e.name}: {e.without}" for e in short.glance if e.without)
    return (*without, *short.missing)
