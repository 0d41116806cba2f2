"""The cover sheet of the paper as a Word document, by the paper's own words."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.documents import Draft, Part, write_html
from openscrutiny.packs.asked import Said
from openscrutiny.packs.cover import lay_out_cover, write_cover
from openscrutiny.packs.owed import Owed
from openscrutiny.packs.paper import Paper, lay_out_paper
from web_fakes.store import FakeReleases, publish_fake
from web_fakes.stories import ToldByHand

DAY = date(2026, 9, 30)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def paper() -> Paper:
    told = publish_fake(FakeReleases(), Audience.PUBLIC, Decisions(), make=ToldByHand)
    owed = Owed(
        "promise", "A <note>.", ("FD2",), ("Head",), date(2026, 9, 1), "Not kept: 9%."
    )
    kept = Said("promise", "given", False, "", "B", codes=("CP5",), judged="Kept: 1%.")
    return replace(lay_out_paper(told, owed=[owed], words=(), trail=[kept]), today=DAY)


def test_it_says_what_is_asked_owed_red_and_left_out(paper: Paper) -> None:
    parts = {part.heading: part.paragraphs for part in lay_out_cover(paper).parts}
    reds = [story for story in paper.stories if story.rag.tone == "red"]

    assert parts["The committee is asked"][0].startswith("to put the ")
    assert parts["Owed to the committee"] == (
        "29 days late. Promise: “A <note>.” (FD2, Head). Not kept: 9%.",
    )
    assert parts["Promises kept"] == ("1 promise was kept, as the figures show: CP5.",)
    told = parts["What misses its target, why and until when"]
    assert reds and len(told) == len(reds)
    assert all("Why: The service has signed no reason." in line for line in told)
    assert any("hidden [c]" in line for line in parts["What is not shown, and why"])


def test_its_headings_are_headings_and_its_title_and_language_are_stated(
    paper: Paper,
) -> None:
    archive = zipfile.ZipFile(io.BytesIO(write_cover(paper)))
    root = etree.fromstring(archive.read("word/document.xml"))
    styled = [
        ("".join(p.itertext()), s.get(f"{_W}val"))
        for p in root.iter(f"{_W}p")
        for s in p.iter(f"{_W}pStyle")
    ]
    headings = [part.heading for part in lay_out_cover(paper).parts]

    assert styled[0][1] == "Heading1" and styled[0][0].startswith("Early help")
    assert styled[1:] == [(heading, "Heading2") for heading in headings]
    core = archive.read("docProps/core.xml").decode()
    assert "<dc:language>en-GB" in core and paper.council in core
    assert write_cover(paper) == write_cover(paper)


def test_only_a_sheet_marks_its_headings_in_a_page() -> None:
    draft = Draft("T", "", (Part("Heading", ("Words",)),))

    assert "<p>Heading</p>" in write_html(draft)
    assert "<h3>Heading</h3>" in write_html(replace(draft, has_headings=True))
