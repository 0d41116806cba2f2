"""An SSDA903 set of 10,000 children: files to record."""

import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path

from bench.measuring import measure, report
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace

CHILDREN = 10_000


def write(folder: Path) -> int:
    """Write header, episodes, reviews, oc2, oc3 and missing; give the rows."""
    day = date(2025, 4, 1)

    def on(offset: int) -> str:
        return (day + timedelta(days=offset)).strftime("%d/%m/%Y")

    tables: dict[str, tuple[str, list[list[object]]]] = {
        "header": ("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", []),
        "episodes": (
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
            "HOME_POST,PL_POST,URN",
            [],
        ),
        "reviews": ("CHILD,DOB,REVIEW,REVIEW_CODE", []),
        "oc2": (
            "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,"
            "TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,"
            "INTERVENTION_OFFERED",
            [],
        ),
        "oc3": ("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", []),
        "missing": ("CHILD,DOB,MISSING,MIS_START,MIS_END", []),
    }
    for n in range(CHILDREN):
        child, born = f"BENCH{n}", f"{1 + n % 28:02d}/06/{2008 + n % 16}"
        add = {name: rows for name, (_, rows) in tables.items()}
        add["header"].append([child, "F", born, "WBRI", "UN1", 0, ""])
        for step in range(3):
            end = on(100 * step + 100) if step < 2 else ""
            reason = "S" if step == 0 else "P"
            left = "X1" if end else ""
            add["episodes"].append(
                [child, on(100 * step + n % 20), reason, "C2", "N1", "U6", "PR1", end]
                + [left, "PLACE" if end else "", "", "", 1000000 + step]
            )
        add["episodes"][-3][7] = on(100 + n % 20)
        add["episodes"][-2][7] = on(200 + n % 20)
        for step in range(3):
            add["reviews"].append([child, born, on(20 + 90 * step), "PN1"])
        add["oc2"].append([child, born, 10, "", 0, 1, 1, 1, 1, 0, "", ""])
        add["oc3"].append([child, born, "YES", "F2", "U1"])
        add["missing"].append([child, born, "M", on(50), on(52)])
    total = 0
    for name, (heading, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(heading + "\n")
            csv.writer(file).writerows(rows)
        total += len(rows)
    return total


def main() -> None:
    """Measure files to record."""
    with tempfile.TemporaryDirectory() as folder:
        returns = Path(folder) / "returns"
        returns.mkdir()
        rows = write(returns)
        count = iter(range(100))

        def load() -> None:
            place = Path(folder) / f"workspace{next(count)}"
            outcomes = load_paths(create_workspace(place, ("299",)), [returns])
            assert all(o.status.startswith("loaded") for o in outcomes), outcomes

        seconds, _ = measure(load)
        report("SSDA903 set, 10,000 children", rows, seconds, 3)


if __name__ == "__main__":
    main()
