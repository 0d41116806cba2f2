"""Eight people walk the whole cycle in a browser, from one meeting to the next.

The pictures of docs/the-cycle.md are made here: OPENSCRUTINY_PICTURES=1 writes them.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from support.cycle import Calendar, begin_at, copy_of, walked_clock
from support.demo_workspace import make_demo_workspace
from support.made_once import make_once
from support.small_png import reduce_png
from web_fakes.browser import AXE, CHECKOUT, THEMES, Site, find_axe, follow, open_site

pytestmark = pytest.mark.browser

PICTURES = CHECKOUT / "docs" / "cycle"
MEETING = date(2026, 8, 4)  # a Tuesday
NEXT = date(2026, 11, 3)
CARE, LEARNING, WHOLE = "Children’s social care", "Education", "the whole paper"
SECTIONS = ("Early help", CARE, LEARNING)
QUESTION = "How many families were helped early and came back all the same?"
ASKED = "Are more families being helped early, or fewer?"
ANSWER = "As many as in spring; two posts were empty."
KEPT = "At least 12 early help assessments in the year to September."
BROKEN = "More early help assessments by September than now."
CONCLUSION = "The one front door was commended."
WISHED = "The waiting times for early help be shown in each dashboard."
MINUTES = f"""\
Early help, social care and education dashboard

Minutes:

The Director of Social Care introduced the dashboard.

It was asked: {ASKED} Officers said: {ANSWER}

Officers promised: {KEPT}

Officers promised: {BROKEN}

The Committee came to the following conclusions

1. {CONCLUSION}

The Committee recommended that

1. {WISHED}
"""
WORDS = {
    "AS2": {
        "why": "Two of the posts in assessment were empty for most of the year.",
        "well": "One front door answers every referral in one place.",
        "worried": "Those who wait longest wait for a second visit.",
        "next": "Both posts are advertised with separate profiles.",
        "owner": "Head of Assessment",
        "by": "2027-03-31",
    },
    "EX3": {
        "why": "The service is looking into the reason, school by school.",
        "next": "A review with each school.",
        "owner": "Head of Access",
        "by": "2027-03-31",
    },
    "AT2": {
        "why": "The service is looking into the reason, school by school.",
        "next": "Visits to the families of those who miss most.",
        "owner": "Head of Access",
        "by": "2027-03-31",
    },
}


@dataclass
class Walk:
    """Hold what the walk stands on, and who has walked."""

    site: Site
    calendar: Calendar
    folder: Path
    walked: set[str] = field(default_factory=set)
    looked_at: list[str] = field(default_factory=list)

    @contextmanager
    def as_(self, role: str, today: date) -> Iterator[Any]:
        """Open a page for somebody on a day; the public has no role."""
        self.calendar.today = today
        self.walked.add(role or "public")
        with self.site.page(role, bypass_csp=True, locale="en-GB") as page:
            # A publication makes its papers, and machines differ.
            page.set_default_timeout(300_000)
            yield page

    def go(self, page: Any, address: str) -> None:
        page.goto(self.site.address + address)

    def look(self, page: Any, picture: str, *, at: str = "", height: int = 800) -> None:
        """Hold a page against the checker in both themes, and take its picture."""
        page.evaluate(find_axe())
        for theme in reversed(THEMES):
            page.emulate_media(color_scheme=theme)
            assert page.evaluate(AXE) == [], (picture, theme)
        self.looked_at.append(picture)
        if os.environ.get("OPENSCRUTINY_PICTURES"):
            page.set_viewport_size({"width": 1100, "height": height})
            where = f"document.querySelector({at!r})?.scrollIntoView()"
            page.evaluate(where if at else "scrollTo(0, 0)")
            PICTURES.mkdir(exist_ok=True)
            small = reduce_png(page.screenshot())
            (PICTURES / f"{picture}.png").write_bytes(small)


def said(page: Any) -> str:
    return str(page.inner_text("main"))


def press(page: Any, name: str, **more: Any) -> None:
    follow(page.get_by_role("button", name=name, exact=True, **more))


def act_on(page: Any, thing: str, act: str) -> None:
    """Do one thing with a section, or with the whole paper, on the page of sign-off."""
    form = page.locator(f'form:has(input[name=thing][value="{thing}"])')
    follow(form.locator(f'button[value="{act}"]'))


def unfold(page: Any, words: str) -> None:
    page.locator("summary", has_text=words).first.click()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    find_axe()
    demo = make_once(
        tmp_path_factory,
        "walked-borough",
        lambda folder: make_demo_workspace(folder, children=900, seed=1, months=30),
    )
    folder = copy_of(demo, tmp_path_factory.mktemp("cycle") / "w")
    from openscrutiny.scrutiny.intake import working

    with (
        pytest.MonkeyPatch.context() as patch,
        walked_clock(MEETING) as calendar,
        open_site(serve(folder, 1)) as site,
    ):
        # A process of its own would not know on which day of the walk it publishes.
        patch.setattr(working, "launch", working.run_job)
        yield Walk(site, calendar, folder)
    from web_fakes.site import make_site

    make_site()


def serve(folder: Path, snapshot: int) -> Callable[..., Any]:
    """Serve the figures of one cut-off, with the demonstration's people."""
    from openscrutiny.scrutiny.people import ensure_demo_users
    from openscrutiny.web.application import make_application

    application = make_application(begin_at(folder, snapshot))
    ensure_demo_users(folder)
    return application


# ---------- Before the meeting ----------


def plan(walk: Walk) -> str:
    """The clerk adds the meeting, and the chair agrees its subjects. Give its address."""
    with walk.as_("clerk", date(2026, 6, 29)) as page:
        walk.go(page, "/meetings/")
        page.fill("#id-title", "Scrutiny: children and young people")
        page.fill("#id-date", MEETING.isoformat())
        press(page, "Add it")
        address = str(page.url).removeprefix(walk.site.address)
        assert "0 of 13 done" in said(page)
        unfold(page, "Add an item")
        page.fill("#id-title", "Early help, social care and education dashboard")
        page.fill("#id-purpose", "To receive, and to make recommendations")
        press(page, "Add the item")
    with walk.as_("chair", date(2026, 6, 30)) as page:
        walk.go(page, address)
        mark(page, "programme", date(2026, 6, 30))
        assert "1 of 13 done" in said(page)
        walk.look(page, "1-planned", at="#due")
    return address


def mark(page: Any, step: str, day: date) -> None:
    unfold(page, "Say that something is done")
    page.select_option("#id-key", step)
    page.fill("#id-done_on", day.isoformat())
    follow(page.locator("section[aria-labelledby=due] button"))


def draft(walk: Walk, meeting: str) -> None:
    """The analyst freezes the figures and begins the words; nothing signs them yet."""
    with walk.as_("analyst", date(2026, 7, 10)) as page:
        walk.go(page, meeting)
        mark(page, "freeze", date(2026, 7, 10))
        walk.go(page, "/sign-off/")
        assert "lacks a reason, what comes next, an owner and a day" in said(page)
        follow(page.get_by_role("link", name="AS2", exact=True))
        press(page, "Fill what is empty from the figures")
        filled = page.input_value("#id-quality") or page.input_value("#id-worried")
        assert filled, "the figures say something of themselves"
        page.fill("#id-why", WORDS["AS2"]["why"])
        page.fill("#id-worried", WORDS["AS2"]["worried"])
        press(page, "Save as a new version")
        assert "Saved as version 1" in said(page)
        walk.look(page, "2-drafted")


def write(walk: Walk) -> None:
    """The manager says what comes next, by whom and when, and submits each section."""
    with walk.as_("manager", date(2026, 7, 17)) as page:
        for code, words in WORDS.items():
            walk.go(page, "/sign-off/")
            follow(page.get_by_role("link", name=code, exact=True))
            for name, text in words.items():
                page.fill(f"#id-{name}", text)
            press(page, "Save as a new version")
            assert "Saved" in said(page)
        walk.go(page, "/sign-off/")
        for section in SECTIONS:
            act_on(page, section, "submit")
        assert f"{CARE}: submitted" in said(page)


def sign(walk: Walk) -> None:
    """The director returns what says too little; it is mended, and all is signed."""
    why = "Say since when the posts have been empty."
    with walk.as_("director", date(2026, 7, 20)) as page:
        walk.go(page, "/sign-off/")
        page.fill("#why-childrens-social-care", why)
        act_on(page, CARE, "return")
        assert f"{CARE}: challenged" in said(page) and why in said(page)
        walk.look(page, "3-returned")
    with walk.as_("manager", date(2026, 7, 21)) as page:
        walk.go(page, "/sign-off/words/AS2/")
        assert why in said(page)
        page.fill(
            "#id-why", "Two of the posts in assessment have been empty since May."
        )
        press(page, "Save as a new version")
        walk.go(page, "/sign-off/")
        act_on(page, CARE, "submit")
    with walk.as_("director", date(2026, 7, 21)) as page:
        walk.go(page, "/sign-off/")
        for section in SECTIONS:
            act_on(page, section, "sign")
        assert f"{LEARNING}: signed" in said(page)
    with walk.as_("dcs", date(2026, 7, 23)) as page:
        walk.go(page, "/sign-off/")
        act_on(page, WHOLE, "approve")
        assert "The whole paper: approved" in said(page)


def publish(walk: Walk, meeting: str) -> None:
    """The clerk records who cleared it, and publishes it for two audiences."""
    with walk.as_("clerk", date(2026, 7, 24)) as page:
        for act, words in (
            ("clear for legal", "The Monitoring Officer, of all of it."),
            ("clear for finance", "The Section 151 Officer, of all of it."),
        ):
            walk.go(page, "/sign-off/")
            page.fill("#why-the-whole-paper", words)
            act_on(page, WHOLE, act)
        assert "The whole paper: cleared" in said(page)
        walk.look(page, "4-cleared")
    with walk.as_("clerk", date(2026, 7, 27)) as page:
        for whom in ("the public", "Members"):
            walk.go(page, "/publications/")
            press(page, f"Publish for {whom}")
        walk.go(page, "/publications/")
        assert "Signed off" in said(page)
        walk.go(page, meeting)
        unfold(page, "Say how a paper stands")
        press(page, "Keep this")
        unfold(page, "Publish the agenda")
        press(page, "Publish it")
        assert "5 clear days" in said(page)
    with walk.as_("", date(2026, 7, 28)) as page:
        walk.go(page, "/publications/")
        follow(page.get_by_role("link", name=re.compile("4 August 2026")))
        text = said(page)
        assert "27 July 2026" in text and "read by: everybody" in text
        assert "Assessments within 45 working days" in text
        walk.look(page, "5-published")
        follow(page.get_by_role("link", name=re.compile("45 working days")).first)
        assert "empty since May" in said(page)


def ask(walk: Walk, meeting: str) -> None:
    """A Member asks before the meeting, and the manager answers."""
    with walk.as_("member", date(2026, 7, 29)) as page:
        walk.go(page, meeting)
        follow(page.get_by_role("link", name="Ask a question"))
        page.fill("#id-wording", QUESTION)
        page.fill("#id-indicators", "EH4")
        page.fill("#id-who", "Councillor Okafor")
        press(page, "Ask it")
        assert QUESTION in said(page)
    with walk.as_("manager", date(2026, 7, 30)) as page:
        walk.go(page, meeting)
        follow(page.get_by_role("link", name=re.compile("Answer it")))
        page.fill("#id-wording", "That is not counted yet; it is from autumn on.")
        page.fill("#id-who", "Head of Early Help")
        press(page, "Record the answer")
        assert "Answered" in said(page)


# ---------- At the meeting, and after it ----------


def meet(walk: Walk, meeting: str) -> None:
    """At the meeting the clerk writes down what is said, without leaving the figure."""
    with walk.as_("chair", date(2026, 8, 3)) as page:
        walk.go(page, meeting)
        unfold(page, "Choose another order")
        page.fill("#id-codes", "EH4, AS2, FD2")
        press(page, "Set this order")
        assert "EH4, AS2, FD2, as was decided." in said(page)
    with walk.as_("clerk", MEETING) as page:
        walk.go(page, f"{meeting}present/")
        for name, words in (
            ("question", ASKED),
            ("who", "Councillor Okafor"),
            ("answer", ANSWER),
            ("answered_by", "Director of Social Care"),
            ("promise", KEPT),
            ("owner", "Head of Early Help"),
            ("by", "2026-09-30"),
        ):
            page.fill(f"#{name}-1", words)
        walk.look(page, "6-on-the-screen")
        save(page, 3)
        page.fill("#promise-1", BROKEN)
        page.fill("#owner-1", "Head of Early Help")
        page.fill("#by-1", "2026-09-30")
        page.fill("#conclusion-1", CONCLUSION)
        page.fill("#recommendation-1", WISHED)
        save(page, 3)


def save(page: Any, entries: int) -> None:
    page.click("#s1 .cap button")
    line = page.locator("#s1 .cap [role=status]")
    line.filter(has_text=f"Recorded: {entries} entries.").wait_for(timeout=30_000)
    # The next form may only be filled once this one is empty again.
    page.wait_for_function("!document.querySelector('#promise-1').value")


def minute(walk: Walk, meeting: str) -> None:
    """The clerk says how figures test the promises, drafts the minute, reads it in."""
    with walk.as_("clerk", date(2026, 8, 6)) as page:
        for promise, aim, value in ((KEPT, "at least", "12"), (BROKEN, "rise", "")):
            open_entry(walk, page, promise)
            page.fill("#id-indicator", "EH4")
            page.select_option("#id-aim", aim)
            page.fill("#id-value", value)
            page.fill("#id-by", "2026-09-30")
            press(page, "State this test")
            assert "Not due yet" in said(page)
        walk.go(page, meeting)
        with page.expect_download() as loaded:
            page.get_by_role("link", name="HTML of the draft minute").click()
        drafted = Path(loaded.value.path()).read_text(encoding="utf-8")
        assert all(words in drafted for words in (ASKED, KEPT, CONCLUSION, WISHED))
    with walk.as_("clerk", date(2026, 8, 14)) as page:
        walk.go(page, meeting)
        follow(page.get_by_role("link", name="Read the approved minutes in"))
        page.fill("#id-text", MINUTES)
        press(page, "Read it")
        follow(page.get_by_role("link", name="Early help, social care and education"))
        assert said(page).count("Recorded at the meeting") == 6
        walk.look(page, "7-minutes")
        press(page, "Accept all that wait")
    from openscrutiny.scrutiny.trail.models import Entry

    # Nothing is recorded a second time: one question was asked before the meeting.
    kinds = Counter(Entry.objects.values_list("kind", flat=True))
    assert (kinds["question"], kinds["promise"]) == (2, 2)
    assert (kinds["conclusion"], kinds["recommendation"]) == (1, 1)


def open_entry(walk: Walk, page: Any, words: str) -> None:
    walk.go(page, "/trail/")
    row = page.locator("tr", has_text=words)
    follow(row.get_by_role("link").first)
    assert words in said(page)


def respond(walk: Walk) -> None:
    """The executive answers the recommendation within two months."""
    with walk.as_("dcs", date(2026, 9, 24)) as page:
        open_entry(walk, page, WISHED)
        follow(page.get_by_role("link", name="Record the executive’s answer"))
        page.select_option("#id-outcome", label="Accepted")
        page.fill("#id-words", "They are shown from December on.")
        page.fill("#id-given_by", "Cabinet")
        press(page, "Record the answer")
        assert "Accepted by Cabinet on 24 September 2026, in time" in said(page)
        walk.look(page, "8-answered")


# ---------- The next meeting ----------


def judge(walk: Walk) -> None:
    """New figures come; of the two promises they show one kept and one broken."""
    with walk.as_("clerk", date(2026, 9, 29)) as page:
        walk.go(page, "/meetings/")
        page.fill("#id-title", "Scrutiny: children and young people")
        page.fill("#id-date", NEXT.isoformat())
        press(page, "Add it")
        number = page.url.rstrip("/").rpartition("/")[2]
    serve(walk.folder, 2)
    walk.calendar.today = date(2026, 10, 26)
    given = ["--meeting", number, "--audience", "public", "-w", str(walk.folder)]
    assert main(["publish", *given]) == 0
    serve(walk.folder, 2)
    with walk.as_("member", date(2026, 10, 28)) as page:
        walk.go(page, "/")
        assert "1 promise not kept, 1 kept" in page.inner_text(".opening")
        page.click("text=1 promise not kept, 1 kept")
        lines = page.locator("#since .since li")
        assert lines.nth(0).inner_text().count("Not kept: 14")
        assert BROKEN in lines.nth(0).inner_text()
        assert "Kept: 14" in page.inner_text("#since") and KEPT in said(page)
        walk.look(page, "9-since-last-time", at="#since")
    with walk.as_("", date(2026, 10, 28)) as page:
        walk.go(page, "/publications/")
        assert "Nobody signed it off" in said(page)
        follow(page.get_by_role("link", name=re.compile("3 November 2026")))
        unfold(page, "Since the last paper")
        since = page.inner_text("#since")
        assert BROKEN in since and "Not kept: 14" in since
        assert KEPT in since and "Kept: 14" in since
        walk.look(page, "10-public-since-last-time", at="#since")


def test_eight_people_walk_from_one_meeting_to_the_next(walk: Walk) -> None:
    meeting = plan(walk)
    draft(walk, meeting)
    write(walk)
    sign(walk)
    publish(walk, meeting)
    ask(walk, meeting)
    meet(walk, meeting)
    minute(walk, meeting)
    respond(walk)
    judge(walk)
    assert walk.walked == {
        "analyst", "manager", "director", "dcs", "clerk", "chair", "member", "public",
    }  # fmt: skip
    assert main(["audit", "verify", "-w", str(walk.folder)]) == 0
