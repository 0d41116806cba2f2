"""The front door, assessment and children in need, until rows feed them."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import ASSESSMENT, FRONT_DOOR

_CONTROL: Final = "direct: Children Act 1989, sections 17 and 47"

FRONT: Final = read_given(
    FRONT_DOOR,
    """
    FD2a re-referrals-same-factor | Re-referrals for the same reason | Re-referred, same reason
      of: re-referrals
      top: re-referrals whose assessment shares a factor with the assessment before
      bottom: re-referrals of which both were assessed
      is: share
      good: lower: What was wrong before was not put right.
      matters: It tells the same worry coming back from a new one.
      with: FD2 Who came back, and for what.
      none: DfE published it once, nationally, in its focus on re-referrals.
      also: same issue; repeat factors

    FD2b re-referrals-new-factor | Re-referrals for a new reason only | Re-referred, new reason
      of: re-referrals
      top: re-referrals whose assessment shares no factor with the assessment before
      bottom: re-referrals of which both were assessed
      is: share
      good: neither: A new worry is not a failure of the help before.
      matters: It shows families whose troubles change rather than return.
      none: DfE published it once, nationally, in its focus on re-referrals.
      also: new issue

    FD2c re-referrals-soon-after-closure | Re-referrals within three months of closure | Re-referred within 3 months
      of: re-referrals
      top: re-referrals within three months of the closure before
      bottom: re-referrals
      is: share
      good: neither: A quick return may be a case closed early, or a family that trusts.
      matters: A family that is back at once may have been let go too soon.
      note: The bands of three to six and six to twelve months stand in the breakdown.
      none: Nothing is published by the gap.
      also: gap since closure; time since closure

    FD2d re-referrals-after-no-action | Re-referrals after no further action | Re-referred after no action
      of: re-referrals
      top: re-referrals whose referral before was closed with no further action
      bottom: re-referrals
      is: share
      good: lower: A worry that was turned away came back.
      matters: It asks whether the door was shut too early.
      note: After an assessment and after a plan stand in the breakdown.
      none: DfE published it once, nationally, in its focus on re-referrals.
      also: re-referral after NFA; re-referral by previous outcome

    FD4 referrals-from-schools | Referrals that come from schools | Referrals from schools
      of: referrals
      top: referrals whose source is a school
      bottom: referrals
      is: share
      when: financial year
      good: neither: Who refers shows who sees children, and who does not.
      matters: A source that falls silent may be one that has stopped seeing children.
      lait: RefBySource_Schl_%
      note: Police, health and the other sources stand in the breakdown.
      also: source of referral; referral source; who refers

    FD6 third-referral-in-two-years | Third or later referral in 24 months | Third referral in 24 months
      of: children referred
      top: children with three or more referrals in the 24 months to the last day
      bottom: children referred in those 24 months
      is: share
      good: lower: A child who keeps coming back was not helped to stay out.
      matters: Behind a third referral is a child for whom two answers did not work.
      none: DfE’s longitudinal data are published nationally alone.
      also: repeat referrals; frequent referrals
    """,
    when="12 months",
    control=_CONTROL,
)

NEED: Final = read_given(
    ASSESSMENT,
    """
    AS3 assessment-duration | How long assessments take | Days an assessment takes
      of: assessments
      top: working days from the referral to the end of the assessment
      is: median days
      when: 12 months
      good: lower: A family in the middle of an assessment waits.
      matters: Half of all families wait longer than this to learn what will happen.
      none: DfE publishes the share within 45 working days, and no median.
      with: AS2 How long, and how many within the limit.
      also: assessment timeliness; days to assess

    AS6 domestic-abuse-in-assessments | Assessments that find domestic abuse | Domestic abuse at assessment
      of: assessments
      top: assessments at whose end domestic abuse is a factor
      is: rate
      when: financial year
      good: neither: It counts what is found, which rises when people look.
      matters: Factors say what families are living with.
      note: The other factors stand in the breakdown. An assessment may have several.
      none: DfE’s table c3 has them; it is not matched yet.
      also: factors; factors at assessment; domestic violence; mental health; neglect

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

    CN3 children-in-need-plans-reviewed | Child in need plans reviewed in time | Child in need plans reviewed
      of: child in need plans
      top: plans reviewed within the council’s own interval
      bottom: child in need plans
      is: share
      when: month end
      good: higher: A plan that nobody looks at drifts.
      matters: Review is where a plan is ended, changed or stepped up.
      note: The interval is each council’s own.
      none: The interval is each council’s own.
      also: CIN reviews; CIN plans; children in need with a current plan

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
