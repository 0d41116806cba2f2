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
      none: Its table is not read yet; no value for a council exists.
      also: 16-24 NEET; 19-24 NEET

    NE7 plans-18-to-25-in-learning-or-work | 18 to 25 with a plan in learning or work | With a plan, 18-25, in learning
      of: young people
      top: young people of 18 to 25 with an EHC plan in education, employment or training
      bottom: young people of 18 to 25 with an EHC plan
      is: share
      when: term
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

    NE9 not-in-learning-with-sen | 16 and 17 with SEND not in learning, or not known | NEET or not known, SEND
      of: young people
      top: 16 and 17 year olds with SEND not in education, employment or training, or not known
      bottom: 16 and 17 year olds with SEND
      is: share
      good: lower: They are lost more often than others.
      matters: A plan or support at school ends, and nothing follows.
      note: DfE warns that the size of the group differs from 0% to 10.7% of the cohort.
      none: DfE’s scorecard has it; its table is not matched yet.
      also: vulnerable group; SEND NEET
    """,
    when="financial year",
    control="shared: Education and Skills Act 2008, sections 10 and 12",
)
