"""Money, complaints and the voice of children and families."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import FINANCE, VOICE

MONEY: Final = read_given(
    FINANCE,
    """
    FI1 outturn-against-budget | Spend above or below the budget | Over or under budget
      of: pounds
      top: pounds forecast above the budget of children’s social care
      bottom: pounds of the budget
      is: percentage
      when: month
      signed: yes
      good: lower: What is overspent is taken from something else.
      matters: Members set the budget, and hear here whether it holds.
      note: Below 0 is an underspend.
      none: Section 251 is published a year later; its table is not matched yet.
      also: overspend; outturn; variance

    FI2 weekly-cost-in-care | Weekly cost of a child looked after | Weekly cost in care
      of: children looked after
      top: pounds spent on children looked after in the year
      bottom: children looked after on 31 March
      is: pounds a week
      people: each
      good: neither: Cheap is not good, and dear is not either.
      matters: It is the largest part of the budget.
      note: Rounded to £5 by the publisher.
      lait: LACFinance
      also: unit cost; cost of CLA

    FI3 weekly-cost-of-fostering | Weekly cost of a foster placement | Weekly cost of fostering
      of: foster placements
      top: pounds spent on fostering in the year
      bottom: children in foster placements on 31 March
      is: pounds a week
      people: each
      good: neither: A family costs less than a home, and often does better.
      matters: Carers of the council’s own cost less, and live nearer.
      note: Residential homes are FI3a. Rounded to £5 by the publisher.
      lait: FosteringFinance
      also: fostering cost

    FI3a weekly-cost-of-residential-care | Weekly cost of a residential place | Weekly cost of residential care
      of: weeks in residential care
      top: pounds spent on residential care in the year
      bottom: children in residential care, as days in care ÷ 365
      is: pounds a week
      people: each
      good: neither: A home costs most, and some children need one.
      matters: A few homes can cost as much as all foster carers together.
      note: By days in secure units, children’s homes and schools (K1, K2, R1, S1). Rounded to £5 by the publisher.
      lait: RescareFinance
      with: FI3 A place in a home, and one in a family.
      also: residential cost; children’s homes cost

    FI5 weekly-cost-of-sen | Weekly cost of SEN for each plan | Weekly cost of SEN
      of: plans
      top: pounds spent in the year on SEN support, direct payments, transport and administration
      bottom: EHC plans
      is: pounds a week
      people: each
      good: neither: Cheap is not good, and dear is not either.
      matters: It grows faster than anything else that councils spend.
      note: Rounded to £5 by the publisher. Places in schools are paid from another budget.
      lait: SENFinance
      also: SEN cost; value for money; cost per plan

    FI6 high-needs-deficit | Deficit of the high needs block | High needs deficit
      of: pounds
      top: pounds of the cumulative deficit
      bottom: pounds of the dedicated schools grant
      is: percentage
      when: quarter
      good: lower: It has to be paid back one day.
      matters: It is why councils cut what they may.
      control: shared: government sets the grant
      none: The SEND and alternative provision dashboard has it; its table is not read yet.
      also: DSG deficit; high needs block; safety valve

    FI7 cost-by-placement | Mean cost of a special school place | Cost of a special place
      of: placements
      top: pounds spent on places in special schools
      bottom: children placed there
      is: pounds
      when: quarter
      people: each
      good: neither: The same need may cost twice as much elsewhere.
      matters: It is what Members ask when they ask for value.
      note: Each kind of placement stands in the breakdown.
      none: The high needs benchmarking tool is not read yet.
      also: placement cost; INMSS cost

    FI9 transport-per-pupil | Cost of SEN transport for each pupil | SEN transport cost
      of: pupils carried
      top: pounds spent on SEN transport
      bottom: pupils carried
      is: pounds
      when: quarter
      people: each
      good: lower: A school near home costs no taxi.
      matters: A long journey is hard on a child, too.
      control: direct: Education Act 1996, section 508B
      none: Section 251 has it; its table is not matched yet.
      also: home to school transport; SEN transport

    FI10 cost-and-outcome | Cost per plan beside what it brings | Cost beside outcome
      of: kinds of placement
      top: kinds of placement that cost more than the median and bring less
      bottom: kinds of placement
      is: part
      when: financial year
      good: neither: It is a question, and no judgement.
      matters: It asks what the money does for children.
      with: FI7 What a place costs, and whether it works.
      note: It sets cost (FI7) beside outcomes met (SN33), absence (AT4) and attainment (AN7).
      none: It is made of other figures.
      also: value for money grid

    FI13 spend-not-on-care | Share of spend that is not on children looked after | Spend not on care
      of: pounds
      top: pounds spent on children’s services less those on children looked after
      bottom: pounds spent on children’s services
      is: share of amounts
      good: neither: A high share may be early help, or children not taken into care who should be.
      matters: It is what the national framework asks of every council.
      from: Revenue outturn, RO3 (MHCLG)
      note: The published figure is worked out from section 251 outturn, gross, as DfE’s interactive tool has it. The children’s social care dashboard works it out from the revenue outturn.
      lait: C&YPExpenditure less TotalLACFinance of C&YPExpenditure
      also: early help spend; share of spend
    """,
    when="financial year",
    people="none",
    control="direct: the council’s budget; Local Government Finance Act 1992",
    **{"from": "Section 251 outturn (DfE) and the council’s own accounts"},
)

HEARD: Final = read_given(
    VOICE,
    """
    PC1 complaints-in-time | Stage 1 complaints answered in time | Complaints in time
      of: complaints
      top: stage 1 complaints answered in time
      bottom: stage 1 complaints closed
      is: share
      when: quarter
      good: higher: Who complains has waited already.
      matters: A quick answer mends more than a right one that is late.
      from: The council’s complaints records
      control: direct: Children Act 1989, section 26(3)
      none: Each council reports its own once a year.
      also: complaints; stage 1

    PC2 ombudsman-upheld | Complaints that the Ombudsman upheld | Ombudsman: upheld
      of: complaints
      top: complaints on which the Ombudsman found fault
      bottom: complaints that the Ombudsman decided
      is: share
      when: financial year
      good: lower: The council should have found it itself.
      matters: Behind each is a family that did not give up.
      from: Local Government and Social Care Ombudsman
      control: direct: Local Government Act 1974, part III
      none: The Ombudsman publishes it for the whole council; its table is not read yet.
      also: LGSCO; ombudsman; fault

    PC5 child-heard-in-conference | Conferences that heard the child’s view | Child’s view heard
      of: conferences
      top: conferences at which the child’s view was present
      bottom: child protection conferences
      is: share
      when: month
      good: higher: It is the child’s life that is decided.
      matters: A child who is not asked is not seen.
      from: The council’s own case system
      control: direct: Children Act 1989, section 47(5A)
      none: Nothing is published.
      also: voice of the child; advocacy

    PC6 childrens-council-checked | Papers that the children’s council has seen | Seen by children’s council
      of: papers
      top: papers that the children’s council reviewed, with its comments
      bottom: papers put to the committee
      is: part
      when: term
      good: higher: Those whom it is about read it first.
      matters: Children say which figures matter.
      from: The committee’s own records
      people: none
      control: direct: the committee decides
      none: Nothing is published.
      also: children in care council; youth voice

    PC7 confident-parents | Parents confident after the annual review | Confident parents
      of: answers
      top: parents who say that they are confident in the plan
      bottom: parents who answered
      is: survey
      when: term
      good: higher: A plan works where parents believe in it.
      matters: It asks the family at the moment of the review.
      from: The council’s own survey
      control: shared: schools and the council
      with: SN23 Satisfied with the service, and confident in the plan.
      none: It is a local survey.
      also: parental confidence
    """,
)
