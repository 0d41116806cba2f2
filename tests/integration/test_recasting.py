"""What a person makes of a proposal, and what the council's profile learns from it."""

from typing import Any

import pytest

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.plain_text import read_plain_text
from openscrutiny.minutes.profile import NOBODY, add_code, add_way, read_profile, way_of
from openscrutiny.minutes.proposing import propose
from web_fakes.site import client_as, make_site

MINUTES = """Dashboard (invented)

Minutes:

Members asked why exclusions had risen, and whether the target was right. The Head of Inclusion said that \
two schools had changed. A note on CYPE 27 would be circulated.

The Committee asked about a boy of nine at one school.

Councillor Ash mulled over the wisdom of the new threshold.
"""


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()
    from openscrutiny.scrutiny.trail import models
    from openscrutiny.scrutiny.trail.profiles import profile_path

    profile_path().unlink(missing_ok=True)
    models.Change.objects.all().delete()
    models.EntryLink.objects.all().delete()
    models.Entry.objects.exclude(answers=None).delete()
    for kept in ("Entry", "ProposalRecord", "MinutesItem", "MinutesFile"):
        getattr(models, kept).objects.all().delete()


def load(text: str = MINUTES) -> tuple[Any, str]:
    from openscrutiny.scrutiny.trail.models import MinutesItem

    clerk = client_as("clerk")
    assert clerk.post("/minutes/add/", {"text": text}).status_code == 302
    return clerk, f"/minutes/{MinutesItem.objects.latest('pk').pk}/"


def rows() -> list[Any]:
    from openscrutiny.scrutiny.trail.models import ProposalRecord

    return list(ProposalRecord.objects.exclude(state="replaced"))


def named(kind: str) -> Any:
    return next(one for one in rows() if one.kind == kind)


def test_a_proposal_is_cut_in_two_and_joined_again() -> None:
    clerk, address = load()
    question = named("question")
    at = question.text.index("and whether")
    page = clerk.get(address).content.decode()
    assert f'name="at" value="{at}"' in page and "Cut here" in page

    sent = {"split": question.key, "at": str(at), "kind": "question"}
    answer = clerk.post(f"{address}decide/", sent)
    assert answer.status_code == 302 and "#q" in answer.headers["Location"]
    asked = [one.text for one in rows() if one.kind == "question"]
    assert asked[:2] == [
        "Members asked why exclusions had risen,",
        "and whether the target was right.",
    ]
    first = named("question")
    # What answered the whole answers its first part, until somebody says otherwise.
    assert named("answer").answers == first.key

    clerk.post(f"{address}decide/", {"merge": first.key})
    again = named("question")
    assert (again.key, again.text) == (question.key, question.text)
    assert named("answer").answers == question.key
    assert "others took the place" in clerk.get(address).content.decode()


def test_what_is_held_back_is_joined_with_nothing() -> None:
    clerk, address = load()
    last = [one for one in rows() if one.start < named("held back").start][-1]
    answer = clerk.post(f"{address}decide/", {"merge": last.key})
    assert answer.status_code == 422 and "held back" in answer.content.decode()
    assert "boy of nine" not in answer.content.decode()
    key = named("held back").key
    for sent in ({"split": key, "at": "5"}, {"call": key, "kind": "question"}):
        answer = clerk.post(f"{address}decide/", sent)
        assert (
            answer.status_code == 422 and "boy of nine" not in answer.content.decode()
        )


@pytest.mark.parametrize(
    "sent",
    [{"at": "0"}, {"at": "99999"}, {"at": "x"}, {"at": "12", "kind": "riddle"}],
)
def test_a_cut_that_cannot_be_is_refused(sent: dict[str, str]) -> None:
    clerk, address = load()
    before = [one.key for one in rows()]
    answer = clerk.post(f"{address}decide/", {"split": named("question").key, **sent})
    assert answer.status_code == 422
    assert [one.key for one in rows()] == before


def test_what_is_decided_is_not_recast() -> None:
    clerk, address = load()
    key = named("question").key
    clerk.post(f"{address}decide/", {"accept": key, "links": ""})
    for sent in (
        {"split": key, "at": "20"},
        {"merge": key},
        {"call": key, "kind": "comment"},
    ):
        assert clerk.post(f"{address}decide/", sent).status_code == 422
    for role in ("member", "analyst", "inspector"):
        answer = client_as(role).post(f"{address}decide/", {"merge": key})
        assert answer.status_code == 403


def test_a_correction_is_learned_and_replayed() -> None:
    from openscrutiny.scrutiny.trail.profiles import read_own_profile

    clerk, address = load()
    [remark] = [one for one in rows() if one.text.startswith("Councillor Ash")]
    assert remark.kind == "comment"
    clerk.post(f"{address}decide/", {"call": remark.key, "kind": "question"})
    [asked] = [one for one in rows() if one.text.startswith("Councillor Ash")]
    assert asked.kind == "question" and asked.state == "proposed"

    profile = read_own_profile()
    assert "{members} ... mulled" in profile.text and "Ash" not in profile.text
    [item] = read_plain_text("m", "Cllr Birch mulled over the rota.").items
    assert [p.kind for p in propose(item, profile.wording)] == [Kind.QUESTION]
    assert [p.kind for p in propose(item)] == [Kind.COMMENT]
    # The same text read again by the same profile gives the same proposals.
    replayed = read_profile(profile.text)
    [whole] = read_plain_text("m", MINUTES).items
    assert [p.id for p in propose(whole, profile.wording)] == [
        p.id for p in propose(whole, replayed.wording)
    ]
    page = clerk.get("/minutes/profile/").content.decode()
    assert "{members} ... mulled" in page
    assert client_as("member").get("/minutes/profile/").status_code == 403


def test_a_code_of_the_councils_own_is_learned_from_a_link() -> None:
    clerk, address = load()
    promise = named("promise")
    assert not [one for one in promise.links if one["to"] == "indicator"]
    clerk.post(f"{address}decide/", {"accept": promise.key, "links": "EX1"})
    _, again = load(MINUTES.replace("A note on CYPE 27", "A paper on CYPE 27"))
    assert again != address
    [fresh] = [
        one for one in rows() if "A paper on" in one.text and one.kind == "promise"
    ]
    assert [one["key"] for one in fresh.links] == ["EX1"]
    assert fresh.links[0]["why"] == "The code CYPE 27."


def test_a_profile_that_cannot_be_read_stops_the_reading_in_words() -> None:
    from openscrutiny.scrutiny.trail.profiles import profile_path

    profile_path().write_text("riddle\n  what has\n", encoding="utf-8")
    clerk = client_as("clerk")
    answer = clerk.post("/minutes/add/", {"text": MINUTES})
    assert answer.status_code == 422
    assert "minutes-profile.txt, line 1" in answer.content.decode()
    assert "line 1" in clerk.get("/minutes/profile/").content.decode()
    profile_path().unlink()


@pytest.mark.parametrize(
    ("said", "way"),
    [
        (
            "Councillor Ash pondered whether it was so.",
            "{members} ... pondered whether",
        ),
        ("The Head of SEND mused on it.", "{officers} ... mused"),
        ("It was aired by many.", "^ it was aired by many"),
        ("Trelask Quillfeather Ossendrake.", ""),
        ("Yes.", ""),
    ],
)
def test_a_way_of_saying_holds_no_name_and_no_figure(said: str, way: str) -> None:
    assert way_of(said, NOBODY.wording, ()) == way


def test_a_profile_grows_by_a_line_once() -> None:
    once = add_way("", Kind.QUESTION, "^ the floor was", "said")
    assert add_way(once, Kind.QUESTION, "^ the floor was", "again") == once
    both = add_code(once, "CYPE 27", "EX1", "said")
    assert add_code(both, "CYPE 27", "EX1", "again") == both
    assert dict(read_profile(both).own_codes) == {"CYPE 27": "EX1"}
    with pytest.raises(OpenScrutinyError, match="line 1"):
        read_profile("  stands under nothing\n")


APPROVED = (
    MINUTES.replace("two schools had changed", "three schools had changed their policy")
    .replace(
        "Councillor Ash mulled over the wisdom of the new threshold.",
        "Councillor Elm was content.",
    )
    .replace("a boy of nine", "a boy of ten")
)


def test_approved_minutes_over_the_draft_show_what_changed() -> None:
    clerk, draft = load()
    before = {one.key for one in rows()}
    clerk.post(f"{draft}decide/", {"accept": named("question").key, "links": ""})
    clerk, approved = load(APPROVED)
    page = clerk.get(approved).content.decode()

    assert "What differs from pasted text, read before" in page
    assert "two schools had changed.</del>" in page
    assert "three schools had changed their policy.</ins>" in page
    assert "Councillor Elm was content.</ins>" in page
    assert "boy of" not in page and "1 more that may be personal is not shown" in page
    assert "What differs" not in clerk.get(draft).content.decode()
    # What stood in both keeps what was decided of it.
    assert named("question").state == "accepted" and named("question").key in before


def test_the_same_minutes_twice_change_nothing() -> None:
    from openscrutiny.scrutiny.trail.models import MinutesFile

    clerk, _ = load()
    before = [(one.key, one.state) for one in rows()]
    clerk.post("/minutes/add/", {"text": MINUTES})
    assert [(one.key, one.state) for one in rows()] == before
    assert MinutesFile.objects.count() == 1


def test_the_page_runs_one_script_of_ours_and_works_without_it() -> None:
    clerk, address = load()
    answer = clerk.get(address)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert page.count("<script") == 1
    src = page.split('<script src="')[1].split('"')[0]
    script = clerk.get(src)
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "keydown" in script.content.decode()
    assert "script-src" not in clerk.get("/minutes/").headers["Content-Security-Policy"]
    # Every key presses a button or opens a form that the page has.
    for act in ("accept", "drop", "edit", "split", "merge"):
        assert f'data-act="{act}"' in page
