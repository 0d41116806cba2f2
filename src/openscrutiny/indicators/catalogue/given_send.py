"""Special educational needs, until rows feed them, and what the NHS and schools count."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import SEND

GIVEN: Final = read_given(
    SEND,
    """
    SN16 tribunal-appeals | Appeals to the tribunal | Tribunal appeals
      of: decisions that may be appealed
      top: appeals registered
      bottom: decisions that may be appealed
      is: percentage
      good: lower: An appeal is a family that did not agree.
      matters: Families wait months for a hearing, and mostly win.
      from: SEND tribunal statistics (MoJ)
      lait: SEN_AppealableDec
      table: SEND tribunals, appeal rates by local authority (MoJ) | send_tribunals:appeal_rate | all | seen
      note: 2024 is published by two methods. The figure here is by the older one; by the new one, in development, rates are about twice as high (England 6.1% for 3.2%). It stands among the published measures.
      break: 2024-01-01 2024 is published by two methods, and a later release may give the new one alone
      control: shared: families and the tribunal; Children and Families Act 2014, section 51
      also: appeal rate; tribunals

    SN17 appeals-conceded | Appeals upheld or conceded | Appeals lost or conceded
      of: appeals
      top: appeals that were upheld or that the council conceded
      bottom: appeals concluded
      is: share
      when: quarter
      good: lower: The first decision was wrong, or could not be defended.
      matters: What a family wins at a tribunal it should have had at once.
      from: The council’s own records
      none: The Ministry of Justice publishes it nationally.
      also: tribunals lost; conceded

    SN22 plan-audits | Plans that audit finds good | Plans found good
      of: plans audited
      top: plans that were found good or better
      bottom: plans audited
      is: share
      when: quarter
      good: higher: A vague plan cannot be followed.
      matters: A plan that says nothing exact gives nothing.
      from: The council’s quality assurance
      none: Each council marks itself.
      also: EHCP quality; plan quality audit

    SN23 satisfied-families | Families satisfied with the SEND service | Satisfied families
      of: answers
      top: positive answers
      bottom: answers
      is: survey
      when: quarter
      good: higher: They know best whether it helped.
      matters: It is the one figure that families make.
      from: The council’s own survey
      note: Say how many were asked.
      none: It is a local survey.
      also: parent satisfaction; family feedback

    SN24 sen-support | Pupils with SEN support | SEN support
      of: pupils
      top: pupils with SEN support
      bottom: pupils
      is: share
      when: school year
      good: neither: It counts what schools record.
      matters: Most children with special needs have no plan.
      from: Special educational needs in England (DfE)
      lait: SEN_TotSENSuP
      control: influence: schools decide
      also: SEN support prevalence

    SN25 absence-of-sen-pupils | Sessions missed by pupils with SEN support | Absence with SEN support
      of: school sessions
      top: sessions missed by pupils with SEN support
      bottom: possible sessions of those pupils
      is: share of amounts
      when: school year
      good: lower: A child who is not at school cannot be helped there.
      matters: Absence often says that a need is not met.
      from: Pupil absence in schools in England (DfE)
      control: influence: schools, parents and the council
      with: AT4 Pupils with SEN support, and with a plan.
      none: DfE publishes it by council in a table that is not matched yet.
      also: absence SEN support

    SN26 psychologists-advice | Psychologists’ advice within six weeks | Advice within 6 weeks
      of: requests for advice
      top: advice given within six weeks of the request
      bottom: requests for advice
      is: share
      when: month
      good: higher: The plan waits for it.
      matters: It is mostly where the twenty weeks are lost.
      from: The council’s own case system
      control: direct: SEND Regulations 2014, regulation 8
      none: Nothing is published.
      also: EP advice; educational psychology; advice timeliness

    SN29 sen-16-and-17-in-learning | 16 and 17 with SEN in learning | SEN, in learning at 16-17
      of: young people
      top: 16 and 17 year olds with SEN in education or training
      bottom: 16 and 17 year olds with SEN
      is: share
      when: financial year
      good: higher: It is the step into a life of one’s own.
      matters: A plan may go on to 25, and many drop out at 16.
      from: NEET and participation: local authority figures (DfE)
      control: shared: Education and Skills Act 2008, sections 10 and 68
      lait: 16-17YroldSEN_ET
      also: SEN participation

    SN31 neurodiversity-wait | Wait for a neurodevelopmental assessment | Wait for autism assessment
      of: children waiting
      top: days from the referral to the first appointment
      is: median days
      when: quarter
      good: lower: Childhood passes while a family waits.
      matters: Schools often wait for a diagnosis before they help.
      from: The NHS in the area
      control: influence: the NHS provides it; Children and Families Act 2014, section 26
      note: Waits above 18 weeks stand in the breakdown.
      none: NHS England publishes it by provider.
      also: autism; ADHD; therapy waits

    SN32 sen-at-11 | Pupils with an EHC plan at the expected standard at 11 | With a plan, at 11
      of: pupils
      top: pupils with an EHC plan at the expected standard in reading, writing and mathematics
      bottom: pupils with an EHC plan at the end of key stage 2
      is: share
      when: school year
      good: higher: A plan is there so that a child can learn.
      matters: Children with plans differ greatly; some have other aims.
      from: Key stage 2 attainment (DfE)
      control: influence: schools decide
      lait: NEW_KS2_RWM_Sen_Withsta
      note: SEN support and key stage 4 stand in the breakdown.
      also: SEN attainment

    SN33 outcomes-met | Outcomes of plans that were met at review | Plan outcomes met
      of: outcomes
      top: outcomes that were achieved
      bottom: outcomes that were reviewed
      is: share
      when: quarter
      good: higher: It asks whether the help worked.
      matters: Money and time are spent for these aims.
      from: The council’s annual review forms
      none: Nothing is published.
      also: outcomes achieved; value for money
    """,
    when="calendar year",
    control="direct: Children and Families Act 2014, sections 36, 37 and 44",
)
