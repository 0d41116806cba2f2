"""Assessment and children in need, until rows feed them."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import ASSESSMENT

_CONTROL: Final = "direct: Children Act 1989, sections 17 and 47"

NEED: Final = read_given(
    ASSESSMENT,
    """
    CN2 children-in-need-visits | Visits to children in need in time | Child in need visits in time
      of: visits to children in need
      top: visits made within the council’s own interval
      bottom: visits due
      is: share
      when: month
      good: higher: A plan without visits is paper.
      matters: Seeing the child is how anybody knows that the plan works.
      from: The council’s own case system
      note: The interval is each council’s own.
      none: The interval is each council’s own.
      also: CIN visits; statutory visits

    CN6 absence-of-children-in-need | Children in need who miss a tenth of school | Children in need often absent
      of: children in need
      top: children in need who missed 10% or more of their sessions
      bottom: children in need matched to a school
      is: share
      when: school year
      good: lower: School is where others see a child.
      matters: A child in need who is not in school is seen by fewer people.
      from: Outcomes for children in need (DfE)
      control: shared: schools, parents and the council; Education Act 1996, section 444
      lait: CINPermAbsent_3Term
      also: persistent absence of CIN; CIN attendance; virtual school

    CN7 attainment-of-children-in-need | Children in need at the expected standard at 11 | Children in need at 11
      of: children in need
      top: children in need who reach the expected standard in reading, writing and mathematics at key stage 2
      bottom: children in need at the end of key stage 2
      is: share
      when: school year
      good: higher: It opens the rest of school.
      matters: Children in need fall behind early, and rarely catch up later.
      from: Outcomes for children in need (DfE)
      control: shared: schools and the council
      lait: CIN_KS2_ExpStd_RWM
      note: The average Attainment 8 score is given beside it where a council has it.
      also: CIN KS2; CIN attainment
    """,
    control=_CONTROL,
)
