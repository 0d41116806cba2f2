"""The table of what a council counted itself and gave as a figure."""

from openscrutiny.record.tables.table import DATE, NUMBER, TEXT, Table

GIVEN = (
    Table(
        "own_figures",
        "one figure of one period that the council counted itself",
        {
            "ofig_indicator": TEXT,  # the definition's ID
            "ofig_code": TEXT,  # as the file named it
            "ofig_period_type": TEXT,
            "ofig_period_start": DATE,
            "ofig_period_end": DATE,
            "ofig_breakdown": TEXT,  # total, or a breakdown's name
            "ofig_category": TEXT,  # all, or a category of it
            "ofig_numerator": NUMBER,
            "ofig_denominator": NUMBER,
            "ofig_value": NUMBER,  # as given; null where its parts alone are
            "ofig_symbol": TEXT,  # c, x, z or low; null for a figure
            "ofig_source": TEXT,  # where the council counted it
            "ofig_given_by": TEXT,
        },
        (
            "ofig_indicator",
            "ofig_period_type",
            "ofig_period_end",
            "ofig_breakdown",
            "ofig_category",
        ),
    ),
)
