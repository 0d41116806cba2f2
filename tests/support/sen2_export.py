"""An invented SEN2 export, written from the few values that a test is about."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openscrutiny.layouts.sen2 import MODULES as LAYOUTS

COLUMNS = {name: layout.headings for name, layout in LAYOUTS.items()}
Lines = Mapping[str, Sequence[Mapping[str, object]]]

_HEADER = {"collection": "SEN2", "year": 2025, "referencedate": "2025-01-16"}
_PARENT = {
    "person": "sen2",
    "requests": "person",
    "assessment": "requests",
    "namedplan": "assessment",
    "plandetail": "namedplan",
    "activeplans": "requests",
    "placementdetail": "activeplans",
    "senneed": "activeplans",
}


def one_plan(
    number: int = 1,
    *,
    request: Mapping[str, object] | None = None,
    assessment: Mapping[str, object] | None = None,
    plan: Mapping[str, object] | None = None,
    active: Mapping[str, object] | None = None,
) -> dict[str, list[dict[str, object]]]:
    """Give the lines of one child: a request and what came of it, as far as given."""
    own: dict[str, list[dict[str, object]]] = {
        "person": [
            {
                "persontableid": number,
                "personbirthdate": "2012-05-05",
                "sex": "M",
                "ethnicity": "WBRI",
                "upn": f"A9990000000{number:02}",
            }
        ]
    }
    given = {
        "requests": {"requestoutcome": "H"} if request is None else request,
        "assessment": assessment,
        "namedplan": plan,
        "activeplans": active,
    }
    for module, values in given.items():
        if values is not None:
            keys = {f"{module}tableid": number, f"{_PARENT[module]}tableid": number}
            own[module] = [{**keys, **values}]
    return own


def write_export(
    folder: Path, *children: Lines, header: Mapping[str, object] | None = None
) -> Path:
    """Write the modules as COLLECT's blade files; a module without lines is empty."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[Mapping[str, object]]] = {name: [] for name in COLUMNS}
    lines["sen2"].append({"lea": "306", **_HEADER, **(header or {})})
    for child in children:
        for module, rows in child.items():
            lines[module] += rows
    for module, columns in COLUMNS.items():
        # Bytes of its own: a file that is loaded already is not loaded again.
        text = [",".join((*columns, f"of{lines['sen2'][0]['lea']}"))]
        for number, row in enumerate(lines[module], start=1):
            filled = {f"{module}tableid": number, **row}
            strangers = set(filled) - set(columns)
            assert not strangers, strangers
            text.append(",".join(str(filled.get(c, "")) for c in (*columns, "of")))
        path = folder / f"Blade-Export_20-02-2025_{module}.csv"
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return folder
