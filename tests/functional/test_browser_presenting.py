"""The meeting room in a browser: nothing typed is lost, and all of it recorded once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from support.meetings import clear_meetings, planned
from web_fakes.browser import AXE, THEMES, Site, find_axe, open_site
from web_fakes.site import make_site

pytestmark = pytest.mark.browser

WAIT = 20_000  # milliseconds: the script tries again every four seconds


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site(make_site(told_by_hand=False)) as opened:
        yield opened
    make_site()
    clear_meetings()


@pytest.fixture
def address(site: Site) -> str:
    """Plan a meeting to come; give the address of its screens."""
    from django.utils.timezone import localdate

    clear_meetings()
    number = planned(localdate() + timedelta(days=12))
    return f"{site.address}/meetings/{number}/present/"


def recorded() -> list[tuple[str, str]]:
    from openscrutiny.scrutiny.trail.models import Entry

    return [(one.kind, one.wording) for one in Entry.objects.order_by("id")]


def status(page: Any, screen: int, words: str) -> None:
    """Wait until a screen's own line says this."""
    line = page.locator(f"#s{screen} .cap [role=status]")
    line.filter(has_text=words).wait_for(timeout=WAIT)


def save(page: Any, screen: int) -> None:
    page.click(f"#s{screen} .cap button")


def test_what_is_typed_without_a_connection_is_kept_and_recorded_once(
    site: Site, address: str
) -> None:
    with site.page("clerk") as page:
        page.goto(address)
        page.fill("#question-1", "Same problem, or a new one?")
        page.context.set_offline(True)
        save(page, 1)
        status(page, 1, "Kept in this browser, not recorded yet: 1.")
        assert page.input_value("#question-1") == ""
        # On to the next screen, as the meeting goes on; this one is only half typed.
        page.click("#s1 a[rel=next]")
        page.fill("#promise-2", "An analysis comes back.")
        assert recorded() == []

        # The browser is closed and opened again, and the server still cannot be reached.
        page.route("**/said/", lambda route: route.abort())
        page.context.set_offline(False)
        page.reload()
        assert page.input_value("#promise-2") == "An analysis comes back."
        status(page, 1, "not recorded yet: 1.")
        assert recorded() == []

        page.unroute("**/said/")
        status(page, 1, "Recorded: 1 entry.")
        assert recorded() == [("question", "Same problem, or a new one?")]
        save(page, 2)
        status(page, 2, "Recorded: 1 entry.")
        page.reload()
        assert page.input_value("#promise-2") == page.input_value("#question-1") == ""
        left = page.evaluate("Object.values(localStorage).filter(v => v !== '[]')")
        assert left == []
    assert recorded()[1:] == [("promise", "An analysis comes back.")]


def test_an_answer_that_is_lost_on_its_way_and_a_double_click_record_once(
    site: Site, address: str
) -> None:
    with site.page("clerk") as page:
        page.goto(address)
        lost: list[int] = []

        def lose(route: Any) -> None:
            if not lost:
                lost.append(route.fetch().status)  # the server has it
                route.abort()
            else:
                route.continue_()

        page.route("**/said/", lose)
        page.fill("#conclusion-1", "The steps are encouraging.")
        page.select_option("#feeling-1", label="Commended")
        page.dblclick("#s1 .cap button")
        status(page, 1, "Recorded: 1 entry.")
        assert lost == [200]
        assert page.input_value("#feeling-1") == ""
    assert recorded() == [("conclusion", "The steps are encouraging.")]


def test_what_is_refused_comes_back_and_a_sign_in_that_ended_loses_nothing(
    site: Site, address: str
) -> None:
    from web_fakes.live import session_cookie

    with site.page("clerk") as page:
        page.goto(address)
        page.fill("#question-1", "Why was a boy aged 9 excluded?")
        save(page, 1)
        status(page, 1, "may be personal")
        assert page.input_value("#question-1") == "Why was a boy aged 9 excluded?"
        page.check("#s1 .looked input")
        page.context.clear_cookies()
        save(page, 1)
        status(page, 1, "You are signed out.")
        page.context.add_cookies([session_cookie("clerk", site.address)])
        status(page, 1, "Recorded: 1 entry.")
    assert recorded() == [("question", "Why was a boy aged 9 excluded?")]


def test_the_screens_work_without_script_and_by_arrows_with_it(
    site: Site, address: str
) -> None:
    with site.page("clerk", java_script_enabled=False) as page:
        page.goto(address)
        page.click("#s1 a[rel=next]")
        assert page.url.endswith("#s2")
        page.fill("#question-2", "And what of the rest?")
        save(page, 2)
        page.wait_for_url("**/present/?held&at=2#s2")
        assert "Recorded." in page.inner_text("#s2 .cap")
    assert recorded() == [("question", "And what of the rest?")]
    with site.page("member") as page:
        page.goto(address)
        page.keyboard.press("ArrowRight")
        page.wait_for_url("**#s2")
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**#s1")
        assert page.query_selector(".cap") is None


def test_every_page_of_a_meeting_is_accessible_and_never_scrolls_sideways(
    site: Site, address: str
) -> None:
    base = address.removesuffix("present/")
    said: list[str] = []
    with site.page("clerk", bypass_csp=True) as page:
        page.on("console", lambda message: said.append(message.text))
        others = ("meetings/timetable", "programme", "following")
        places = (address, base, f"{base}ask/")
        for place in (*places, *(f"{site.address}/{one}/" for one in others)):
            page.goto(place)
            for summary in page.query_selector_all("summary"):
                summary.click()
            for width in (1280, 990, 390, 320):
                page.set_viewport_size({"width": width, "height": 720})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (place, width)
            page.evaluate(find_axe())
            for width, theme in zip((1280, 320), THEMES, strict=True):
                page.set_viewport_size({"width": width, "height": 720})
                page.emulate_media(color_scheme=theme)
                assert page.evaluate(AXE) == [], (place, width, theme)
    assert said == []
