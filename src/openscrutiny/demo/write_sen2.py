"""Write the borough's SEN2 modules, one set for each calendar year."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from openscrutiny.demo.days import DAY
from openscrutiny.demo.learning import PlanCareer

__all__ = ["COLUMNS", "write_sen2"]

_OWN = {
    "sen2": (
        "collection,year,referencedate,sourcelevel,lea,softwarecode,release,serialno,"
        "datetime,dmo,dco,dsco"
    ),
    "person": (
        "sen2tableid,surname,forename,personbirthdate,sex,ethnicity,postcode,upn,"
        "uniquelearnernumber,upnunknown"
    ),
    "requests": (
        "persontableid,receiveddate,requestsource,rya,requestoutcomedate,"
        "requestoutcome,requestmediation,requesttribunal,exported"
    ),
    "assessment": (
        "requeststableid,assessmentoutcome,assessmentoutcomedate,assessmentmediation,"
        "assessmenttribunal,othermediation,othertribunal,week20"
    ),
    "namedplan": (
        "assessmenttableid,startdate,planres,planwbp,pb,oa,dp,ceasedate,ceasereason"
    ),
    "plandetail": (
        "namedplantableid,urn,ukprn,sensetting,sensettingother,placementrank,"
        "senunitindicator,resourcedprovisionindicator"
    ),
    "activeplans": (
        "requeststableid,transferla,reviewmeeting,reviewoutcome,reviewdraft,"
        "phasetransferduedate,phasetransferfinaldate,lastreview"
    ),
    "placementdetail": (
        "activeplanstableid,urn,ukprn,sensetting,sensettingother,placementrank,"
        "entrydate,leavingdate,senunitindicator,resourcedprovisionindicator,res,wbp"
    ),
    "senneed": "activeplanstableid,sentype,sentyperank",
}
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    name: (
        *(f"{name}tableid", "NativeId", f"{name}orderseqcolumn", "sourceid"),
        *own.split(","),
    )
    for name, own in _OWN.items()
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
           "Dec")  # fmt: skip


def write_sen2(
    folder: Path, careers: Sequence[PlanCareer], year: int, authority: str
) -> None:
    """Write the modules of one calendar year, as known at its end."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows: dict[str, list[Sequence[object]]] = {name: [] for name in COLUMNS}
    rows["sen2"].append(
        ["SEN2", year + 1, _day(date(year + 1, 1, 16)), "L", authority, "Synthetic"]
        + ["1", "001", _day(date(year + 1, 2, 20)), "", "", ""]
    )
    for career in careers:
        if career.received <= last and career.touches(first, last):
            _add(rows, career, last)
    rows["requests"].append(["999999", _day(last), "1", 0, "", "", 0, 0, ""])  # orphan
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in COLUMNS.items():
        path = folder / f"Blade-Export_20-02-{year + 1}_{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(columns) + "\n")
            writer = csv.writer(file, lineterminator="\n")
            for number, row in enumerate(rows[name], start=1):
                writer.writerow([number, number, number, 1, *row])


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return f"{day.year}-{_MONTHS[day.month - 1]}-{day.day:02d} 00:00:00"


def _add(
    rows: dict[str, list[Sequence[object]]], career: PlanCareer, last: date
) -> None:
    person = career.person
    rows["person"].append(
        ["1", "Invented", "Invented", _day(person.born), person.sex, person.ethnicity]
        + ["ZZ1 1ZZ", person.upn, "", ""]
    )
    decided = career.decided if career.decided <= last else None
    rows["requests"].append(
        [len(rows["person"]), _day(career.received), "1", 0, _day(decided)]
        + ["Y" if decided and career.assessed else "N" if decided else "", 0, 0, ""]
    )
    if not career.assessed or decided is None:
        return
    request = len(rows["requests"])
    start = career.start if career.start is not None and career.start <= last else None
    told = start - DAY * 14 if start is not None else None
    rows["assessment"].append(
        [request, "Y" if start else "", _day(told), 0, 0, 0, 0, int(career.exception)]
    )
    if start is None:
        return
    ceased = career.ceased if career.ceased and career.ceased <= last else None
    rows["namedplan"].append(
        [len(rows["assessment"]), _day(start), "", "", 0, 0, 0, _day(ceased)]
        + [career.cease_reason if ceased else ""]
    )
    rows["plandetail"].append([len(rows["namedplan"]), "100001", "", "", "", 1, 0, 0])
    if not career.in_force_on(last):
        return
    review = career.last_review(last)
    rows["activeplans"].append(
        [request, career.transfer_from or "None", _day(review), "M" if review else ""]
        + ["", "", "", _day(review)]
    )
    active = len(rows["activeplans"])
    rows["placementdetail"].append(
        [active, "100001", "", "", "", 1, _day(start), "", 0, 0, "", ""]
    )
    rows["senneed"].append([active, career.need, 1])
