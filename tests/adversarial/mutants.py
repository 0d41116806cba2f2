"""A seeded mutator over every layout's small invented files, and what must hold of each.

`python -m adversarial.mutants FIRST COUNT` loads that many mutants, one workspace each,
and prints as JSON what went wrong. It is a program of its own, so that a crash of a
library, and the memory that a mutant takes, are seen from outside.
"""

import csv
import gzip
import io
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import polars as pl

from openscrutiny.cli.telling_loads import tell_loads
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.workspace import create_workspace

DATA: Final = Path(__file__).parents[1] / "data"
COUNCIL: Final = "299"
MOST_SECONDS: Final = 10.0
MOST_MEGABYTES: Final = 512
STATUSES: Final = {
    "loaded", "loaded with problems", "already loaded", "set aside", "refused",
}  # fmt: skip
# What no message may ever hold; all of it invented.
PLANTED: Final = (
    "Zebedee Quillfeather",
    "14 Larkspur Mews",
    "07700 900123",
    "zebedee@planted.example",
)
ODD: Final = (
    "²⁰²⁶", "٢٠٢٥", "\u202eabc", "\u200b", "𝔘𝔫𝔦", "🙂" * 5, "NULL", "=1+1", "-", "\ufeff",
    "1e309", "NaN", "99999999999999999999", "-0", "31/02/2024", "2024-13-01", "01/05/24",
    "0001-01-01", "9999-12-31", "#REF!", "a\nb", 'a"b', "a,b", "'", "*", "^.*$", "é",
    "\u0130", "ß", "true", "1.0", "0x10", "null", "None", "\x7f", "%s", "{0}", "\\",
)  # fmt: skip

Parcel = dict[str, bytes]  # the files of a folder, by name
Chance = random.Random


def find_parcels() -> dict[str, Parcel]:
    """Find every layout: the files of one return, or one publication, by name."""
    sets = ("ssda903/invented", "sen2/invented", "published")
    singles = (
        "annex_a/invented_annex_a.xlsx",
        "cin/invented_census.xml",
        "sen2/invented.xml",
        "ssda903/xml/invented_ssda903.xml",
    )
    parcels = {
        name: {p.name: p.read_bytes() for p in sorted((DATA / name).iterdir())}
        for name in sets
    }
    parcels |= {name: {Path(name).name: (DATA / name).read_bytes()} for name in singles}
    for name, data in parcels["published"].items():
        parcels[f"published/{name}"] = {name: data}
    return parcels


# ---------------------------------------------------------------- bytes


def flip(data: bytes, chance: Chance) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20])):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: Chance) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def insert(data: bytes, chance: Chance) -> bytes:
    at = chance.randrange(len(data) + 1)
    pieces = [
        b"\0",
        b"\xff\xfe",
        b'"',
        b",",
        b"\r",
        b"\n\n\n",
        b"<!DOCTYPE x>",
        b"\x1a",
    ]
    return data[:at] + chance.choice(pieces) + data[at:]


def leave_out(data: bytes, chance: Chance) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(1, 200) :]


def repeat(data: bytes, chance: Chance) -> bytes:
    at = chance.randrange(len(data) + 1)
    piece = data[at : at + chance.randrange(1, 400)]
    return data[:at] + piece * chance.choice([2, 3, 50]) + data[at:]


def turn(data: bytes, chance: Chance) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[at:] + data[:at]


def lengthen(data: bytes, chance: Chance) -> bytes:
    return data + chance.randbytes(chance.randrange(1, 300))


def empty(data: bytes, chance: Chance) -> bytes:
    return chance.choice([b"", b"\n", b" ", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 40])


# ---------------------------------------------------------------- text


def encode(data: bytes, chance: Chance) -> bytes:
    text = data.decode("utf-8", "replace")
    kind = chance.choice(
        ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-32", "cp037"]
    )
    return text.encode(kind, "replace")


def odd_text(data: bytes, chance: Chance) -> bytes:
    """Put an odd value in a word's place."""
    text = data.decode("utf-8", "replace")
    words = text.replace(">", ",").replace("<", ",").replace("\n", ",").split(",")
    old = chance.choice(words) or ","
    return text.replace(old, chance.choice(ODD), chance.choice([1, 1, -1])).encode(
        "utf-8", "surrogatepass"
    )


def line_ends(data: bytes, chance: Chance) -> bytes:
    plain = data.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n", b"\n\r"]))


def plant(data: bytes, chance: Chance) -> bytes:
    """Put what must never be repeated in the place of some cell's or element's text."""
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    secret = chance.choice(PLANTED)
    if "<" in lines[at]:
        head, _, tail = lines[at].partition(">")
        lines[at] = head + ">" + secret + tail[tail.find("<") :]
    else:
        cells = lines[at].split(",")
        cells[chance.randrange(len(cells))] = secret
        lines[at] = ",".join(cells)
    return "\n".join(lines).encode()


# ---------------------------------------------------------------- tables of text


def rows_of(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8", "replace").replace("\0", "")
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error:
        rows = []
    return rows or [["x"]]


def as_csv(rows: list[list[str]], separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def swap_cells(data: bytes, chance: Chance) -> bytes:
    rows = rows_of(data)
    for _ in range(chance.choice([1, 5, 50])):
        one, other = chance.choice(rows), chance.choice(rows)
        if one and other:
            a, b = chance.randrange(len(one)), chance.randrange(len(other))
            one[a], other[b] = other[b], one[a]
    return as_csv(rows)


def odd_cells(data: bytes, chance: Chance) -> bytes:
    rows = rows_of(data)
    for _ in range(chance.choice([1, 5, 50])):
        row = chance.choice(rows[1:] or rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(ODD)
    return as_csv(rows)


def odd_column(data: bytes, chance: Chance) -> bytes:
    rows = rows_of(data)
    at, odd = chance.randrange(max(len(rows[0]), 1)), chance.choice(ODD)
    for row in rows[1:]:
        if at < len(row):
            row[at] = odd
    return as_csv(rows)


def huge_cell(data: bytes, chance: Chance) -> bytes:
    rows = rows_of(data)
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = "x" * chance.choice([32_768, 200_000])
    return as_csv(rows)


def columns(data: bytes, chance: Chance) -> bytes:
    """Double, drop, move or rename a column."""
    rows = rows_of(data)
    at, kind = chance.randrange(max(len(rows[0]), 1)), chance.randrange(5)
    for number, row in enumerate(rows):
        if at >= len(row):
            continue
        if kind == 0:
            row.insert(at, row[at])
        elif kind == 1:
            del row[at]
        elif kind == 2:
            row.append(row.pop(at))
        elif kind == 3 and not number:
            row[at] = chance.choice([*ODD, row[at] + "S", row[at].lower(), "", "line"])
        elif kind == 4:
            row += [""] * chance.choice([1, 1, 3])
    return as_csv(rows)


def many_columns(data: bytes, chance: Chance) -> bytes:
    rows = rows_of(data)
    more = chance.choice([300, 3_000, 50_000])
    return as_csv(
        [row + [f"c{n}" if not at else "" for n in range(more)] for at, row in enumerate(rows)]
    )  # fmt: skip


def separators(data: bytes, chance: Chance) -> bytes:
    return as_csv(rows_of(data), chance.choice(["\t", ";", "|", ":", " "]))


def rows(data: bytes, chance: Chance) -> bytes:
    """Repeat the headings, double rows, take rows out, put titles above."""
    found = rows_of(data)
    kind = chance.randrange(6)
    if kind == 0:
        found.insert(chance.randrange(1, len(found) + 1), list(found[0]))
    elif kind == 1:
        found += found[1:]
    elif kind == 2:
        found = found[:1]
    elif kind == 3:
        found = [["A title"], [], *found]
    elif kind == 4:
        found = found[1:] or found
    else:
        found.insert(chance.randrange(len(found) + 1), [])
    return as_csv(found)


# ---------------------------------------------------------------- XML


def element(data: bytes, chance: Chance) -> bytes:
    """Take out, empty, double or rename an element."""
    text = data.decode("utf-8", "replace")
    starts = [
        n for n, sign in enumerate(text) if sign == "<" and text[n + 1 : n + 2] != "/"
    ]
    at = chance.choice(starts or [0])
    name = text[at + 1 :].partition(">")[0].split()[:1]
    end = text.find(f"</{name[0]}>", at) if name else -1
    if end < 0:
        return data
    end += len(name[0]) + 3
    piece = text[at:end]
    new = chance.choice(["", piece * 2, piece * 40, f"<{name[0]}/>", piece.upper(),
                         f"<![CDATA[{piece}]]>", f"<!-- {piece} -->", "&x;"])  # fmt: skip
    return (text[:at] + new + text[end:]).encode()


def nest(data: bytes, chance: Chance) -> bytes:
    deep = chance.choice([300, 20_000])
    at = data.find(b"</", chance.randrange(len(data) + 1))
    at = max(at, 0)
    return data[:at] + b"<a>" * deep + b"</a>" * deep + data[at:]


def entities(data: bytes, chance: Chance) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    pad = b" " * chance.choice([0, 5000])
    head, found, tail = data.partition(b"?>")
    body = tail.replace(b"</", b"&b;</", 1)
    return head + found + pad + chance.choice([bomb, outside]) + body


# ---------------------------------------------------------------- workbooks, Parquet


def part_of_zip(data: bytes, chance: Chance) -> bytes:
    """Change the bytes of one part of a workbook, and pack it again."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = chance.choice([n for n in parts if n.endswith(".xml")])
    change = chance.choice(
        [flip, cut, leave_out, repeat, odd_text, element, plant, far]
    )
    parts[name] = change(parts[name], chance)
    if chance.random() < 0.1:
        del parts[chance.choice(list(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def far(data: bytes, chance: Chance) -> bytes:
    """Put a cell far away, or a very long one."""
    place = chance.choice(
        ["XFD1048576", "A1048576", "XFD1", "ZZZZ9999999", "A0", "1A", ""]
    )
    text = chance.choice(["1", "x" * 300_000])
    cell = f'<row><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    return data.replace(b"</sheetData>", cell.encode() + b"</sheetData>")


def parquet(data: bytes, chance: Chance) -> bytes:
    frame = pl.read_parquet(io.BytesIO(data))
    name = chance.choice(frame.columns)
    changes: list[Callable[[], pl.DataFrame]] = [
        lambda: frame.drop(name),
        lambda: frame.rename({name: chance.choice(ODD)}),
        lambda: frame.with_columns(pl.lit(None).alias(name)),
        lambda: frame.with_columns(pl.lit(chance.choice(ODD)).alias(name)),
        lambda: frame.with_columns(pl.lit([[1]]).first().alias(name)),
        lambda: frame.clear(),
        lambda: pl.concat([frame] * 50),
    ]
    out = io.BytesIO()
    chance.choice(changes)().write_parquet(out)
    return out.getvalue()


BYTES: Final = (flip, flip, cut, insert, leave_out, repeat, turn, lengthen, empty)
TEXT: Final = (encode, odd_text, odd_text, line_ends, plant, plant)
TABLES: Final = (swap_cells, odd_cells, odd_cells, odd_column, huge_cell, columns,
                 columns, many_columns, separators, rows, rows)  # fmt: skip
XML: Final = (element, element, element, nest, entities)


def mutate(data: bytes, chance: Chance) -> bytes:
    """Change one file's bytes in one way, or in two."""
    for _ in range(chance.choice([1, 1, 1, 2])):
        kinds: tuple[Callable[[bytes, Chance], bytes], ...]
        if data.startswith(b"PK"):
            kinds = (*BYTES, *[part_of_zip] * 20)
        elif data.startswith(b"PAR1"):
            kinds = (*BYTES, *[parquet] * 10)
        elif data.lstrip().startswith(b"<"):
            kinds = (*BYTES, *TEXT, *XML)
        else:
            kinds = (*BYTES, *TEXT, *TABLES)
        try:
            data = chance.choice(kinds)(data, chance)
        except (
            zipfile.BadZipFile,
            zlib.error,
            pl.exceptions.PolarsError,
            OSError,
            IndexError,
            ValueError,
        ):
            return data  # what is damaged already cannot be changed in that way
    return data


# ---------------------------------------------------------------- folders


NAMES: Final = (
    b"caf\xe9.csv", b"a\nb.csv", b"\x1b[31mred.csv", b"-rf.csv", b"con.xlsx", b"a" * 200,
    b"x.zip", b"x.xml", b"x.txt", b"2025.csv", b"!.csv", b"a!b.csv", "٢.csv".encode(),
)  # fmt: skip


def pack(parcel: Parcel, chance: Chance) -> dict[bytes, bytes]:
    """Put a parcel into a folder: as it is, in a zip or gzip, or under other names."""
    files = {name.encode(): data for name, data in parcel.items()}
    kind = chance.randrange(12)
    if kind == 0:
        files = {b"all.zip": zip_of(parcel, chance)}
    elif kind == 1:
        files = {name + b".gz": gzip.compress(data) for name, data in files.items()}
    elif kind == 2:
        inner = zip_of(parcel, chance)
        files = {b"outer.zip": zip_of({"inner.zip": inner, **parcel}, chance)}
    elif kind == 3:
        whole = bytearray(zip_of(parcel, chance))
        whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        files = {b"damaged.zip": bytes(whole)}
    elif kind == 4:
        old = chance.choice(list(files))
        files[chance.choice(NAMES)] = files.pop(old)
    elif kind == 5:
        old = chance.choice(list(files))
        files[b"copy of " + old] = mutate(files[old], chance)
    return files


def zip_of(parcel: Parcel, chance: Chance) -> bytes:
    folders = ["", "2024/", "2025/", "../", "/abs/", "a\\b/"]
    folder = chance.choice(folders)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parcel.items():
            archive.writestr(folder + name, data)
    return out.getvalue()


def write(folder: Path, seed: int) -> str:
    """Write the mutant of this seed into a folder, and say what it was made from."""
    chance = random.Random(f"mutant {seed}")
    parcels = find_parcels()
    layout = sorted(parcels)[seed % len(parcels)]
    parcel = dict(parcels[layout])
    name = chance.choice(list(parcel))
    parcel[name] = mutate(parcel[name], chance)
    for target, data in pack(parcel, chance).items():
        (folder / os.fsdecode(target)).write_bytes(data)
    beside = chance.randrange(30)
    if beside == 0:
        os.mkfifo(folder / "pipe.csv")
    elif beside == 1:
        (folder / "loop.csv").symlink_to("loop.csv")
    elif beside == 2:
        (folder / "round").symlink_to(folder)
    return f"{layout}: {name}"


# ---------------------------------------------------------------- what must hold


def wrong_with(folder: Path, seed: int) -> Iterator[str]:
    """Load the mutant of a seed, and say of each thing that does not hold what it is."""
    place, files = folder / "w", folder / "in"
    files.mkdir()
    made_from = write(files, seed)
    workspace = create_workspace(place, (COUNCIL,))
    started, before = time.process_time(), memory()
    try:
        outcomes = load_paths(workspace, [files])
    except BaseException as fault:
        yield f"{made_from}: crash, {type(fault).__name__}: {fault}"[:400]
        return
    took, grown = time.process_time() - started, memory() - before
    if took > MOST_SECONDS:
        yield f"{made_from}: {took:.1f} seconds"
    if memory() > MOST_MEGABYTES and grown > 50:
        yield f"{made_from}: {memory():.0f} MB, {grown:.0f} more than before"
    said = "\n".join(tell_loads(outcomes))
    said += json.dumps([outcome.as_dict() for outcome in outcomes], ensure_ascii=False)
    said.encode("utf-8")
    for outcome in outcomes:
        yield from (f"{made_from}: {wrong}" for wrong in wrong_outcome(outcome))
    told = {outcome.path.partition("!")[0] for outcome in outcomes}
    there = len([path for path in files.iterdir() if not path.name.startswith(".")])
    if len(told) < there and not any(
        b"!" in os.fsencode(p.name) for p in files.iterdir()
    ):
        yield f"{made_from}: {there} files, and answers for {len(told)}"
    yield from (f"{made_from}: {wrong}" for wrong in wrong_record(place, outcomes))
    if not made_from.startswith("published"):  # what is published names nobody
        yield from (
            f"{made_from}: repeats “{text}”" for text in PLANTED if text in said
        )


def wrong_outcome(outcome: FileOutcome) -> Iterator[str]:
    if outcome.status not in STATUSES:
        yield f"the status {outcome.status}"
    if outcome.rows_kept + outcome.rows_rejected != outcome.rows_read:
        yield f"{outcome.path}: rows do not add up"
    if outcome.status == "refused" and not outcome.problems:
        yield f"{outcome.path}: refused without a reason"
    if outcome.status == "set aside" and not outcome.note:
        yield f"{outcome.path}: set aside without a word"
    for problem in outcome.problems:
        if problem.rule == "fault":
            yield f"{outcome.path}: {problem.message}"
        if not (problem.file and problem.message and problem.fix):
            yield f"{outcome.path}: a problem without file, reason or fix: {problem.rule}"


def wrong_record(place: Path, outcomes: list[FileOutcome]) -> Iterator[str]:
    """Hold the journal and its files to what was said of each file."""
    journal = Journal(place / "record")
    entries = {entry.load_id: entry for entry in journal.entries()}
    loaded = {o.load_id: o for o in outcomes if o.status.startswith("loaded")}
    if set(entries) != set(loaded):
        yield "the journal has other loads than were said"
        return
    for number, entry in entries.items():
        if entry.rows_kept != loaded[number].rows_kept:
            yield f"load {number}: the journal has another number of rows"
        for table, count in entry.tables.items():
            (path,) = journal.paths(table, [entry])
            if pl.scan_parquet(path).select(pl.len()).collect().item() != count:
                yield f"load {number}: {table} is not whole"


def memory() -> float:
    """Give the most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(first: int, count: int) -> list[dict[str, Any]]:
    """Load mutants, and list what went wrong, by seed."""
    wrong = []
    for seed in range(first, first + count):
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        print(f"mutant {seed}", file=sys.stderr, flush=True)  # so that a crash is named
        try:
            wrong += [
                {"seed": seed, "wrong": text} for text in wrong_with(folder, seed)
            ]
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return wrong


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))
