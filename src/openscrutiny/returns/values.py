"""What a cell's text means, in one place for every reader: each expression takes a
column of text and gives null where the text cannot be read as that kind of value.

A reader compares what came in with what came out (`cleaning.Rows.convert`), so that
nothing becomes null in silence.
"""

import hashlib
import re
from collections.abc import Collection
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

import polars as pl

_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")

# The one range of dates that a return about people living today can hold. What lies
# outside is a stand-in for "no date" (1 January 1900, 31 December 9999) or a slip.
EARLIEST: Final = date(1920, 1, 1)
LATEST: Final = date(2079, 12, 31)

# A unique pupil number: a letter and twelve more, the last of which may be a letter
# where the number is temporary.
UPN_PATTERN: Final = r"^[A-Z]\d{11}[0-9A-Z]$"

# A key as exports have it: a running number, or an identifier made by a database.
_PLAIN_KEY: Final = r"^(\d{1,9}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$"
# How exports say that there is no other authority.
_NO_AUTHORITY: Final = ("NONE", "NO", "N", "000", "0")
_AUTHORITY: Final = r"^\(?(\d{3})\)?(?:\s*[-–:]\s*\D*)?$"
# A child's or worker's identifier: no spaces, and a digit unless it is very short.
_IDENTIFIER: Final = r"^(?:[A-Za-z]{1,2}|[\w./:{}\\-]{0,40}\d[\w./:{}\\-]{0,40})$"
_SUMMARY: Final = r"(?i)^\W*(?:(?:grand |sub[- ]?)?totals?\b|\d+ rows? (?:affected|selected|returned)\b)"
_TELEPHONE: Final = r"^(?:\+?44|0)[1-9]\d{8,9}$"
_PARTIAL_DATE: Final = r"^[\dzZ]{1,4}[-/.][\dzZ]{1,2}[-/.][\dzZ]{1,4}(?:[ T][\d:.]+)?$"
# An e-mail address, a telephone number, a postcode, or a house number and a street.
_CONTACT: Final = (
    r"(?i)@|(?:\d[ ()-]*){9}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|"
    r"\b\d+[A-Z]? [\w' ]+ (?:road|rd|street|st|close|mews|lane|avenue|ave|drive|way|"
    r"court|crescent|gardens|grove|place|terrace|walk|hill|square)\b"
)

# What case systems, databases and spreadsheets leave where there is nothing.
_EMPTY: Final = ("", "NULL", "(NULL)", "[NULL]", "#N/A", "N/A", "NAN", "NAT", "-")
# Words for nothing where no code can stand: NONE is a disability's code.
_NOTHING: Final = ("NONE", "NA", "NIL", "NOT APPLICABLE")
_TRUE: Final = ("1", "1.0", "TRUE", "T", "YES", "Y")
_FALSE: Final = ("0", "0.0", "FALSE", "F", "NO", "N")

_TIME: Final = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$"
# Few dates have letters beside a T or a Z, and only those are looked at again.
_HAS_LETTERS: Final = r"[A-Za-z]{2}|^'"
_OF_THE_DAY: Final = r" +\d{1,2}:\d{2}(:\d{2})?([.:]\d+)? ?(?:[AaPp]\.?[Mm]\.?)?$"
# What stands before a date: a spreadsheet's sign for text, and the day of the week.
_BEFORE_DATE: Final = r"^'|^[A-Za-z]{3,9}day,? |^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? "
# A month in letters: "03-MAY-2024", "3rd May 2024", and "May  3 2024" of a database.
_DAY_AND_NAME: Final = (
    r"^(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([A-Za-z]{3})([A-Za-z]*)[-/., ]+"
)
_NAME_AND_DAY: Final = (
    r"^([A-Za-z]{3})([A-Za-z]*) +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$"
)
# Forms in which nobody can mistake the day for the month.
_PLAIN_FORMS: Final = (
    (r"^\d{4}-\d{1,2}-\d{1,2}$", "%Y-%m-%d"),
    (r"^\d{4}/\d{1,2}/\d{1,2}$", "%Y/%m/%d"),
    (r"^(19|20)\d{6}$", "%Y%m%d"),
    (r"^\d{4}-[A-Za-z]{3}-\d{1,2}$", "%Y-%b-%d"),
    (r"^\d{1,2} [A-Za-z]{3} \d{4}$", "%d %b %Y"),
    (r"^\d{1,2} [A-Za-z]{4,9} \d{4}$", "%d %B %Y"),
)
_TWO_AND_YEAR: Final = r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$"
# 20000 is 3 October 1954 and 59999 is 7 April 2064.
_DAY_NUMBER: Final = r"^[2-5]\d{4}(\.\d+)?$"
_TWO_FIGURES: Final = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$|^\d{1,2} [A-Za-z]{3,9} \d{2}$"
# So small a share of dates in the other order are slips; more, and nobody can tell.
SLIPS: Final = 0.05
# What is set after a date that could be two, so that it is read as neither.
IN_DOUBT: Final = "?"
# The longest code of any return ("MWBC", "PRSC3A"); anything longer is a note.
_CODE: Final = r"^[A-Z0-9]{1,8}$"
_CODE_AND_WORDS: Final = r"^\(?([A-Z0-9]{1,6})\)?\s*[-–—:.)]\s*\S"
_CODE_LAST: Final = r"\(([A-Z0-9]{1,6})\)$"
# A list's own letter before the value, as Ofsted's lists have it: "b) No".
_LETTER: Final = r"^\(?[A-Za-z]{1,2}\)\s*"
# Values of closed lists as councils write them: with the list's letter or number, as a
# code, or in words of Ofsted's lists. What is neither may be somebody's name.
_ENTRY: Final = (
    r"^\(?[A-Za-z]{1,2}\)|^[A-Za-z]?\d{1,2} *[-:.)]|^[A-Za-z]?\d{1,2}$|^[A-Z]{1,4}\d?$|"
    r"(?i)\b(?:yes|no|not|none|other|unknown|looked after|protection|in need|leavers?|"
    r"disab\w*|assessment|enquiry|early help|foster\w*|open|closed|relevant|qualifying|"
    r"eligible|eligibility|(?:un)?suitable|refus\w*|contact|parents?|relatives?|supported|"
    r"independent|lodgings?|foyers?|hostel|residential|custody|deported|homeless|bed and|"
    r"emergency|abroad|adopt\w*|parental|needs?|court|withdr\w*|match\w*|died|death|care|"
    r"cinp?|cpp)\b"
)
# What stands before and after a code that is one word of several.
_BEFORE: Final = r"(?:^|[-–—:.()\[/]\s*)"
_AFTER: Final = r"(?:$|[\s\-–—:.()\[\]/,;])"


# To write an expression takes longer than to read a council's column by it.
_written_once: Final = lru_cache(maxsize=4_096)


@_written_once
def filled_expression(column: str) -> pl.Expr:
    """Trim the text; null where it is empty or a word for nothing, such as NULL."""
    text = pl.col(column).str.replace_all("\u00a0", " ").str.strip_chars()
    return pl.when(~text.str.to_uppercase().is_in(_EMPTY)).then(text)


@_written_once
def nothing_expression(column: str) -> pl.Expr:
    """Trim the text; null where it is empty or says that there is nothing.

    For columns of dates, flags and numbers, where None is no code.
    """
    text = filled_expression(column)
    return pl.when(~text.str.to_uppercase().is_in(_NOTHING)).then(text)


def turns_18_expression(born: str) -> pl.Expr:
    """Give the day on which somebody turns 18; born on 29 February that is 1 March."""
    turned = pl.col(born).dt.offset_by("18y")
    is_short = turned.dt.day() != pl.col(born).dt.day()
    return pl.when(is_short).then(turned.dt.offset_by("1d")).otherwise(turned)


def unlettered_expression(column: str) -> pl.Expr:
    """Take off the letter that a list sets before its values: "b) No" is "No"."""
    return filled_expression(column).str.replace(_LETTER, "").str.strip_chars()


def read_date(text: str | None) -> date | None:
    """Read one date on its own, by the rules of `date_expression`."""
    frame = pl.DataFrame({"day": [text]}, schema={"day": pl.String()})
    read = frame.select(date_expression("day")).item()
    assert read is None or isinstance(read, date)
    return read


def read_moment(text: str | None) -> datetime | None:
    """Read one date with its time of day, midnight where none is given.

    >>> read_moment("2025-05-23T11:14:05")
    datetime.datetime(2025, 5, 23, 11, 14, 5)
    >>> read_moment("23/05/2025")
    datetime.datetime(2025, 5, 23, 0, 0)
    """
    day = read_date(text)
    if day is None or text is None:
        return None
    clock = _CLOCK.search(text)
    hour, minute, second = (
        (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    )
    return datetime.combine(day, time(hour % 24, minute, second))


@_written_once
def date_expression(column: str) -> pl.Expr:
    """Read dates; null where there is none from EARLIEST to LATEST.

    31/03/2024, 31.03.2024, 31-03-2024, 2024-03-31, 2024/03/31, 20240331, 31-Mar-2024,
    31st March 2024, Mar 31 2024 and COLLECT's 2024-Mar-31, each with or without a time
    of day. The order of
    day and month is judged over the whole column: day first, as every return has it,
    unless its dates are possible the other way alone; where both orders stand in one
    column, those that can be read either way are null.
    """
    return pl.col(column).map_batches(_read_days, return_dtype=pl.Date())


@_written_once
def is_month_first(column: str) -> pl.Expr:
    """Tell for the whole column whether its dates were read month first."""
    return pl.col(column).map_batches(
        lambda days: pl.Series([_judge_order(_part_days(_without_time(days)))[0]]),
        return_dtype=pl.Boolean(),
        returns_scalar=True,
    )


def _read_days(days: pl.Series) -> pl.Series:
    """Read a column of dates, each step once: one expression would repeat its steps.

    An engine writes a step anew wherever an expression names it, and a date's text is
    named a hundred times.
    """
    if days.null_count() == days.len():
        return pl.Series(days.name, [None], pl.Date()).new_from_index(0, days.len())
    text = pl.col("text")
    parts = _part_days(_without_time(days))
    month_first, mixed = _judge_order(parts)
    month, day = ("first", "second") if month_first else ("second", "first")
    plain = pl.coalesce(
        pl.when(text.str.contains(pattern))
        .then(text)
        .str.to_date(form, strict=False, exact=True)
        for pattern, form in _PLAIN_FORMS
    )
    told = pl.format(
        "{}-{}-{}",
        pl.col("year").cast(pl.String).str.zfill(4),
        pl.col(month).cast(pl.String).str.zfill(2),
        pl.col(day).cast(pl.String).str.zfill(2),
    ).str.to_date("%Y-%m-%d", strict=False)
    if mixed:
        first, second = pl.col("first"), pl.col("second")
        either = (first <= 12) & (second <= 12) & (first != second)
        told = pl.when(~either).then(told)
    read = parts.select(read=pl.coalesce(plain, told))
    kept = pl.when(pl.col("read").is_between(EARLIEST, LATEST)).then("read")
    return read.select(kept.alias(days.name)).to_series()


def _part_days(text: pl.Series) -> pl.DataFrame:
    """Give the text of dates and, of two numbers and a year, each of the three."""
    frame = text.alias("text").to_frame()
    return frame.with_columns(
        pl.col("text").str.extract(_TWO_AND_YEAR, part).cast(pl.Int32).alias(name)
        for part, name in enumerate(("first", "second", "year"), start=1)
    )


@_written_once
def is_in_two_figures(column: str) -> pl.Expr:
    """Tell of each cell whether it is a date whose year has two figures."""
    return _day_alone(column).str.contains(_TWO_FIGURES).fill_null(False)


@_written_once
def is_day_number(column: str) -> pl.Expr:
    """Tell of each cell whether it is a day as a spreadsheet counts it: 45413."""
    number = pl.col(column).str.strip_chars().str.contains(_DAY_NUMBER)
    return number.fill_null(False)


@_written_once
def is_placeholder(column: str) -> pl.Expr:
    """Tell of each cell whether it is a date outside EARLIEST to LATEST."""
    return pl.col(column).map_batches(
        _find_placeholders, return_dtype=pl.Boolean(), is_elementwise=True
    )


def _find_placeholders(days: pl.Series) -> pl.Series:
    text = pl.col(days.name)
    year = pl.coalesce(text.str.extract(r"^(\d{4})[-/]"), text.str.extract(r"(\d{4})$"))
    number = year.cast(pl.Int32, strict=False)
    outside = (number < EARLIEST.year) | (number > LATEST.year)
    found = outside.fill_null(False).alias(days.name)
    return _without_time(days).to_frame().select(found).to_series()


@_written_once
def is_either_way(column: str) -> pl.Expr:
    """Tell of each cell whether it is a date whose order nothing beside it tells."""
    return pl.col(column).map_batches(_find_either_way, return_dtype=pl.Boolean())


def _find_either_way(days: pl.Series) -> pl.Series:
    parts = _part_days(_without_time(days))
    first, second = pl.col("first"), pl.col("second")
    either = (first <= 12) & (second <= 12) & (first != second)
    marked = pl.col("text").str.ends_with(IN_DOUBT)
    if _judge_order(parts)[1]:
        marked |= either
    return parts.select(marked.fill_null(False).alias(days.name)).to_series()


def why_no_date(text: pl.DataFrame) -> str:
    """Say what a column of text has where it has no date."""
    [column] = text.columns
    fault = "no date that exists"
    if text.select(is_in_two_figures(column).any()).item():
        fault += ", or has a year of two figures, where four are needed"
    if text.select(is_day_number(column).any()).item():
        fault += ", or is a spreadsheet's number of a day, which has lost its format"
    if text.select(is_placeholder(column).any()).item():
        fault += (
            f", or lies outside {EARLIEST.year} to {LATEST.year} and so stands in for "
            "no date"
        )
    if text.select(is_either_way(column).any()).item():
        fault += (
            ", or stands among dates in both orders, so that nobody can tell its day "
            "from its month"
        )
    return fault


@_written_once
def is_summary(column: str) -> pl.Expr:
    """Tell of each identifier whether it is the word before a total, or a query's end."""
    return pl.col(column).str.contains(_SUMMARY).fill_null(False)


def _day_alone(column: str) -> pl.Expr:
    """Give the date alone, with blanks about a month that has a name."""
    return pl.col(column).map_batches(
        _without_time, return_dtype=pl.String(), is_elementwise=True
    )


def _without_time(days: pl.Series) -> pl.Series:
    day = pl.col(days.name).str.strip_chars().str.replace(_TIME, "")
    text = days.to_frame().select(day).to_series()
    return _spell_plainly(text).alias(days.name)


def _spell_plainly(days: pl.Series) -> pl.Series:
    """Spell the dates that have letters as "3 May 2024"; the others stay."""
    lettered = days.str.contains(_HAS_LETTERS).fill_null(False)
    if not lettered.any():
        return days
    plain = (
        pl.col("day")
        .str.replace(_OF_THE_DAY, "")
        .str.replace(_BEFORE_DATE, "")
        .str.replace(_NAME_AND_DAY, "$3 $1$2 $4")
        .str.replace(_DAY_AND_NAME, "$1 $2$3 ")
    )
    spelt = pl.when(pl.col("lettered")).then(plain).otherwise("day")
    return pl.DataFrame({"day": days, "lettered": lettered}).select(spelt).to_series()


def _judge_order(parts: pl.DataFrame) -> tuple[bool, bool]:
    """Tell whether months stand first, and whether both orders stand in the column."""
    first, second = pl.col("first"), pl.col("second")
    days, months = parts.select(
        days=((first > 12) & (second <= 12)).sum(),
        months=((second > 12) & (first <= 12)).sum(),
    ).row(0)
    return months > days, min(days, months) > (days + months) * SLIPS


def code_expression(column: str, known: Collection[str] | None = None) -> pl.Expr:
    """Read codes: in capitals, without a spreadsheet's ".0" and without its words.

    "1a", "1A - Family member", "b) 1A: Family" and "V4 short breaks" are 1A and V4
    where `known` holds them. Null where the text has no code's shape: a note or an
    address typed into the field stays outside. A code of that shape that is not
    `known` stands, for the reader to name.
    """
    return _code_expression(column, None if known is None else tuple(known))


@_written_once
def _code_expression(column: str, known: tuple[str, ...] | None) -> pl.Expr:
    text = filled_expression(column).str.to_uppercase()
    code = text.str.replace(r"^(\d+)\.0+$", "$1")
    bare = code.str.replace(_LETTER, "")
    shaped = pl.when(bare.str.contains(_CODE)).then(bare)
    if known is None:
        return shaped
    codes = list(known)
    told = [code, text.str.extract(_CODE_AND_WORDS, 1), bare]
    told += [bare.str.extract(_CODE_AND_WORDS, 1), text.str.extract(_CODE_LAST, 1)]
    found = [pl.when(one.is_in(codes)).then(one) for one in told]
    return pl.coalesce(*found, *_code_among_words(text, known), shaped)


def _code_among_words(text: pl.Expr, known: Collection[str]) -> list[pl.Expr]:
    """Find a code beside words, if nobody can take it for a number or an initial."""
    plain = [
        code
        for code in sorted(known, key=len, reverse=True)
        if len(code) > 1
        and re.fullmatch("[A-Z0-9 ]+", code)
        and not code.isdigit()
        and (len(code) > 2 or not code.isalpha())
    ]
    if not plain:
        return []
    return [text.str.extract(f"{_BEFORE}({'|'.join(plain)}){_AFTER}", 1)]


@_written_once
def flag_expression(column: str) -> pl.Expr:
    """Read yes and no, in figures, letters or words."""
    text = unlettered_expression(column).str.to_uppercase()
    return (
        pl.when(text.is_in(_TRUE))
        .then(pl.lit(True))
        .when(text.is_in(_FALSE))
        .then(pl.lit(False))
    )


def says_yes(text: str | None) -> bool:
    """Tell whether one text means yes, by the rules of `flag_expression`."""
    return (text or "").strip().upper() in _TRUE


def integer_expression(column: str, low: int, high: int) -> pl.Expr:
    """Read whole numbers from `low` to `high`."""
    text = filled_expression(column).str.replace(r"\.0+$", "")
    number = text.str.to_integer(strict=False, dtype=pl.Int32())
    return pl.when(number.is_between(low, high)).then(number)


def decimal_expression(column: str, low: float, high: float) -> pl.Expr:
    """Read numbers from `low` to `high`, with a point or without."""
    text = filled_expression(column)
    plain = pl.when(text.str.contains(r"^\d{1,9}(\.\d+)?$")).then(text)
    number = plain.cast(pl.Float64, strict=False)
    return pl.when(number.is_between(low, high)).then(number)


def without_stand_in(column: str, stand_in: float) -> pl.Expr:
    """Trim the text; null where it is empty or the number that stands for none."""
    is_none = decimal_expression(column, stand_in, stand_in).is_not_null()
    return pl.when(~is_none).then(nothing_expression(column))


@_written_once
def identifier_expression(column: str) -> pl.Expr:
    """Keep identifiers as text, without the ".0" that a spreadsheet gave them.

    What has no identifier's shape may be a name, an address or a telephone number: a key
    stands for it, the same wherever the same was typed.
    """
    text = number_as_text(column)
    return (
        pl.when(_is_identifier(text) | text.is_null())
        .then(text)
        .otherwise(text.map_elements(veil, return_dtype=pl.String()))
    )


def key_expression(column: str) -> pl.Expr:
    """Keep an export's keys; any other text may name a person, and a key stands for it."""
    veiled = pl.col(column).map_elements(veil, return_dtype=pl.String())
    is_plain = pl.col(column).str.contains(_PLAIN_KEY)
    return pl.when(is_plain).then(pl.col(column)).otherwise(veiled)


def no_word_expression(column: str) -> pl.Expr:
    """Put an authority's text in capitals; null where it says that there is none."""
    text = filled_expression(column).str.to_uppercase().str.replace(r"\.0+$", "")
    return pl.when(~text.is_in(_NO_AUTHORITY)).then(text)


def authority_expression(column: str) -> pl.Expr:
    """Read an authority's three figures, whatever its name beside them."""
    return pl.col(column).str.extract(_AUTHORITY, 1)


def reference_expression(column: str) -> pl.Expr:
    """Read numbers that are names of places and bodies; null where it is none."""
    text = number_as_text(column)
    return pl.when(_is_identifier(text) | text.str.contains(r"(?i)^X+$")).then(text)


def partial_date_expression(column: str) -> pl.Expr:
    """Keep a date as text whose day or month may be "zz"; null where it is none."""
    text = filled_expression(column)
    return pl.when(text.str.contains(_PARTIAL_DATE)).then(text)


@_written_once
def number_as_text(column: str) -> pl.Expr:
    return filled_expression(column).str.replace(r"^(\d+)\.0+$", "$1")


def _is_identifier(text: pl.Expr) -> pl.Expr:
    return text.str.contains(_IDENTIFIER) & ~text.str.contains(_TELEPHONE)


def veil(text: str) -> str:
    """Give the key that stands for a text which may name a person.

    >>> veil("Invented Name") == veil("Invented Name") != veil("invented name")
    True
    """
    return f"k{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def label_expression(column: str) -> pl.Expr:
    """Read a name of a team or service; null where it is somebody's address or number."""
    text = filled_expression(column)
    return pl.when(~text.str.contains(_CONTACT)).then(text)


def entry_expression(column: str) -> pl.Expr:
    """Read a value of a closed list in words; what is none may be a person's name."""
    known = filled_expression(column).str.contains(_ENTRY)
    is_label = label_expression(column).is_not_null()
    return pl.when(known & is_label).then(unlettered_expression(column))
