"""What happened to children looked after: voices in reviews (LA13), missing (LA19)."""

from typing import Any, Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX
from openscrutiny.indicators.catalogue.looked_after import (
    CARE_ROWS,
    RESPITE,
    find_eighteenth_birthday,
)
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Needs,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import LAIT, LOOKED_AFTER
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_TOO_YOUNG: Final = "PN0"
_TOOK_PART: Final = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6")
_MISSING: Final = "M"
_AWAY: Final = "A"
_ROWS: Final = f"""
{CARE_ROWS.strip()}
review  cla_reviews  person_id  review_date  participation
absent  missing  person_id  episode_type=M  start_date  end_date=-
"""


def _reviews(record: RecordView) -> Rows:
    """Give reviews of children aged 4 to 17, and whether the child took part.

    Where the code says that a child of 4 or over was under 4, it is not known.
    """
    rows = record.events("cla_reviews", "clar_cla_review_date", "clar_person_id")
    said = rows.clar_cla_review_participation
    had_birthday = (rows.on.month() * 100 + rows.on.day()) >= (
        rows.birth_date.month() * 100 + rows.birth_date.day()
    )
    age = rows.on.year() - rows.birth_date.year() - had_birthday.ifelse(0, 1)
    rows = rows.filter(
        age.between(4, 17).fill_null((said != _TOO_YOUNG).fill_null(True))
    )
    said = rows.clar_cla_review_participation.nullif(_TOO_YOUNG)
    return rows.mutate(numerator=said.isin(_TOOK_PART))


def _looked_after_in_year(record: RecordView, kind: str) -> Rows:
    """Give each child in care for a night of the year, and who was absent in it."""
    rows = record.with_person(record.all_rows("cla_episodes"), "clae_person_id")
    start, end = rows.clae_cla_episode_start_date, rows.clae_cla_episode_ceased_date
    grown = find_eighteenth_birthday(rows)
    rows = rows.filter(
        ~rows.clae_legal_status.isin(RESPITE).fill_null(False)
        & (start <= rows.valid_to)
        & (end.isnull() | ((end > rows.valid_from) & (end > start)))
        & (grown.isnull() | ((grown > start) & (grown > rows.valid_from)))
    )
    first = ibis.window(
        group_by=["authority", "valid_to", "child"],
        order_by=["clae_cla_episode_start_date", "line"],
    )
    absent = _absent(record, rows, kind)
    rows = rows.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)
    rows = rows.left_join(
        absent,
        [
            ("load_id", "for_load"),
            ("valid_to", "year_end"),
            ("child", "miss_person_id"),
        ],
    )
    return rows.mutate(
        since=rows.valid_from,
        until=ibis.null("date"),
        numerator=rows.miss_person_id.notnull(),
    ).drop("for_load", "year_end", "miss_person_id")


def _absent(record: RecordView, rows: Rows, kind: str) -> Rows:
    """Give who was missing or away from care on a day of the year, by load and year.

    `rows` are all episodes of care of the year. An absence outside them is none, nor is
    one that ended as care began: who is found and then taken in was not missing from it.
    """
    care = rows.select(
        "load_id",
        year_start="valid_from",
        year_end="valid_to",
        cared_for="child",
        begun="clae_cla_episode_start_date",
        ceased="clae_cla_episode_ceased_date",
    )
    absent = record.same_return("missing").drop("load_id")
    absent = absent.inner_join(
        care,
        [
            absent.for_load == care.load_id,
            absent.miss_person_id == care.cared_for,
            care.ceased.isnull()
            | (absent.miss_missing_episode_start_date <= care.ceased),
            absent.miss_missing_episode_end_date.isnull()
            | (absent.miss_missing_episode_end_date > care.begun)
            | (absent.miss_missing_episode_start_date >= care.begun),
        ],
    )
    start = absent.miss_missing_episode_start_date
    end = absent.miss_missing_episode_end_date
    absent = absent.filter(
        (absent.miss_missing_episode_type == kind)
        & (start <= absent.year_end)
        & (end.isnull() | (end >= absent.year_start))
    )
    return absent.select("for_load", "year_end", "miss_person_id").distinct()


def _went_missing(record: RecordView) -> Rows:
    return _looked_after_in_year(record, _MISSING)


def _were_away(record: RecordView) -> Rows:
    return _looked_after_in_year(record, _AWAY)


PARTICIPATION: Final = Indicator(
    id="children-who-took-part-in-their-review",
    code="LA13",
    name="Children who took part in their review",
    short_name="Took part in their review",
    why_it_matters="A plan that a child helped to make is one that a child can follow.",
    synonyms=("participation", "voice of the child"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 26",
    theme=LOOKED_AFTER,
    counts="reviews of children aged 4 or over",
    sentence_subject="Reviews in which the child took part",
    numerator="of those, in which the child was there or gave a view (PN1 to PN6)",
    denominator="reviews in the period of children aged 4 or over",
    formula="100 × reviews in which the child took part ÷ reviews",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="It is about the child, who has a right to be heard.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "REVIEW_CODE: PN0 under 4; PN1 to PN4 there, speaking, through an advocate, by "
        "signs, or silent; PN5 and PN6 not there, with a view given; PN7 neither"
    ),
    returns=("ssda903",),
    missing_return={"annex-a": "Its list has the day of the last review alone."},
    table="cla_reviews",
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    no_comparator="DfE collects it and publishes no figure by authority.",
    caveats=(
        "A child who is there and says nothing (PN4) took part here; some councils do "
        "not count that.",
        "Reviews that should have been held and were not are not among them.",
    ),
    read_with=(ReadWith("LA1", "Children looked after, and whether they are heard."),),
    rows=_reviews,
    examples=read_examples(
        """
        There, or with a view
        review  person_id  review_date  participation
                A          2024-06-01   PN1
                A          2024-11-01   PN6
                B          2024-06-01   PN7
                C          2024-06-01   PN0
        financial year to 2025-03-31 from ssda903/2025: 2 of 3. B neither came nor was
        heard; C is under 4: 2 of 3.

        From the fourth birthday on
        review  person_id  review_date  participation
                A          2024-06-01   PN4
                B          2024-06-01   PN4
        person  person_id  dob
                A          2020-06-01
                B          2020-06-02
        month to 2024-06-30 from ssda903/2025: 1 of 1. A turned 4 on the day, B is 3.

        Too old for the code
        review  person_id  review_date  participation
                A          2024-06-01   PN0
                B          2024-06-01   PN1
        person  person_id  dob
                A          2012-05-04
                B          2012-05-04
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. PN0 says that A was under
        4, at 12: not known, and among the two.

        Not given
        review  person_id  review_date  participation
                A          2024-06-01   -
                B          2024-06-01   PN5
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A's is not known.
        """,
        _ROWS,
    ),
)

_YEAR_WORDS: Final = (
    "children looked after for a night of the year or more, without respite"
)
_IN_YEAR: Final[dict[str, Any]] = {
    "theme": LOOKED_AFTER,
    "counts": "children looked after in the year",
    "denominator": _YEAR_WORDS,
    "measure": Share(),
    "clock": Clock.STATE,
    "periods": (PeriodType.FINANCIAL_YEAR,),
    "headline": PeriodType.FINANCIAL_YEAR,
    "returns": ("ssda903",),
    "missing_return": {"annex-a": "Its list counts episodes of 12 months, not a year."},
    "table": "cla_episodes",
    "needs": (Needs("missing", "who was missing or away"),),
    "breakdowns": (AGE_BAND, SEX, ETHNICITY),
    "polarity": Polarity.NEUTRAL,
    "why_polarity": "More may mean more harm, or that more is noticed and recorded.",
}

MISSING: Final = Indicator(
    **_IN_YEAR,
    id="children-looked-after-who-went-missing",
    code="LA19",
    name="Children looked after who went missing",
    short_name="Missing from care",
    why_it_matters="A missing child is a child in danger.",
    synonyms=("missing", "missing episodes", "absent", "away from placement"),
    control=Control.SHARED,
    control_basis="homes, the police and the council",
    sentence_subject="Children looked after who went missing in the year",
    numerator="of those, missing at least once (MISSING M), also since before the year",
    formula="100 × children who went missing ÷ children looked after in the year",
    paragraph=(
        "Children looked after who were missing during the year: whereabouts not known; "
        "those missing on 1 April are included"
    ),
    published=(PublishedMeasure(LAIT, "Children_missing"),),
    caveats=(
        "Some councils record every absence as missing, which DfE estimates to add a "
        "tenth to England’s figure.",
    ),
    read_with=(ReadWith("LA19a", "Whereabouts not known, and known."),),
    rows=_went_missing,
    examples=read_examples(
        """
        In the year, and since before it
        episode  person_id  start_date
                 A          2022-05-01
                 B          2022-05-01
                 C          2022-05-01
        absent  person_id  start_date  end_date
                A          2024-06-01  2024-06-03
                A          2024-07-01  2024-07-02
                B          2024-03-20  2024-04-01
                C          2024-03-20  2024-03-31
        financial year to 2025-03-31 from ssda903/2025: 2 of 3. A twice, which is one
        child; B still on 1 April; C came back before the year: 2 of 3.

        While in care, and not before or after
        episode  person_id  start_date  ceased_date
                 A          2024-09-01  -
                 B          2022-05-01  2024-06-01
                 C          2022-05-01  2024-06-01
        absent  person_id  start_date  end_date
                A          2024-05-01  2024-05-02
                B          2024-08-01  2024-08-02
                C          2024-06-01  -
        financial year to 2025-03-31 from ssda903/2025: 1 of 3. A was not in care yet,
        nor B any longer; C went missing on the day on which care ended: 1 of 3.

        In care for some of the year
        episode  person_id  start_date  ceased_date
                 A          2022-05-01  2024-04-01
                 B          2022-05-01  2024-04-02
                 C          2024-05-01  2024-05-01
        absent  person_id  start_date
                B          2024-04-01
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A ceased on the first
        day and C within a day: neither had a night in care. B went missing: 1 of 1.

        Away is not missing
        episode  person_id  start_date  legal_status
                 A          2022-05-01  C2
                 B          2022-05-01  V4
        absent  person_id  episode_type  start_date
                A          A             2024-06-01
                B          M             2024-06-01
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. Where A was is known;
        B's was respite: 0 of 1.
        """,
        _ROWS,
    ),
)

AWAY: Final = Indicator(
    **_IN_YEAR,
    id="children-looked-after-away-without-authorisation",
    code="LA19a",
    name="Children looked after away without authorisation",
    short_name="Away from care without leave",
    why_it_matters="A child who stays away is telling something.",
    synonyms=("away without authorisation", "absent"),
    control=Control.SHARED,
    control_basis="homes, the police and the council",
    sentence_subject="Children looked after who were away without authorisation",
    numerator="of those, away at least once (MISSING A), also since before the year",
    formula="100 × children who were away ÷ children looked after in the year",
    paragraph=(
        "Children looked after who were away from placement without authorisation "
        "during the year: whereabouts known"
    ),
    published=(PublishedMeasure(LAIT, "Children_Away"),),
    caveats=("A growing number of councils record every absence as missing.",),
    same_children={"denominator": "LA19.denominator"},
    rows=_were_away,
    examples=read_examples(
        """
        Away, and missing
        episode  person_id  start_date
                 A          2022-05-01
                 B          2022-05-01
        absent  person_id  episode_type  start_date
                A          A             2024-06-01
                B          M             2024-06-01
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. B was missing: 1 of 2.

        After the year
        episode  person_id  start_date
                 A          2022-05-01
        absent  person_id  episode_type  start_date
                A          A             2025-04-01
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. A day too late: 0 of 1.

        Past 18
        episode  person_id  start_date
                 A          2022-05-01
                 B          2022-05-01
        person  person_id  dob
                A          2006-04-01
                B          2006-04-02
        absent  person_id  episode_type  start_date
                B          A             2024-04-01
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A turned 18 on the first
        day of the year; B a day later, and was away: 1 of 1.
        """,
        _ROWS,
    ),
)
