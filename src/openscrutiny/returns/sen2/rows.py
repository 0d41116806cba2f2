"""Clean the modules of one SEN2 export, and link each row to its parent and child.

A row whose parent was not in the export, or was rejected, is rejected too: a plan
that belongs to nobody can be counted for nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.cleaning import ProblemLog, Rows
from openscrutiny.returns.sen2.codes import (
    CEASE_REASON,
    ETHNICITY,
    HISTORICAL,
    ISSUED,
    NEED,
    NO_TRANSFER,
    OUTCOME,
    SETTING,
    SEX,
)
from openscrutiny.returns.sen2.facts import FACT_DATE, link_once, tell_contradictions
from openscrutiny.returns.sen2.modules import DATES, HEADER, KEYS, MODULES, Module
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import (
    UPN_PATTERN,
    code_expression,
    filled_expression,
    reference_expression,
    veil,
)

__all__ = ["TABLE_OF", "Export", "clean_modules"]

# A key as exports have it: a running number, or an identifier made by a database. Any
# other text may be a person's name or number, and does not enter the record.
_PLAIN_KEY: Final = r"^(\d{1,9}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$"
_SHORT_CODE: Final = r"^([A-Z]{1,2}|\d{1,3})$"
# Without a row these would say that there are none, which no council can mean.
NEVER_EMPTY: Final = frozenset({"person", "requests"})

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
    `made` is the last day of which the export can know. `without_flow` are the modules
    that are not the whole truth of any period.
    """

    year: int
    made: date
    rows: dict[str, Rows] = field(default_factory=dict)
    links: dict[str, pl.DataFrame] = field(default_factory=dict)
    refused: dict[str, RefusedFile] = field(default_factory=dict)
    without_flow: set[str] = field(default_factory=lambda: {"person"})

    def frame(self, module: str) -> pl.DataFrame | None:
        return self.rows[module].frame if module in self.rows else None


def clean_modules(
    tables: Mapping[str, TextTable],
    logs: Mapping[str, ProblemLog],
    year: int,
    made: date,
    refused_before: Mapping[str, RefusedFile],
) -> Export:
    """Clean every module and link it to its parent, parents first.

    Every row gets `person`, the record's identifier of its child, and its ancestors'
    keys. Modules that cannot be used stand in `refused` with the reason, beside
    those whose file was refused before.
    """
    export = Export(year, made, refused=dict(refused_before))
    for name, module in MODULES.items():
        if name == HEADER or name not in tables:
            continue
        try:
            rows = _clean_module(module, tables[name], logs[name], export)
        except RefusedFile as refused:
            export.refused[name] = refused
            continue
        if name == "activeplans" and "reviewmeeting" not in tables[name].frame.columns:
            _tell_no_meetings(rows)
            export.without_flow.add(name)
        export.links[name] = link_once(name, rows)
        export.rows[name] = rows
    tell_contradictions(export.rows)
    return export


def _tell_no_meetings(rows: Rows) -> None:
    rows.log.add(
        [0],
        "reviewmeeting",
        "column",
        "The activeplans module has no column reviewmeeting (versions before 1.2 had "
        "none), and the day of the letter (lastreview) is not that of the meeting: "
        "whether reviews were held is not known.",
        "Export the module with reviewmeeting, if the council has it.",
    )


def _clean_module(
    module: Module, table: TextTable, log: ProblemLog, export: Export
) -> Rows:
    _check_columns(module, table)
    parent = _parent_frame(module, export)
    there = [c for c in table.frame.columns if c in module.read]
    frame = table.frame.select(*there, "line")
    name = module.name
    labels = {"person": "child", "fact": FACT_DATE.get(name, "")}
    rows = Rows(frame, log, TABLE_OF.get(name) or _MORE_TABLES[name], labels)
    rows.add_missing_columns(module.optional)
    _read_keys(rows, module)
    if parent is not None:
        _link(rows, module, parent)
    _CLEANERS[name](rows)
    _set_aside_impossible_days(rows, module, export)
    if name == "person":
        _identify(rows, export.year)
    _check_any_left(rows, module, table)
    return rows


def _read_keys(rows: Rows, module: Module) -> None:
    """Read the keys of a row; one without them hangs on nothing and is rejected."""
    keys = [module.key, *([module.parent_key] if module.parent else [])]
    rows.identifiers(*keys).require(*keys)
    rows.frame = rows.frame.with_columns(
        pl.when(pl.col(key).str.contains(_PLAIN_KEY))
        .then(pl.col(key))
        .otherwise(pl.col(key).map_elements(veil, return_dtype=pl.String()))
        .alias(key)
        for key in keys
    )
    rows.reject_repeats(module.key)


def _set_aside_impossible_days(rows: Rows, module: Module, export: "Export") -> None:
    """Empty days that had not come when the return was made, but for planned ends."""
    for column in DATES.intersection(module.columns):
        last = export.made
        if column == "ceasedate":
            last += timedelta(days=366)
        elif column == "personbirthdate":
            last = date(export.year, 12, 31)
        _empty(
            rows,
            pl.col(column) > last,
            column,
            "future",
            f"{column} lies after {last}, when it cannot have happened yet. It was "
            "left empty.",
            f"Correct {column} and load the file again.",
        )


def _empty(
    rows: Rows, found: pl.Expr, column: str, rule: str, message: str, fix: str
) -> None:
    """Empty a value that cannot be true; its place is marked as unread."""
    rows.set_aside(found, column, rule, message, fix)
    cannot = found.fill_null(False)
    rows.frame = rows.frame.with_columns(
        pl.when(~cannot).then(pl.col(column)).alias(column)
    )


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


def _read_shaped(rows: Rows, shape: str, *columns: str) -> None:
    """Read codes of which no list is known; what has another shape may be a name."""
    for column in columns:
        code = code_expression(column)
        shaped = pl.when(code.str.contains(shape)).then(code)
        rows.convert(column, shaped, "code", "no code of this return")


def _clean_person(rows: Rows) -> None:
    rows.numbers_as_text("upn").dates("personbirthdate")
    rows.convert_codes("sex", SEX)
    rows.convert_codes("ethnicity", ETHNICITY)
    _read_shaped(rows, r"^UN\d{1,2}$", "upnunknown")


def _clean_requests(rows: Rows) -> None:
    rows.dates("receiveddate", "requestoutcomedate")
    rows.convert_codes("requestoutcome", OUTCOME)
    _read_shaped(
        rows,
        _SHORT_CODE,
        *("requestsource", "requestmediation", "requesttribunal", "exported"),
    )
    outcome = pl.col("requestoutcome")
    _tell_missing(
        rows,
        pl.col("receiveddate").is_null()
        & (outcome.is_null() | (outcome != HISTORICAL)),
        "receiveddate",
        "The request has no day on which it was received, so it is in no period's "
        "number, and whether its plan came in time is not known.",
        "Give receiveddate; only a request decided before the year (H) may lack it.",
    )
    _note_order(rows, "receiveddate", "requestoutcomedate")


def _clean_assessment(rows: Rows) -> None:
    rows.dates("assessmentoutcomedate").flags("week20")
    rows.convert_codes("assessmentoutcome", OUTCOME)
    _read_shaped(rows, _SHORT_CODE, "assessmentmediation", "assessmenttribunal")
    rows.note(
        (pl.col("assessmentoutcome") == ISSUED) & pl.col("week20").is_null(),
        "week20",
        "missing",
        "Whether an exception to the 20 weeks applied is not said; the plan counts as "
        "one without.",
        "Give week20 as 1 or 0.",
    )


def _clean_namedplan(rows: Rows) -> None:
    rows.dates("startdate", "ceasedate")
    rows.convert_codes("ceasereason", CEASE_REASON)
    rows.reject_before("startdate", "ceasedate")
    _tell_missing(
        rows,
        pl.col("startdate").is_null(),
        "startdate",
        "The plan has no date of its current version.",
        "Give startdate and load the file again.",
    )
    _tell_missing(
        rows,
        pl.col("ceasereason").is_not_null() & pl.col("ceasedate").is_null(),
        "ceasedate",
        "The plan has a reason why it ceased and no day on which it did, so it is "
        "not among those in force.",
        "Give ceasedate, or take out ceasereason.",
    )


def _tell_missing(
    rows: Rows, found: pl.Expr, column: str, message: str, fix: str
) -> None:
    """Mark a value that is not there and decides, unless it could not be read."""
    missing = found & ~rows.was_unread(column)
    rows.set_aside(missing, column, "missing", message, fix)


def _clean_setting(rows: Rows) -> None:
    urn = reference_expression("urn")
    shaped = pl.when(urn.str.contains(r"^\d{5,7}$")).then(urn)
    rows.convert("urn", shaped, "number", "no establishment's number")
    rows.convert_codes("sensetting", SETTING).integers("placementrank", 0, 99)


def _clean_activeplans(rows: Rows) -> None:
    rows.dates("lastreview", "reviewmeeting")
    _read_shaped(rows, _SHORT_CODE, "reviewoutcome")
    text = filled_expression("transferla").str.to_uppercase().str.replace(r"\.0+$", "")
    rows.frame = rows.frame.with_columns(
        pl.when(~text.is_in(NO_TRANSFER)).then(text).alias("transferla")
    )
    rows.convert(
        "transferla",
        pl.col("transferla").str.extract(r"^\(?(\d{3})\)?(?:\s*[-–:]\s*\D*)?$", 1),
        "code",
        "no authority's three-digit number",
    )
    _note_order(rows, "reviewmeeting", "lastreview")


def _note_order(rows: Rows, first: str, then: str) -> None:
    rows.note(
        pl.col(then) < pl.col(first),
        then,
        "order",
        f"{then} lies before {first}, which it follows.",
        f"Correct {first} or {then} and load the file again.",
    )


def _clean_placementdetail(rows: Rows) -> None:
    _clean_setting(rows)
    rows.dates("entrydate", "leavingdate")


def _clean_senneed(rows: Rows) -> None:
    rows.convert_codes("sentype", NEED)
    _read_shaped(rows, r"^\d{1,2}$", "sentyperank")
    rows.reject_repeats("plan", "sentype", "sentyperank", ignore=KEYS)


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
