"""What the lists of Annex A say beside their columns: names of referrals, starts of care,
conferences, and who is too old for care.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.record import coverage
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.as_at import OPEN_PAST_18
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import fills_of
from openscrutiny.returns.list_rows import ListRows
from openscrutiny.returns.shaping import number_told, shape_table
from openscrutiny.returns.values import turns_18_expression

__all__ = ["AnnexRows", "name_referrals"]

# Lists of which more is said than their columns, by the table that they fill.
_REFERRALS: Final = "cin_episodes"
_ENQUIRIES: Final = "s47_enquiry"
_CONFERENCES: Final = "initial_cp_conference"
_IN_CARE: Final = "cla_episodes"
_VISITS: Final = "cla_visits"
_ALONE: Final = "clav_cla_visit_seen_alone"
# Lists that say when a child was last seen, or a plan last reviewed.
_STANDING: Final = ("cin_cases", "cp_plans")
# Of the day of the list: table, its sign, what is told by which column, the day first.
_OF_THE_DAY: Final = (
    (
        _VISITS,
        "clav",
        {
            "cla_visit_date": "clae_last_visit_date",
            "cla_visit_seen_alone": "clae_last_visit_seen_alone",
        },
    ),
    ("cla_latest_reviews", "clat", {"cla_review_date": "clae_last_review_date"}),
)


class AnnexRows(ListRows):
    """Hold what one list of Annex A gave."""

    def judge_day(self, as_at: date) -> None:
        """Name what lies after the day of the extract, and who is too old for care."""
        super().judge_day(as_at)
        self._judge_births()
        self._note_adults(as_at)

    def _judge_births(self) -> None:
        people = self.people
        if people is None or "pers_dob" not in people.frame.columns:
            return
        born = people.frame.select("line", pl.col("pers_dob").alias("@born"))
        rows = self.rows
        rows.frame = rows.frame.join(born, on="line", how="left", maintain_order="left")
        for span in self.of.spans:
            rows.judge_birth(span.start, "birth", "@born")
        rows.frame = rows.frame.drop("@born")

    def _note_adults(self, as_at: date) -> None:
        open_still = OPEN_PAST_18.get(self.of.table)
        if open_still is None or self.people is None:
            return
        if "pers_dob" not in self.people.frame.columns:
            return
        adult = turns_18_expression("pers_dob") <= as_at
        lines = self.people.frame.filter(adult)["line"]
        end, message, fix = open_still
        self.rows.note(
            pl.col("line").is_in(lines.implode()) & pl.col(end).is_null(),
            end,
            "adult",
            message,
            fix,
        )

    def tables(self, as_at: date) -> dict[str, pl.DataFrame]:
        """Give the record's tables that the list fills."""
        frame, filled = self.rows.frame, fills_of(self.of)
        if self.of.table == _REFERRALS:
            filled["cine_referral_id"] = "cine_referral_id"
        if self.of.table == _IN_CARE:
            # The list has one line for each period of care: its start is a start.
            filled["clae_cla_episode_start_reason"] = pl.lit("S")
            filled["clae_entered_care_date"] = "clae_cla_episode_start_date"
        made = {self.of.table: shape_table(frame, self.of.table, filled)}
        if self.of.table == _IN_CARE:
            made |= self._of_the_day(as_at)
        if self.of.table == _ENQUIRIES:
            made[_CONFERENCES] = shape_table(
                frame.filter(pl.col("s47e_icpc_date") <= as_at),
                _CONFERENCES,
                {
                    "icpc_person_id": "s47e_person_id",
                    "icpc_icpc_date": "s47e_icpc_date",
                    "icpc_s47_start_date": "s47e_s47_start_date",
                    "icpc_team": "s47e_team",
                },
            )
        return made

    def covers(self, as_at: date) -> dict[str, tuple[date, date]]:
        """Give the days of each table; enquiries tell of conferences too.

        What plans and cases say of visits is so on the day of the extract alone.
        """
        own = super().covers(as_at)
        if self.of.table in _STANDING and own:
            own[coverage.as_at(self.of.table)] = (as_at, as_at)
        if self.of.table == _ENQUIRIES and own:
            own[_CONFERENCES] = own[_ENQUIRIES]
        if self.of.table == _IN_CARE and own:
            of_the_day = self._of_the_day(as_at)
            own |= dict.fromkeys(of_the_day, (as_at, as_at))
            visits = of_the_day.get(_VISITS)
            if visits is not None and visits[_ALONE].is_not_null().any():
                own[coverage.column_of(_VISITS, _ALONE)] = (as_at, as_at)
        return own

    def _of_the_day(self, as_at: date) -> dict[str, pl.DataFrame]:
        """Give who is in care on the day, with the last visit, and the last review.

        The next visit overwrites the last, so that a list tells of its own day alone,
        and of nothing where it has no such day at all.
        """
        end = pl.col("clae_cla_episode_ceased_date")
        lost = self.rows.was_unread("clae_cla_episode_ceased_date")
        here = (
            (pl.col("clae_cla_episode_start_date") <= as_at)
            & (end.is_null() | (end > as_at))
            & ~lost
        )
        frame = self.rows.frame.filter(here)
        frame = frame.sort("clae_cla_episode_start_date", maintain_order=True)
        frame = frame.unique("clae_person_id", keep="first", maintain_order=True)
        return {
            table: shape_table(
                frame,
                table,
                {
                    f"{sign}_person_id": "clae_person_id",
                    f"{sign}_cla_start_date": "clae_cla_episode_start_date",
                    f"{sign}_legal_status": "clae_legal_status",
                    **{f"{sign}_{own}": column for own, column in told.items()},
                    f"{sign}_team": "clae_team",
                },
            )
            for table, sign, told in _OF_THE_DAY
            if frame[next(iter(told.values()))].is_not_null().any()
        }

    def gaps(self) -> list[Gap]:
        """Say what of its tables the list could not give."""
        (own,) = super().gaps()
        if self.of.table == _IN_CARE:
            return [own, *(self._gap_of_the_day(own, *of) for of in _OF_THE_DAY)]
        if self.of.table != _ENQUIRIES:
            return [own]
        # A conference without a day that can be read is one that is not counted.
        lost = min(own.rows, own.rejected + own.unread.get("s47e_icpc_date", 0))
        return [own, Gap(_CONFERENCES, own.rows, lost, own.differ)]

    @staticmethod
    def _gap_of_the_day(
        own: Gap, table: str, sign: str, told: Mapping[str, str]
    ) -> Gap:
        """Say what is lacking of last visits or reviews: as much as of their columns.

        A child whose end could not be read is not among those who are there.
        """
        columns = {"legal_status": "clae_legal_status", **told}
        unread = {
            f"{sign}_{name}": own.unread[column]
            for name, column in columns.items()
            if column in own.unread
        }
        lost = own.rejected + own.unread.get("clae_cla_episode_ceased_date", 0)
        return Gap(table, own.rows, min(own.rows, lost), own.differ, unread)


def name_referrals(rows: Rows) -> None:
    """Name each referral by its child and day, and a number from the second of a day.

    Referrals of one day are told apart by who referred and what came of it.
    """
    if rows.table != _REFERRALS:
        return
    day = ["cine_person_id", "cine_referral_date"]
    number = number_told(day, ["cine_referral_source_code", "cine_referral_nfa"])
    name = pl.concat_str(*(pl.col(c).cast(pl.String) for c in day), separator="/")
    suffix = pl.when(number > 1).then(pl.format("/{}", number))
    rows.put("cine_referral_id", name + suffix.fill_null(pl.lit("")))
