"""Staying put: care leavers who live with their former foster carers (CL6, CL6a).

Source: local authority interactive tool (DfE), dictionary, StayingPut: aged 19 or 20, "who
ceased to be looked after in a foster placement on their 18th birthday, were eligible for
care leavers support and who were living with their former foster carer"; those are left
out who had only short-term placements, died, returned home for six months or more, or
moved to another authority. DfE publishes those aged 18 apart.

OC3 tells of a year where each lives, and no return says with whom they lived before 18.
That stands in the episodes of the year in which they turned 18: one, two or no years
before. It is read as the load has it that counts for the day of the birthday.
"""

from typing import Any, Final

from openscrutiny.indicators.catalogue.care_leavers import LEAVER_CAVEATS, find_leavers
from openscrutiny.indicators.catalogue.looked_after import (
    CARE_ROWS,
    RESPITE,
    find_eighteenth_birthday,
)
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookBack,
    Needs,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import CARE_LEAVERS, LAIT
from openscrutiny.record.expressions import RecordView, Rows, ibis

_FOSTER: Final = ("U1", "U2", "U3", "U4", "U5", "U6")
# The episode ended and care went on (X1); the child died (E2), or another authority took
# over (E3): on that day nobody ceased to be looked after by this council as an adult.
_NO_LEAVING: Final = ("X1", "E2", "E3")


def _stays_put(record: RecordView, youngest: int, oldest: int) -> Rows:
    leavers = find_leavers(record, youngest, oldest)
    fostered = _fostered_until_18(record, leavers)
    rows = leavers.semi_join(fostered, ["authority", "child"])
    home = rows.clea_care_leaver_accommodation.nullif("").nullif("0")
    # R: the council does not know where they live.
    home = ibis.ifelse(home.startswith("R"), ibis.null("string"), home)
    return rows.mutate(numerator=home.startswith("Z"))


def _fostered_until_18(record: RecordView, leavers: Rows) -> Rows:
    """Give who of the leavers was in a foster placement up to the 18th birthday.

    An episode that nobody ended, or ended later, is over on that day: nobody is looked
    after beyond it.
    """
    told = leavers.select("authority", "child", born="clea_dob").distinct()
    rows = record.states(
        "cla_episodes",
        "clae_cla_episode_start_date",
        "clae_cla_episode_ceased_date",
        "clae_person_id",
    )
    rows = rows.inner_join(told, ["authority", "child"])
    # The return of that year describes the child; where it does not, the later one does.
    rows = rows.mutate(birth_date=ibis.coalesce(rows.birth_date, rows.born))
    rows = rows.mutate(turned=find_eighteenth_birthday(rows))
    went_on = (rows.until == rows.turned) & (
        rows.clae_cla_episode_ceased_reason.isin(_NO_LEAVING)
    )
    rows = rows.filter(
        rows.turned.between(rows.valid_from, rows.valid_to)
        & (rows.since < rows.turned)
        & (rows.until.isnull() | (rows.until >= rows.turned))
        & rows.clae_cla_placement_type.isin(_FOSTER)
        & ~rows.clae_legal_status.isin(RESPITE).fill_null(False)
        & ~went_on.fill_null(False)
    )
    return rows.select("authority", "child").distinct()


def _older(record: RecordView) -> Rows:
    return _stays_put(record, 19, 20)


def _at_18(record: RecordView) -> Rows:
    return _stays_put(record, 18, 18)


_WHERE: Final = "where they lived when they turned 18"
_ROWS: Final = f"""
leaver  care_leavers  person_id  dob  in_touch=YES  leaver_activity=F2
{CARE_ROWS.strip()}
"""
_LIST_9: Final = {"annex-a": "Its list 9 gives today, not the birthday."}
_WHO: Final = (
    "who ceased to be looked after from a foster placement (U1 to U6) on their 18th "
    "birthday, less those who died or returned home; not known stays in"
)
_CAVEATS: Final = (
    "With whom somebody lived before 18 stands in the episodes of the year in which they "
    "turned 18; nothing is guessed where that return is not loaded. Who left the foster "
    "placement before the birthday, or was in another kind of home on it, for some days "
    "too, is not counted, wherever they live now.",
    "Whom the return of that year knows by another identifier, or has in another "
    "placement than later returns, is counted as it has them.",
    "Who moved abroad, is in custody or out of touch stays in, and lives elsewhere; "
    "where the residence is not known (R, 0 or empty) is apart.",
    *LEAVER_CAVEATS,
)

_STAYING: Final[dict[str, Any]] = {
    "control": Control.DIRECT,
    "control_basis": "Children Act 1989, section 23CZA",
    "theme": CARE_LEAVERS,
    "numerator": "of those, who live with their former foster carers (ACCOM Z)",
    "measure": Share(),
    "polarity": Polarity.HIGHER,
    "why_polarity": "Few young people elsewhere leave home at 18.",
    "clock": Clock.EVENT,
    "missing_return": _LIST_9,
}

STAYING_PUT: Final = Indicator(
    **_STAYING,
    id="staying-put",
    code="CL6",
    name="Care leavers who stay with their foster carer",
    short_name="Staying put",
    why_it_matters="They keep a family while they find their feet.",
    synonyms=("staying put", "staying close"),
    counts="care leavers of 19 and 20 who were fostered until 18",
    sentence_subject="Care leavers aged 19 and 20 who stay with their foster carers",
    denominator=f"care leavers who turned 19 or 20 in the year and {_WHO}",
    formula="100 × with former foster carers ÷ fostered until 18, now 19 and 20",
    paragraph=(
        "Care leavers aged 19 or 20 who ceased to be looked after on their 18th birthday, "
        "and remain with their former foster carer (StayingPut)"
    ),
    looks_back=LookBack(24, _WHERE, table="cla_episodes"),
    published=(PublishedMeasure(LAIT, "StayingPut"),),
    caveats=(
        "It needs the SSDA903 episodes of the two years before. The age of 18 is "
        "counted apart (CL6a), as DfE does.",
        *_CAVEATS,
    ),
    within={"denominator": "CL3.denominator"},
    read_with=(ReadWith("CL5", "A suitable home, and a family to stay with."),),
    rows=_older,
    examples=read_examples(
        """
        Fostered until the birthday
        leaver   person_id  dob         accommodation
                 A          2005-06-01  Z1
                 B          2004-06-01  U1
                 C          2005-06-01  Z1
                 D          2003-06-01  Z1
        episode  person_id  start_date  ceased_date  ceased_reason  placement_type
                 A          2020-01-01  2023-06-01   E5             U4
                 B          2020-01-01  2022-06-01   E5             U1
                 C          2020-01-01  2023-06-01   E5             K2
                 D          2020-01-01  2021-06-01   E5             U4
        financial year to 2025-03-31 from ssda903/2023 and ssda903/2024 and ssda903/2025:
        1 of 2. C turned 18 in a children’s home, and D turned 21; B lives elsewhere: 1 of 2.

        Left before the birthday, and left open
        leaver   person_id  dob         accommodation
                 A          2005-06-01  Z1
                 B          2005-06-01  Z1
                 C          2005-06-01  Z1
        episode  person_id  start_date  ceased_date  ceased_reason  placement_type
                 A          2020-01-01  2023-05-11   X1             U4
                 A          2023-05-11  2023-06-01   E5             H5
                 B          2020-01-01  -            -              U6
                 C          2020-01-01  2023-06-01   X1             U4
                 C          2023-06-01  -            -              K2
        financial year to 2025-03-31 from ssda903/2023 and ssda903/2024 and ssda903/2025:
        1 of 1. A left three weeks before, and C’s care went on elsewhere; B’s end was
        not recorded, and is the birthday: 1 of 1.

        Died, abroad, not known
        leaver   person_id  dob         in_touch  accommodation
                 A          2005-06-01  DIED      0
                 B          2005-06-01  YES       G1
                 C          2005-06-01  NO        0
                 D          2004-06-01  YES       R2
        episode  person_id  start_date  ceased_date  ceased_reason  placement_type
                 A          2020-01-01  2023-06-01   E5             U4
                 B          2020-01-01  2023-06-01   E5             U4
                 C          2020-01-01  2023-06-01   E5             U4
                 D          2020-01-01  2022-06-01   E5             U4
        financial year to 2025-03-31 from ssda903/2023 and ssda903/2024 and ssda903/2025:
        0 of 3. A is left out. B moved abroad; where C and D live is not known: 0 of 3.

        As the return of that year has it
        person   person_id  dob
                 A          2005-06-02
                 B          2005-06-01
        leaver   person_id  dob         accommodation
                 A          2005-06-01  Z1
                 B          2005-06-01  Z1
        episode  person_id  start_date  ceased_date  ceased_reason  placement_type
                 A          2020-01-01  2023-06-02   E5             U4
                 B          2020-01-01  2023-06-01   E5             T2
        financial year to 2025-03-31 from ssda903/2023 and ssda903/2024 and ssda903/2025:
        1 of 1. A was born a day later as the return had it. B was away from the foster
        carers on the birthday, in no foster placement: 1 of 1.
        """,
        _ROWS,
    ),
)

STAYING_PUT_AT_18: Final = Indicator(
    **_STAYING,
    id="staying-put-at-18",
    code="CL6a",
    name="Care leavers of 18 who stay with their foster carer",
    short_name="Staying put at 18",
    why_it_matters="A birthday should not end a family.",
    synonyms=("staying put at 18",),
    counts="care leavers of 18 who were fostered until then",
    sentence_subject="Care leavers aged 18 who stay with their foster carers",
    denominator=f"care leavers who turned 18 in the year and {_WHO}",
    formula="100 × with former foster carers ÷ fostered until 18, now 18",
    paragraph=(
        "Care leavers aged 18 who ceased to be looked after in a foster placement on "
        "their 18th birthday, were eligible for care leaver support, and live with their "
        "former foster carer"
    ),
    needs=(Needs("cla_episodes", _WHERE),),
    no_comparator="DfE publishes it by authority; its table is not read yet.",
    caveats=(
        "Where somebody lives is told of a day from three months before the birthday to "
        "one month after it: some will have moved since.",
        *_CAVEATS,
    ),
    within={"denominator": "CL2.denominator"},
    read_with=(ReadWith("CL6", "At 18, and a year or two later."),),
    rows=_at_18,
    examples=read_examples(
        """
        On the 18th birthday
        leaver   person_id  dob         accommodation
                 A          2006-06-01  Z1
                 B          2006-06-01  U1
                 C          2007-06-01  U6
                 D          2005-06-01  Z1
        episode  person_id  start_date  ceased_date  ceased_reason  placement_type
                 A          2020-01-01  2024-06-01   E5             U4
                 B          2020-01-01  2024-06-01   E5             U6
                 C          2020-01-01  -            -              U6
                 D          2020-01-01  2023-06-01   E5             U4
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. C turned 17, and D 19:
        1 of 2.

        On the last day of the year, and not suitable
        person   person_id  dob
                 A          2007-03-31
                 B          2006-06-01
        leaver   person_id  dob         accommodation
                 A          2007-03-31  Z1
                 B          2006-06-01  Z2
        episode  person_id  start_date  ceased_date  ceased_reason  placement_type
                 A          2020-01-01  2025-03-31   E5             U4
                 B          2020-01-01  2024-06-01   E5             U4
        financial year to 2025-03-31 from ssda903/2025: 2 of 2. A turned 18 on the last
        day; B stays, though the home is not suitable: 2 of 2.

        Respite, transferred, and with the parents
        leaver   person_id  dob         accommodation
                 A          2006-06-01  Z1
                 B          2006-06-01  B1
                 C          2006-06-01  Z1
                 D          2006-06-01  D1
        episode  person_id  start_date  ceased_date  ceased_reason  legal_status  placement_type
                 A          2024-05-30  2024-06-01   E8             V3            U4
                 B          2020-01-01  2024-06-01   E5             C2            P1
                 C          2020-01-01  2024-06-01   E3             C2            U4
                 D          2020-01-01  2024-06-01   E5             C2            U4
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. A had a short break, B
        was with the parents, C went to another council; D lives elsewhere: 0 of 1.
        """,
        _ROWS,
    ),
)
