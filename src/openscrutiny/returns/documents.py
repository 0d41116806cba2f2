"""Files that are no returns: named, so that they can be set aside and said to be.

What stands beside returns and publications: notes, specifications, lookups, pictures,
and statistics in layouts that are not read yet.
"""

from pathlib import PurePosixPath
from typing import Final

from openscrutiny.returns.published.text import first_headings, read_head
from openscrutiny.returns.reading import SourceFile

__all__ = ["describe_other"]

_BY_SUFFIX: Final = {
    ".md": "a note",
    ".txt": "a note",
    ".rst": "a note",
    ".log": "a log",
    ".pdf": "a document",
    ".docx": "a document",
    ".doc": "a document",
    ".odt": "a document",
    ".pptx": "a presentation",
    ".png": "a picture",
    ".jpg": "a picture",
    ".jpeg": "a picture",
    ".gif": "a picture",
    ".svg": "a picture",
    ".xsd": "a specification (XML schema)",
    ".yml": "a specification (YAML)",
    ".yaml": "a specification (YAML)",
    ".html": "a web page",
    ".htm": "a web page",
    ".ods": "a spreadsheet in a report's layout: not read yet",
}

_SCORECARDS: Final = (
    "school places scorecards (DfE): known, and not read yet in any year's layout"
)
_LAIT_DOWNLOAD: Final = (
    "a download of the local authority interactive tool (DfE), which does not name its "
    "measure: load the tool's long extract instead (bds_long, with the columns Short "
    "Desc, Years, LA and Regions, Values, LA Number, Region), which holds every measure"
)

# What a table is, by headings (in small letters) that only such a table has.
_BY_HEADINGS: Final[tuple[tuple[frozenset[str], str], ...]] = tuple(
    (frozenset(headings.split(",")), words)
    for headings, words in (
        ("ltla23cd,utla23cd", "a lookup of places"),
        ("new_la_code,la_name,date_of_operation", "a lookup of places"),
        ("row_number,code_field,name_field", "a lookup of geographic levels"),
        ("la_name,region_name_correct", "a lookup of places"),
        ("stat_neighbours,ons_la_type", "a lookup of places"),
        ("tab_name,metric_display_text", "a dashboard's own list of its measures"),
        ("des_med_off,des_clin_off", "a supporting table of words, without figures"),
        ("col_name,filter_item", "a data dictionary of DfE's open data standards"),
        ("col_name_search_string", "a data dictionary of DfE's open data standards"),
        ("ethnicity_major,ethnicity_minor", "a lookup of labels"),
        ("programmer_friendly_names", "a list of column names"),
        ("tool_name,link", "a list of links"),
        ("rule code,rule message", "a list of validation rules"),
        ("item_ref,change_id", "a specification (list of changes)"),
        ("path,riia,cin", "a specification (Standard Safeguarding Dataset)"),
        ("lanumber,la_name,for_1_p", _SCORECARDS),
        ("year,geographic_level,lanumber", _SCORECARDS),
        ("la number,la and regions", _LAIT_DOWNLOAD),
        ("inspection_framework,inspection_link", "inspection outcomes: not read yet"),
        ("inspection.outcome", "inspection outcomes: not read yet"),
    )
)
# Tables that have these headings and no others.
_BY_ALL_HEADINGS: Final[dict[frozenset[str], str]] = {
    frozenset({"country_code", "country_name"}): "a lookup of places",
    frozenset({"region_code", "region_name"}): "a lookup of places",
    frozenset(
        {"region_code", "region_name", "old_la_code", "la_name", "new_la_code"}
    ): "a lookup of places",
    frozenset({"code", "name"}): "a lookup of codes and names",
    frozenset({"filename", "status"}): "a list of files",
}


def describe_other(source: SourceFile) -> str | None:
    """Say what a file is that no reader takes; None where that is not known.

    Tables are known by their headings. The others are known by the ends of their
    names, which is enough for saying what is left aside: nothing of them is read.
    """
    name = PurePosixPath(source.name.replace("!", "/")).name.lower()
    known = _BY_SUFFIX.get(PurePosixPath(name).suffix)
    if known:
        return known
    head = read_head(source, 8192)
    if not head.strip() or head.startswith((b"PK", b"PAR1")):
        return None  # an empty or broken file is refused, with its reason
    headings = first_headings(head)
    return _describe_table(headings)


def _describe_table(headings: list[str]) -> str | None:
    names = frozenset(headings)
    for wanted, words in _BY_HEADINGS:
        if wanted <= names:
            return words
    if names in _BY_ALL_HEADINGS:
        return _BY_ALL_HEADINGS[names]
    title = headings[0] if headings else ""
    if "tribunal" in title and ("appeal" in title or "table" in title):
        return "tribunal statistics in a report's layout: not read yet"
    return None
