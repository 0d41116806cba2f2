"""Disabled children among the children in need."""

from typing import Final

from openscrutiny.indicators.catalogue.assessment import find_in_need
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import DISABLED_CHILDREN, STATES
from openscrutiny.record.expressions import RecordView, Rows

_ROWS: Final = """
case  cin_episodes  person_id  referral_date=2024-06-03  close_date=-  referral_nfa=no
child  person  person_id  disabled
"""


def _disabled(record: RecordView) -> Rows:
    rows = find_in_need(record)
    return rows.mutate(numerator=rows.disability)


DISABLED: Final = Indicator(
    id="disabled-children-in-need",
    code="DS1",
    name="Disabled children among children in need",
    short_name="Disabled children in need",
    why_it_matters="It asks whether disabled children are reached.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 17",
    synonyms=("CWD", "children with disabilities", "disability"),
    theme=DISABLED_CHILDREN,
    counts="children in need",
    sentence_subject="Children in need who are disabled",
    numerator="of those, children with a disability recorded",
    denominator="children in need on the last day",
    formula="100 × children in need with a disability ÷ children in need",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity=(
        "Every disabled child is a child in need by law; a low share may mean that few "
        "are known, or that disability is not recorded"
    ),
    clock=Clock.STATE,
    periods=STATES,
    paragraph=(
        "Children in need at 31 March with any disability code but NONE. Where no code is "
        "given it is not known"
    ),
    one_per_child=True,
    no_comparator=(
        "DfE publishes children in need by disability in a table that is not loaded here "
        "yet."
    ),
    caveats=(
        "It counts children in need with a disability, whichever team works with them; "
        "the team for disabled children works with some of them.",
    ),
    same_children={"denominator": "CN1.numerator"},
    read_with=(ReadWith("CN1", "How many are in need, and how many are disabled."),),
    rows=_disabled,
    examples=read_examples(
        """
        One of three
        case   person_id
               A
               B
               C
        child  person_id  disabled
               A          yes
               B          no
               C          no
        financial year to 2025-03-31 from cin/2025: 1 of 3. A has a disability: 1 of 3.

        Not said is not none
        case   person_id
               A
               B
        child  person_id  disabled
               A          yes
               B          -
        financial year to 2025-03-31 from cin/2025: 1 of 2. Of B nobody has said: B stays
        among the 2 and is shown as unknown.

        Closed before the day, and closed at once
        case   person_id  close_date  referral_nfa
               A          2025-03-30  no
               B          -           yes
               C          2025-04-01  no
        child  person_id  disabled
               A          yes
               B          yes
               C          no
        financial year to 2025-03-31 from cin/2025: 0 of 1. C alone is in need on the day,
        and is not disabled: 0 of 1.
        """,
        _ROWS,
    ),
)
