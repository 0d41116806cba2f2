"""Files that no reader takes, each by its name: documents, lookups, and layouts that are
known and not read yet, so that nobody is told to look for a fault in a good file.
"""

import re
from pathlib import PurePosixPath
from typing import Final

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.published.text import first_headings, read_head
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.tabular import list_heading_candidates
from openscrutiny.returns.workbooks import is_workbook, list_sheet_headings

NOT_YET: Final = ": not read yet"

_BY_SUFFIX: Final = {
    ".md": "a note",
    ".txt": "a note",
    ".rst": "a note",
    ".log": "a log",
    ".pdf": "a document",
    ".docx": "a document",
    ".doc": "a document",
    ".odt": "a document",
    ".rtf": "a document",
    ".ppt": "a presentation",
    ".pptx": "a presentation",
    ".msg": "a message",
    ".eml": "a message",
    ".png": "a picture",
    ".jpg": "a picture",
    ".jpeg": "a picture",
    ".gif": "a picture",
    ".svg": "a picture",
    ".xsd": "a specification (XML schema)",
    ".yml": "a specification (YAML)",
    ".yaml": "a specification (YAML)",
    ".sql": "a query",
    ".py": "a program",
    ".r": "a program",
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

# What an XML or JSON file is, by a word near its beginning.
_BY_MARK: Final = (
    (b"<CSWWWorker", f"the children's social work workforce census{NOT_YET}"),
    (b"<LALevelVacancies", f"the children's social work workforce census{NOT_YET}"),
    (b"<Collection>CSWW<", f"the children's social work workforce census{NOT_YET}"),
    (b"<Collection>SWF<", f"the school workforce census{NOT_YET}"),
    (b"<SchoolWorkforceMember", f"the school workforce census{NOT_YET}"),
    (b"<Collection>SC", f"the school census{NOT_YET}"),
    (b"<PupilOnRoll", f"the school census{NOT_YET}"),
    (b"<PupilsOnRoll", f"the school census{NOT_YET}"),
    (b"<Collection>AP", f"the alternative provision census{NOT_YET}"),
    (b"<Collection>EY", f"the early years census{NOT_YET}"),
    (b'"social_care_episodes"', f"DfE's daily social care data in JSON{NOT_YET}"),
    (b'"la_child_id"', f"DfE's daily social care data in JSON{NOT_YET}"),
    (b'"timePeriod', f"an answer of the public statistics API in JSON{NOT_YET}"),
)

# What a table is, by headings that only such a table has: small letters and figures
# alone, so that "LA (name)", "la_name" and "LA name" are one.
_BY_HEADINGS: Final[tuple[tuple[frozenset[str], str], ...]] = tuple(
    (frozenset(headings.split(",")), words)
    for words, tables in (
        (f"SSDA903's deprivations of liberty (DoLO){NOT_YET}", "child,dolodate"),
        (
            f"a school census table{NOT_YET}",
            "pupilonrolltableid pupilnolongeronrolltableid schoolcensustableid",
        ),
        (
            f"the children's social work workforce census{NOT_YET}",
            "agencyworker,sweno sweno,orgrole sweno,fte",
        ),
        (
            f"Area SEND Annex A{NOT_YET}",
            "dateinitialehcplanissued uln,senprimaryneed uniqueid,senprimaryneed",
        ),
        (
            f"section 251 placement costs{NOT_YET}",
            "contributionfromeducationproviders childid,placementtype,totalcost",
        ),
        (f"a table of the Standard Safeguarding Dataset{NOT_YET}", "perspersonid"),
        (f"elective home education, in-year return{NOT_YET}", "s437notices"),
        ("a lookup of places", "ltla23cd,utla23cd newlacode,laname,dateofoperation"),
        ("a lookup of geographic levels", "rownumber,codefield,namefield"),
        ("a lookup of places", "laname,regionnamecorrect statneighbours,onslatype"),
        ("a directory of postcodes", "pcd,oseast1m pcds,lat,long"),
        ("a dashboard's own list of its measures", "tabname,metricdisplaytext"),
        ("a supporting table of words, without figures", "desmedoff,desclinoff"),
        (
            "a data dictionary of DfE's open data standards",
            "colname,filteritem colnamesearchstring",
        ),
        ("a lookup of labels", "ethnicitymajor,ethnicityminor"),
        ("a list of column names", "programmerfriendlynames"),
        ("a list of links", "toolname,link"),
        ("a list of validation rules", "rulecode,rulemessage"),
        ("a specification (list of changes)", "itemref,changeid"),
        ("a specification (Standard Safeguarding Dataset)", "path,riia,cin"),
        (_SCORECARDS, "lanumber,laname,for1p year,geographiclevel,lanumber"),
        (_LAIT_DOWNLOAD, "lanumber,laandregions"),
        (
            "inspection outcomes that others gathered from the reports: load Ofsted's "
            "own (local authority inspection outcomes, as at 31 March)",
            "inspectionframework,inspectionlink",
        ),
        (
            "area SEND inspections since 2023, which name areas without their numbers"
            f"{NOT_YET}",
            "localareapartnership,inspectionoutcome",
        ),
        (
            f"inspection outcomes{NOT_YET}",
            "inspectionoutcome overalleffectiveness,urn latestoveralleffectiveness",
        ),
        (
            f"a list of schools{NOT_YET}",
            "establishmentname urn,schoolname urn,phaseofeducation "
            "urn,typeofestablishment schoolname,laestab",
        ),
        (
            f"a list of providers{NOT_YET}",
            "ukprn,providername urn,provisiontype urn,providertype "
            "urn,providersubtype urn,providername urn,provider urn,settingname "
            "urn,registrationstatus urn,registrationdate urn,organisationtype "
            "urn,maximumusers urn,places urn,ownername",
        ),
        (f"a list of schools{NOT_YET}", "urn,laestab"),
        (f"a list of providers{NOT_YET}", "providerurn"),
    )
    for headings in tables.split()
)
# Tables that have these headings and no others.
_BY_ALL_HEADINGS: Final[dict[frozenset[str], str]] = {
    frozenset({"countrycode", "countryname"}): "a lookup of places",
    frozenset({"regioncode", "regionname"}): "a lookup of places",
    frozenset(
        {"regioncode", "regionname", "oldlacode", "laname", "newlacode"}
    ): "a lookup of places",
    frozenset({"code", "name"}): "a lookup of codes and names",
    frozenset({"filename", "status"}): "a list of files",
}
_ARCHIVES: Final = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_TAR_AT: Final = 257
# What systems of reports call a workbook and is none, by a word near its beginning.
_DISGUISED: Final = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "a workbook in XML of 2003"),
    (b'progid="excel.sheet"', "a workbook in XML of 2003"),
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<table", "a table of a web page"),
)


def describe_by_name(name: str) -> str | None:
    """Say what kind of document a name ends in; None where it may be a return."""
    own = PurePosixPath(name.replace("!", "/")).name.lower()
    return _BY_SUFFIX.get(PurePosixPath(own).suffix)


def describe_other(source: SourceFile) -> str | None:
    """Say what a file is that no reader takes; None where that is not known.

    Tables are known by their headings, XML and JSON by what they begin with. The
    others are known by the ends of their names, which is enough for saying what is
    left aside: nothing of them is read.
    """
    head = read_head(source)
    if head.startswith(b"PAR1") or not head.strip():
        return describe_by_name(source.name)
    if head.startswith(b"PK"):
        return describe_by_name(source.name) or _describe_workbook(source)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"<", b"{", b"["):
        marked = _describe_marked(head)
        if marked is not None:
            return marked
    known = describe_by_name(source.name)
    return known or _describe_rows(
        [first_headings(head), *map(list, list_heading_candidates(head))]
    )


def _describe_marked(head: bytes) -> str | None:
    close = re.sub(rb"\s+", b"", head)
    return next((words for mark, words in _BY_MARK if mark in close), None)


def _describe_workbook(source: SourceFile) -> str | None:
    if not is_workbook(source):
        return None
    try:
        sheets = list_sheet_headings(source)
    except RefusedFile:
        return None
    return _describe_rows([list(row) for rows in sheets.values() for row in rows])


def _describe_rows(rows: list[list[str]]) -> str | None:
    for row in rows:
        described = _describe_table(row)
        if described is not None:
            return described
    return None


def _describe_table(headings: list[str]) -> str | None:
    names = frozenset(
        re.sub(r"[^a-z0-9]", "", heading.lower()) for heading in headings if heading
    )
    for wanted, words in _BY_HEADINGS:
        if wanted <= names:
            return words
    if names in _BY_ALL_HEADINGS:
        return _BY_ALL_HEADINGS[names]
    title = headings[0].lower() if headings else ""
    if "tribunal" in title and ("appeal" in title or "table" in title):
        return "tribunal statistics in a report's layout: not read yet"
    return None


def why_unknown(source: SourceFile) -> RefusedFile:
    """Say of a file that nobody knows what it is, as far as that can be seen."""
    head = read_head(source, 512)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(_ARCHIVES) or head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return RefusedFile(
            "This is an archive of a kind that is not opened here.",
            "Unpack it, and load the files, or a zip of them.",
            rule="unknown",
        )
    if head.startswith(b"PK") and not is_workbook(source):
        return RefusedFile(
            "This is a zip or a workbook of a kind that is not read: a binary "
            "workbook, a zip inside another file, or a damaged one.",
            "Save a workbook as .xlsx; unpack a zip and load what it holds.",
            rule="unknown",
        )
    disguised = next((what for mark, what in _DISGUISED if mark in start.lower()), "")
    if disguised:
        return RefusedFile(
            f"This is {disguised}, whatever its name ends in.",
            "Open it in a spreadsheet program, save it as .xlsx or as CSV, and load that.",
            rule="unknown",
        )
    kind = "workbook" if head.startswith(b"PK") else "file"
    if start.startswith(b"<"):
        kind = "XML file"
    return RefusedFile(
        f"This {kind} has the layout of no return or publication that is read.",
        "If it is one, its headings may be missing or have other names than the "
        "return's: export it with them. If it is none, leave it out.",
        rule="unknown",
    )
