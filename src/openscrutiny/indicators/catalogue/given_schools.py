"""Attainment, schools as Ofsted judges them, and the virtual school."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import ATTAINMENT, SCHOOL_QUALITY, VIRTUAL_SCHOOL

EXAMS: Final = read_given(
    ATTAINMENT,
    """
    AN1 good-level-of-development | Five-year-olds with a good level of development | Ready at five
      of: pupils
      subject: Five-year-olds with a good level of development
      top: pupils at the expected level in the 12 goals of five areas
      bottom: pupils at the end of the reception year
      is: share
      good: higher: Who starts well goes on well.
      matters: It is the first look at how children of an area begin.
      from: Early years foundation stage profile (DfE)
      lait: FSP_NEW_GOODDEV
      break: 2021-09-01 the profile was reformed, and not collected in 2020 and 2021
      also: GLD; EYFSP; school readiness

    AN3 expected-at-11 | Pupils at the expected standard at 11 | Expected standard at 11
      of: pupils
      top: pupils who reach the expected standard in reading, writing and mathematics
      bottom: pupils at the end of key stage 2
      is: share
      good: higher: Secondary school is built on it.
      matters: Who cannot read at 11 falls behind in everything.
      from: Key stage 2 attainment (DfE)
      lait: KS2RWM_Expected_STD
      break: 2021-09-01 there were no tests in 2020 and 2021
      also: KS2; RWM; SATs

    AN5 progress-8 | Progress 8 | Progress 8
      of: pupils
      subject: The average Progress 8 score
      top: sum of Progress 8 scores
      bottom: pupils with a key stage 2 result
      is: mean score
      signed: yes
      good: higher: It asks how far pupils came, not where they began.
      matters: It is the fairest look at what a school adds.
      note: It cannot be worked out for 2025 and 2026, whose pupils had no tests at 11.
      note: Below 0 pupils made less progress than the average, not none.
      from: Key stage 4 performance (DfE)
      lait: AVG_Prog8_Score
      break: 2021-09-01 examinations returned in 2022
      also: P8

    AN6 english-and-maths | Grade 5 or above in English and mathematics | English and maths at 5
      of: pupils
      top: pupils with grade 5 or above in English and mathematics
      bottom: pupils at the end of key stage 4
      is: share
      good: higher: Most doors after 16 open with it.
      matters: Without it a young person sits the same examination again.
      from: Key stage 4 performance (DfE)
      note: Grade 4 or above is AN6a.
      lait: EngMaths9-5
      break: 2019-09-01 grades were assessed by schools in 2020 and 2021
      break: 2021-09-01 examinations returned in 2022
      also: basics; 9-5; GCSE

    AN6a english-and-maths-at-4 | Grade 4 or above in English and mathematics | English and maths at 4
      of: pupils
      top: pupils with grade 4 or above in English and mathematics
      bottom: pupils at the end of key stage 4
      is: share
      good: higher: It is what most courses after 16 ask for.
      matters: Without it a young person sits the same examination again.
      from: Key stage 4 performance (DfE)
      lait: EngMaths9-4
      break: 2019-09-01 grades were assessed by schools in 2020 and 2021
      break: 2021-09-01 examinations returned in 2022
      with: AN6 Grade 4, and grade 5.
      also: basics; 9-4; GCSE

    AN7 gap-of-the-disadvantaged | How far disadvantaged pupils are behind at 11 | Disadvantage gap at 11
      of: pupils
      top: pupils at the expected standard, all others less disadvantaged ones
      is: gap
      signed: yes
      good: lower: Where a child was born should not decide.
      matters: It shows who is left behind.
      from: Key stage 2 attainment (DfE)
      note: SEN and EHC plans stand in the breakdown.
      note: The published figure is worked out from the two shares, which are printed as whole numbers: it may be one point off.
      lait: NonDAP_NEW_KS2_RWM less DAP_NEW_KS2_RWM
      also: disadvantage gap; pupil premium gap; SEN gap

    AN9 destinations-after-16 | Pupils in learning or work after 16 | In learning after 16
      of: pupils
      top: pupils in education or work for two terms after key stage 4
      bottom: pupils who left key stage 4
      is: share
      good: higher: School is for what comes after it.
      matters: It asks whether a start was found, and kept.
      from: Key stage 4 destinations (DfE)
      lait: SusEdOverall_All
      also: destinations; sustained destination
    """,
    when="school year",
    control="influence: schools decide; the council has a duty to promote high standards (Education Act 1996, section 13A)",
)

JUDGED: Final = read_given(
    SCHOOL_QUALITY,
    """
    SQ1 units-good-or-outstanding | Pupil referral units judged good or outstanding | Referral units good or better
      of: pupil referral units
      top: pupil referral units whose last overall judgement is good or outstanding
      bottom: pupil referral units that have a judgement
      break: 2024-09-01 overall judgements ended
      is: part
      good: higher: These are the schools of the most vulnerable pupils.
      matters: Pupils there have often lost one school already.
      note: Counted from Ofsted’s list of schools, as at its day. Its last with overall judgements is of August 2024.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:pru of pru_judged | all | not seen
      also: PRU; PRU good or outstanding; alternative provision

    SQ2 primary-good-or-outstanding | Primary schools judged good or outstanding | Primary schools good or better
      of: primary schools
      top: primary schools whose last overall judgement is good or outstanding
      bottom: primary schools that have a judgement
      break: 2024-09-01 overall judgements ended
      is: part
      good: higher: A good school near by is what parents ask for.
      matters: It is where most children spend their days.
      note: Counted from Ofsted’s list of schools, as at its day. Its last with overall judgements is of August 2024.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:primary of primary_judged | all | not seen
      also: primary schools; good or outstanding

    SQ3 secondary-good-or-outstanding | Secondary and special schools judged good or outstanding | Secondaries good or better
      of: secondary and special schools
      top: secondary and special schools whose last overall judgement is good or outstanding
      bottom: secondary and special schools that have a judgement
      break: 2024-09-01 overall judgements ended
      is: part
      good: higher: A good school near by is what parents ask for.
      matters: It is where young people are made ready for what comes.
      note: Counted from Ofsted’s list of schools, as at its day. Its last with overall judgements is of August 2024.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:secondary_and_special of secondary_and_special_judged | all | not seen
      also: secondary schools; special schools

    SQ5 pupils-in-good-schools | Pupils in good or outstanding schools | Pupils in good schools
      of: pupils
      top: pupils in schools whose last overall judgement is good or outstanding
      bottom: pupils in schools that have a judgement
      break: 2024-09-01 overall judgements ended
      is: share
      people: counted
      good: higher: A large school counts for more children.
      matters: It counts children rather than buildings.
      note: Counted from Ofsted’s list of schools, as at its day. Its last with overall judgements is of August 2024.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:pupils of pupils_judged | all | not seen
      also: pupils in good schools

    SQ6 report-cards | Schools at the expected standard or above on report cards | Report cards at the standard
      of: inspected schools
      top: schools whose report card is at the expected standard or above in every area
      bottom: schools inspected since November 2025
      is: part
      good: higher: It is the new way of saying how a school is.
      matters: Each area of a school is told apart.
      break: 2025-11-10 report cards of five points took the place of overall judgements
      note: Areas and grades stand in the breakdown. Not to be compared with judgements before.
      note: Counted from Ofsted’s list of schools, as at its day.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:report_card of report_card_judged | all | not seen
      also: report card; Ofsted grades

    SQ7 safeguarding-met | Schools where safeguarding is met | Safeguarding met
      of: inspected schools
      top: schools where the safeguarding standard is met
      bottom: schools inspected since November 2025
      is: part
      good: higher: Every school has to be safe.
      matters: One where it is not met needs the council the same day.
      break: 2025-11-10 safeguarding is judged met or not met apart from the grades
      note: Counted from Ofsted’s list of schools, as at its day.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:safeguarding of safeguarding_judged | all | not seen
      also: safeguarding judgement

    SQ8 inclusion-at-the-standard | Schools at or above the standard for inclusion | Inclusion at the standard
      of: inspected schools
      top: schools at or above the expected standard for inclusion
      bottom: schools inspected since November 2025
      is: part
      good: higher: It asks whether a school works for those who find it hard.
      matters: Children with special needs feel it first.
      break: 2025-11-10 inclusion is judged by itself
      note: Counted from Ofsted’s list of schools, as at its day.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:inclusion of inclusion_judged | all | not seen
      also: inclusion grade

    SQ9 age-of-judgements | How old schools’ judgements are | Age of judgements
      of: schools
      top: years since the last judgement
      is: median years
      good: neither: An old judgement may still be true.
      matters: A school changes with its head.
      note: The share on the old framework stands in the breakdown.
      note: Counted from Ofsted’s list of schools, as at its day: from the last inspection to that day.
      table: State-funded schools inspections and outcomes (Ofsted) | ofsted_schools:median_age_of_judgement | all | not seen
      also: age of judgement; old framework
    """,
    when="day",
    people="none",
    control="influence: Ofsted judges; Education Act 2005, section 5",
    **{"from": "State-funded schools inspections and outcomes (Ofsted)"},
)

VIRTUAL: Final = read_given(
    VIRTUAL_SCHOOL,
    """
    VS1 education-plans-current | Children in care with a current education plan | Current education plans
      of: school-age children looked after
      top: children with a personal education plan of this term
      bottom: school-age children looked after
      is: share
      when: day of a term
      good: higher: It says what the child needs from school, and who does it.
      matters: A parent would know how school is going.
      control: direct: Children Act 1989, section 22(3A)
      from: The virtual school’s own records
      none: Nothing is published.
      also: PEP; personal education plan

    VS3 absence-in-care | Children in care who miss a tenth of school | In care, often absent
      of: children looked after
      top: children who missed 10% or more of their sessions
      bottom: children looked after for 12 months or more and matched to a school
      is: share
      good: lower: School may be the one thing that stays the same.
      matters: Absence is where a placement first shows that it fails.
      lait: LAC_Pers_Abs
      also: CLA absence; CLA persistent absence

    VS5 attainment-in-care | Children in care at the expected standard at 11 | In care, at 11
      of: children looked after
      top: children at the expected standard in reading, writing and mathematics
      bottom: children looked after for 12 months or more at the end of key stage 2
      is: share
      good: higher: It opens the rest of school.
      matters: Children in care begin far behind.
      lait: LAC_KS2_ExpStd_RWM
      note: The average Attainment 8 score stands in the breakdown.
      also: CLA KS2; CLA Attainment 8

    VS6 moved-school-in-the-year | Children in care who changed school mid-year | In care, moved school
      of: children looked after
      top: children with a move of school in the year to 31 March, August and September left out
      bottom: school-age children looked after on 31 March
      is: share
      when: financial year
      note: The year spans two school years. A move before care began is left out.
      good: lower: Friends and teachers are lost with the school.
      matters: Each change costs months of learning.
      lait: Stability_School
      also: school moves; school stability
    """,
    when="school year",
    control="shared: schools and the virtual school head; Children Act 1989, section 22(3A) and (3B)",
)
