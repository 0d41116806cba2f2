"""What people come to do, in a browser, by keyboard and without script."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from openscrutiny.scrutiny.permissions import COMMAND_LINE
from web_fakes.browser import Site, follow, open_site
from web_fakes.site import folder

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as opened:
        yield opened


def test_a_member_reads_from_the_overview_to_the_target_without_script(
    site: Site,
) -> None:
    with site.page(java_script_enabled=False) as page:
        page.goto(site.address + "/")
        follow(page.locator("text=Committee member"))
        follow(
            page.get_by_role("link", name="Re-referrals within 12 months", exact=True)
        )
        assert page.inner_text("h1") == "Re-referrals within 12 months"
        assert "2,143 of 7,986 referrals" in page.inner_text("main")
        assert page.is_visible("text=31 March 2027")
        assert not page.is_visible("text=The rows behind this figure")


def test_an_analyst_follows_a_figure_to_its_rows_and_to_their_load(
    site: Site,
) -> None:
    with site.page(java_script_enabled=False) as page:
        page.goto(site.address + "/sign-in/")
        page.fill("input[name=name]", "analyst")
        page.fill("input[name=password]", "demo")
        with page.expect_navigation():
            page.press("input[name=password]", "Enter")
        page.goto(site.address + "/indicators/FD2/")
        follow(page.locator("text=The rows behind this figure"))
        page.select_option("#part", "denominator")
        follow(page.locator("text=Show"))
        assert "360 rows" in page.inner_text("main")
        follow(page.locator("text=Next page"))
        assert "page=2" in page.url
        follow(page.locator("td a >> nth=0"))
        assert page.inner_text("h1") == "Children in need census, 2026"


def test_everything_is_reached_and_seen_with_the_keyboard_alone(site: Site) -> None:
    with site.page("member") as page:
        page.goto(site.address + "/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == (
            "Skip to the content"
        )
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")
        seen = []
        for _ in range(18):
            page.keyboard.press("Tab")
            name, shadow = page.evaluate(
                "() => [document.activeElement.textContent.trim(),"
                " getComputedStyle(document.activeElement).boxShadow]"
            )
            seen.append(name)
            assert shadow != "none", name
        assert "FD2: Re-referrals within 12 months" in seen
        while page.evaluate("document.activeElement.textContent") != "Data":
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/data/")


def test_a_newcomer_chooses_a_password_and_reads_what_was_wrong(site: Site) -> None:
    from openscrutiny.scrutiny.people import add_user

    name = f"person-{uuid4().hex[:8]}"
    once = add_user(COMMAND_LINE, folder(), name, "chair")
    with site.page(java_script_enabled=False) as page:
        page.goto(site.address + "/data/")
        page.fill("input[name=name]", name)
        page.fill("input[name=password]", once)
        follow(page.locator("button:has-text('Sign in')"))
        assert page.inner_text("h1") == "Choose a password"
        page.fill("input[name=current]", once)
        page.fill("input[name=new]", "short")
        page.fill("input[name=again]", "short")
        follow(page.locator("button:has-text('Change password')"))
        wrong = page.get_attribute("input[name=new]", "aria-describedby") or ""
        assert "too short" in page.inner_text(f"#{wrong.split()[-1]}")
        page.fill("input[name=current]", once)
        page.fill("input[name=new]", "three quiet harbours")
        page.fill("input[name=again]", "three quiet harbours")
        follow(page.locator("button:has-text('Change password')"))
        assert "Early help" in page.inner_text("h1")
