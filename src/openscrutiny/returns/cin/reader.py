"""The children in need census: DfE's XML from 2017 on, read child by child.

Source: children in need census, guide for local authorities and the yearly XML
schemas. A census of year Y is about 1 April Y-1 to 31 March Y and holds every case
open at any time in that year.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.cin import BLOCKS
from openscrutiny.layouts.codes import DISABILITY
from openscrutiny.layouts.layout import DATE
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.as_at import OPEN_PAST_18, find_moment, past_columns
from openscrutiny.returns.cin.days import CensusDays, check_header, find_days
from openscrutiny.returns.cin.elements import (
    AGAIN,
    Collector,
    collect,
    looks_like_a_census,
)
from openscrutiny.returns.cin.rows import BlockRows, read_block
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.day_order import Dated, put_day_first
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.returns.shaping import find_doubted
from openscrutiny.returns.values import date_expression, turns_18_expression

_NO_REFERRAL = frozenset({"Child", "Disability", "UPN", "CINdetails"})


class CinCensusReader(FileReader):
    """Read one children in need census."""

    return_name = "cin"

    def recognise(self, source: SourceFile) -> str | None:
        """Recognise `Message` with a `Collection` of CIN, or with CIN's own blocks."""
        return "" if looks_like_a_census(source) else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read_census(source, request)


def _read_census(source: SourceFile, request: LoadRequest) -> Reading:
    header, collector = collect(source)
    year, lea = check_header(header, request)
    log = ProblemLog(source.name, collector.lines)
    blocks = _read_blocks(collector, log, year)
    _check_anything_read(blocks)
    events = pl.concat([_happenings(block) for block in blocks.values()])
    days = find_days(header, year, request, events)
    _note_after_made(blocks, days)
    _note_adults(blocks, days)
    _note_header(days, log)
    covers, untold = _covers(blocks, days, source.name)
    counted = [one.rows for one in blocks.values() if one.block.counts]
    marks = [m for one in blocks.values() if (m := one.rows.unread()) is not None]
    place = _Places(source.name, collector)
    return Reading(
        return_name="cin",
        period_end=days.last,
        authority=lea,
        tables={one.block.table: place.put(one.frame) for one in blocks.values()},
        rows_read=sum(rows.rows_read for rows in counted) + collector.lost,
        rows_rejected=sum(rows.rows_rejected for rows in counted) + collector.lost,
        covers=covers,
        problems=(*collector.problems, *log.problems(), *untold),
        year=year,
        inferred=days.told,
        unread=place.put(pl.concat(marks)) if marks else None,
        gaps=tuple(_with_unnamed(one.gap, collector) for one in blocks.values()),
        made_at=find_moment(header.get("DateTime"), days.first, request),
    )


def _with_unnamed(gap: Gap, collector: Collector) -> Gap:
    """Count as lost what may be records and has a name that no census has.

    So are the records of children who have no identifier.
    """
    lost = collector.unnamed.get(gap.table, 0) + collector.nameless[gap.table]
    return replace(gap, rows=gap.rows + lost, rejected=gap.rejected + lost)


def _read_blocks(
    collector: Collector, log: ProblemLog, year: int
) -> dict[str, BlockRows]:
    """Read every kind of record; referrals first, since others stand in them."""
    frames = _put_day_first(collector)
    details = read_block(BLOCKS["CINdetails"], frames["CINdetails"], log, year)
    read = {"CINdetails": details}
    for name, block in BLOCKS.items():
        if not block.primary or name in read:
            continue
        referrals = None if name in _NO_REFERRAL else details.referrals
        read[name] = read_block(block, frames[name], log, year, referrals)
    people, disabilities = read["Child"].rows, read["Disability"].rows
    told = frames["Child"]
    born = told.select("pers_person_id", pers_dob=date_expression("pers_dob"))
    doubted = find_doubted(born, "pers_person_id", "pers_dob")
    for one in read.values():
        if one.block.table != "person":
            one.rows.doubt_children(one.block.key[0], doubted)
    _say_who_is_disabled(people, disabilities.frame)
    return {name: read[name] for name, block in BLOCKS.items() if block.primary}


def _say_who_is_disabled(people: Rows, told: pl.DataFrame) -> None:
    """Add `pers_disabled`: by any code but NONE; a code that none knows tells nothing."""
    code = pl.col("disa_disability_code")
    known = code.is_in(sorted(DISABILITY.known))
    said = told.group_by(pl.col("disa_person_id").alias("pers_person_id")).agg(
        pers_disabled=(known & (code != "NONE")).any(), unknown=(~known).any()
    )
    people.frame = people.frame.join(said, on="pers_person_id", how="left")
    nobody_knows = pl.col("unknown") & ~pl.col("pers_disabled")
    people.mark_unread(nobody_knows, "pers_disabled")
    disabled = pl.when(~nobody_knows).then("pers_disabled")
    people.put("pers_disabled", disabled)
    people.frame = people.frame.drop("unknown")


def _put_day_first(collector: Collector) -> dict[str, pl.DataFrame]:
    """Give the records of each kind as text, their dates in one order."""
    dated = []
    for block in BLOCKS.values():
        columns = [c.name for c in block.read if c.kind == DATE]
        frame = collector.frame(block)
        dated.append(Dated(frame, [*columns, "@born", "@death"]))
    settled = put_day_first(dated)
    for block, one in zip(BLOCKS.values(), settled, strict=True):
        labels = {"@born": "PersonBirthDate", "@death": "PersonDeathDate"}
        told = one.tell(collector.file, {**block.labels, **labels})
        collector.problems += [p for p in told if p not in collector.problems]
    return {name: one.frame for name, one in zip(BLOCKS, settled, strict=True)}


def _check_anything_read(blocks: dict[str, BlockRows]) -> None:
    """Refuse a census of whose referrals none could be read."""
    details = blocks["CINdetails"]
    if details.lost_all:
        raise RefusedFile(
            f"None of its {details.rows.rows_read:,} referrals could be read: "
            "CINreferralDate must be a date that exists, such as yyyy-mm-dd.",
            AGAIN,
            field="CINreferralDate",
            rule="nothing",
        )


def _happenings(one: BlockRows) -> pl.Series:
    """List the dates of what had happened when the file was made."""
    if not one.block.counts or one.block.table == "person":
        return pl.Series("on", [], dtype=pl.Date())
    columns = [one.rows.frame[name] for name in past_columns(one.block)]
    return pl.concat(columns).drop_nulls().rename("on")


def _note_after_made(blocks: dict[str, BlockRows], days: CensusDays) -> None:
    if days.made is None:
        return
    for one in blocks.values():
        for column in past_columns(one.block):
            one.rows.note(
                pl.col(column) > days.made,
                column,
                "future",
                "This lies after the day on which the file was made.",
                "Correct the date, or say with --as-at when the file was made.",
            )


def _note_adults(blocks: dict[str, BlockRows], days: CensusDays) -> None:
    """Name the protection plans that are open although the child has turned 18."""
    [plans] = [one.rows for one in blocks.values() if one.block.table == "cp_plans"]
    end, message, fix = OPEN_PAST_18["cp_plans"]
    plans.note(
        (turns_18_expression("@born") <= days.last) & pl.col(end).is_null(),
        end,
        "adult",
        message,
        fix,
    )


def _note_header(days: CensusDays, log: ProblemLog) -> None:
    for field, rule, message, fix in days.doubts:
        log.add([0], field, rule, message, fix)


def _covers(
    blocks: dict[str, BlockRows], days: CensusDays, file: str
) -> tuple[dict[str, tuple[date, date]], list[Problem]]:
    """Give the days of each table; one that lost every row covers none.

    Nor does a census without any referral, which no council can mean.
    """
    covers: dict[str, tuple[date, date]] = {}
    untold: list[Problem] = []
    for name, one in blocks.items():
        if not one.block.covers:
            continue
        nothing = one.lost_all or (name == "CINdetails" and not one.rows.rows_read)
        if not nothing:
            covers[one.block.table] = (days.first, days.last)
            continue
        untold.append(
            Problem(
                file,
                0,
                name,
                "nothing",
                f"None of its {one.rows.rows_read:,} records of {name} could be read, "
                "so that nothing is known of them.",
                AGAIN,
            )
        )
    return covers, untold


class _Places:
    """Put a record's line where its number was.

    Of several records of a kind on one line, those after the first carry in `file`
    which of them they are, so that each has a place of its own.
    """

    def __init__(self, file: str, collector: Collector) -> None:
        self._file = file
        self._places = pl.DataFrame(
            {
                "number": range(len(collector.lines)),
                "at": collector.lines,
                "nth": collector.nth,
            },
            schema={"number": pl.Int32(), "at": pl.Int32(), "nth": pl.Int32()},
        )

    def put(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Give rows, or marks of unread values, their lines."""
        joined = frame.join(
            self._places, left_on="line", right_on="number", maintain_order="left"
        )
        nth = pl.format("{}!record {}", pl.lit(self._file), pl.col("nth"))
        name = pl.when(pl.col("nth") > 1).then(nth).otherwise(pl.lit(self._file))
        return joined.with_columns(line=pl.col("at"), file=name).drop("at", "nth")
