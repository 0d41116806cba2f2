"""Annex A's lettered values as codes: "q) 6: Police" is 6, "a) WBRI" is WBRI.

A value that no rule knows becomes null and stays as text among the unread values.
"""

from collections.abc import Callable
from typing import Final

import polars as pl

from openscrutiny.returns.values import date_expression

__all__ = ["EMPTY", "value_expression"]

# What spreadsheets and case systems leave where there is nothing.
EMPTY: Final = ("", "#n/a", "n/a", "na", "none", "null", "nan", "-")

_ETHNICITY = (
    "WBRI|WIRI|WIRT|WOTH|WROM|MWBC|MWBA|MWAS|MOTH|AIND|APKN|ABAN|AOTH|CHNE|BCRB|BAFR|"
    "BOTH|OOTH|REFU|NOBT"
)
_SEX = {
    "male": "M",
    "m": "M",
    "1": "M",
    "female": "F",
    "f": "F",
    "2": "F",
    "not stated/recorded": "U",
    "not stated/recorded (or unborn)": "U",
    "not stated / recorded": "U",
    "not stated": "U",
    "not recorded": "U",
    "not known": "U",
    "unknown": "U",
    "unborn": "U",
    "indeterminate": "U",
    "neither": "U",
    "u": "U",
    "0": "U",
    "9": "U",
}
_ABUSE = {
    "neglect": "NEG",
    "physical": "PHY",
    "sexual": "SAB",
    "emotional": "EMO",
    "multiple": "MUL",
}


def _without_letter(column: str) -> pl.Expr:
    """Take off the list's own letter: "b) No" is "No"."""
    text = pl.col(column).str.replace_all("\u00a0", " ").str.strip_chars()
    return text.str.replace(r"^\(?[a-z]{1,2}\)\s*", "").str.strip_chars()


def _found(pattern: str) -> Callable[[str], pl.Expr]:
    """Find a code in the text, on its own or before its words."""
    return lambda column: (
        pl.col(column)
        .str.to_uppercase()
        .str.extract(rf"(?:^|[^A-Z0-9])({pattern})(?:[^A-Z0-9]|$)")
    )


def _flag(column: str) -> pl.Expr:
    low = _without_letter(column).str.to_lowercase()
    return (
        pl.when(low.is_in(["yes", "y", "true", "1"]))
        .then(True)
        .when(low.is_in(["no", "n", "false", "0"]))
        .then(False)
    )


def _sex(column: str) -> pl.Expr:
    low = _without_letter(column).str.to_lowercase()
    low = low.str.replace(r"^\d\s*-\s*", "")
    return low.replace_strict(_SEX, default=None, return_dtype=pl.String)


def _abuse(column: str) -> pl.Expr:
    low = pl.col(column).str.to_lowercase()
    found: pl.Expr = pl.coalesce(
        _found("NEG|PHY|SAB|EMO|MUL")(column),
        *(
            pl.when(low.str.contains(word)).then(pl.lit(code))
            for word, code in _ABUSE.items()
        ),
    )
    return found


def _integer(column: str) -> pl.Expr:
    text = pl.col(column).str.replace(r"\.0+$", "")
    return text.cast(pl.Int32, strict=False)


def _identifier(column: str) -> pl.Expr:
    """Keep identifiers as text, without the ".0" that a spreadsheet gave them."""
    return pl.col(column).str.replace(r"^(\d+)\.0+$", "$1")


_BY_KIND: Final[dict[str, Callable[[str], pl.Expr]]] = {
    "id": _identifier,
    "text": lambda column: (
        pl.col(column).str.replace_all("\u00a0", " ").str.strip_chars()
    ),
    "status": _without_letter,
    "date": date_expression,
    "flag": _flag,
    "int": _integer,
    "sex": _sex,
    "ethnicity": _found(_ETHNICITY),
    "source": _found(r"10|[1-9][A-F]?"),
    "need": _found(r"N[0-9]"),
    "abuse": _abuse,
    "legal": _found(r"C1|C2|D1|E1|V2|V3|V4|L1|L2|L3|J1|J2|J3"),
    "placement": _found(r"[AHKPRSTUZ][0-9]{1,2}"),
    "provider": _found(r"PR[0-9]"),
    "ceased": _found(r"X1|E[0-9]{1,2}[AB]?"),
    "closure": _found(r"RC[0-9]"),
    "activity": _found(r"[FPG][0-9]"),
}


def value_expression(column: str, kind: str) -> pl.Expr:
    """Read a column of text as this kind of value; null where it cannot be read."""
    return _BY_KIND[kind](column)
