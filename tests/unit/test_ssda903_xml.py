"""SSDA903 in XML fills the record as the CSV set does."""

from pathlib import Path

import polars as pl
import pytest

from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.workspace import create_workspace

FILE = Path(__file__).parents[1] / "data" / "ssda903" / "xml" / "invented_ssda903.xml"
CSV = {
    "header.csv": """CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
INV0001,M,04/05/2012,WBRI,UN1,,
INV0002,F,20/11/2009,AOTH,UN1,,
INV0003,F,03/02/2005,WBRI,UN1,,
""",
    "episodes.csv": """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,URN
INV0001,01/05/2024,S,C2,N1,U6,PR1,01/10/2024,X1,CARPL,SC000001
INV0001,01/10/2024,P,C2,N1,K2,PR4,,,,
INV0002,02/01/2025,S,C1,N1,A4,PR1,,,,
""",
    "missing.csv": """CHILD,DOB,MISSING,MIS_START,MIS_END
INV0001,04/05/2012,M,01/08/2024,02/08/2024
INV0001,04/05/2012,A,01/09/2024,
""",
    "reviews.csv": """CHILD,DOB,REVIEW,REVIEW_CODE
INV0001,04/05/2012,01/06/2024,PN1
""",
    "uasc.csv": "CHILD,SEX,DOB,DUC\nINV0002,F,20/11/2009,20/11/2027\n",
    "oc3.csv": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nINV0003,03/02/2005,YES,F4,U1\n",
}
SAME = ("person", "cla_episodes", "missing", "cla_reviews", "immigration_status",
        "care_leavers")  # fmt: skip


def load(place: Path, path: Path) -> tuple[list[FileOutcome], dict[str, pl.DataFrame]]:
    """Load a path, and give the outcomes and the record's tables without lineage."""
    outcomes = load_paths(create_workspace(place, ("299",)), [path])
    journal = Journal(place / "record")
    tables: dict[str, list[pl.DataFrame]] = {}
    for entry in journal.entries():
        for name in entry.tables:
            frame = pl.read_parquet(journal.paths(name, [entry]))
            told = [c for c in frame.columns if "_" in c and c != "load_id"]
            tables.setdefault(name, []).append(frame.select(sorted(told)))
    return outcomes, {name: pl.concat(each) for name, each in tables.items()}


def test_the_xml_gives_what_the_csv_set_gives(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in CSV.items():
        (folder / name).write_text(text, encoding="utf-8")
    _, expected = load(tmp_path / "csv", folder)
    [outcome], found = load(tmp_path / "xml", FILE)

    assert (outcome.status, outcome.year) == ("loaded", 2025)
    # Of a permanence order, of health and of an adoption the set above has none.
    assert outcome.rows_read == outcome.rows_kept == 14
    for name in SAME:
        assert found[name].equals(expected[name], null_equal=True), name
    assert found["cla_health"]["clah_sdq_score"].to_list() == [12]
    assert found["previous_permanence"].height == 1
    assert found["adoption_decisions"].height == 1


def change(tmp_path: Path, old: str, new: str) -> FileOutcome:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "cla.xml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    [outcome], _ = load(tmp_path / "w", path)
    return outcome


def test_a_date_that_does_not_exist_is_named_with_its_line(tmp_path: Path) -> None:
    outcome = change(tmp_path, "<DECOM>2025-01-02<", "<DECOM>2025-02-30<")

    [problem] = [p for p in outcome.problems if p.field == "DECOM"]
    assert (
        problem.line
        == FILE.read_text(encoding="utf-8")
        .splitlines()
        .index(
            next(
                x
                for x in FILE.read_text(encoding="utf-8").splitlines()
                if "2025-01-02" in x
            )
        )
        + 1
    )
    assert problem.file.endswith("cla.xml!episodes")
    assert outcome.rows_rejected == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("</EXPSSDA903>", "", "malformed, cut short"),
        ("<EXPSSDA903>", "<!DOCTYPE x><EXPSSDA903>", "document type"),
        ("<HEADER>", "<HEAD>", "malformed"),
    ],
)
def test_what_is_broken_is_refused_with_its_reason(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    outcome = change(tmp_path, old, new)

    assert outcome.status == "refused"
    assert words in outcome.problems[0].message
    assert outcome.problems[0].fix


def test_rows_on_one_line_are_told_apart_by_number(tmp_path: Path) -> None:
    path = tmp_path / "cla.xml"
    text = FILE.read_text(encoding="utf-8").split("-->")[1]
    path.write_text(text.replace("\n", ""), encoding="utf-8")
    [outcome], found = load(tmp_path / "w", path)

    assert outcome.rows_kept == 14
    assert found["cla_episodes"].height == 3
    assert "first, second, third" in outcome.problems[0].message
