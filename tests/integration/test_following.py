"""After the meeting: digests, the executive's answers, and the work programme."""

import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from openscrutiny.cli.following import open_sender
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.permissions import Actor, MayNotError
from openscrutiny.scrutiny.roles import Role
from support.meetings import CLERK, clear_meetings, page, planned, traces
from web_fakes.site import ROLES, client_as, make_site

MEMBER, DCS = Actor("member", Role.MEMBER), Actor("dcs", Role.DCS)
CHAIR = Actor("chair", Role.CHAIR)
# Figures as somebody is shown them: a test looks for them where they must not be.
SHOWN = {"FD2": "26.8% of 7,986"}


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    """Serve the invented authority, with no meeting and nothing in its trail."""
    make_site()
    clear_meetings()
    yield
    make_site()
    clear_meetings()


def recommended(wording: str = "Show vacancies by team.", **more: Any) -> int:
    from openscrutiny.scrutiny.meetings.planning import record_meeting
    from openscrutiny.scrutiny.trail.deciding import record

    met = record_meeting(CLERK, date(2026, 7, 14), "Scrutiny")
    return record(Kind.RECOMMENDATION, wording, CLERK, meeting=met, **more)


def post(folder: Path, shown: dict[str, str] | None = None, **more: Any) -> Any:
    """Make and deliver every digest as of now."""
    from openscrutiny.scrutiny.meetings.digest import deliver, make_digests
    from openscrutiny.scrutiny.meetings.listing import now_here, today_here

    told = SHOWN if shown is None else shown
    digests = make_digests(
        lambda audience, code: told.get(code, ""), now_here(), today_here()
    )
    given = {"sender": "a@example.org", "council": "Exampleton", **more}
    return deliver(digests, folder, **given)


def read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


# ---------- Following ----------


def test_things_are_followed_on_their_pages_by_whoever_signs_in() -> None:
    number = recommended()
    for role in ROLES:
        client = client_as(role)
        assert "You follow nothing yet." in page(role, "/following/")
        for to, key in (("indicator", "FD2"), ("entry", str(number))):
            sent = client.post("/following/change/", {"to": to, "key": key})
            assert sent.status_code == 302
            client.post("/following/change/", {"to": to, "key": key})  # once
        text = page(role, "/following/")
        assert text.count("Follow no longer") == 2 and "Show vacancies" in text
        assert "Follow it no longer" in page(role, f"/trail/{number}/")
    off = {"to": "indicator", "key": "FD2", "do": "unfollow", "back": "list"}
    assert client_as("member").post("/following/change/", off)["Location"] == (
        "/following/"
    )
    assert page("member", "/following/").count("Follow no longer") == 1
    assert page("chair", "/following/").count("Follow no longer") == 2
    for to, key in (("entry", "999"), ("indicator", "NOPE1"), ("riddle", "1")):
        sent = client_as("member").post("/following/change/", {"to": to, "key": key})
        assert sent.status_code == 404


def test_an_address_that_is_none_is_refused() -> None:
    member = client_as("member")
    for wrong in ("nobody", "a@b", "a@example.org\nBcc: x@example.org"):
        sent = member.post("/following/", {"address": wrong})
        assert sent.status_code == 422
    assert member.post("/following/", {"address": "jo@example.org"}).status_code == 302
    assert 'value="jo@example.org"' in page("member", "/following/")
    assert 'value="jo@example.org"' not in page("chair", "/following/")


def test_a_digest_tells_what_is_new_once_and_holds_no_figure(tmp_path: Path) -> None:
    from openscrutiny.scrutiny.meetings.following import follow, set_address
    from openscrutiny.scrutiny.trail.deciding import move, record

    number = recommended()
    set_address(MEMBER, "jo@example.org")
    follow(MEMBER, "indicator", "FD2")
    follow(MEMBER, "entry", str(number))
    assert post(tmp_path) == []  # nothing is news yet, and the figure is known now

    record(Kind.QUESTION, "Why did it rise?", CLERK, about=[("indicator", "FD2")])
    record(Kind.QUESTION, "Not followed?", CLERK, about=[("indicator", "LA5")])
    move(number, "accepted", CLERK)
    [(path, wrong)] = post(tmp_path, {"FD2": "27.4% of 8,977"})
    assert wrong == "" and path.suffix == ".eml"
    message = read(path)
    assert message["To"] == "jo@example.org" and message["From"] == "a@example.org"
    assert message["Subject"] == "Exampleton: 3 things for you"
    text = message.get_content()
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    question = number + 1
    assert lines == [
        "- FD2 has a new figure.",
        f"- Recommendation {number} is now accepted: Show vacancies by team.",
        f"- New question {question} about FD2: Why did it rise?",
    ]
    assert "%" not in text and "8,977" not in text
    assert post(tmp_path, {"FD2": "27.4% of 8,977"}) == []
    assert len(list(tmp_path.iterdir())) == 1


def test_nothing_restricted_and_nothing_to_whoever_left_is_sent(tmp_path: Path) -> None:
    from openscrutiny.scrutiny.meetings.following import follow, set_address
    from openscrutiny.scrutiny.meetings.listing import now_here
    from openscrutiny.scrutiny.models import Person
    from openscrutiny.scrutiny.trail.deciding import record
    from openscrutiny.scrutiny.trail.models import (
        MinutesFile,
        MinutesItem,
        ProposalRecord,
    )

    set_address(CLERK, "clerk@example.org")
    set_address(MEMBER, "jo@example.org")
    for who in (CLERK, MEMBER):
        follow(who, "indicator", "FD2")
    file = MinutesFile.objects.create(name="m", sha256="1" * 64)
    item = MinutesItem.objects.create(file=file, text="Secret.", restricted=True)
    held = ProposalRecord.objects.create(
        key="s" * 12, item=item, kind=Kind.COMMENT, start=0, end=7
    )
    about = [("indicator", "FD2")]
    record(Kind.COMMENT, "Secret.", CLERK, proposal=held, about=about)
    assert post(tmp_path) == []
    record(Kind.COMMENT, "Open.", CLERK, about=about)
    member = Person.objects.filter(name="member")
    paths = []
    for state in (
        {"is_active": False, "left_at": now_here()},
        {"ends_on": date(2026, 1, 1)},
    ):
        member.update(**state)
        try:
            paths += [path for path, _ in post(tmp_path)]
        finally:
            member.update(is_active=True, left_at=None, ends_on=None)
    [path] = paths
    message = read(path)
    assert message["To"] == "clerk@example.org"
    assert "Open." in message.get_content() and "Secret" not in message.get_content()
    clear_meetings()
    for one in (held, item, file):
        one.delete()


def test_those_who_owe_something_for_a_meeting_are_reminded(tmp_path: Path) -> None:
    from django.utils.timezone import localdate

    from openscrutiny.scrutiny.meetings.following import set_address
    from openscrutiny.scrutiny.meetings.planning import cancel

    number = planned(localdate() + timedelta(days=12))
    for who in (MEMBER, DCS):
        set_address(who, f"{who.name}@example.org")
    texts = {read(path)["To"]: read(path).get_content() for path, _ in post(tmp_path)}
    assert "Pack signed off" in texts["dcs@example.org"]
    assert "Commentary written" not in texts["dcs@example.org"]
    cancel(CLERK, number, "Snow.")
    assert post(tmp_path) == []


# ---------- By mail ----------


class _Server(socketserver.ThreadingTCPServer):
    """Stand in for a mail server that takes one message, or refuses it."""

    daemon_threads = True
    refuses = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[str] = []


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Any = self.server
        self._say("220 ready")
        while line := self.rfile.readline().decode():
            match line[:4].strip().upper():
                case "DATA":
                    self._say("354 go on")
                    lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                    server.taken.append("".join(lines))
                    self._say("250 taken")
                case "RCPT" if server.refuses:
                    self._say("550 no")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 well")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as one:
        thread = threading.Thread(target=one.serve_forever, args=(0.02,))
        thread.start()
        yield one
        one.shutdown()
        thread.join()


def given(server: _Server, sign_in: str = "") -> dict[str, str]:
    address = f"127.0.0.1:{server.server_address[1]}"
    return {"OPENSCRUTINY_SMTP": address, "OPENSCRUTINY_SMTP_SIGN_IN": sign_in}


def test_a_digest_goes_through_a_mail_server_and_again_where_it_was_refused(
    tmp_path: Path, server: _Server
) -> None:
    from openscrutiny.scrutiny.meetings.following import follow, set_address
    from openscrutiny.scrutiny.trail.deciding import record

    set_address(MEMBER, "jo@example.org")
    follow(MEMBER, "indicator", "FD2")
    record(Kind.QUESTION, "Why did it rise?", CLERK, about=[("indicator", "FD2")])
    send = open_sender(given(server))
    server.refuses = True
    [(path, wrong)] = post(tmp_path, send=send)
    assert wrong == "SMTPRecipientsRefused" and path.exists()
    server.refuses = False
    [(_, wrong)] = post(tmp_path, send=send)
    assert wrong == "" and "Why did it rise?" in server.taken[0]
    assert post(tmp_path, send=send) == []


def test_a_password_is_not_said_to_a_server_without_encryption(
    tmp_path: Path, server: _Server
) -> None:
    message = EmailMessage()
    with pytest.raises(OSError, match="STARTTLS"):
        open_sender(given(server, "name:secret"))(message)
    for wrong in ("", "host", "host:port"):
        with pytest.raises(OpenScrutinyError, match="No mail server"):
            open_sender({"OPENSCRUTINY_SMTP": wrong, "OPENSCRUTINY_SMTP_SIGN_IN": ""})
    assert server.taken == []


# ---------- The executive's answer ----------


def test_the_executive_answers_in_its_words_and_late_is_said() -> None:
    from openscrutiny.scrutiny.trail.models import Entry

    number = recommended()
    assert Entry.objects.get(pk=number).due == date(2026, 9, 14)
    address, director = f"/trail/{number}/response/", client_as("director")
    assert "due by 14 September 2026" in page("director", f"/trail/{number}/")
    sent = {"outcome": "partly accepted", "words": "From April <on>.",
            "given_by": "Cabinet", "given_on": "2026-09-24"}  # fmt: skip
    for wrong, said in (
        ({"words": ""}, "no answer"),
        ({"outcome": "done"}, "is no answer"),
        ({"given_by": ""}, "no name"),
        ({"given_on": "2026-07-01"}, "cannot have been answered"),
        ({"given_on": "2099-01-01"}, "cannot have been answered"),
        ({"words": "For a boy aged 9 only."}, "may be personal"),
    ):
        refused = director.post(address, {**sent, **wrong})
        assert refused.status_code == 422 and said in refused.content.decode(), wrong
    assert director.post(address, sent).status_code == 302
    assert director.post(address, sent).status_code == 422  # it is answered
    text = page("member", f"/trail/{number}/")
    assert "Partly accepted" in text and "From April &lt;on&gt;." in text
    assert "by Cabinet on 24 September 2026, 10 days after it was due" in text
    for role in set(ROLES) - {"director", "dcs", "clerk"}:
        assert client_as(role).post(address, sent).status_code == 403
    assert client_as("clerk").get("/trail/999/response/").status_code == 404


# ---------- The work programme ----------


def test_members_ask_the_chair_decides_and_whoever_asked_may_take_it_back() -> None:
    number = planned(date(2099, 12, 8))
    member, chair = client_as("member"), client_as("chair")
    for sent in (
        {"kind": "an indicator", "words": "Young carers by ward."},
        {"kind": "a closer look", "about": "fd2", "words": "Why families come back."},
    ):
        assert member.post("/programme/add/", sent).status_code == 302
        assert member.post("/programme/add/", sent).status_code == 422  # once
    text = page("chair", "/programme/")
    assert "Young carers by ward." in text and "Decide</summary>" in text
    assert "Decide</summary>" not in page("member", "/programme/")
    first, second = sorted(_numbers())
    decided = {"number": second, "state": "agreed", "meeting": number}
    assert member.post("/programme/decide/", decided).status_code == 403
    assert chair.post("/programme/decide/", decided).status_code == 302
    no = {"number": second, "state": "declined"}
    assert chair.post("/programme/decide/", no).status_code == 422  # needs a reason
    back = {"number": first, "state": "withdrawn", "why": "Found it."}
    assert client_as("clerk").post("/programme/decide/", back).status_code == 302
    text = page("analyst", "/programme/")
    assert "8 December 2099" in text and "Ask for something" not in text
    assert client_as("analyst").post("/programme/add/", {}).status_code == 403
    assert ("chair", "programme agreed", 2) in traces()


def test_nobody_takes_back_what_another_member_asked_for() -> None:
    from openscrutiny.scrutiny.meetings.programme import ask_for, decide

    number = ask_for(CHAIR, "an indicator", words="Young carers.")
    with pytest.raises(MayNotError):
        decide(MEMBER, number, "withdrawn", why="No.")
    for wrong in ("riddle", "done"):
        with pytest.raises(OpenScrutinyError, match="cannot become"):
            decide(CHAIR, number, wrong)
    decide(CHAIR, number, "withdrawn", why="Found it.")
    with pytest.raises(OpenScrutinyError, match="may be personal"):
        ask_for(MEMBER, "a closer look", words="The boy aged 9 at one school.")


def _numbers() -> list[int]:
    from openscrutiny.scrutiny.meetings.models import WorkRequest

    return list(WorkRequest.objects.values_list("pk", flat=True))


# ---------- Commands ----------


def test_the_commands_write_digests_and_keep_the_programme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "w")
    assert main(["init", place, "--council", "306"]) == 0
    assert main(["user", "add", "jo", "--role", "member", "-w", place]) == 0
    assert main(["digest", "-w", place]) == 0
    assert "There is no news" in capsys.readouterr().err

    from openscrutiny.scrutiny.meetings.following import follow, set_address
    from openscrutiny.scrutiny.trail.deciding import record

    jo = Actor("jo", Role.MEMBER)
    set_address(jo, "jo@example.org")
    follow(jo, "indicator", "FD2")
    record(Kind.QUESTION, "Why?", CLERK, about=[("indicator", "FD2")])
    assert main(["digest", "-w", place, "--send"]) == 2  # no server is named
    capsys.readouterr()
    assert main(["digest", "-w", place, "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)["digests"]
    assert one["wrong"] == "" and "Why?" in read(Path(one["file"])).get_content()

    programme = ["programme", "-w", place, "--json"]
    asked = ["add", "--kind", "a closer look", "--about", "FD2", "--text", "Why?"]
    assert main([*programme, *asked, "--by", "Jo"]) == 0
    assert main([*programme, "decide", "1", "--state", "declined"]) == 2
    assert main([*programme, "decide"]) == 2
    assert main([*programme, "decide", "1", "--by", "Chair"]) == 0
    capsys.readouterr()
    assert main([*programme, "list"]) == 0
    [row] = json.loads(capsys.readouterr().out)["programme"]
    assert (row["about"], row["state"], row["decided_by"]) == ("FD2", "agreed", "Chair")
