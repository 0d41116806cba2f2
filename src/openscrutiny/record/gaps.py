"""What a load could not give: lines rejected, values unread, facts that contradict.

A figure that such lines would have fed is not final; see docs/counting-rules.md,
"Partly read".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Gap:
    """Say of one of the record's tables how much of it a file could not give.

    `rows` is how many rows of the table the file held; `rejected` of them were left
    out; `differ` are facts that it tells more than once and not alike. `unread` counts,
    by the record's column, the rows kept whose value there could not be read.
    """

    table: str
    rows: int
    rejected: int = 0
    differ: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert 0 <= self.rejected <= self.rows, self
        assert all(0 < count <= self.rows for count in self.unread.values()), self

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is lacking."""
        return not (self.rejected or self.differ or self.unread)


def gaps_to_json(gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """Give the gaps that lack something as plain values."""
    return [
        {
            "table": gap.table,
            "rows": gap.rows,
            "rejected": gap.rejected,
            "differ": gap.differ,
            "unread": dict(gap.unread),
        }
        for gap in gaps
        if not gap.is_empty
    ]


def gaps_from_json(values: Iterable[Mapping[str, Any]]) -> tuple[Gap, ...]:
    """Build the gaps again."""
    return tuple(Gap(**value) for value in values)
