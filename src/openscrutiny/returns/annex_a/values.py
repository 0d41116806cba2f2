"""How Annex A writes its values, as steps on the rows of a list.

What a date, a code or a flag is stands in `returns.values`, for every return; here is
what only these lists do: a letter before each value, and words where others have codes.
"""

from typing import Final

import polars as pl

from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.ssda903 import codes
from openscrutiny.returns.values import (
    code_expression,
    filled_expression,
    label_expression,
    unlettered_expression,
)

__all__ = ["read_column"]

_SEX: Final = {
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
_ABUSE: Final = {
    "neglect": "NEG",
    "physical": "PHY",
    "sexual": "SAB",
    "emotional": "EMO",
    "multiple": "MUL",
}
# Words that say a series of short-term placements (V3, V4) where no code does.
_RESPITE: Final = r"(?i)\brespite\b|\bshort[- ]?(term )?breaks?\b"
_SOURCES: Final = codes.split_codes(
    "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"
)
_CODES: Final = {
    "ethnicity": codes.ETHNICITY,
    "source": _SOURCES,
    "need": codes.split_codes("N0 N1 N2 N3 N4 N5 N6 N7 N8 N9"),
    "placement": codes.PLACEMENT,
    "provider": codes.PLACEMENT_PROVIDER,
    "ceased": codes.REASON_EPISODE_CEASED,
    "closure": codes.split_codes("RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9"),
    "activity": codes.ACTIVITY,
}
_FAULT: Final = "none of the values that this list gives for it"
# Values of closed lists as councils write them: with the list's letter or number, as a
# code, or in words of Ofsted's lists. What is neither may be somebody's name.
_STATUS: Final = (
    r"^\(?[A-Za-z]{1,2}\)|^[A-Za-z]?\d{1,2} *[-:.)]|^[A-Za-z]?\d{1,2}$|^[A-Z]{1,4}\d?$|"
    r"(?i)\b(?:yes|no|not|none|other|unknown|looked after|protection|in need|leavers?|"
    r"disab\w*|assessment|enquiry|early help|foster\w*|open|closed|relevant|qualifying|"
    r"eligible|eligibility|(?:un)?suitable|refus\w*|contact|parents?|relatives?|supported|"
    r"independent|lodgings?|foyers?|hostel|residential|custody|deported|homeless|bed and|"
    r"emergency|abroad|adopt\w*|parental|needs?|court|withdr\w*|match\w*|died|death|care)\b"
)
_MOST: Final = 1_000


def read_column(rows: Rows, column: str, kind: str, *, required: bool = False) -> None:
    """Read one column of a list as this kind of value."""
    match kind:
        case "id":
            rows.identifiers(column).require(column)
        case "number":
            rows.references(column)
        case "date":
            rows.dates(column, required=required)
        case "flag":
            rows.flags(column)
        case "int":
            rows.integers(column, 0, _MOST)
        case "text":
            rows.convert(column, label_expression(column), "text", _FAULT)
        case "status":
            rows.convert(column, _status(column), "text", _FAULT)
        case "sex":
            rows.convert(column, _sex(column), "code", _FAULT)
        case "abuse":
            rows.convert(column, _abuse(column), "code", _FAULT)
        case "legal":
            rows.convert(column, _legal(column), "code", _FAULT)
        case _:
            rows.codes(column, _CODES[kind])


def _status(column: str) -> pl.Expr:
    """Read a value of a closed list; what is none may be a person's name."""
    known = filled_expression(column).str.contains(_STATUS)
    is_label = label_expression(column).is_not_null()
    return pl.when(known & is_label).then(unlettered_expression(column))


def _sex(column: str) -> pl.Expr:
    low = unlettered_expression(column).str.to_lowercase()
    low = low.str.replace(r"^\d\s*-\s*", "")
    return low.replace_strict(_SEX, default=None, return_dtype=pl.String)


def _abuse(column: str) -> pl.Expr:
    known = sorted(_ABUSE.values())
    code = code_expression(column, known)
    low = pl.col(column).str.to_lowercase()
    return pl.coalesce(
        pl.when(code.is_in(known)).then(code),
        *(
            pl.when(low.str.contains(word)).then(pl.lit(code))
            for word, code in _ABUSE.items()
        ),
    )


def _legal(column: str) -> pl.Expr:
    code = code_expression(column, codes.LEGAL_STATUS)
    return pl.coalesce(
        pl.when(code.is_in(sorted(codes.LEGAL_STATUS))).then(code),
        pl.when(pl.col(column).str.contains(_RESPITE)).then(pl.lit("V4")),
        code,
    )
