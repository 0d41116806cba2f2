"""Reading a definition imports nothing that takes long and that only counting needs."""

import subprocess
import sys

HEAVY = ("ibis", "sqlglot", "duckdb", "django", "numpy")


def test_definitions_are_read_without_what_writes_and_runs_queries() -> None:
    asked = (
        "import sys, openscrutiny.indicators.registry; "
        f"print(*sorted(sys.modules.keys() & set({HEAVY})))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == []
