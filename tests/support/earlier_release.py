"""Make a workspace as a release left it that kept no digests yet."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path


def forget_digests(workspace: Path) -> None:
    """Take the digests out of a workspace's journal and snapshots."""
    journal = workspace / "record" / "journal.sqlite3"
    if journal.exists():
        with closing(sqlite3.connect(journal)) as connection:
            connection.execute("DROP TABLE IF EXISTS seals")
            connection.execute("DROP INDEX IF EXISTS loads_of_a_file")
            columns = [c[1] for c in connection.execute("PRAGMA table_info(loads)")]
            for name in ("seal", "problems_seal", "digests"):
                if name in columns:
                    connection.execute(f"ALTER TABLE loads DROP COLUMN {name}")
            connection.commit()
    for path in (workspace / "figures").glob("*/snapshot.json"):
        facts = json.loads(path.read_text(encoding="utf-8"))
        for name in ("digests", "seal"):
            facts.pop(name, None)
        path.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    current = workspace / "figures" / "CURRENT"
    if current.exists():
        number = current.read_text(encoding="utf-8").split()[0]
        current.write_text(number + "\n", encoding="utf-8")
