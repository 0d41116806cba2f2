"""Commentary and sign-off at the command line, and what the paper says of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from openscrutiny.workspace import Workspace
from support.councils import build_twice

CARE = ("--section", "childrens-social-care")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return build_twice(tmp_path_factory.mktemp("commentary"))


@pytest.fixture
def run(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    def command(*words: str) -> tuple[int, str, str]:
        status = main([*words, "-w", str(place.folder)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_words_are_drafted_kept_shown_signed_and_put_into_the_paper(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    status, out, err = run("commentary", "draft", "FD1", "--json")
    assert status == 0 and json.loads(out)["draft"]["why"] == ""

    parts = tmp_path / "parts.json"
    said = {
        "why": "Schools refer more: {FD1.value}.",
        "well": "Calls.",
        "worried": "W.",
    }
    parts.write_text(json.dumps(said), encoding="utf-8")
    kept = ("commentary", "set", "fd1", "--by", "Ann", "--file", str(parts))
    assert run(*kept, "--json")[:2] == (0, '{\n  "key": "FD1",\n  "version": 1\n}\n')
    more = ("--next", "A call.", "--owner", "Head", "--due", "2027-03-31")
    assert run("commentary", "set", "FD1", "--by", "Ben", *more)[0] == 0

    shown: dict[str, Any] = json.loads(run("commentary", "show", "FD1", "--json")[1])
    last, first = shown["versions"]
    assert (last["version"], last["author"], last["why"], last["by"]) == (
        2, "Ben", said["why"], "2027-03-31",
    )  # fmt: skip
    assert (first["version"], first["author"], first["next"]) == (1, "Ann", "")
    assert "FD1: version 2 by Ben: why, what is" in run("commentary", "list")[1]

    refused = run("signoff", "submit", *CARE, "--by", "Ann")
    assert refused[0] == 2 and "FD2: Re-referrals within 12 months is" in refused[2]
    other = ("--why", "Two posts.", *more)
    assert run("commentary", "set", "FD2", "--by", "Ben", *other)[0] == 0
    submitted = run("signoff", "submit", *CARE, "--by", "Ann")
    assert submitted[0] == 0, submitted[2]
    assert run("signoff", "sign", *CARE, "--by", "Dee")[0] == 0
    told = json.loads(run("signoff", "status", "--json")[1])
    states = {one["thing"]: one["state"] for one in told["things"]}
    assert states["Children’s social care"] == "signed"
    assert states["the whole paper"] == "open"
    assert [one["act"] for one in told["done"]] == ["sign", "submit"]

    out_folder = tmp_path / "out"
    pack = ("pack", "--meeting", "1", "--format", "html", "--audience", "public")
    assert run(*pack, "-o", str(out_folder))[0] == 0
    (annex,) = out_folder.glob("*-annex.html")
    text = annex.read_text(encoding="utf-8")
    assert "In the service’s words" in text and "Schools refer more: " in text
    assert "{FD1" not in text

    part = ("signoff", "part-b", "FD1", "--paragraph", "4", "--by", "Cleo")
    assert run(*part, "--why", "A dispute is open.")[0] == 0
    both = [word.replace("html", "html,csv") for word in pack]
    assert run(*both, "-o", str(out_folder))[0] == 0
    text = annex.read_text(encoding="utf-8")
    assert "Schools refer more" not in text
    assert 'class="code">FD1' not in text and "Two posts." in text  # nor its tile
    (figures,) = out_folder.glob("*.csv")
    assert "FD2" in figures.read_text("utf-8")
    assert "FD1" not in figures.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("commentary", "show"), "It is not said of what."),
        (("commentary", "show", "XX9"), "There is no indicator or section “XX9”."),
        (("commentary", "set", "FD1", "--why", "W"), "Nobody is named who does this."),
        (
            ("commentary", "set", "FD1", "--by", "A", "--why", "w" * 100_000),
            "“Why” has 100,000 letters, and 1200 are the most.",
        ),
        (
            ("commentary", "set", "FD1", "--by", "A", "--due", "soon"),
            "“The day” is “soon”, which is no day.",
        ),
        (("signoff", "sign", "--by", "A"), "No section is named to sign."),
        (("signoff", "clear", "--by", "A"), "It is not said whose clearance it is."),
        (("signoff", "approve", "--by", "A"), "Not every section is signed:"),
        (("signoff", "status", "--meeting", "99"), "There is no meeting 99."),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(
    run: Callable[..., tuple[int, str, str]], words: tuple[str, ...], said: str
) -> None:
    status, out, err = run(*words)
    assert status == 2 and said in err
