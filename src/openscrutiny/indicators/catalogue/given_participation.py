"""Participation after 16, as publishers and councils count it."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import PARTICIPATION

GIVEN: Final = read_given(
    PARTICIPATION,
    """
    NE3 not-known-16-and-17 | 16 and 17 whose activity is not known | Activity not known, 16-17
      of: young people
      subject: Young people of 16 and 17 of whom nothing is known
      top: 16 and 17 year olds whose activity is not known
      bottom: 16 and 17 year olds known to the authority
      is: share
      good: lower: Nobody can help those of whom nothing is known.
      matters: Not known hides those who most need a call.
      note: It is high each autumn, until schools and colleges have told who came.
      lait: 16-17_not known
      with: NE2 Not known, and known not to be in learning.
      also: not known; unknown destinations

    NE4 in-education-or-training | 16 and 17 in education or training | In learning, 16-17
      of: young people
      top: 16 and 17 year olds who take part in education or training
      bottom: 16 and 17 year olds known to the authority
      is: share
      good: higher: Every young person of that age has to take part.
      matters: It is the reverse of those who are lost.
      lait: 16-17Ed&Training
      note: The September Guarantee, offers made, stands in the breakdown.
      also: participation; September Guarantee; RPA

    NE5 care-leavers-not-in-learning-or-work | Care leavers of 19 to 21 not in learning or work | Leavers NEET, 19-21
      of: care leavers
      top: care leavers of 19 to 21 not in education, employment or training
      bottom: care leavers of 19 to 21
      is: share
      good: lower: They have fewer people to fall back on.
      matters: It is the one figure of 19 to 21 year olds that councils can compare.
      note: It is CL4, shown here because Members ask for NEETs of 19 to 21 here.
      none: It is CL4, whose published figures stand there.
      with: CL4 The same figure under two codes.
      also: 19-21 NEET; care leavers NEET

    NE6 not-in-learning-18-to-24 | 18 to 24 not in learning or work | NEET, 18-24, England
      of: young people
      top: 18 to 24 year olds not in education, employment or training
      bottom: 18 to 24 year olds
      is: share
      when: calendar year
      good: lower: These years decide a working life.
      matters: It is what happens to all young people, set beside care leavers.
      from: Labour Force Survey (ONS), NEET statistics (DfE)
      control: none: it is the economy’s
      note: It is a survey, for England and regions. No figure for a council exists, so none may be drawn.
      note: DfE tells it for each quarter; that of October to December stands for the year, as in its own brief.
      table: NEET age 16 to 24 (DfE) | neet_and_net_estimates_from_the_lfs:neet_percent | quarter=Q4;age=18-24 | not seen
      also: 16-24 NEET; 19-24 NEET

    NE7 plans-18-to-25-in-learning-or-work | 18 to 25 with a plan in learning or work | With a plan, 18-25, in learning
      of: young people
      top: young people of 18 to 25 with an EHC plan in education, employment or training
      bottom: young people of 18 to 25 with an EHC plan
      is: share
      when: day of a term
      good: higher: A plan to 25 is there for this.
      matters: Many families say that everything ends at 18.
      from: The council’s own records
      none: Nothing is published.
      also: EHCP 18-25; activity known

    NE8 claimants-18-to-24 | 18 to 24 who claim out of work | Claimants, 18-24
      of: young people
      top: claimants of 18 to 24
      bottom: people of 18 to 24
      is: share
      when: month end
      good: lower: These years decide a working life.
      matters: It is the nearest monthly sign of young people without work.
      from: Claimant count (ONS, Nomis)
      control: none: it is the economy’s
      note: Claimants are not NEETs: students may claim, and many without work do not.
      none: Nomis publishes it; its table is not read yet.
      also: claimant count; youth unemployment

    NE9 not-in-learning-with-sen | 16 and 17 with an EHC plan not in learning, or not known | NEET or not known, with a plan
      of: young people
      top: 16 and 17 year olds with an EHC plan not in education, employment or training, or not known
      bottom: 16 and 17 year olds with an EHC plan
      is: share
      good: lower: They are lost more often than others.
      matters: A plan or support at school ends, and nothing follows.
      note: DfE’s scorecard has those with a plan and those with SEN support, and not both together: NE9a has the others.
      note: DfE publishes no numbers beside it, and the group is small in most councils.
      table: NEET and participation, local authority scorecard (DfE) | UD_NEETNK_LA_dashboard:NEET_NK_EHCP_percent | all | seen
      also: SEND NEET; EHCP NEET

    NE9a not-in-learning-with-sen-support | 16 and 17 with SEN support not in learning, or not known | NEET or not known, SEN support
      of: young people
      top: 16 and 17 year olds with SEN support not in education, employment or training, or not known
      bottom: 16 and 17 year olds with SEN support
      is: share
      good: lower: They are lost more often than others.
      matters: Support at school ends at 16, and nothing follows.
      note: DfE publishes no numbers beside it.
      table: NEET and participation, local authority scorecard (DfE) | UD_NEETNK_LA_dashboard:NEET_NK_SENDsupport_percent | all | seen
      with: NE9 With a plan, and with support alone.
      also: SEND NEET; SEN support NEET

    NE9b not-in-learning-vulnerable | 16 and 17 of a vulnerable group not in learning, or not known | NEET or not known, vulnerable
      of: young people
      top: 16 and 17 year olds of a vulnerable group not in education, employment or training, or not known
      bottom: 16 and 17 year olds whom the council records as of a vulnerable group
      is: share
      good: lower: They have the least help from elsewhere.
      matters: Care leavers, young carers, young parents and young offenders are among them.
      note: DfE warns that the group is 0% to 10.7% of a council’s cohort, so that councils count different people.
      table: NEET and participation, local authority scorecard (DfE) | UD_NEETNK_LA_dashboard:VG_NEET_NK_percentage | all | seen
      also: vulnerable group
    """,
    when="financial year",
    control="shared: Education and Skills Act 2008, sections 10 and 12",
)
