"""Words and days that exports write where something has not ended, read as no end.

A case system's export says "Ongoing" or 31/12/9999 in a column of ends. Known words alone
are read so: another may be a slip or a note, and stays unreadable.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from openscrutiny.layouts.layout import DATE, Layout
from openscrutiny.returns.problem_log import ProblemLog

_WORDS: Final = (
    *("ongoing", "on going", "on-going", "current", "currently open", "present"),
    *("open", "still open", "active", "continuing", "to date", "not ended"),
    *("not yet ended", "no end date", "not closed", "n/a", "na", "not applicable"),
)
# The last day of a year that no return can mean, with or without a time of day.
_LAST_DAY: Final = (
    r"^(?:31[/.-]12[/.-](?:2099|2999|9999)|(?:2099|2999|9999)-12-31)"
    r"(?:[ t]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?$"
)
_SHORT: Final = r"[ t]\d{1,2}:\d{2}.*$"


def read_open_ends(
    frame: pl.DataFrame, of: Layout, labels: Mapping[str, str], log: ProblemLog
) -> pl.DataFrame:
    """Empty the cells that say "no end", and tell of each word once.

    `frame` has text by the layout's names, and `line`. The columns are the ends of the
    layout's spans. No word but a known one is repeated.
    """
    dates = {column.name for column in of.read if column.kind == DATE}
    ends = {span.end for span in of.spans} & dates & {*frame.columns}
    for name in sorted(ends):
        text = pl.col(name).str.replace_all("\u00a0", " ").str.strip_chars()
        low = text.str.to_lowercase().str.strip_chars(".")
        is_open = low.is_in(_WORDS) | low.str.contains(_LAST_DAY)
        said = frame.filter(is_open).select("line", word=low.str.replace(_SHORT, ""))
        found = said.group_by("word", maintain_order=True).agg(
            pl.col("line").first(), many=pl.len()
        )
        label = labels.get(name, name)
        for word, line, many in found.iter_rows():
            log.add(
                [line],
                label,
                "open-end",
                f"{label} says “{word}” in {many:,} {'row' if many == 1 else 'rows'}, the "
                "first on this line. It was read as no end: these count as open, unless "
                "a reason of an end stands beside it.",
                f"Leave {label} empty where there is no end.",
            )
        frame = frame.with_columns(pl.when(~is_open).then(name).alias(name))
    return frame
