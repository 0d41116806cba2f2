"""What the service says of a figure: written, signed and read through the pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.timezone import localdate

from web_fakes.commentary import meeting_ahead
from web_fakes.site import OFFICERS, client_as, make_site

KEY = "re-referrals-within-12-months"
PAGE, EDIT = f"/indicators/{KEY}/", f"/sign-off/words/{KEY}/"
CARE = "Children’s social care"
WORDS = {
    "began": "0",
    "why": "Most families return after an assessment that closed: {FD2.value}.",
    "worried": "Cases are closed without a later call.",
    "well": "One front door answers every referral.",
    "next": "A call eight weeks after closing.",
    "owner": "Head of Front Door",
    "by": "2099-01-31",
}


@pytest.fixture(autouse=True)
def meeting() -> Iterator[Any]:
    """Serve the invented authority with one meeting ahead and nothing written."""
    make_site()
    with meeting_ahead() as held:
        yield held


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def write(role: str = "manager", **more: str) -> Any:
    return client_as(role).post(EDIT, {**WORDS, **more})


def act(role: str, thing: str, what: str, **more: str) -> Any:
    from openscrutiny.scrutiny.commentary.signoff import find_standing
    from openscrutiny.scrutiny.models import Meeting

    held = Meeting.objects.get(title="Scrutiny", date__gt=localdate())
    seen = str(find_standing(held.pk, thing).number)
    given = {"meeting": str(held.pk), "thing": thing, "act": what, "seen": seen}
    return client_as(role).post("/sign-off/act/", {**given, **more})


def write_all() -> None:
    """Write what every red and signal of the fakes' social care needs."""
    assert write().status_code == 302
    for key in ("assessments-within-45-days",):
        address = f"/sign-off/words/{key}/"
        answer = client_as("manager").post(
            address, {**WORDS, "why": "Two posts empty."}
        )
        assert answer.status_code == 302


def test_a_draft_is_read_by_officers_with_its_state_and_not_by_members() -> None:
    assert "Nothing is signed here" in page(client_as("member"), PAGE)
    assert write().status_code == 302

    text = page(client_as("manager"), PAGE)
    assert "Not signed: draft." in text
    assert "an assessment that closed: 26.8%." in text
    assert (
        "A call eight weeks after closing. Head of Front Door, by 31 January 2099."
        in text
    )
    for role in ("member", "chair"):
        text = page(client_as(role), PAGE)
        assert "Most families return" not in text and "Nothing is signed here" in text


def test_the_clerk_reads_no_draft_before_it_was_held_against_the_figures() -> None:
    write_all()
    assert "Most families return" not in page(client_as("clerk"), PAGE)
    act("manager", CARE, "submit")
    assert "Not signed: submitted." in page(client_as("clerk"), PAGE)


def test_what_is_signed_is_read_by_everybody() -> None:
    write_all()
    assert act("manager", CARE, "submit").status_code == 302
    assert act("manager", CARE, "sign").status_code == 403  # not theirs to sign
    assert act("director", CARE, "sign").status_code == 302

    text = page(client_as("member"), PAGE)
    assert "Most families return after an assessment that closed: 26.8%." in text
    assert "manager, " in text and "signed by director on" in text
    assert "Not signed" not in text


def test_a_red_without_a_reason_and_a_day_blocks_and_says_which() -> None:
    assert write(why="", by="").status_code == 302
    answer = act("manager", CARE, "submit")
    assert answer.status_code == 422
    text = page(client_as("director"), "/sign-off/")
    assert "misses its target, and lacks a reason and a day." in text
    # Of the one that nobody wrote of.
    assert "lacks a reason, what comes next, an owner and a day." in text


def test_it_is_returned_with_words_and_the_words_stand_on_the_page() -> None:
    write_all()
    act("manager", CARE, "submit")
    assert write(why="Other.").status_code == 422  # submitted: it stands as it is
    assert act("director", CARE, "return").status_code == 422  # without words
    assert act("director", CARE, "return", why="Say which teams.").status_code == 302

    assert "Say which teams." in page(client_as("manager"), EDIT)
    assert write(began="1", why="Two teams did not call.").status_code == 302


def test_markup_is_shown_as_text_and_a_huge_text_is_refused_with_words() -> None:
    write(why="<script>alert(1)</script> & {FD2.value}")
    text = page(client_as("manager"), PAGE)
    assert "<script>alert" not in text and "&lt;script&gt;alert(1)" in text

    answer = write(began="1", why="a" * 100_000)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "has 100,000 letters, and 1200 are the most" in text
    assert "a" * 100_000 in text  # it is still there to be cut


def test_of_two_who_save_at_once_both_texts_are_shown() -> None:
    assert write().status_code == 302
    answer = write("analyst", why="Another reason.")  # began from nothing, too
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "manager saved version 1 while you wrote" in text
    assert "Most families return" in text and "Another reason." in text
    assert write("analyst", began="1", why="Both.").status_code == 302
    assert "2 versions" in page(client_as("manager"), EDIT)


def test_the_same_save_twice_makes_one_version() -> None:
    assert write().status_code == 302
    assert write().status_code == 302
    assert "1 version<" in page(client_as("manager"), EDIT)


def test_what_was_typed_is_given_back_when_the_session_has_ended() -> None:
    answer = client_as().post(EDIT, {**WORDS, "why": "Typed at night <b>"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "nothing is lost" in text and "Typed at night &lt;b&gt;" in text
    assert 'value="2099-01-31"' in text and "Most families" not in text
    assert client_as().get(EDIT).status_code == 302


def test_a_form_of_an_earlier_sign_in_gives_the_text_back() -> None:
    client = client_as("manager", enforce_csrf_checks=True)
    answer = client.post(EDIT, {**WORDS, "why": "Typed before."})
    assert answer.status_code == 403
    assert "Typed before." in answer.content.decode()
    assert "save it again" in answer.content.decode()


def test_a_draft_of_the_figures_fills_what_is_empty_and_saves_nothing() -> None:
    from openscrutiny.scrutiny.commentary.models import Version

    answer = client_as("manager").post(EDIT, {"do": "draft", "why": "Mine."})
    text = answer.content.decode()
    assert answer.status_code == 200 and "Mine." in text
    assert not Version.objects.exists()


def test_part_b_is_kept_from_members_with_its_paragraph_and_reason() -> None:
    write_all()
    from openscrutiny.scrutiny.models import Meeting

    held = Meeting.objects.get(title="Scrutiny", date__gt=localdate())
    kept = {
        "meeting": str(held.pk),
        "key": "FD2",
        "part": "why",
        "paragraph": "4",
        "reason": "A dispute with staff is still open.",
    }
    assert client_as("manager").post("/sign-off/part/", kept).status_code == 403
    without = {**kept, "reason": " "}
    assert client_as("clerk").post("/sign-off/part/", without).status_code == 422
    assert client_as("clerk").post("/sign-off/part/", kept).status_code == 302
    act("manager", CARE, "submit")
    act("director", CARE, "sign")

    text = page(client_as("member"), PAGE)
    assert "Most families return" not in text
    assert "stands in Part B, by paragraph 4 of Schedule 12A: A dispute with" in text
    assert "A call eight weeks after closing." in text
    assert "Most families return" in page(client_as("chair"), PAGE)


@pytest.mark.parametrize("role", [*OFFICERS, "clerk"])
def test_the_page_of_sign_off_says_who_is_late_and_offers_what_each_may(
    role: str,
) -> None:
    write_all()
    text = page(client_as(role), "/sign-off/")
    assert "0 of 3 sections signed" in text and " days late" in text
    assert (">Submit<" in text) == (role in ("analyst", "manager", "director", "dcs"))


def test_the_clerk_learns_of_what_kind_it_is_and_no_figure_that_officers_see() -> None:
    write(why="The figure fell.")
    text = page(client_as("clerk"), "/sign-off/")
    assert "It needs a reason, and what comes next" in text
    assert "misses its target" not in text


def test_the_words_of_a_section_stand_above_its_indicators() -> None:
    section = "/sign-off/words/childrens-social-care/"
    said = {**WORDS, "why": "", "celebrate": "Every {FD2.value} was called."}
    assert client_as("manager").post(section, said).status_code == 302
    assert "Every 26.8% was called." in page(client_as("analyst"), "/indicators/")
    assert "was called" not in page(client_as("member"), "/indicators/")
    write_all()
    act("manager", CARE, "submit")
    act("director", CARE, "sign")
    assert "Every 26.8% was called." in page(client_as("member"), "/indicators/")
