"""Turn one list of Annex A into rows of the record, and into what it says of children.

Workers' names, addresses and postcodes never leave this module.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.record.gaps import Gap
from openscrutiny.record.tables import get_table
from openscrutiny.returns.annex_a.as_at import past_columns
from openscrutiny.returns.annex_a.lists import SAID_BESIDE, AnnexList
from openscrutiny.returns.annex_a.sheets import Sheet
from openscrutiny.returns.annex_a.values import read_column
from openscrutiny.returns.cleaning import ProblemLog, Rows, number_told, shape_table
from openscrutiny.returns.values import date_expression, turns_18_expression

__all__ = ["ListRows", "read_list"]

_PERSON: Final = {
    "gender": ("pers_sex", "sex"),
    "ethnicity": ("pers_ethnicity", "ethnicity"),
    "dateofbirth": ("pers_dob", "date"),
    "doesthechildhaveadisability": ("pers_disabled", "flag"),
}
_ADOPTERS: Final = 11


@dataclass(frozen=True)
class ListRows:
    """Hold what one list gave: its own rows, and of the children in it (or None)."""

    sheet: Sheet
    rows: Rows
    people: Rows | None

    @property
    def of(self) -> AnnexList:
        return self.sheet.of

    def judge_day(self, as_at: date) -> None:
        """Name what lies after the day of the extract, and who is too old for care."""
        for column in past_columns(self.rows.frame):
            self.rows.note(
                pl.col(column) > as_at,
                column,
                "future",
                "This lies after the day on which the workbook was made, as its other "
                "dates have it.",
                "Correct the date, or say with --as-at when the workbook was made.",
            )
        if self.of.number == 8:
            self._note_adults(as_at)

    def _note_adults(self, as_at: date) -> None:
        if self.people is None or "pers_dob" not in self.people.frame.columns:
            return
        adult = turns_18_expression("pers_dob") <= as_at
        lines = self.people.frame.filter(adult)["line"]
        self.rows.note(
            pl.col("line").is_in(lines.implode())
            & pl.col("clae_cla_episode_ceased_date").is_null(),
            "clae_cla_episode_ceased_date",
            "adult",
            "This person is 18 or over and has no day on which care ended. Nobody is "
            "looked after from the 18th birthday on, and it was not counted from then.",
            "Give the day and the reason, or correct the date of birth.",
        )

    def tables(self, as_at: date) -> dict[str, pl.DataFrame]:
        """Give the record's tables that the list fills."""
        frame = self.rows.frame
        own = get_table(self.of.table).columns
        filled: dict[str, str | pl.Expr] = {c: c for c in own if c in frame.columns}
        if self.of.number == 8:
            # The list has one line for each period of care: its start is a start.
            filled["clae_cla_episode_start_reason"] = pl.lit("S")
            filled["clae_entered_care_date"] = "clae_cla_episode_start_date"
        made = {self.of.table: shape_table(frame, self.of.table, filled)}
        if self.of.number == 5:
            made["initial_cp_conference"] = shape_table(
                frame.filter(pl.col("s47e_icpc_date") <= as_at),
                "initial_cp_conference",
                {
                    "icpc_person_id": "s47e_person_id",
                    "icpc_icpc_date": "s47e_icpc_date",
                    "icpc_s47_start_date": "s47e_s47_start_date",
                    "icpc_team": "s47e_team",
                },
            )
        return {name: self._with_file(one) for name, one in made.items()}

    def person_rows(self) -> pl.DataFrame | None:
        """Give what the list says of each child, a row a line."""
        if self.people is None:
            return None
        own = get_table("person").columns
        there = {c: c for c in own if c in self.people.frame.columns}
        return self._with_file(shape_table(self.people.frame, "person", there))

    def marks(self) -> list[pl.DataFrame]:
        """Give the places of what could not be read."""
        found = [self.rows.unread(), self.people.unread() if self.people else None]
        return [self._with_file(marks) for marks in found if marks is not None]

    def gaps(self) -> list[Gap]:
        """Say what of its tables the list could not give."""
        own = self.rows.gap()
        if self.of.number != 5:
            return [own]
        # A conference without a day that can be read is one that is not counted.
        lost = min(own.rows, own.rejected + own.unread.get("s47e_icpc_date", 0))
        return [own, Gap("initial_cp_conference", own.rows, lost, own.differ)]

    def _with_file(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.lit(self.rows.log.file).alias("file"))


def read_list(sheet: Sheet, file: str) -> ListRows:
    """Read one list; its problems stand in the log of its rows."""
    of = sheet.of
    log = ProblemLog(f"{file}!{sheet.name}")
    labels = {
        column.column: sheet.headings.get(column.bare, column.heading)
        for column in of.columns
    }
    rows = Rows(_own_columns(sheet, log), log, of.table, labels)
    for column in of.columns:
        read_column(
            rows, column.column, column.kind, required=column.column in of.required
        )
    _judge_spans(rows, of)
    _keep_one_per_fact(rows, of)
    people = None if of.number == _ADOPTERS else _read_people(sheet, rows)
    return ListRows(sheet, rows, people)


def _own_columns(sheet: Sheet, log: ProblemLog) -> pl.DataFrame:
    """Take the list's own columns, and name those that it lacks."""
    parts: list[pl.Expr] = []
    for column in sheet.of.columns:
        if column.bare in sheet.frame.columns:
            parts.append(pl.col(column.bare).alias(column.column))
            continue
        parts.append(pl.lit(None, dtype=pl.String()).alias(column.column))
        if column.column in SAID_BESIDE:
            continue
        log.add(
            [0],
            column.heading,
            "heading",
            "This list has no such column; its values are not known.",
            "Give the column, or leave it out if the case system has none.",
        )
    return sheet.frame.select("line", *parts)


def _judge_spans(rows: Rows, of: AnnexList) -> None:
    """Reject what ends before it begins; mark an end that has a reason and no day."""
    for start, end in of.spans:
        rows.reject_before(start, end)
    if of.reason:
        rows.set_aside(
            pl.col(of.spans[0][1]).is_null() & pl.col(of.reason).is_not_null(),
            of.spans[0][1],
            "no-end",
            "There is a reason for the end and no date of it, so that it is neither "
            "open nor known when it closed. It was left out of the counts of a day.",
            "Give the date on which it ended, or remove the reason.",
        )


def _keep_one_per_fact(rows: Rows, of: AnnexList) -> None:
    """Keep one row of each fact: of lines that differ the later one.

    Referrals of one day are told apart by who referred and what came of it.
    """
    if of.number == 3:
        day = ["cine_person_id", "cine_referral_date"]
        told = ["cine_referral_source_code", "cine_referral_nfa"]
        number = number_told(day, told)
        name = pl.concat_str(*(pl.col(c).cast(pl.String) for c in day), separator="/")
        suffix = pl.when(number > 1).then(pl.format("/{}", number))
        rows.frame = rows.frame.with_columns(
            cine_referral_id=name + suffix.fill_null(pl.lit(""))
        )
    key = [c for c in get_table(of.table).key if c in rows.frame.columns]
    if of.number == 5:
        key = list(of.required)
    rows.one_per_fact(*key, field=of.required[-1])


def _read_people(sheet: Sheet, kept: Rows) -> Rows:
    """Read what a list says of the children in it; adopters are no children."""
    there = [bare for bare in _PERSON if bare in sheet.frame.columns]
    raw = sheet.frame.select(
        "line", *(pl.col(bare).alias(_PERSON[bare][0]) for bare in there)
    )
    identifier = pl.col(sheet.of.columns[0].column).alias("pers_person_id")
    frame = kept.frame.select("line", identifier).join(
        raw, on="line", how="left", maintain_order="left"
    )
    labels = {_PERSON[bare][0]: sheet.headings[bare] for bare in there}
    people = Rows(frame, kept.log, "person", labels)
    for bare in there:
        column, kind = _PERSON[bare]
        if bare == "dateofbirth" and sheet.of.number == 9:
            # It is also the list's own column, and named there.
            people.frame = people.frame.with_columns(date_expression(column))
            continue
        read_column(people, column, kind)
    return people
