"""Tables of what is published, of areas, and of what other councils gave."""

from openscrutiny.record.tables.table import DATE, FLAG, INT, NUMBER, TEXT, Table

PUBLISHED = (
    Table(
        "published",
        "one published value: a measure, a place, a period and its filters",
        {
            "measure": TEXT,  # the publisher's key
            "filters": TEXT,  # "column=label;column=label" in file order; "" is total
            "area_code": TEXT,  # three digits for an authority, else nine characters
            "area_name": TEXT,
            "area_level": TEXT,  # national, regional or authority
            "region_code": TEXT,  # the region row that the publisher sets beside it
            "year_label": TEXT,  # as printed
            "year": INT,  # its first four digits; null where it has none
            "time_identifier": TEXT,
            "value": NUMBER,  # null where it is no number
            "raw": TEXT,  # as printed
            "symbol": TEXT,  # c, x, z, low, k, u ... as printed; null for a number
            "shared_with": TEXT,  # whose one figure this is too: "318"; null if none
        },
        ("measure", "filters", "area_code", "year_label", "time_identifier"),
    ),
    Table(
        "published_measures",
        "one published measure in words",
        {
            "measure": TEXT,
            "title": TEXT,
            "topic": TEXT,
            "unit": TEXT,
            "polarity": TEXT,  # High, Low, or null
            "decimal_places": INT,
            "bandable": FLAG,  # False where the publisher says not to band
            "year_type": TEXT,
            "publication": TEXT,
            "description": TEXT,
        },
        ("measure",),
    ),
    Table(
        "areas",
        "one area as a publisher lists it",
        {
            "area_code": TEXT,
            "area_name": TEXT,
            "area_level": TEXT,
            "region_code": TEXT,
        },
        ("area_code",),
    ),
    Table(
        "neighbours",
        "one statistical neighbour of one authority under one model",
        {
            "model": TEXT,  # the model's year
            "area_code": TEXT,
            "position": INT,  # 1 is closest
            "neighbour_code": TEXT,
            "closeness": TEXT,
        },
        ("model", "area_code", "position"),
    ),
    Table(
        "population",
        "one mid-year estimate of one area",
        {
            "area_code": TEXT,
            "year": INT,  # the estimate is for 30 June of this year
            "age_group": TEXT,  # "0 to 17"
            "population_estimate": INT,
            "raw": TEXT,
        },
        ("area_code", "year", "age_group"),
    ),
    Table(
        "peer_quarters",
        "one figure of one quarter that a region's councils exchange",
        {
            "collection": TEXT,  # "London"
            "measure": TEXT,  # our code or slug, or the collection's own name
            "area_code": TEXT,  # three digits, or nine signs for a region's own line
            "area_name": TEXT,
            "period_end": DATE,  # the last day of a calendar quarter
            "unit": TEXT,  # count, percent, rate_per_10_000 or ratio
            "numerator": NUMBER,
            "denominator": NUMBER,
            "value": NUMBER,  # as printed; null where none is
            "symbol": TEXT,  # c, x, z or low; null for a figure
            "shared": TEXT,  # who may see it: officers, members or public
        },
        ("collection", "measure", "area_code", "period_end"),
    ),
)
