"""Every page in a browser: accessible, narrow and wide, by day and by night."""

from collections.abc import Iterator
from typing import Any

import pytest

from adversarial.test_role_matrix import MATRIX
from web_fakes.browser import (
    THEMES,
    Site,
    check_accessibility,
    find_axe,
    open_site,
)
from web_fakes.commentary import meeting_ahead
from web_fakes.site import make_site

pytestmark = pytest.mark.browser

KEY = "re-referrals-within-12-months"
# Name, address, and as whom.
PAGES = (
    ("overview", "/", "analyst"),
    ("overview for Members", "/", "member"),
    ("list", "/indicators/", "analyst"),
    ("indicator", f"/indicators/{KEY}/", "analyst"),
    ("indicator for Members", f"/indicators/{KEY}/", "member"),
    ("hidden", "/indicators/unaccompanied-children-missing/", "member"),
    ("not expected", "/indicators/permanent-exclusions-in-month/", "analyst"),
    ("ended", "/indicators/pupil-referral-units-good/", "analyst"),
    ("first year", "/indicators/annual-review-decision-in-4-weeks/", "analyst"),
    ("not shown", "/not-shown/", "member"),
    ("search", "/search/?q=LAC", "member"),
    ("all authorities", "/authorities/", "member"),
    ("compare", f"/indicators/{KEY}/compare/", "member"),
    ("profile", "/profile/", "member"),
    ("published topics", "/profile/published/", "member"),
    ("published topic", "/profile/published/?topic=Child+Protection", "member"),
    ("published search", "/profile/published/?q=plan", "analyst"),
    ("published measure", "/published/ReReferral/", "member"),
    ("published sum", "/published/Spend/", "analyst"),
    ("published without ours", "/published/Missing/", "analyst"),
    ("targets", "/targets/", "analyst"),
    ("sign-off", "/sign-off/", "director"),
    ("words", f"/sign-off/words/{KEY}/", "manager"),
    ("rows", f"/indicators/{KEY}/rows/", "analyst"),
    ("data", "/data/", "analyst"),
    ("data for Members", "/data/", "member"),
    ("load", "/data/loads/3/", "analyst"),
    ("password", "/account/password/", "analyst"),
    ("second factor", "/account/second-factor/", "analyst"),
    ("refused", "/data/loads/3/", "member"),
    ("not found", "/nowhere/", "analyst"),
    ("sign in", "/sign-in/", ""),
    ("accessibility", "/accessibility/", ""),
)
# Every other route that shows a page, as the first who may open it; what a program
# reads has no page.
_NO_PAGE = (".csv", ".json", ".xlsx", ".css", "/healthz")
_NAMED = {address.partition("?")[0] for _, address, _ in PAGES}
OTHERS = tuple(
    (name, address, next(role for role in roles if role))
    for name, (address, roles) in MATRIX.items()
    for path in (address.partition("?")[0],)
    if any(roles) and path not in _NAMED and not path.endswith(_NO_PAGE)
)
_EACH_PAGE = pytest.mark.parametrize(
    ("address", "role"),
    [page[1:] for page in (*PAGES, *OTHERS)],
    ids=[page[0] for page in (*PAGES, *OTHERS)],
)

_TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter(e => !e.closest("p, li:not([class]), .say-l, td, th, h2, .skip"))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, r]) => r.width > 0 && (r.height < 23.5 || r.width < 23.5))
  .map(([html]) => html)"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as opened, meeting_ahead(is_written=True):
        yield opened


def _check_accessibility(page: Any) -> None:
    """Check the page with all that is folded open."""
    for summary in page.query_selector_all("summary"):
        summary.click()
    check_accessibility(page)


@_EACH_PAGE
def test_an_automatic_checker_finds_nothing_wrong(
    site: Site, address: str, role: str
) -> None:
    find_axe()
    # The checker is a script, which our own policy keeps out: it is let past it here.
    with site.page(role, bypass_csp=True) as page:
        page.goto(site.address + address)
        _check_accessibility(page)


@_EACH_PAGE
def test_no_page_scrolls_sideways_and_nothing_breaks_the_policy(
    site: Site, address: str, role: str
) -> None:
    said: list[str] = []
    with site.page(role) as page:
        page.on("console", lambda message: said.append(message.text))
        page.goto(site.address + address)
        for summary in page.query_selector_all("summary"):
            summary.click()
        # 320 is what 400% zoom leaves of 1280; the others lie beside our breakpoints.
        for width in (1280, 1087, 990, 833, 831, 640, 400, 320):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, width
            assert page.evaluate(_TOO_SMALL) == [], width
    assert [text for text in said if "Failed to load resource" not in text] == []


@pytest.mark.parametrize("address", ["/", f"/indicators/{KEY}/"])
def test_stories_told_by_the_product_pass_the_checker_too(
    site: Site, address: str
) -> None:
    find_axe()
    make_site(told_by_hand=False)
    try:
        with site.page("analyst", bypass_csp=True) as page:
            page.goto(site.address + address)
            _check_accessibility(page)
    finally:
        make_site()


@_EACH_PAGE
def test_every_page_is_the_same_without_script(
    site: Site, address: str, role: str
) -> None:
    texts = []
    for script in (True, False):
        with site.page(role, java_script_enabled=script) as page:
            page.goto(site.address + address)
            texts.append(page.inner_text("main"))
    assert texts[0] == texts[1] and texts[0].strip()


def test_a_printed_page_is_black_on_white_without_navigation(site: Site) -> None:
    with site.page("analyst", theme="dark") as page:
        page.goto(site.address + f"/indicators/{KEY}/")
        page.emulate_media(media="print", color_scheme="dark")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
        assert not page.is_visible(".nav") and not page.is_visible(".me")
        assert page.is_visible("h1") and page.is_visible(".t")
        assert len(page.pdf()) > 10_000


def test_the_two_themes_differ(site: Site) -> None:
    grounds = set()
    for theme in THEMES:
        with site.page("", theme=theme) as page:
            page.goto(site.address + "/sign-in/")
            grounds.add(
                page.evaluate("getComputedStyle(document.body).backgroundColor")
            )
    assert grounds == {"rgb(255, 255, 255)", "rgb(17, 20, 23)"}


# A laptop's window and a telephone's.
SCREENS = ((1280, 800), (390, 844))
MOST_HIGH = 3000


@pytest.mark.parametrize("role", ["member", "analyst"])
def test_an_indicators_first_screen_answers_what_a_member_asks_of_it(
    site: Site, role: str
) -> None:
    make_site(told_by_hand=False)
    try:
        with site.page(role) as page:
            page.goto(site.address + f"/indicators/{KEY}/")
            for width, height in SCREENS:
                page.set_viewport_size({"width": width, "height": height})
                answers = page.query_selector_all(".five > div")
                asked = [one.query_selector("dt").inner_text() for one in answers]
                assert asked == [
                    "Is it getting worse?",
                    "Against whom?",
                    "Who set the target?",
                    "What was promised?",
                    "What do we not see?",
                ]
                for one in (*answers, page.query_selector(".lead-say")):
                    box = one.bounding_box()
                    assert box["y"] + box["height"] <= height, (width, one.inner_text())
                    assert len(one.inner_text().split()) > 4
                for link in page.query_selector_all(".five dt a"):
                    part = page.query_selector(link.get_attribute("href"))
                    assert part is not None and part.is_visible()
    finally:
        make_site()


@pytest.mark.parametrize("hand", [True, False])
@pytest.mark.parametrize("role", ["member", "analyst"])
def test_an_indicators_page_is_three_thousand_pixels_high_at_most(
    site: Site, role: str, hand: bool
) -> None:
    make_site(told_by_hand=hand)
    try:
        with site.page(role) as page:
            page.goto(site.address + f"/indicators/{KEY}/")
            high = page.evaluate("document.documentElement.scrollHeight")
            assert 1000 < high <= MOST_HIGH
    finally:
        make_site()
