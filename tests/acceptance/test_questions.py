"""What Members ask is answered on the indicator's page, without a click, at both widths.

Why is it red and for how long, who set the target, is it national, compared with whom,
how old is that, is up good: each answer is looked for where a reader would see it, and
the answers are worked out here from the figures and the targets alone.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.disclosure.release import disclose
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.workspace import open_workspace
from web_fakes.browser import WIDTHS, Site, check_accessibility, find_axe, open_site

pytestmark = pytest.mark.browser

FD2 = "/indicators/re-referrals-within-12-months/"
PAGES = (
    ("member", "/"),
    ("member", FD2),
    ("analyst", FD2),
    ("analyst", "/indicators/early-help-assessments-started/"),
    ("member", "/indicators/social-worker-vacancies/"),
    ("member", f"{FD2}compare/"),
    ("member", "/profile/"),
    ("member", "/neighbours/"),
    ("analyst", "/targets/"),
    ("analyst", "/targets/re-referrals-within-12-months/"),
    ("analyst", "/events/"),
    ("analyst", f"{FD2}rebase/"),
    ("analyst", "/data/"),
)


@pytest.fixture(scope="module")
def strict_borough(borough: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the borough whose target for re-referrals is out of reach."""
    folder = tmp_path_factory.mktemp("strict") / "borough"
    shutil.copytree(borough, folder)
    adoption = folder / "adoption.csv"
    text = adoption.read_text(encoding="utf-8")
    assert "FD2,20,local," in text
    adoption.write_text(
        text.replace("FD2,20,local,", "FD2,5,local,"), encoding="utf-8", newline="\n"
    )
    return folder


@pytest.fixture(scope="module")
def site(strict_borough: Path) -> Iterator[Site]:
    """Serve that borough, with its own figures and targets, in a browser."""
    from openscrutiny.web.application import make_application

    with open_site(make_application(open_workspace(strict_borough))) as opened:
        yield opened


def read_without_a_click(site: Site, address: str, width: int) -> str:
    """Give what a reader sees of a page: nothing folded, nothing for screen readers."""
    with site.page("member", width=width) as page:
        page.goto(site.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        return re.sub(r"\s+", " ", str(page.inner_text("main")))


def count_red_months(borough: Path) -> int:
    """Recount at how many month ends in a row FD2 has been red, as Members see it.

    The target is 5%, 2 points are amber, low is good, and it counts from April 2022.
    What is hidden or not judged ends the count.
    """
    shown = disclose(open_snapshot(open_workspace(borough)), "members").figures
    rows = shown.filter(
        (pl.col("code") == "FD2")
        & (pl.col("source") == "own")
        & (pl.col("period_type") == "rolling_12_months")
    ).sort("period_end", descending=True)
    months = 0
    for row in rows.iter_rows(named=True):
        is_told = row["value"] is not None and not row["held"]
        counts = row["period_end"] >= date(2022, 4, 1)
        if not is_told or not counts or row["value"] <= 7:
            break
        months += 1
    return months


@pytest.mark.parametrize("width", WIDTHS)
def test_each_question_is_answered_without_a_click(
    site: Site, strict_borough: Path, width: int
) -> None:
    months = count_red_months(strict_borough)
    assert months > 2

    text = read_without_a_click(site, FD2, width)

    # Why that colour, and for how long.
    assert re.search(r"Red (\[p\] )?Local target 5%, within 2 points\.", text)
    assert f"has been red at each of the last {months} month ends" in text
    # Who set it, why, since when, until when, and is it national.
    for words, answer in (
        ("Who set it", "The Executive"),
        ("Why", "Invented: the neighbours' average of 2022"),
        ("Basis", "Local"),
        ("Since", "1 April 2022"),
        ("Review", "31 March 2027"),
        ("Owner", "Head of Front Door"),
    ):
        assert f"{words} {answer}" in text, words
    # Is up good, how old is it, of what.
    assert "Lower is good." in text
    assert re.search(r"; (under a month|\d+ months?) old\.", text)
    assert re.search(r"[\d,]+ of [\d,]+ referrals", text)
    # Compared with whom: England, the neighbours and how many of them, all authorities.
    assert re.search(r"England (Figure: )?\d+\.\d%", text)
    assert re.search(r"Neighbours: unweighted mean, \d+ of \d+", text)
    assert re.search(r"\d+ of \d+ authorities have a published figure", text)


@pytest.mark.parametrize(("role", "address"), PAGES)
def test_every_page_of_a_whole_borough_is_accessible_and_narrow(
    site: Site, role: str, address: str
) -> None:
    find_axe()
    with site.page(role, bypass_csp=True) as page:
        answer: Any = page.goto(site.address + address)
        assert answer.status == 200
        for summary in page.query_selector_all("summary"):
            summary.click()
        check_accessibility(page)
