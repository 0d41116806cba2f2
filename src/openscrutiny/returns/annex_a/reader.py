"""Ofsted's Annex A workbook (ILACS): child-level lists 1 to 11.

A workbook is recognised by its headings, whatever its sheets are called; so is a list
that comes as a CSV file of its own, beside the others of its folder. See
docs/counting-rules.md for how far each list looks back from the day of the extract.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.annex_a import LISTS
from openscrutiny.layouts.layout import find_layout
from openscrutiny.layouts.returns import get_return
from openscrutiny.returns.annex_a.rows import AnnexRows, name_referrals
from openscrutiny.returns.annex_a.sheets import NearSheet, find_sheets
from openscrutiny.returns.as_at import find_as_at
from openscrutiny.returns.list_rows import ListRows, keep_one_per_fact, read_people
from openscrutiny.returns.lists import Found, ListReader
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.sheets import Sheet, settle_sheets
from openscrutiny.returns.tabular import list_heading_candidates
from openscrutiny.returns.workbooks import is_workbook, note_hidden

__all__ = ["AnnexAReader"]

_ENOUGH: Final = 3  # lists that make a workbook Annex A


class AnnexAReader(ListReader):
    """Read Annex A: a workbook, or its lists as CSV files of one folder."""

    undated = frozenset({"care_leavers", "permanence", "adopters"})

    def __init__(self) -> None:
        super().__init__(get_return("annex-a"))

    def recognise(self, source: SourceFile) -> str | None:
        """Name the list that a CSV file is; "" for a workbook, None for neither."""
        try:
            if not is_workbook(source):
                rows = list_heading_candidates(source.head(), self._clean)
                lists = (find_layout(LISTS.values(), row) for row in rows)
                return next((one.name for one in lists if one is not None), None)
            found, near = find_sheets(source, head_only=True)
        except (OSError, RefusedFile):
            return None
        return "" if len(found) + len(near) >= _ENOUGH else None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterator[tuple[SourceFile, Reading | RefusedFile]]:
        """Read workbooks each alone, and CSV files as lists of one day."""
        yield from super().read([one for one in sources if not one[0]], request)
        found: list[tuple[str, SourceFile, Sheet]] = []
        for part, source in (one for one in sources if one[0]):
            try:
                [sheet] = self.find_sheets(source).sheets
                found.append((part, source, sheet))
            except RefusedFile as refused:
                yield source, refused
        readable: list[tuple[str, SourceFile, ListRows]] = []
        settled, _ = settle_sheets([sheet for _, _, sheet in found], "")
        for (part, source, _), sheet in zip(found, settled, strict=True):
            try:
                readable.append((part, source, self.read_list(sheet, source.name)))
            except RefusedFile as refused:
                yield source, refused
        if readable:
            yield from self._read_lists(readable, request)

    def _read_lists(
        self,
        readable: Sequence[tuple[str, SourceFile, ListRows]],
        request: LoadRequest,
    ) -> Iterator[tuple[SourceFile, Reading | RefusedFile]]:
        """Find the day on which all lists were made, and read each as of it."""
        lists = [one for _, _, one in readable]
        texts = [one.sheet.frame for one in lists]
        dated = [(o.of, o.rows.frame) for o in lists if o.of.table not in self.undated]
        try:
            as_at, how = find_as_at(texts, dated, request)
        except RefusedFile as refused:
            yield from ((source, refused) for _, source, _ in readable)
            return
        for _, source, _ in readable:
            try:
                said = replace(request, as_at=as_at)
                reading = self.read_beside(source, said, lists)
                yield source, replace(reading, inferred=how)
            except RefusedFile as refused:
                yield source, refused

    def find_sheets(self, source: SourceFile) -> Found:
        """Find the lists; refused where there is none but in name."""
        if not is_workbook(source):
            return super().find_sheets(source)
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
