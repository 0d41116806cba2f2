"""Special educational needs, until rows feed them, and what the NHS and schools count."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import SEND

GIVEN: Final = read_given(
    SEND,
    """
    SN3 requests-refused | Requests for a plan that were refused | Requests refused
      of: requests
      top: requests for an assessment that were refused
      bottom: requests for an assessment
      is: share
      good: neither: A refusal may be right, or the first step to a tribunal.
      matters: A family that is refused may appeal, or give up.
      lait: EHCP_Initial_req_refused
      with: SN2 Who asked, and who was refused.
      also: refusal to assess

    SN5 plans-in-20-weeks-all | Plans issued in 20 weeks, all of them | Plans in 20 weeks, all
      of: plans issued
      top: plans issued within 20 weeks
      bottom: plans issued, those with exceptions too
      is: share
      good: higher: A child waits for the help in the plan.
      matters: Twenty weeks is half a school year.
      lait: SEN_EHC_All_20wks
      with: SN4 With and without the lawful exceptions.
      also: timeliness; 20 weeks

    SN6 assessments-with-a-plan | Assessments after which a plan was issued | Assessed and given a plan
      of: assessments
      top: assessments after which a plan was issued
      bottom: assessments completed
      is: share
      good: neither: Nearly all may be careful requests, or help that comes only with a plan.
      matters: It says what an assessment leads to.
      lait: SEN_PLAN_ISSUED
      also: plan issued share; assessments completed

    SN8 waiting-over-20-weeks | Children waiting over 20 weeks for a plan | Waiting over 20 weeks
      of: children
      top: children whose request is older than 20 weeks and who have no plan or refusal
      is: count
      when: month end
      good: lower: Each waits longer than the law allows.
      matters: The timely ones stand in another figure; these are still waiting.
      note: Over 52 weeks stands in the breakdown.
      with: SN4 Plans issued in time, and children still waiting.
      none: Nothing is published while they wait.
      also: open over 20 weeks; waiting; backlog of assessments

    SN9 reviews-expected | Annual reviews expected | Annual reviews expected
      of: annual reviews
      top: annual reviews expected in the year
      is: count
      good: neither: It is the size of the task.
      matters: Every plan has to be looked at each year.
      lait: SEN_AN_REVIEW_EXPECTED
      note: DfE published it for the first time for 2024, and warns that it is new.
      with: SN10 Reviews expected, and reviews recorded.
      also: annual reviews; AR expected

    SN10 reviews-recorded | Annual reviews of which a meeting is recorded | Annual reviews recorded
      of: annual reviews
      top: annual reviews of which a meeting is recorded
      bottom: annual reviews expected
      is: share
      good: higher: A plan without a review is a plan of another child.
      matters: The review asks whether the plan still fits, and whether it works.
      lait: SEN_PEC_AN_REVIEW_MEET_REC
      note: Meetings of earlier years are counted too, so a high share may still hide a backlog.
      with: SN12 Whether reviews are held, and whether families hear the outcome.
      also: annual reviews completed; SEN reviews; EHCP reviews

    SN12 told-within-four-weeks | Families told the outcome within four weeks | Told within 4 weeks
      of: annual reviews
      top: decisions made within four weeks of the review meeting
      bottom: decisions after review meetings
      is: share
      good: higher: A family waits to know what changes.
      matters: Until then nothing in the plan can change.
      lait: SEN_PEC_OUTCOME_COM_4WKS
      also: four weeks; decision within 4 weeks; annual review decisions

    SN13 reviews-overdue-by-age | Annual reviews overdue by a year or more | Overdue a year or more
      of: annual reviews
      top: reviews that are overdue by 12 months or more
      is: count
      when: month end
      good: lower: The longest wait is the worst.
      matters: A child may have changed school since anybody looked.
      note: Bands of 6, 12 and 24 months stand in the breakdown.
      with: SN11 All that are overdue, and those that are long overdue.
      none: Nothing is published.
      also: overdue reviews; backlog

    SN14 amended-within-12-weeks | Amended plans within 12 weeks of the review | Amended in 12 weeks
      of: plans amended
      top: final amended plans issued within 12 weeks of the review meeting
      bottom: plans amended
      is: share
      when: 12 months
      good: higher: What was agreed has to be written before it is done.
      matters: A school acts on the plan, not on the meeting.
      from: The council’s own case system
      none: Nothing is published.
      also: amended plans; 12 weeks

    SN16 tribunal-appeals | Appeals to the tribunal | Tribunal appeals
      of: decisions that may be appealed
      top: appeals registered
      bottom: decisions that may be appealed
      is: percentage
      good: lower: An appeal is a family that did not agree.
      matters: Families wait months for a hearing, and mostly win.
      from: SEND tribunal statistics (MoJ)
      lait: SEN_AppealableDec
      break: 2024-01-01 the rate of 2024 is worked out by a new method
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

    SN19 plans-in-mainstream | Children with a plan in mainstream schools | With a plan in mainstream
      of: plans
      top: plans that name a mainstream school
      bottom: plans in force
      is: share
      when: month end
      good: neither: Some children need another school.
      matters: It shows whether local schools include.
      note: Special schools, alternative provision and others stand in the breakdown.
      none: DfE publishes it by council in a table that is not matched yet.
      also: placement mix

    SN20 plans-in-independent-schools | Children with a plan in independent schools | In independent schools
      of: plans
      top: plans that name an independent or non-maintained special school
      bottom: plans in force
      is: share
      when: month end
      good: neither: Some children need it, and it costs most.
      matters: Often it means a long journey every day.
      none: DfE publishes it by council in a table that is not matched yet.
      also: INMSS; independent placements

    SN21 plans-in-the-area | Children with a plan at school in the area | With a plan, in the area
      of: plans
      top: plans that name a school in the council’s area
      bottom: plans in force
      is: share
      when: month end
      good: higher: A school near home is a life near home.
      matters: Children travel hours for what is not there.
      none: Nothing is published.
      also: in borough; out of borough

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

    SN28 plans-without-a-school | Children with a plan and no school | With a plan, no school
      of: children
      top: children with a plan and no place in a school
      is: count
      when: month end
      good: lower: A plan without a place helps nobody.
      matters: The child with the greatest need is at home.
      from: The council’s own case system
      none: DfE publishes it by council in a table that is not matched yet.
      also: awaiting placement; without a school place; not in education

    SN29 sen-16-and-17-in-learning | 16 and 17 with SEN in learning | SEN, in learning at 16-17
      of: young people
      top: 16 and 17 year olds with SEN in education or training
      bottom: 16 and 17 year olds with SEN
      is: share
      when: school year
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
