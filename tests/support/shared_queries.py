"""Let the workers of a run share the queries that the product writes of definitions.

To write all of them takes each process eight seconds, and they are constants of the
program. What a test writes by a function of its own is shared with nobody.
"""

import fcntl
import pickle
from collections.abc import Callable
from pathlib import Path

from openscrutiny.figures.queries import KeptQueries, Query
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS


def share_queries(folder: Path) -> None:
    """Take from `folder` what another process of the run wrote, else leave it there."""
    folder.mkdir(exist_ok=True)
    find_alone = KeptQueries.find

    def find(
        self: KeptQueries,
        indicator: Indicator,
        purpose: str,
        write: Callable[[Indicator], Query],
    ) -> Query:
        def take_or_write(asked: Indicator) -> Query:
            with (folder / f"{asked.code} {purpose}").open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.seek(0)
                if written := file.read():
                    query: Query = pickle.loads(written)
                    return query
                query = write(asked)
                file.write(pickle.dumps(query))
                return query

        is_ours = write.__module__.startswith("openscrutiny.")
        is_ours = is_ours and any(indicator is each for each in INDICATORS)
        return find_alone(self, indicator, purpose, take_or_write if is_ours else write)

    KeptQueries.find = find  # type: ignore[method-assign]
