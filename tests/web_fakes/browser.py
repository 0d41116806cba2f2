"""One browser and one server for the tests that need them; reasons to skip."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from web_fakes.live import CHROMIUM, serve_in_thread, session_cookie
from web_fakes.site import make_site

CHECKOUT = Path(__file__).parents[2]
WIDTHS = (1280, 320)
THEMES = ("light", "dark")

# What the checker finds wrong: rule, its words, and the first elements. Given rules, it
# runs these alone.
AXE = """async (rules) => {
  const result = await axe.run(document, {
    runOnly: rules ?? [
      "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
    ],
    // What is right is not told: to name every sound element costs most of the time.
    resultTypes: ["violations"], selectors: false, preload: false,
  });
  return result.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html).slice(0, 3)]);
}"""
# A theme changes colours and nothing else, so that in the second only these can differ.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


# Each window begins with two hidden pages of Chromium's own, for what is typed into its
# line of addresses: half of what a window costs, and no test types there. Chromium takes
# the last list that it is given, so that Playwright's own stands in this one too.
WITHOUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay"),
    *("MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
)


@dataclass(frozen=True)
class Site:
    """Hold a running browser and the address of the served pages."""

    browser: Any
    address: str

    @contextmanager
    def page(
        self, role: str = "", *, width: int = 1280, theme: str = "light", **more: Any
    ) -> Iterator[Any]:
        """Open a fresh page for this role, with what it writes to the console."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, **more
        )
        try:
            if role:
                context.add_cookies([session_cookie(role, self.address)])
            # The first page of an audience after a start works out what it may see.
            context.set_default_navigation_timeout(180_000)
            yield context.new_page()
        finally:
            context.close()


def follow(clicked: Any) -> None:
    """Click a link or a button, and wait until the page that it leads to is whole.

    A click alone returns as soon as that page begins to arrive; what is counted or read
    then may be of half a page.
    """
    # A page that waits for work is read anew by itself until there is something to click.
    clicked.wait_for()
    with clicked.page.expect_navigation():
        clicked.click()


@contextmanager
def open_site(application: Callable[..., Any] | None = None) -> Iterator[Site]:
    """Start the server and Chromium; skip, with the reason, where there is none.

    Serves the invented authority, or another application.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: install Debian's chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright")
    # Playwright keeps an event loop in this thread, and Django takes that for an
    # asynchronous program; ours is not one.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with ExitStack() as stack:
            address = stack.enter_context(serve_in_thread(application or make_site()))
            started = stack.enter_context(playwright.sync_playwright())
            browser = started.chromium.launch(
                executable_path=str(CHROMIUM),
                args=["--no-sandbox", f"--disable-features={','.join(WITHOUT)}"],
            )
            stack.callback(browser.close)
            # Beside Playwright's loop Django keeps connections of their own: what an
            # earlier site opened there would still lead to that site's database.
            from django.db import connections

            connections.close_all()
            yield Site(browser, address)
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def check_accessibility(page: Any) -> None:
    """Run the checker at both widths and in both themes on a page as it stands.

    Every rule runs at both widths; in the second theme those of colours do.
    """
    page.evaluate(find_axe())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (wide, width)
        for theme, rules in zip(THEMES, (None, OF_COLOURS), strict=True):
            page.emulate_media(color_scheme=theme)
            wrong = page.evaluate(AXE, rules)
            assert wrong == [], (width, theme, wrong)


def find_axe() -> str:
    """Read the accessibility checker; skip, with the reason, where there is none."""
    places = [
        Path(os.environ.get("OPENSCRUTINY_AXE") or "nowhere"),
        CHECKOUT / ".axe" / "node_modules" / "axe-core" / "axe.min.js",
    ]
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    pytest.skip(
        "no axe-core: npm install --prefix .axe axe-core@4, or name axe.min.js in "
        "OPENSCRUTINY_AXE"
    )
