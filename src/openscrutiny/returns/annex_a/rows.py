"""Turn one list of Annex A into rows of the record, and into what it says of children.

Workers' names, addresses and postcodes never leave this module.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.layouts.annex_a import LISTS
from openscrutiny.layouts.layout import Layout, headings_of
from openscrutiny.record.gaps import Gap
from openscrutiny.record.tables import get_table
from openscrutiny.returns.as_at import note_future
from openscrutiny.returns.cleaning import Rows, number_told, shape_table
from openscrutiny.returns.columns import fills_of, read_column
from openscrutiny.returns.sheets import Sheet
from openscrutiny.returns.values import date_expression, turns_18_expression

__all__ = ["ListRows", "read_list"]

_HEADINGS: Final = headings_of(LISTS.values())
# Lists of which more is said than their columns, by the table that they fill.
_REFERRALS: Final = "cin_episodes"
_ENQUIRIES: Final = "s47_enquiry"
_IN_CARE: Final = "cla_episodes"


@dataclass(frozen=True)
class ListRows:
    """Hold what one list gave: its own rows, and of the children in it (or None)."""

    sheet: Sheet
    rows: Rows
    people: Rows | None

    @property
    def of(self) -> Layout:
        return self.sheet.of

    def judge_day(self, as_at: date) -> None:
        """Name what lies after the day of the extract, and who is too old for care."""
        note_future(self.rows, self.of, as_at)
        if self.of.table == _IN_CARE:
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
        filled = fills_of(self.of)
        if self.of.table == _REFERRALS:
            filled["cine_referral_id"] = "cine_referral_id"
        if self.of.table == _IN_CARE:
            # The list has one line for each period of care: its start is a start.
            filled["clae_cla_episode_start_reason"] = pl.lit("S")
            filled["clae_entered_care_date"] = "clae_cla_episode_start_date"
        made = {self.of.table: shape_table(frame, self.of.table, filled)}
        if self.of.table == _ENQUIRIES:
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
        if self.of.table != _ENQUIRIES:
            return [own]
        # A conference without a day that can be read is one that is not counted.
        lost = min(own.rows, own.rejected + own.unread.get("s47e_icpc_date", 0))
        return [own, Gap("initial_cp_conference", own.rows, lost, own.differ)]

    def _with_file(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.lit(self.rows.log.file).alias("file"))


def read_list(sheet: Sheet, file: str) -> ListRows:
    """Read one list; its problems stand in the log of its rows."""
    rows = sheet.read_rows(file, _HEADINGS)
    _keep_one_per_fact(rows, sheet.of)
    return ListRows(sheet, rows, _read_people(sheet, rows))


def _keep_one_per_fact(rows: Rows, of: Layout) -> None:
    """Keep one row of each fact: of lines that differ the later one.

    Referrals of one day are told apart by who referred and what came of it.
    """
    if of.table == _REFERRALS:
        day = ["cine_person_id", "cine_referral_date"]
        told = ["cine_referral_source_code", "cine_referral_nfa"]
        number = number_told(day, told)
        name = pl.concat_str(*(pl.col(c).cast(pl.String) for c in day), separator="/")
        suffix = pl.when(number > 1).then(pl.format("/{}", number))
        rows.frame = rows.frame.with_columns(
            cine_referral_id=name + suffix.fill_null(pl.lit(""))
        )
    own = [c for c in get_table(of.table).key if c in rows.frame.columns]
    rows.one_per_fact(*(of.key or own), field=of.required[-1])


def _read_people(sheet: Sheet, kept: Rows) -> Rows | None:
    """Read what a list says of the children in it; None where it is of no children."""
    described = [column for column in sheet.of.columns if column.table]
    if not described:
        return None
    there = [c for c in described if c.heading in sheet.frame.columns]
    raw = sheet.frame.select("line", *(pl.col(c.heading).alias(c.name) for c in there))
    identifier = pl.col(sheet.of.columns[0].name).alias("pers_person_id")
    frame = kept.frame.select("line", identifier).join(
        raw, on="line", how="left", maintain_order="left"
    )
    labels = {c.name: sheet.headings[c.heading] for c in there}
    people = Rows(frame, kept.log, "person", labels)
    own = {column.heading for column in sheet.of.read}
    for column in there:
        if column.heading in own:  # it was read already, and named there
            people.frame = people.frame.with_columns(date_expression(column.name))
            continue
        read_column(people, column)
    return people
