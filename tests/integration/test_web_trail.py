"""Minutes in, a decision for each proposal, and the trail, through the pages."""

from typing import Any

import pytest

from web_fakes.site import ROLES, client_as, make_site

KEEPERS = ("clerk", "dcs", "director")
MINUTES = """Dashboard (invented)

Minutes:

Members asked why permanent exclusions had risen. Officers said that two schools had \
changed their policy<script>alert(1)</script>. A note would be circulated.

The Committee asked about a boy of nine at one school.
"""


@pytest.fixture(autouse=True)
def _site() -> None:
    """Serve the invented authority, with nothing in its trail."""
    make_site()
    from openscrutiny.scrutiny.trail import models

    models.Change.objects.all().delete()
    models.EntryLink.objects.all().delete()
    models.Entry.objects.exclude(answers=None).delete()
    for kept in ("Entry", "ProposalRecord", "MinutesItem", "MinutesFile"):
        getattr(models, kept).objects.all().delete()


def paste(client: Any, text: str = MINUTES) -> Any:
    return client.post("/minutes/add/", {"text": text}, follow=True)


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def item_address(client: Any) -> str:
    text = page(client, "/minutes/")
    start = text.index('href="/minutes/') + 6
    return text[start : text.index('"', start)]


def test_nothing_is_recorded_before_somebody_accepts_it() -> None:
    clerk = client_as("clerk")
    assert paste(clerk).status_code == 200
    text = page(clerk, item_address(clerk))

    assert (
        "4 of 4 proposals wait" in text
        and "Held back: It may be about one child" in text
    )
    assert "boy of nine" not in text and "held back]" in text
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    assert "Nothing is recorded" in page(client_as("member"), "/trail/")


def test_accepted_proposals_stand_in_the_trail_for_everybody() -> None:
    clerk = client_as("clerk")
    paste(clerk)
    address = item_address(clerk)
    assert clerk.post(f"{address}decide/", {"all": "yes"}).status_code == 302

    for role in ROLES:
        text = page(client_as(role), "/trail/")
        assert "1 thing is owed to the committee, none of them late on " in text
        assert "Members asked why permanent exclusions had risen." in text
        assert "boy of nine" not in text
    assert "Members asked why" not in page(client_as("member"), "/trail/?kind=promise")
    assert "A note would be circulated" in page(client_as("member"), "/trail.csv")
    trail = client_as("member").get("/trail.json").json()["trail"]
    assert [one["state"] for one in trail] == ["given", "answered", "recorded"]


def test_an_indicators_page_carries_its_trail() -> None:
    clerk = client_as("clerk")
    paste(clerk, MINUTES.replace("permanent exclusions", "re-referrals"))
    address = "/indicators/re-referrals-within-12-months/"
    assert "asked nothing of this figure" in page(client_as("member"), address)
    clerk.post(f"{item_address(clerk)}decide/", {"all": "yes"})

    text = page(client_as("member"), address)
    assert "Members asked why re-referrals had risen." in text
    assert "<b>Answered</b>" in text


def test_an_entry_is_moved_on_with_a_reason_and_keeps_its_history() -> None:
    clerk = client_as("clerk")
    paste(clerk)
    clerk.post(f"{item_address(clerk)}decide/", {"all": "yes"})
    number = clerk.get("/trail.json").json()["trail"][0]["number"]
    address = f"/trail/{number}/"

    refused = clerk.post(address, {"state": "not kept", "why": " "})
    assert refused.status_code == 422 and "needs a reason" in refused.content.decode()
    assert client_as("member").post(address, {"state": "kept"}).status_code == 403
    assert clerk.post(address, {"state": "kept", "why": "Sent."}).status_code == 302
    text = page(client_as("member"), address)
    assert "given became <b>kept</b>, by clerk" in text and "Sent." in text
    assert "Move it on" not in text and page(clerk, "/trail/999/", 404)


def test_own_words_and_links_stand_beside_the_quotation() -> None:
    clerk = client_as("clerk")
    paste(clerk)
    address = item_address(clerk)
    text = page(clerk, address)
    start = text.index('name="accept" value="') + len('name="accept" value="')
    key = text[start : text.index('"', start)]

    wrong = clerk.post(f"{address}decide/", {"accept": key, "links": "NOPE1"})
    assert wrong.status_code == 422 and "Nothing was recorded" in wrong.content.decode()
    given = {"accept": key, "wording": "Why more exclusions?", "links": "EX3"}
    assert clerk.post(f"{address}decide/", given).status_code == 302
    [made] = clerk.get("/trail.json").json()["trail"]
    assert made["wording"] == "Why more exclusions?" and made["indicators"] == ["EX3"]
    assert made["quotation"].startswith("Members asked why")
    # A second click changes nothing, and says so.
    assert clerk.post(f"{address}decide/", given).status_code == 422


CONCLUDED = """Dashboard (invented)

Minutes:

Members asked why re-referrals had risen. Officers said that need was complex.

The Committee came to the following conclusions

1. The work on re-referrals was commended.
2. The rise in permanent exclusions was of great concern.
3. The dashboard said nothing of home education.
"""


def test_what_a_conclusion_feels_is_proposed_by_its_words_and_decided_by_a_person() -> (
    None
):
    clerk = client_as("clerk")
    paste(clerk, CONCLUDED)
    address = item_address(clerk)
    text = page(clerk, address)
    assert "The committee commended, by its words." in text
    assert "The committee was concerned, by its words." in text
    clerk.post(f"{address}decide/", {"all": "yes"})

    rows = clerk.get("/trail.json").json()["trail"]
    felt = {r["wording"]: r for r in rows if r["kind"] == "conclusion"}
    assert [r["feeling"] for r in felt.values()] == ["commended", "concerned", ""]
    last = next(r for r in felt.values() if not r["feeling"])["number"]
    assert "<dd>Not said</dd>" in page(client_as("member"), f"/trail/{last}/")
    sent = {"do": "feel", "feeling": "concerned"}
    assert client_as("member").post(f"/trail/{last}/", sent).status_code == 403
    assert clerk.post(f"/trail/{last}/", sent).status_code == 302
    assert clerk.post(f"/trail/{last}/", {**sent, "feeling": "joy"}).status_code == 422
    text = page(client_as("member"), f"/trail/{last}/")
    assert "what the committee felt, nothing became <b>concerned</b>" in text
    assert "<dd>Concerned</dd>" in text and "Say what the committee felt" not in text

    narrowed = page(client_as("member"), "/trail/?feeling=concerned")
    assert "2 of 5" in narrowed and "was commended" not in narrowed
    csv = page(client_as("member"), "/trail.csv?feeling=commended").splitlines()
    assert len(csv) == 2 and ",commended," in csv[1]
    assert "0 of 5" in page(client_as("member"), "/trail/?feeling=none")
    one = page(client_as("member"), "/indicators/re-referrals-within-12-months/")
    assert "<b>Commended</b>" in one


def test_a_conclusion_that_is_added_by_hand_says_what_was_felt_and_nothing_else_does() -> (
    None
):
    clerk = client_as("clerk")
    typed = {
        "kind": "conclusion",
        "wording": "It was well done.",
        "feeling": "commended",
    }
    assert clerk.post("/trail/add/", typed).status_code == 302
    wrong = clerk.post("/trail/add/", {**typed, "kind": "question"})
    assert "Of a question no feeling is recorded." in wrong.content.decode()
    [only] = clerk.get("/trail.json").json()["trail"]
    assert (only["kind"], only["feeling"]) == ("conclusion", "commended")


def test_a_person_may_say_otherwise_than_the_words_of_the_minutes() -> None:
    clerk = client_as("clerk")
    paste(clerk, CONCLUDED)
    address = item_address(clerk)
    from openscrutiny.scrutiny.trail.models import ProposalRecord

    key = next(
        one.key for one in ProposalRecord.objects.all() if "commended" in one.text
    )
    clerk.post(f"{address}decide/", {"accept": key, "feeling": "noted"})
    [only] = clerk.get("/trail.json").json()["trail"]
    assert only["feeling"] == "noted"


def test_what_is_dropped_is_never_recorded() -> None:
    clerk = client_as("clerk")
    paste(clerk)
    address = item_address(clerk)
    text = page(clerk, address)
    start = text.index('name="drop" value="') + len('name="drop" value="')
    clerk.post(f"{address}decide/", {"drop": text[start : text.index('"', start)]})

    assert "3 of 4 proposals wait" in page(clerk, address)
    assert clerk.get("/trail.json").json()["trail"] == []


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_keep_the_minutes_see_what_is_proposed(role: str) -> None:
    paste(client_as("clerk"))
    address = item_address(client_as("clerk"))
    answer = client_as(role).get(address)
    assert answer.status_code == (200 if role in KEEPERS else 403)


def test_a_paste_of_nothing_and_a_file_that_is_broken_are_refused_in_words() -> None:
    clerk = client_as("clerk")
    empty = clerk.post("/minutes/add/", {"text": "  "})
    assert empty.status_code == 422 and "paste the text" in empty.content.decode()
    long = clerk.post("/minutes/add/", {"text": "x" * 2_000_001})
    assert long.status_code in (400, 413, 422)


def promise(code: str, wording: str = "It will be better by March.") -> int:
    """Record a promise at a meeting of May 2025, as the clerk does by hand."""
    from datetime import date

    from openscrutiny.minutes.model import Kind
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.permissions import Actor
    from openscrutiny.scrutiny.roles import Role
    from openscrutiny.scrutiny.trail.deciding import record

    met, _ = Meeting.objects.get_or_create(date=date(2025, 5, 6), title="Scrutiny")
    return record(
        Kind.PROMISE,
        wording,
        Actor("clerk", Role.CLERK),
        meeting=met,
        about=[("indicator", code)],
    )


def let_figures_judge(number: int, code: str, aim: str, value: str = "") -> Any:
    given = {
        "do": "test", "indicator": code, "aim": aim, "value": value, "by": "31/03/2026"
    }  # fmt: skip
    return client_as("clerk").post(f"/trail/{number}/", given)


@pytest.mark.parametrize(
    ("code", "aim", "value", "said"),
    [
        # 1,673 of 7,242 at the meeting, 2,143 of 7,986 now.
        (
            "FD2",
            "fall",
            "",
            "Not kept: 26.8% in the year to March 2026; at the meeting 23.1% in the "
            "year to March 2025.",
        ),
        ("FD2", "at least", "26%", "Kept: 26.8% in the year to March 2026."),
        (
            "EH4",
            "at least",
            "300",
            "Cannot be tested: the figure in the year to March 2026 is not judged: two "
            "months come from Annex A alone.",
        ),
    ],
)  # fmt: skip
def test_later_figures_judge_a_promise_wherever_it_is_read(
    code: str, aim: str, value: str, said: str
) -> None:
    number = promise(code)
    assert let_figures_judge(number, code, aim, value).status_code == 302

    member = client_as("member")
    for address in (
        f"/trail/{number}/",
        "/trail/",
        f"/indicators/{code}/",
        "/trail.csv",
    ):
        assert said in member.get(address, follow=True).content.decode(), address
    [told] = member.get("/trail.json").json()["trail"]
    assert told["owed"] is not said.startswith("Kept")
    page(member, f"/trail/{number}/")
    by_hand = client_as("clerk").post(f"/trail/{number}/", {"state": "kept"})
    assert by_hand.status_code == 422
    assert "figures judge this promise" in by_hand.content.decode()
    closed = {"state": "closed", "why": "The service ended."}
    assert client_as("clerk").post(f"/trail/{number}/", closed).status_code == 302
    assert said in page(member, f"/trail/{number}/")


def test_a_member_learns_nothing_from_a_promise_that_is_hidden_from_them() -> None:
    number = promise("LA19", "Fewer will be missing.")
    assert let_figures_judge(number, "LA19", "at most", "8").status_code == 302

    officers = page(client_as("director"), f"/trail/{number}/")
    members = page(client_as("member"), f"/trail/{number}/")
    assert "Kept: " in officers and "of 40" not in members
    assert "Cannot be tested: the figure in the year to March 2026 is hidden" in members
    for address in ("/trail/", "/trail.csv", "/trail.json"):
        told = page(client_as("member"), address)
        assert "Kept" not in told and "1 thing is owed" in page(
            client_as("member"), "/trail/"
        )


@pytest.mark.parametrize(
    ("aim", "value", "said"),
    [
        ("at least", "", "is no value"),
        ("at least", "inf", "is no value"),
        ("fall", "12", "from the value at the meeting"),
        ("vanish", "", "what the figure is to do"),
    ],
)
def test_a_test_that_cannot_be_one_is_refused_in_words(
    aim: str, value: str, said: str
) -> None:
    number = promise("FD2")
    refused = let_figures_judge(number, "FD2", aim, value)
    assert refused.status_code == 422 and said in refused.content.decode()
    given = {"do": "test", "indicator": "FD2", "aim": "fall", "by": "6 May"}
    refused = client_as("clerk").post(f"/trail/{number}/", given)
    assert refused.status_code == 422 and "no day" in refused.content.decode()
    given["by"] = "2025-05-06"
    refused = client_as("clerk").post(f"/trail/{number}/", given)
    assert "not after the meeting" in refused.content.decode()
    assert client_as("member").post(f"/trail/{number}/", given).status_code == 403
    assert "What the figures say" not in page(client_as("member"), f"/trail/{number}/")
