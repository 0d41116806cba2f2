"""Damaged and hostile publications: read, or refused with a reason; never a traceback."""

import random
import zipfile

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.documents import describe_other
from openscrutiny.returns.published.ees import EesReader
from openscrutiny.returns.published.lait import LaitReader
from openscrutiny.returns.published.neighbours import NeighboursReader
from openscrutiny.returns.published.peers import PeersReader
from openscrutiny.returns.published.population import PopulationReader
from openscrutiny.returns.published.reports import ReportsReader
from openscrutiny.returns.published.schools import SchoolsReader
from openscrutiny.returns.reading import LoadRequest, Reading
from support.invented_returns import MemoryFile, check_contract, csv_file, folder_files

READERS = (
    LaitReader(),
    NeighboursReader(),
    PeersReader(),
    PopulationReader(),
    ReportsReader(),
    SchoolsReader(),
    EesReader(),
)
FILES = folder_files("published")
REQUEST = LoadRequest(2025)


def outcomes_of(file):
    """Give every reader the file, as the loader would, and hold it to the contract."""
    found = []
    for reader in READERS:
        part = reader.recognise(file)
        if part is None:
            continue
        for source, outcome in reader.read([(part, file)], REQUEST):
            assert source is file
            if isinstance(outcome, Reading):
                check_contract(outcome)
            else:
                assert isinstance(outcome, RefusedFile)
                assert outcome.message and outcome.fix
            found.append(outcome)
    describe_other(file)
    return found


def damaged(data, seed):
    chance = random.Random(seed)
    kind = seed % 6
    at = chance.randrange(max(len(data), 1))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    if kind == 2:
        return (
            data[:at] + chance.choice([b'"', b",", b"\n", b"\0", b"\xff"]) + data[at:]
        )
    if kind == 3:
        return data[:at] + data[at + chance.randrange(1, 80) :]
    if kind == 4:
        return data[at:] + data[:at]
    return data + chance.randbytes(chance.randrange(1, 200))


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_damaged_bytes_are_read_or_refused(file):
    for seed in range(60):
        outcomes_of(MemoryFile(file.name, damaged(file.data, seed)))


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_file_cut_at_any_place_is_read_or_refused(file):
    step = max(len(file.data) // 40, 1)
    for size in range(0, len(file.data), step):
        outcomes_of(MemoryFile(file.name, file.data[:size]))


@pytest.mark.parametrize(
    "error",
    [OSError("gone"), EOFError(), zipfile.BadZipFile(), RuntimeError("password")],
)
def test_a_file_that_cannot_be_opened_is_no_traceback(error):
    class Broken(MemoryFile):
        def open(self):
            raise error

        def head(self, size=65536):
            raise error

    for file in FILES:
        assert outcomes_of(Broken(file.name, file.data)) == []


def test_a_file_that_breaks_after_it_was_recognised_is_refused():
    class Half(MemoryFile):
        def open(self):
            raise OSError("gone")

    tables = [file for file in FILES if file.name.endswith("issued.csv")]
    for file in tables:
        found = outcomes_of(Half(file.name, file.data))
        assert [type(outcome) for outcome in found] == [RefusedFile]


def test_a_line_with_a_thousand_commas_is_refused_with_its_line():
    table = next(file for file in FILES if file.name == "invented_plans_issued.csv")

    found = outcomes_of(MemoryFile(table.name, table.data + b"," * 1000 + b"1\n"))

    assert [outcome.line for outcome in found] == [9]


def test_a_formula_in_a_cell_stays_text():
    place = "time_period,geographic_level,country_code,country_name,n"
    file = csv_file(
        "a.csv",
        place,
        *(f"{year},National,E92000001,England,{year}" for year in range(2016, 2025)),
        '2025,National,E92000001,England,"=1+1"',
    )

    (reading,) = outcomes_of(file)

    last = reading.tables["published"].row(-1, named=True)
    assert (last["raw"], last["value"], last["symbol"]) == ("=1+1", None, "=1+1")


def test_a_table_of_twenty_thousand_labels_is_read_whole():
    place = "time_period,geographic_level,country_code,country_name,group,n"
    lines = (f"2025,National,E92000001,England,Group {n},{n}" for n in range(20_000))

    (reading,) = outcomes_of(csv_file("a.csv", place, *lines))

    assert reading.rows_rejected == 0
    assert reading.tables["published"]["filters"].n_unique() == 20_000
