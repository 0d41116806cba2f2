"""A council's own figures: a long table, one figure a line, of any indicator.

What a figure can be is its definition's to say, so each line is read beside it
(returns/own/lines.py); here stand the headings and what each holds.
"""

from typing import Final

from openscrutiny.layouts.layout import Column, Kind, Layout, not_read

_CODE: Final = Kind(
    "label", "a code of the catalogue, of the council's own, or of indicators.csv"
)
_PERIOD: Final = Kind(
    "label",
    "month, quarter, year_to_date, rolling_12_months, financial_year, calendar_year, "
    "academic_year, term or day",
)
_NUMBER: Final = Kind("number", "a number; % and £ may stand with it")
_SIGN: Final = Kind(
    "number", "a number, or a sign for none: c hidden, x not available, z not expected"
)
_LABEL: Final = Kind("label", "a name of a team or service, never of a person")
_GIVER: Final = Kind("label", "the officer or the team that answers for the figure")

OWN_FIGURES: Final = Layout(
    "own figures",
    "figures that the council counted itself, one a line",
    "own_figures",
    (
        Column("code", _CODE, "ofig_code", required=True),
        Column("period_type", _PERIOD, "ofig_period_type", required=True),
        Column(
            "period_end",
            Kind("date", "the last day of the period, as yyyy-mm-dd or dd/mm/yyyy"),
            "ofig_period_end",
            required=True,
        ),
        Column("numerator", _NUMBER, "ofig_numerator", lacking="pass"),
        Column("denominator", _NUMBER, "ofig_denominator", lacking="pass"),
        Column("value", _SIGN, "ofig_value", lacking="pass"),
        Column("breakdown", _LABEL, "ofig_breakdown", lacking="pass"),
        Column("category", _LABEL, "ofig_category", lacking="pass"),
        Column("source", _LABEL, "ofig_source", lacking="pass"),
        Column("given_by", _GIVER, "ofig_given_by", lacking="pass"),
        # A note is free text, which may name a child: nobody needs it to trust a figure.
        *not_read("note"),
    ),
    told_by=("code", "period_type", "period_end"),
    noun="table",
)
