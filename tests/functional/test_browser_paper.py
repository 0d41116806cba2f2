"""The paper and its annex in a browser: accessible, narrow and wide, by day and night.

They are made of the stories that are told by hand, which have each kind of block.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.packs.owed import Owed
from openscrutiny.packs.page import write_annex_page, write_page
from openscrutiny.packs.paper import Paper, lay_out_paper
from web_fakes.browser import AXE, THEMES, WIDTHS, find_axe, open_site
from web_fakes.store import FakeReleases, publish_fake
from web_fakes.stories import ToldByHand

pytestmark = pytest.mark.browser

OWED = (
    Owed("promise", "A report comes back.", ("FD2",), ("Head",), date(2026, 1, 1)),
    Owed("recommendation", "Show it by age.", (), (), None),
)


def paper_for(audience: str) -> Paper:
    told = publish_fake(
        FakeReleases(), Audience(audience), Decisions(), make=ToldByHand
    )
    return lay_out_paper(told, owed=OWED)


def test_an_automatic_checker_finds_nothing_wrong_with_the_paper_or_its_annex(
    tmp_path: Path,
) -> None:
    checker = find_axe()
    writers: dict[str, Callable[[Paper], bytes]] = {
        "paper": write_page,
        "annex": write_annex_page,
    }
    with open_site() as site, site.page(bypass_csp=True) as page:
        for audience in ("officers", "public"):
            for name, write in writers.items():
                made = tmp_path / f"{audience}-{name}.html"
                made.write_bytes(write(paper_for(audience)))
                page.goto(made.as_uri())
                page.evaluate(checker)
                # Contrast hangs on the theme, overflow on the width: not all four of both.
                for width, theme in zip(WIDTHS, THEMES, strict=True):
                    page.set_viewport_size({"width": width, "height": 900})
                    page.emulate_media(color_scheme=theme)
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    assert wide <= width, (name, audience)
                    assert page.evaluate(AXE) == [], (name, audience, width, theme)
                nodes = page.evaluate("document.querySelectorAll('*').length")
                assert nodes < 15_000, name  # the checker’s time goes with them
                faces = page.evaluate("[...document.fonts].map(face => face.status)")
                assert "error" not in faces and "loaded" in faces, name
