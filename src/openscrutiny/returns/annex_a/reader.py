"""Ofsted's Annex A workbook (ILACS): child-level lists 1 to 11.

A workbook is recognised by its headings, whatever its sheets are called. See
docs/counting-rules.md for how far each list looks back from the day of the extract.
"""

from typing import Final

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.annex_a import LISTS
from openscrutiny.layouts.returns import get_return
from openscrutiny.returns.annex_a.rows import AnnexRows, name_referrals
from openscrutiny.returns.annex_a.sheets import NearSheet, find_sheets
from openscrutiny.returns.list_rows import ListRows, keep_one_per_fact, read_people
from openscrutiny.returns.lists import Found, ListReader
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.sheets import Sheet
from openscrutiny.returns.workbooks import is_workbook, note_hidden

__all__ = ["AnnexAReader"]

_ENOUGH: Final = 3  # lists that make a workbook Annex A


class AnnexAReader(ListReader):
    """Read one Annex A workbook."""

    undated = frozenset({"care_leavers", "permanence", "adopters"})

    def __init__(self) -> None:
        super().__init__(get_return("annex-a"))

    def recognise(self, source: SourceFile) -> str | None:
        if not is_workbook(source):
            return None
        try:
            found, near = find_sheets(source, head_only=True)
        except RefusedFile:
            return None
        return "" if len(found) + len(near) >= _ENOUGH else None

    def find_sheets(self, source: SourceFile) -> Found:
        """Find the lists; refused where there is none but in name."""
        sheets, near = find_sheets(source)
        if not sheets:
            first = near[0]
            raise RefusedFile(
                first.message,
                "Give each list the headings of Ofsted's Annex A.",
                line=first.line,
                field=first.key,
                rule="heading",
            )
        name = source.name
        misspelt, missing = (
            _misspelt_lists(name, near),
            _missing_lists(name, sheets, near),
        )
        hidden = note_hidden(source, [sheet.name for sheet in sheets])
        return Found(sheets, [*misspelt, *hidden], missing)

    def read_list(self, sheet: Sheet, file: str) -> ListRows:
        """Read one list, whatever is left of it: the others are read on."""
        rows = sheet.read_rows(file, self.headings)
        name_referrals(rows)
        if sheet.of.table == "s47_enquiry":
            rows.judge_order("s47e_s47_start_date", "s47e_icpc_date", "8615")
        keep_one_per_fact(rows, sheet.of)
        return AnnexRows(sheet, rows, read_people(sheet, rows))


def _misspelt_lists(file: str, near: list[NearSheet]) -> list[Problem]:
    return [
        Problem(
            f"{file}!{one.name}",
            one.line,
            one.key,
            "heading",
            one.message,
            f"Call the column {one.key} and load the workbook again.",
        )
        for one in near
    ]


def _missing_lists(
    file: str, sheets: list[Sheet], near: list[NearSheet]
) -> list[Problem]:
    there = {one.of.name for one in sheets} | {one.of.name for one in near}
    return [
        Problem(
            file,
            0,
            one.name.capitalize(),
            "missing-list",
            f"The workbook has no {one.name} ({one.words}); nothing is known of "
            "it for these months.",
            "Add the list, or leave it out if it was not asked for.",
        )
        for one in LISTS.values()
        if one.name not in there
    ]
