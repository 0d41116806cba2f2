"""What the invented council counts itself is taken whole, and feeds what rows do not."""

from collections import Counter
from csv import DictReader
from datetime import date
from pathlib import Path

from openscrutiny.demo.own_figures import write_own_figures
from openscrutiny.indicators.coverage import CORE
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from unit.test_given_definitions import CODES

AS_AT = date(2026, 9, 30)


def test_every_line_is_taken_and_the_same_seed_writes_the_same(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",), demo_as_at=AS_AT)
    path = write_own_figures(tmp_path / "returns", AS_AT, children=100_000, seed=1)

    [outcome] = load_paths(workspace, [path])

    assert (outcome.status, outcome.problems) == ("loaded", ())
    [entry] = Journal(workspace.record).entries()
    assert entry.rows_kept == outcome.rows_read
    again = write_own_figures(tmp_path / "again", AS_AT, children=100_000, seed=1)
    assert again.read_bytes() == path.read_bytes()


def test_each_code_is_fed_by_rows_by_a_publisher_or_by_the_own_count(
    tmp_path: Path,
) -> None:
    """Tell of each of the 197 codes how the demonstration feeds it."""
    path = write_own_figures(tmp_path, AS_AT, children=100_000, seed=1)
    given = {
        line.partition(",")[0] for line in path.read_text("utf-8").splitlines()[1:]
    }
    codes = {line.partition(",")[0] for line in CODES.read_text().splitlines()[1:]}

    fed = {}
    for one in INDICATORS:
        if one.code in codes:
            rows, count = one.rows is not None, one.code in given
            fed[one.code] = "rows" if rows else "count" if count else "published"
            assert rows or count or one.published, one.code

    told = Counter(fed.values())
    print(dict(told))
    assert sum(told.values()) == 197
    assert set(fed) >= CORE


def test_what_is_told_per_child_grows_with_the_borough(tmp_path: Path) -> None:
    """In 1,500 children there are not 1,700 sentences of custody."""
    most = []
    for children in (1_500, 100_000):
        path = write_own_figures(tmp_path, AS_AT, children=children, seed=1)
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in DictReader(file) if row["code"] in PER_CHILD]
        most.append(max(int(row["numerator"]) for row in rows))
        assert rows and most[-1] < children * 0.03
    assert most[0] < most[1] / 50


PER_CHILD = {
    one.code
    for one in INDICATORS
    if one.is_given and one.measure.population is not None
}


def test_who_is_there_at_the_end_of_a_year_is_no_sum_of_its_months(
    tmp_path: Path,
) -> None:
    path = write_own_figures(tmp_path, AS_AT, children=100_000, seed=1)
    with path.open(encoding="utf-8", newline="") as file:
        open_cases = [row for row in DictReader(file) if row["code"] == "EH6"]
    sizes = [float(row["numerator"]) for row in open_cases]

    assert {row["period_type"] for row in open_cases} == {"month", "financial_year"}
    assert max(sizes) < 3 * min(sizes)
