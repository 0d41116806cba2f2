"""One screen that answers: what fits where, measured in a browser on the small borough."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web_fakes.browser import Site, follow, open_site
from web_fakes.site import make_site

pytestmark = pytest.mark.browser

ROWS = 39  # that the overview has room for; what is measured is of these
SCREEN = 800
MOST = {1280: 2200, 390: 5500}
OF_A_ROW = {1280: 32, 390: 72}

_MEASURE = """() => {
  const of = (css) => [...document.querySelectorAll(css)].map(e => {
    const r = e.getBoundingClientRect();
    return [Math.round(r.top), Math.round(r.bottom)];
  });
  return {
    height: document.documentElement.scrollHeight,
    width: document.documentElement.scrollWidth,
    said: of(".seven .it"),
    rows: of(".ix > tbody > tr:not(.g)"),
    words: [...document.querySelectorAll(".brief-say")].map(e =>
      [...e.querySelectorAll(":scope > :not(.fig-too)")].map(p => p.innerText).join(" ")),
  };
}"""


@pytest.fixture(scope="module")
def site(borough: Path) -> Iterator[Site]:
    from openscrutiny.web.application import make_application

    with open_site(make_application(borough)) as opened:
        yield opened
    make_site()


@pytest.fixture(scope="module")
def measured(site: Site) -> dict[tuple[str, int], dict[str, Any]]:
    """Measure the overview once for each role and width."""
    found = {}
    for role in ("member", "director"):
        with site.page(role) as page:
            page.goto(site.address + "/")
            for width in (1280, 390, 320):
                page.set_viewport_size({"width": width, "height": SCREEN})
                found[role, width] = page.evaluate(_MEASURE)
    return found


@pytest.mark.parametrize("role", ["member", "director"])
def test_each_question_and_celebration_is_seen_without_scrolling(
    measured: dict[tuple[str, int], dict[str, Any]], role: str
) -> None:
    said = measured[role, 1280]["said"]

    assert 2 <= len(said) <= 7
    # Where fewer speak, the others would stand below by as much.
    tallest = max(bottom - top for top, bottom in said)
    assert said[-1][1] + (7 - len(said)) * tallest <= SCREEN


@pytest.mark.parametrize("role", ["member", "director"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_overview_is_as_short_as_was_promised(
    measured: dict[tuple[str, int], dict[str, Any]], role: str, width: int
) -> None:
    page = measured[role, width]
    tall = [bottom - top for top, bottom in page["rows"]]
    missing = ROWS - len(tall)

    assert len(tall) >= 25
    assert page["height"] + max(missing, 0) * OF_A_ROW[width] <= MOST[width]
    if width == 1280:
        assert all(32 <= each <= 40 for each in tall)
    else:
        assert max(tall) <= 90


@pytest.mark.parametrize("role", ["member", "director"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_overview_never_scrolls_sideways(
    measured: dict[tuple[str, int], dict[str, Any]], role: str, width: int
) -> None:
    assert measured[role, width]["width"] <= width


def test_no_sentence_on_the_overview_is_over_twenty_words(
    measured: dict[tuple[str, int], dict[str, Any]],
) -> None:
    for page in measured.values():
        for words in page["words"]:
            # The code behind a sentence is its link, with the name for a screen reader.
            text = re.sub(r"\s+[A-Z]{2}\d+[a-z]?\s*(:.*)?$", "", words, flags=re.S)
            assert len(text.split()) <= 20, text


@pytest.mark.parametrize(("width", "most"), [(1280, 3400), (390, 5200)])
def test_all_authorities_are_short_until_everybody_is_asked_for(
    site: Site, width: int, most: int
) -> None:
    with site.page("member", width=width, java_script_enabled=False) as page:
        page.goto(site.address + "/indicators/WF1/compare/")
        assert page.locator("#ours").count() == 1
        short = page.locator(".t-auth tbody tr").count()
        follow(page.get_by_role("link", name=re.compile(r"^All \d+$")))
        assert page.locator(".t-auth tbody tr").count() > 2 * short
        follow(page.get_by_role("link", name="Go to ours"))
        assert page.url.endswith("#ours")
        follow(page.get_by_role("link", name=re.compile("^Only ours")))
        assert page.locator(".t-auth tbody tr").count() == short
    with site.page("member", width=width) as page:
        page.goto(site.address + "/indicators/WF1/compare/")
        assert page.evaluate("document.documentElement.scrollHeight") <= most


@pytest.mark.parametrize(("width", "most"), [(1280, 1500), (390, 2500)])
@pytest.mark.parametrize("address", ["/profile/", "/indicators/", "/authorities/"])
def test_long_lists_are_themes_until_they_are_asked_for(
    site: Site, address: str, width: int, most: int
) -> None:
    rows = "table.t tbody tr, .links-list li"
    with site.page("member", width=width, java_script_enabled=False) as page:
        page.goto(site.address + address)
        there = page.locator(rows).count()
        assert there > 20 and page.locator(rows).first.is_hidden()
        follow(page.get_by_role("link", name="Open every theme"))
        assert page.locator(rows).count() == there
        assert page.locator(rows).first.is_visible()
        follow(page.get_by_role("link", name="Only the themes"))
        assert page.locator(rows).first.is_hidden()
        page.emulate_media(media="print")
        assert page.locator(rows).first.is_visible()
    with site.page("member", width=width) as page:
        page.goto(site.address + address)
        assert page.evaluate("document.documentElement.scrollHeight") <= most


@pytest.mark.parametrize(
    ("role", "width", "link", "answer"),
    [
        ("member", 1280, "What we do not see", "Children educated at home"),
        ("member", 390, "How good these data are", "How many have a figure"),
        ("chair", 390, "What we do not see", "Children missing education"),
        ("analyst", 1280, "returns? missing or ended", "Which days each return"),
        ("clerk", 1280, "proposals? from minutes to decide", "Minutes"),
        ("director", 1280, "targets? missed", "reds first"),
        ("director", 390, "targets? missed", "reds first"),
    ],
)
def test_each_role_opens_on_what_it_came_for(
    site: Site, role: str, width: int, link: str, answer: str
) -> None:
    """From the first screen of the overview to an answer on the first screen behind it."""
    with site.page(role, width=width, java_script_enabled=False) as page:
        page.set_viewport_size({"width": width, "height": SCREEN})
        page.goto(site.address + "/")
        found = page.locator(".opening a", has_text=re.compile(link))
        assert found.bounding_box()["y"] < SCREEN
        follow(found)
        told = page.get_by_text(answer).first
        box = told.bounding_box()
        assert box is not None and 0 <= box["y"] < SCREEN


def test_the_overview_prints_on_a_few_sheets_without_what_is_for_screens(
    site: Site,
) -> None:
    with site.page("member", theme="dark") as page:
        page.goto(site.address + "/")
        page.emulate_media(media="print")
        for css in (".nav", ".find", ".me", ".opening", ".ord"):
            assert not page.is_visible(css), css
        assert page.is_visible(".seven") and page.is_visible(".ix")
        sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert 1 <= sheets <= 3
