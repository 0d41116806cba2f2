"""Invented published measures of every kind, for an invented authority and its nation."""

from datetime import date

import polars as pl

from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.figures.published import PublishedRecord
from openscrutiny.geography import CURRENT_AUTHORITIES
from openscrutiny.publication.measures import PublishedMeasures
from openscrutiny.record.tables import TABLES
from support.publications import release_published
from support.published_rows import area_rows, neighbour_pairs, published

# A key with all that an address cannot hold, and a text that a spreadsheet would run.
AWKWARD = "Sen W/Osta 50% + 3&4? #1"
FORMULA = "=1+1"
OTHERS = sorted(CURRENT_AUTHORITIES)[:40]
NEAR = OTHERS[:10]
AREA = "899"
MODELS = {"2025": NEAR, "2021": OTHERS[10:20], "Our & group": OTHERS[20:27]}

# Key, title, topic, unit, polarity, decimals, bandable.
_WORDS = (
    ("ReReferral", "Re-referrals within 12 months", "Child Protection", "% of referrals", "Low", 1, True),
    (AWKWARD, "Pupils with a plan", "Children with SEN / Key Stage 2", "% of pupils", "High", 1, True),
    ("Spend", "Spend on children", "Finance", "Spend", None, 0, False),
    ("Missing", "Children who went missing", "Child Protection", "Number", "Low", 0, False),
    ("Late", "Reviews held late", "Child Protection", "% of reviews", "Low", 1, True),
    (FORMULA, "=A title that begins like a formula", "Finance", None, None, None, True),
)  # fmt: skip


def _values(start: float, step: float, ours: float | None) -> dict[str, float | None]:
    rows: dict[str, float | None] = {
        code: start + step * at for at, code in enumerate(OTHERS)
    }
    return {**rows, AREA: ours, "E92000001": start + step * 20, "E12000008": start}


def make_published_measures(
    area_name: str, as_at: date, chosen: str = "2025"
) -> PublishedMeasures:
    """Make the desk over six measures of 41 authorities; ours has a number of its own.

    Numbers from 970 are no authority's in publications, so the fakes' 999 cannot serve.
    """
    area_code = AREA
    tables = {
        "ReReferral": {
            "2024": _values(10, 0.5, 23.1),
            "2025": _values(10, 0.5, 26.8),
        },
        AWKWARD: {"2023/24": _values(20, 1, 58.0), "2024/25": _values(20, 1, 59.0)},
        "Spend": {
            "2025": {
                **_values(2_000_000, 500_000, 20_000_000),
                "E92000001": 480_000_000.0,
            }
        },
        "Missing": {
            "2024": _values(1, 1, 4.0),
            "2025": _values(1, 1, None),
        },
        "Late": {"2024": _values(5, 0.1, 6.0), "2025": _values(5, 0.1, 5.0)},
        FORMULA: {"2025": _values(1, 0.25, 3.0)},
    }
    homes = {code: "E12000008" for code in (*OTHERS, area_code)}
    rows = published(tables, regions=homes).with_columns(
        file=pl.lit("folder/invented_2026.csv"),
        load_id=pl.lit(1, pl.Int32),
        symbol=pl.when(pl.col("value").is_null()).then(pl.lit("x")),
    )
    named = rows.with_columns(
        area_name=pl.when(pl.col("area_code") == area_code)
        .then(pl.lit(area_name))
        .otherwise("area_name")
    )
    return PublishedMeasures(
        release_published(
            PublishedRecord(
                named.lazy(),
                _measures(),
                area_rows(homes),
                neighbour_pairs(
                    {name: {area_code: near} for name, near in MODELS.items()}
                ),
            ),
            "2026-10-02T08:14:00+00:00",
        ),
        area_code,
        area_name,
        as_at,
        invented=True,
        model=NeighbourModel(
            chosen, chosen == "2025", date(2026, 10, 2), tuple(MODELS[chosen])
        ),
    )


def _measures() -> pl.DataFrame:
    names = (
        "measure",
        "title",
        "topic",
        "unit",
        "polarity",
        "decimal_places",
        "bandable",
    )
    rows = [
        {
            **dict(zip(names, words, strict=True)),
            "year_type": "Financial Year",
            "publication": "An invented publication",
            "description": "What is counted.\nAnd what is not: https://example.org/a-long-address.",
        }
        for words in _WORDS
    ]
    return pl.DataFrame(rows, schema=TABLES["published_measures"].columns)
