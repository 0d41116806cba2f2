"""Hostile SEN2 files: each is refused plainly, and nothing outside is ever read."""

from pathlib import Path

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.reading import Reading
from openscrutiny.returns.sen2.reader import Sen2Reader
from support.invented_returns import (
    DATA,
    REQUEST,
    MemoryFile,
    folder_files,
    read_all,
    refusal,
)

READER = Sen2Reader()
TEXT = DATA.joinpath("sen2", "invented.xml").read_text(encoding="utf-8")

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def xml(text: str) -> MemoryFile:
    return MemoryFile("invented.xml", text.encode())


def test_a_document_type_is_refused_even_an_empty_one() -> None:
    refused = refusal(READER, xml(TEXT.replace(HEAD, f"{HEAD}<!DOCTYPE Message>")))
    assert refused.rule == "doctype"


def test_an_entity_of_a_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TopSecret", encoding="utf-8")
    dtd = f'<!DOCTYPE M [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = TEXT.replace(HEAD, HEAD + dtd).replace(">A123456789012<", ">&x;<")
    refused = refusal(READER, xml(text))
    assert refused.rule in {"doctype", "xml"}
    assert "TopSecret" not in str(refused.args)


def test_entities_that_multiply_are_refused_at_once() -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    text = TEXT.replace(HEAD, f"{HEAD}<!DOCTYPE M [{entities}]>")
    refused = refusal(READER, xml(text.replace(">WBRI<", ">&a11;<")))
    assert refused.rule in {"doctype", "xml"}


def test_a_document_type_in_utf_16_does_not_slip_through() -> None:
    text = TEXT.replace(HEAD, '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE M>')
    refused = refusal(READER, MemoryFile("invented.xml", text.encode("utf-16")))
    assert refused.rule == "doctype"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_xml_cut_short_is_refused_whole(share: float) -> None:
    data = TEXT.encode()[: int(len(TEXT.encode()) * share)]
    outcomes = dict(READER.read([("", file := MemoryFile("x.xml", data))], REQUEST))
    refused = outcomes[file]
    assert isinstance(refused, RefusedFile)
    assert refused.rule == "xml"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.replace("WBRI", "WBR\u00cd").encode("cp1252"),
        TEXT.replace("WBRI", "WB\0RI").encode(),
        TEXT.replace("</Persons>", "</Wrong>").encode(),
        TEXT.replace("<UPN>", "<UPN>" + "<a>" * 400).encode(),
        TEXT.replace("WBRI", "W" * 11_000_000).encode(),
    ],
    ids=["wrong encoding", "NUL", "wrong end", "too deep", "too long"],
)
def test_malformed_xml_is_refused(data: bytes) -> None:
    file = MemoryFile("invented.xml", data)
    refused = refusal(READER, file)
    assert refused.rule == "xml"
    assert refused.line > 0


def test_xml_without_a_person_is_refused() -> None:
    text = TEXT[: TEXT.index("<Persons>")] + "<Persons></Persons></Message>"
    assert refusal(READER, xml(text)).rule == "rows"


def test_a_plan_outside_a_request_is_rejected_and_counted() -> None:
    stray = "<ActivePlans><LastReview>2024-05-01</LastReview></ActivePlans>"
    text = TEXT.replace("<UPNunknown>", f"{stray}<UPNunknown>")
    reading = read_all(READER, [xml(text)])["invented.xml"]
    assert isinstance(reading, Reading)
    assert (reading.rows_read, reading.rows_rejected) == (13, 1)
    assert [(p.field, p.rule) for p in reading.problems] == [
        ("requeststableid", "missing")
    ]


def test_of_elements_on_one_line_each_is_found_again() -> None:
    text = TEXT.replace("2024-03-01", "2024-31-31").replace("2018-05-01", "no day")
    single = "".join(line.strip() for line in text.splitlines())
    reading = read_all(READER, [xml(single)])["invented.xml"]
    assert isinstance(reading, Reading)
    assert reading.tables["person"]["line"].to_list() == [1, 2]
    assert reading.unread is not None
    assert ("person", "pers_dob", 2) in reading.unread.rows()
    told = [p.field for p in reading.problems if p.rule == "line"]
    assert told == ["person", "requests", "plandetail", "senneed"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"2024-Jan-10", b"2024-Jan-10\0", "encoding"),
        (b",2024-Jan-10", b",,2024-Jan-10", "ragged"),
        (b",2024-Jan-10", b',"2024-Jan-10', "quotation"),
        (b"2024-Jan-10", b"2" * 50_000, "cell"),
    ],
)
def test_a_damaged_module_is_refused_with_its_line(
    old: bytes, new: bytes, rule: str
) -> None:
    files = folder_files("sen2", "invented")
    requests = next(f for f in files if "requests" in f.name)
    damaged = MemoryFile(requests.name, requests.data.replace(old, new))
    others = [f for f in files if f.name != requests.name]
    refused = refusal(READER, damaged, *others)
    assert (refused.rule, refused.line) == (rule, 3)


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 99, b"<", b"<Message", b'"' * 5000, b"\xff\xfe<\0M\0"]
)
def test_recognising_never_raises(data: bytes) -> None:
    assert READER.recognise(MemoryFile("anything", data)) is None
