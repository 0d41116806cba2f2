"""A person typed into any cell of any child-level return is found nowhere afterwards.

One column after another holds a name, an address, a telephone number or an e-mail address;
then record, journal, messages, figures and papers are searched for it. SEN2 has a file of
its own, and what is published is public.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from adversarial.mutants import DATA, PLANTED, STATUSES
from openscrutiny.cli import main
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from support.planted import everything_kept, messages_of, traces_in

Variant = dict[str, bytes]  # the files of one load, by name
Plant = Callable[[str], Variant]
# SSDA903 says no year of its own.
YEARS = {"cin": None, "annex-a": None, "ssda903": 2025}


def variants_of(layout: str, shift: int) -> Iterator[tuple[str, Variant]]:
    """Give one load for each column: its last cell holds a planted value."""
    make = {"cin": _censuses, "annex-a": _workbooks, "ssda903": _sets}[layout]
    for number, (column, plant) in enumerate(make()):
        yield column, plant(PLANTED[(number + shift) % len(PLANTED)])


def _censuses() -> Iterator[tuple[str, Plant]]:
    text = (DATA / "cin" / "invented_census.xml").read_text(encoding="utf-8")
    head, children = text.split("<Children>")
    for tag in sorted(set(re.findall(r"<(\w+)>[^<>]+</\1>", children))):
        *_, last = re.finditer(rf"<{tag}>[^<>]+</{tag}>", children)

        def plant(value: str, tag: str = tag, last: re.Match[str] = last) -> Variant:
            cell = f"<{tag}>{value}</{tag}>"
            whole = children[: last.start()] + cell + children[last.end() :]
            return {"census.xml": f"{head}<Children>{whole}".encode()}

        yield tag, plant


def _sets() -> Iterator[tuple[str, Plant]]:
    folder = DATA / "ssda903" / "invented"
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    for name, data in files.items():
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        for at in range(len(rows[0]) if len(rows) > 1 else 0):

            def plant(
                value: str,
                name: str = name,
                rows: list[list[str]] = rows,
                at: int = at,
            ) -> Variant:
                last = [*rows[-1][:at], value, *rows[-1][at + 1 :]]
                out = io.StringIO()
                csv.writer(out).writerows([*rows[:-1], last])
                return {**files, name: out.getvalue().encode()}

            yield f"{name} {rows[0][at]}", plant


def _workbooks() -> Iterator[tuple[str, Plant]]:
    import fastexcel
    import xlsxwriter

    source = DATA / "annex_a" / "invented_annex_a.xlsx"
    book = fastexcel.read_excel(str(source))
    sheets = {
        name: _repeated(
            book.load_sheet(name, header_row=None, dtypes="string").to_polars().rows()
        )
        for name in book.sheet_names
    }
    # A column of every list at once, the first of each, the second and so on; another
    # person in each, since a team's name stands in several.
    for at in range(max(len(rows[0]) for rows in sheets.values())):

        def plant(value: str, at: int = at) -> Variant:
            out = io.BytesIO()
            with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
                for number, (name, rows) in enumerate(sheets.items()):
                    page = made.add_worksheet(name)
                    for row, cells in enumerate(rows):
                        is_last = 0 < row == len(rows) - 1
                        for column, cell in enumerate(cells):
                            told = (
                                value + "abcdefghijklmnop"[number]
                                if is_last and column == at
                                else cell
                            )
                            if told:
                                page.write_string(row, column, told)
            return {"annex_a_2026-09-30.xlsx": out.getvalue()}

        yield f"column {at + 1} of each list", plant


def _repeated(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """Give each child some more lines of other children, as a real workbook has."""
    head, *lines = rows
    more = [(f"{line[0]}{n}", *line[1:]) for line in lines for n in range(6)]
    return [head, *lines, *more]


def test_a_planted_value_would_be_found(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    frame = pl.DataFrame({"a": ["x", PLANTED[0]]})
    frame.write_parquet(workspace.folder / "a.parquet")

    found = [traces_in(text) for _, text in everything_kept(workspace)]
    assert {"zebedee", "quillfeather"} in found


@pytest.mark.parametrize(
    "shift", [0, *(pytest.param(n, marks=pytest.mark.long) for n in (1, 2, 3))]
)
@pytest.mark.parametrize("layout", YEARS)
def test_planted_in_every_cell_of_a_column(
    layout: str, shift: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    wrong, columns, loaded = [], 0, 0
    for number, (column, files) in enumerate(variants_of(layout, shift)):
        folder = tmp_path / "in" / str(number) / "2025"
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        outcomes = load_paths(workspace, [folder], year=YEARS[layout], authority="299")
        assert {each.status for each in outcomes} <= STATUSES
        columns += 1
        loaded += any(each.status.startswith("loaded") for each in outcomes)
        if found := traces_in(messages_of(outcomes)):
            wrong.append(f"{column}: a message repeats {found}")
    for name, text in everything_kept(workspace):
        if found := traces_in(text):
            wrong.append(f"{name} keeps {found}")
    assert not wrong, "\n".join(wrong[:20])
    # Most are loaded, whatever one cell holds: else nothing would have been tried.
    assert columns > 15 and loaded > columns / 2

    where = ["-w", str(workspace.folder)]
    for command in (
        ["build", "--as-at", "2026-10-31"],
        ["figures", "--format", "csv"],
        ["pack", "--audience", "officers", "--format", "html,csv", "-o", "out"],
        ["loads"],
    ):
        with pytest.MonkeyPatch.context() as patching:
            patching.chdir(tmp_path)
            assert main([command[0], *where, *command[1:]]) in (0, 1), command
    said = capsys.readouterr()
    papers = [p.read_text(encoding="utf-8") for p in (tmp_path / "out").rglob("*.*")]
    assert papers
    assert not traces_in(said.out + said.err + "".join(papers))
    assert not any(traces_in(text) for _, text in everything_kept(workspace))
