"""Say what loading gives for every file of some folders, and what differs after a change.

    python -m tools.compare_loads dump FOLDER... -o before.json
    python -m tools.compare_loads diff before.json after.json

Each folder that holds files is loaded into a workspace of its own, which takes every
authority; a folder with an expected.json (a shared case) by the steps that it states.
Of each file stand status, year, authority, days, counts, findings and, for each table
of the record, its rows and their digest. No value of a row is written. `diff` prints
each difference on a line and ends with 1 where there is one.
"""

import argparse
import contextlib
import hashlib
import io
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from openscrutiny.cli import main as run
from openscrutiny.record.journal import Journal
from openscrutiny.workspace import Workspace, open_workspace

_OWN = ("load_id",)  # what the order of loading alone decides


def dump(folders: list[Path]) -> dict[str, Any]:
    """Load each folder that holds files, and say what that gave."""
    found: dict[str, Any] = {}
    for root in folders:
        for folder in sorted({root, *(p for p in root.rglob("*") if p.is_dir())}):
            inside = any((up / "expected.json").exists() for up in folder.parents)
            if inside or not any(p.is_file() for p in folder.iterdir()):
                continue
            with tempfile.TemporaryDirectory() as place:
                found[str(folder.relative_to(root.parent))] = _load(folder, Path(place))
    return found


def _load(folder: Path, place: Path) -> dict[str, Any]:
    case = folder / "expected.json"
    workspace, files = place / "w", []
    if case.exists():
        told = json.loads(case.read_text(encoding="utf-8"))
        steps = [[folder / "in" / name for name in step] for step in told["steps"]]
        council, extra = told["council"], told["extra"]
    else:
        steps = [sorted(p for p in folder.iterdir() if p.is_file())]
        council, extra = "all", ["--authority", "306"]
    _run(["init", str(workspace), "--council", council])
    for step in steps:
        paths = [str(path) for path in step]
        answer = _run(["load", "-w", str(workspace), "--json", *extra, *paths])
        files += json.loads(answer)["files"]
    return {
        "files": sorted((_plain(file, folder) for file in files), key=str),
        "loads": _tables(open_workspace(workspace), folder),
    }


def _run(arguments: list[str]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        run(arguments)
    return out.getvalue()


def _plain(file: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Leave out what is only of this run, and count findings that are alike."""
    text = json.dumps({**file, "problems": [], "load_id": 0})
    counted = Counter(json.dumps(p, ensure_ascii=False) for p in file["problems"])
    told = [f"{count} x {text}" for text, count in counted.items()]
    plain = json.loads(text.replace(f"{folder}/", ""))
    plain["problems"] = sorted(each.replace(f"{folder}/", "") for each in told)
    return dict(plain)


def _tables(workspace: Workspace, folder: Path) -> dict[str, Any]:
    journal = Journal(workspace.record)
    found: dict[str, Any] = {}
    for entry in journal.entries():
        tables = {
            name: _digest(pl.read_parquet(journal.paths(name, [entry])[0]))
            for name, count in sorted(entry.tables.items())
            if count
        }
        name = f"{entry.file.replace(f'{folder}/', '')} {entry.return_id}"
        found[name] = {
            "tables": tables,
            "covers": {n: [str(d) for d in days] for n, days in entry.covers.items()},
            "gaps": [str(gap) for gap in entry.gaps if not gap.is_empty],
        }
    return found


def _digest(frame: pl.DataFrame) -> str:
    """Give the number of rows and a digest of them, in order of file and line."""
    kept = frame.drop([c for c in _OWN if c in frame.columns])
    order = [c for c in ("file", "line", *kept.columns) if c in kept.columns]
    text = kept.sort(list(dict.fromkeys(order))).write_csv()
    return f"{frame.height} {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def differences(before: Any, after: Any, where: str = "") -> list[str]:
    """List where two dumps differ, each with its place."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            said
            for key in sorted({*before, *after})
            for said in differences(before.get(key), after.get(key), f"{where}/{key}")
        ]
    if isinstance(before, list) and isinstance(after, list):
        if len(before) == len(after) and any(isinstance(each, dict) for each in before):
            pairs = enumerate(zip(before, after, strict=True))
            return [s for n, (b, a) in pairs for s in differences(b, a, f"{where}/{n}")]
        gone = [f"{where}: - {each}" for each in before if each not in after]
        return gone + [f"{where}: + {each}" for each in after if each not in before]
    return [] if before == after else [f"{where}: {before} -> {after}"]


def main() -> int:
    """Dump, or compare two dumps."""
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    dumping = kinds.add_parser("dump")
    dumping.add_argument("folders", nargs="+", type=Path)
    dumping.add_argument("-o", "--output", type=Path, required=True)
    comparing = kinds.add_parser("diff")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    asked = parser.parse_args()
    if asked.kind == "dump":
        text = json.dumps(dump(asked.folders), indent=1, ensure_ascii=False)
        asked.output.write_text(text + "\n", encoding="utf-8")
        return 0
    before, after = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in (asked.before, asked.after)
    )
    found = differences(before, after)
    print("\n".join(found) or "No difference.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
