"""Search all that is kept and said for a person who was typed into a file."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from openscrutiny.cli.telling_loads import tell_loads
from openscrutiny.returns.loading import FileOutcome
from openscrutiny.workspace import Workspace

TRACES = ("zebedee", "quillfeather", "larkspur", "07700", "7700 9", "planted.example")


def everything_kept(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Give every file of the workspace as text, by its name."""
    for path in workspace.folder.rglob("*"):
        if path.suffix == ".parquet":
            yield path.name, f"{path.name} {pl.read_parquet(path).rows()}"
        elif path.is_file():
            yield path.name, path.read_text(encoding="utf-8", errors="replace")


def traces_in(text: str) -> set[str]:
    return {trace for trace in TRACES if trace in text.lower()}


def messages_of(outcomes: list[FileOutcome]) -> str:
    told = json.dumps([each.as_dict() for each in outcomes], ensure_ascii=False)
    return told + "\n".join(tell_loads(outcomes))


def plant_in_columns(sample: Path, value: str) -> Iterator[tuple[int, bytes]]:
    """Give the CSV file once for each column, its last row holding the value there."""
    rows = list(csv.reader(io.StringIO(sample.read_text(encoding="utf-8"))))
    for at in range(len(rows[-1])):
        last = [*rows[-1][:at], value, *rows[-1][at + 1 :]]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([*rows[:-1], last])
        yield at, out.getvalue().encode()
