"""The paper's HTML in a browser: accessible, narrow and wide, by day and by night."""

from pathlib import Path

import pytest

from openscrutiny.demo.making import make_demo
from support.publications import write_paper
from web_fakes.browser import AXE, THEMES, WIDTHS, find_axe, open_site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("audience", ["public", "officers"])
def test_an_automatic_checker_finds_nothing_wrong_with_the_paper(
    audience: str, tmp_path: Path
) -> None:
    checker = find_axe()
    workspace = make_demo(tmp_path / "demo", children=600, seed=2)
    [paper] = write_paper(
        workspace, audience=audience, formats=["html"], folder=tmp_path / "paper"
    )
    with open_site() as site, site.page(bypass_csp=True) as page:
        page.goto(paper.as_uri())
        page.evaluate(checker)
        # Contrast hangs on the theme and overflow on the width: not all four of both.
        for width, theme in zip(WIDTHS, THEMES, strict=True):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(AXE) == [], (width, theme)
