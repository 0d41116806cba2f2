"""Clean the modules of one SEN2 export, and link each row to its parent and child.

A row whose parent was not in the export, or was rejected, is rejected too: a plan
that belongs to nobody can be counted for nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.cleaning import ProblemLog, Rows
from openscrutiny.returns.sen2.codes import (
    CEASE_REASON,
    ETHNICITY,
    NEED,
    NO_TRANSFER,
    SETTING,
    SEX,
)
from openscrutiny.returns.sen2.modules import HEADER, MODULES, Module
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import UPN_PATTERN

__all__ = ["KEYS", "TABLE_OF", "Export", "clean_modules"]

# Without a row these would say that there are none, which no council can mean.
NEVER_EMPTY: Final = frozenset({"person", "requests"})
# The columns by which modules hang together.
KEYS: Final = frozenset(m.key for m in MODULES.values())

# Which table of the record each module fills. The details of a plan or placement
# fill no table of their own: they complete the plan's row.
TABLE_OF: Final[Mapping[str, str]] = {
    "person": "person",
    "requests": "ehcp_requests",
    "assessment": "ehcp_assessment",
    "namedplan": "ehcp_named_plan",
    "activeplans": "ehcp_active_plans",
    "senneed": "sen_need",
}
_MORE_TABLES: Final = {
    "plandetail": "ehcp_named_plan",
    "placementdetail": "ehcp_active_plans",
}


@dataclass
class Export:
    """Hold the modules of one export on their way, and why some were refused.

    `links` has the keys of each module, by which its children find their parent.
    """

    year: int
    rows: dict[str, Rows] = field(default_factory=dict)
    links: dict[str, pl.DataFrame] = field(default_factory=dict)
    refused: dict[str, RefusedFile] = field(default_factory=dict)

    def frame(self, module: str) -> pl.DataFrame | None:
        return self.rows[module].frame if module in self.rows else None


def clean_modules(
    tables: Mapping[str, TextTable],
    logs: Mapping[str, ProblemLog],
    year: int,
    refused_before: Mapping[str, RefusedFile],
) -> Export:
    """Clean every module and link it to its parent, parents first.

    Every row gets `person`, the record's identifier of its child, and its ancestors'
    keys. Modules that cannot be used stand in `refused` with the reason, beside
    those whose file was refused before.
    """
    export = Export(year, refused=dict(refused_before))
    for name, module in MODULES.items():
        if name == HEADER or name not in tables:
            continue
        try:
            rows = _clean_module(module, tables[name], logs[name], export)
        except RefusedFile as refused:
            export.refused[name] = refused
            continue
        export.links[name] = _links_of(rows)
        if name == "person":
            _reject_repeated_persons(rows)
        export.rows[name] = rows
    return export


def _links_of(rows: Rows) -> pl.DataFrame:
    columns = [c for c in rows.frame.columns if c == "person" or c in KEYS]
    return rows.frame.select(columns)


def _reject_repeated_persons(rows: Rows) -> None:
    """Keep a child once. What hangs on the second row stays, as the same child's."""
    rows.reject(
        ~pl.struct("person").is_first_distinct(),
        "upn",
        "repeat",
        "An earlier line has the same upn, so this is the same child again. Its "
        "requests and plans were kept.",
        "Check whether two children share the number, and correct the one that is "
        "wrong.",
    )


def _clean_module(
    module: Module, table: TextTable, log: ProblemLog, export: Export
) -> Rows:
    _check_columns(module, table)
    parent = _parent_frame(module, export)
    there = [c for c in table.frame.columns if c in module.read]
    frame = table.frame.select(*there, "line")
    name = module.name
    rows = Rows(frame, log, TABLE_OF.get(name) or _MORE_TABLES[name])
    rows.add_missing_columns(module.optional)
    rows.require(module.key).identifiers(module.key).reject_repeats(module.key)
    if parent is not None:
        rows.require(module.parent_key).identifiers(module.parent_key)
        _link(rows, module, parent)
    _CLEANERS[name](rows)
    if name == "person":
        _identify(rows, export.year)
    _check_any_left(rows, module, table)
    return rows


def _check_any_left(rows: Rows, module: Module, table: TextTable) -> None:
    """Refuse a module whose emptiness would read as "there are none"."""
    if rows.rows_read and not rows.frame.height:
        raise RefusedFile(
            f"Not one row of the {module.name} module can be kept.",
            "Check that all modules are of the same export, and export them again.",
            line=int(table.frame["line"][0]),
            rule="rows",
        )
    if not rows.rows_read and module.name in NEVER_EMPTY:
        raise RefusedFile(
            f"The {module.name} module holds no rows.",
            "Export the return again: without a child it would count nobody.",
            line=table.heading_line,
            rule="rows",
        )
    if not rows.rows_read and module.name in TABLE_OF:
        rows.log.add(
            [0],
            "",
            "rows",
            f"The {module.name} module holds no rows, so its figures for the year "
            "are zero.",
            "If that is not so, export the return again and load it.",
        )


def _check_columns(module: Module, table: TextTable) -> None:
    missing = module.read - module.optional - set(table.frame.columns)
    if missing:
        raise RefusedFile(
            f"The {module.name} module has no column {', '.join(sorted(missing))}.",
            "Export the return again with all its columns.",
            line=table.heading_line,
            field=sorted(missing)[0],
            rule="column",
        )


def _parent_frame(module: Module, export: Export) -> pl.DataFrame | None:
    if not module.parent:
        return None
    if module.parent in export.links:
        return export.links[module.parent]
    why = "was refused" if module.parent in export.refused else "is not among the files"
    raise RefusedFile(
        f"The {module.name} module belongs to the {module.parent} module, and "
        f"{module.parent}.csv of the same export {why}.",
        f"Put {module.parent}.csv of the same export into the folder and load the "
        "folder as a whole.",
        rule="module",
    )


def _link(rows: Rows, module: Module, parent: pl.DataFrame) -> None:
    """Give each row its parent's person and ancestors; reject those without a parent."""
    rows.frame = rows.frame.join(
        parent, on=module.parent_key, how="left", maintain_order="left"
    )
    rows.reject(
        pl.col("person").is_null(),
        module.parent_key,
        "orphan",
        f"No row of the {module.parent} module has this {module.parent_key}.",
        "Export all modules again at the same time and load them together.",
    )


def _identify(rows: Rows, year: int) -> None:
    """Name each person by the pupil number, or by year and key where there is none."""
    upn = pl.col("upn").str.to_uppercase()
    rows.set_aside(
        ~upn.str.contains(UPN_PATTERN) & ~upn.str.contains(r"^UN\d$"),
        "upn",
        "code",
        "upn is no unique pupil number. It was left out, and the child is known by "
        "the key of this export alone.",
        "Correct upn and load the export again.",
    )
    number = pl.when(upn.str.contains(UPN_PATTERN)).then(upn)
    key = pl.concat_str(pl.lit(f"{year}-"), "persontableid")
    rows.frame = rows.frame.with_columns(
        number.alias("number"), pl.coalesce(number, key).alias("person")
    )


# ---------------------------------------------------------------- cleaning


def _clean_person(rows: Rows) -> None:
    rows.dates("personbirthdate")
    rows.convert_codes("sex", SEX)
    rows.codes("ethnicity", ETHNICITY)


def _clean_requests(rows: Rows) -> None:
    rows.dates("receiveddate", "requestoutcomedate")
    rows.tidy_codes(
        "requestoutcome",
        "requestsource",
        "requestmediation",
        "requesttribunal",
        "exported",
    )


def _clean_assessment(rows: Rows) -> None:
    rows.dates("assessmentoutcomedate").flags("week20")
    rows.tidy_codes("assessmentoutcome", "assessmentmediation", "assessmenttribunal")


def _clean_namedplan(rows: Rows) -> None:
    rows.dates("startdate", "ceasedate")
    rows.codes("ceasereason", CEASE_REASON)
    rows.reject_before("startdate", "ceasedate")


def _clean_setting(rows: Rows) -> None:
    rows.numbers_as_text("urn").codes("sensetting", SETTING)
    rows.integers("placementrank", 0, 99)


def _clean_activeplans(rows: Rows) -> None:
    rows.dates("lastreview", "reviewmeeting").tidy_codes("reviewoutcome")
    text = pl.col("transferla").str.to_uppercase().str.replace(r"\.0+$", "")
    none = text.is_in(NO_TRANSFER)
    rows.frame = rows.frame.with_columns(pl.when(~none).then(text).alias("transferla"))
    rows.convert(
        "transferla",
        pl.when(pl.col("transferla").str.contains(r"^\d{3}$")).then(
            pl.col("transferla")
        ),
        "code",
        "no authority's three-digit number",
    )


def _clean_placementdetail(rows: Rows) -> None:
    _clean_setting(rows)
    rows.dates("entrydate", "leavingdate")


def _clean_senneed(rows: Rows) -> None:
    rows.codes("sentype", NEED).tidy_codes("sentyperank")
    rows.reject_repeats("activeplanstableid", "sentype", "sentyperank")


_CLEANERS: Final[Mapping[str, Callable[[Rows], None]]] = {
    "person": _clean_person,
    "requests": _clean_requests,
    "assessment": _clean_assessment,
    "namedplan": _clean_namedplan,
    "plandetail": _clean_setting,
    "activeplans": _clean_activeplans,
    "placementdetail": _clean_placementdetail,
    "senneed": _clean_senneed,
}
