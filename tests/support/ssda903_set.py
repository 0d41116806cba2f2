"""Invented SSDA903 sets for tests, written from the few values that a test is about."""

from collections.abc import Sequence
from pathlib import Path

HEADINGS = {
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
    "REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "uasc": "CHILD,SEX,DOB,DUC",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
}


def episode(
    child: str,
    start: str,
    end: str = "",
    *,
    status: str = "C2",
    why: str = "S",
    ended: str = "",
) -> str:
    """Write one line of episodes; `ended` is the reason of the end."""
    reason = ended or ("E4A" if end else "")
    return f"{child},{start},{why},{status},N1,U4,PR1,{end},{reason},,,,SC1"


def header(child: str, born: str = "04/05/2012", sex: str = "F") -> str:
    """Write one line of the header."""
    return f"{child},{sex},{born},WBRI,UN1,,"


def write_set(folder: Path, **tables: Sequence[str]) -> Path:
    """Write tables of one return into a folder, each with its headings."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():
        text = "\n".join([HEADINGS[name], *lines]) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
