"""Home education, children missing education, exclusions and absence."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import EXCLUSIONS, HOME_EDUCATION

HOME: Final = read_given(
    HOME_EDUCATION,
    """
    EO1 home-educated | Children educated at home | Educated at home
      of: children educated at home
      top: children of compulsory school age known to be educated at home on the census day
      is: rate per 100 of compulsory age
      when: day of a term
      good: neither: It is a parent’s right, and it may hide a child nobody sees.
      matters: Each is a child whom no teacher sees.
      note: DfE rounds numbers of children to 10, and gives the rate of each term’s census day.
      table: Elective home education (DfE) | ehe_census:rate_per_100 | all | not seen
      also: EHE; elective home education; home education

    EO2 children-newly-home-educated | Children newly educated at home | Newly educated at home
      of: children
      top: children whose home education began in the period
      is: count
      when: term
      good: neither: The reason says more than the number.
      matters: Some choose it; some leave a school that did not fit.
      note: The reasons stand in the breakdown.
      note: DfE publishes how many began in the school year, rounded to 10, and no rate: a large council has more of them. EO1 is the rate of those who are educated at home.
      table: Elective home education (DfE) | ehe_academic_year:ehe_starts_full_year | all | not seen
      also: new EHE; EHE reasons

    EO3 home-education-contact | Home-educated children contacted in the year | Home education contacted
      of: children educated at home
      top: children contacted or reviewed within 12 months
      bottom: children educated at home for 12 months or more
      is: share
      when: month end
      good: higher: It is the one look that the council has.
      matters: Without contact nobody knows whether a child learns, or is safe.
      control: influence: parents need not agree; Education Act 1996, sections 7 and 437
      none: Nothing is published.
      also: EHE reviews; annual contact

    EO4 home-education-reviews-overdue | Home education reviews overdue | Home education overdue
      of: reviews of home education
      top: reviews that were due and are not done
      bottom: reviews due
      is: share
      when: month end
      good: lower: A backlog is children of whom nothing is known.
      matters: It is the size of what the council does not know.
      note: Bands of age stand in the breakdown.
      control: direct: the council decides how often it asks
      none: Nothing is published.
      also: EHE backlog; overdue EHE reviews

    EO5 home-education-suitable | Home education found suitable | Home education suitable
      of: children educated at home
      top: children whose education was found suitable
      bottom: children educated at home
      is: share
      when: term
      good: higher: A suitable education is what the law asks of every parent.
      matters: It asks whether the child learns.
      note: Unsuitable and not yet assessed stand in the breakdown.
      none: DfE publishes it nationally alone.
      also: suitability; EHE suitability

    EO6 notices-to-parents | Notices to parents about education | Notices to parents
      of: notices
      top: notices under section 437(1)
      is: count
      when: term
      good: neither: A notice is a step taken, and a worry.
      matters: It is the first power that the council has.
      control: direct: Education Act 1996, section 437
      note: Say whether children, parents or notices are counted.
      note: DfE publishes the school year, rounded to 10.
      table: Elective home education (DfE) | ehe_academic_year:ehe_section_437_full_year | all | not seen
      also: s437; section 437(1)

    EO7 attendance-orders | School attendance orders | School attendance orders
      of: orders
      top: school attendance orders issued
      is: count
      when: term
      good: neither: An order is a step taken, and a worry.
      matters: It is how a child without education is brought back to it.
      control: direct: Education Act 1996, section 437
      note: Those complied with stand in the breakdown.
      note: DfE publishes the school year, rounded to 10.
      table: Elective home education (DfE) | ehe_academic_year:ehe_sao_issued_full_year | all | not seen
      also: SAO

    EO8 home-educated-with-a-plan | Home-educated children with an EHC plan | Home-educated with a plan
      of: children educated at home
      top: children with an EHC plan
      bottom: children educated at home
      is: share
      when: day of a term
      good: neither: For these children the council keeps its duty.
      matters: A child with great needs is at home.
      control: shared: Children and Families Act 2014, section 42
      note: SEN support stands in the breakdown.
      none: DfE publishes it nationally alone.
      also: EHE with EHCP; EHE SEN support

    EO9 home-educated-reviews-overdue | Plan reviews overdue, home-educated children | Home-educated review overdue
      of: children educated at home with an EHC plan
      top: children whose annual review is overdue
      bottom: children educated at home with an EHC plan
      is: share
      when: month end
      good: lower: At home nobody else would notice.
      matters: The review is the council’s one look at the child.
      control: direct: Children and Families Act 2014, section 44
      none: Nothing is published.
      also: EHE EHCP review

    EO12 from-home-to-missing | From home education to missing education | Home to missing education
      of: children
      top: children who moved from home education to missing education
      is: count
      when: term
      good: lower: Neither home nor school teaches them.
      matters: It shows home education that did not work.
      none: Nothing is published.
      also: EHE to CME

    EO13 missing-education | Children missing education | Missing education
      of: children missing education
      top: children of compulsory school age with no school and no other suitable education on the census day
      is: rate per 100 of compulsory age
      when: day of a term
      good: lower: A child without education is a child without protection.
      matters: Nobody sees them, and nobody teaches them.
      control: shared: Education Act 1996, section 436A
      note: DfE rounds numbers of children to 10, and says itself that a high number can come of better finding.
      table: Children missing education (DfE) | cme_census:rate_per_100 | all | not seen
      also: CME; children missing from education

    EO14 missing-education-resolved | Missing children placed within 20 school days | Missing placed in 20 days
      of: children missing education
      top: children back in education within 20 school days
      bottom: children referred as missing
      is: share
      when: month
      good: higher: Each day away is hard to make up.
      matters: It asks how fast a child is found and taught again.
      control: shared: Education Act 1996, section 436A
      none: Nothing is published.
      also: CME resolved; CME timeliness

    EO16 home-education-safeguarding | Worries about home-educated children with a known outcome | Home education worries settled
      of: referrals of home-educated children
      top: safeguarding referrals whose outcome is known
      bottom: safeguarding referrals of home-educated children
      is: share
      when: term
      good: neither: Not known is the outcome to ask about.
      matters: A worry that nobody followed up is a worry that stays.
      control: shared: Children Act 1989, section 47
      none: Nothing is published.
      also: EHE safeguarding; EHE referrals
    """,
    control="influence: Education Act 1996, sections 7, 436A and 437",
    **{"from": "The council’s home education and missing education records"},
)

AWAY: Final = read_given(
    EXCLUSIONS,
    """
    EX2 exclusions-this-month | Permanent exclusions this month | Exclusions this month
      of: permanent exclusions
      top: permanent exclusions of which schools told the council
      is: count
      when: month
      good: lower: An exclusion interrupts a child’s education.
      matters: Each child needs a place by the sixth day.
      note: What became of each (notified, day 6, review panel, upheld, withdrawn) stands in the breakdown.
      none: DfE publishes terms, two terms later.
      also: PEx in month; PEX; permanent exclusions

    EX5 exclusions-with-a-plan | Suspensions of pupils with an EHC plan | Suspended, with a plan
      of: suspensions
      top: suspensions of pupils with an EHC plan
      bottom: pupils with an EHC plan on roll in January
      is: percentage
      when: school year
      good: lower: A need that is not met looks like bad behaviour.
      matters: It asks whether schools keep children whom they find hard.
      note: SEN support and no SEN stand in the breakdown.
      none: DfE publishes it by council in a table that is not matched yet.
      also: exclusion by SEN; EHCP exclusions

    EX7 day-six-provision | Excluded pupils taught by the sixth day | Taught by day 6
      of: permanent exclusions
      top: pupils with full-time education from the sixth school day
      bottom: permanent exclusions
      is: share
      when: month
      good: higher: It is the law, and a child at home is at risk.
      matters: A week without school is a week without anybody.
      control: direct: Education Act 1996, section 19
      none: Nothing is published.
      also: day 6; sixth day provision

    EX8 exclusions-averted | Exclusions averted or withdrawn | Exclusions averted
      of: exclusions notified
      top: exclusions that were averted or withdrawn
      bottom: exclusions notified
      is: share
      when: quarter
      good: higher: Another way was found.
      matters: It counts the children who stayed.
      note: The pathways stand in the breakdown.
      none: Nothing is published.
      also: PEx averted; alternative pathways; managed moves

    EX9 fair-access-placements | Fair access placements within 20 days | Fair access in 20 days
      of: children referred to fair access
      top: children placed within 20 school days
      bottom: children referred
      is: share
      when: month
      good: higher: Each day without a school is lost.
      matters: These are the children whom schools find hardest to take.
      none: Nothing is published.
      also: FAP; fair access protocol

    EX10 back-to-mainstream | Pupils back in mainstream from alternative provision | Back in mainstream
      of: leavers of alternative provision
      top: pupils who went back to a mainstream school
      bottom: pupils who left alternative provision
      is: share
      when: term
      good: higher: It is meant to be a way back.
      matters: It asks whether alternative provision is a bridge or an end.
      none: Nothing is published.
      also: reintegration; PRU reintegration

    AT1 absence | School sessions missed | Absence
      of: school sessions
      top: sessions missed
      bottom: possible sessions
      is: share of amounts
      good: lower: A child who is not at school cannot learn there.
      matters: Absence is the first sign of many other things.
      from: Pupil absence in schools in England (DfE)
      lait: TotAbs
      table: Pupil attendance in schools (DfE), the year to date | EES_ytd_data:overall_absence_perc | all | seen
      note: The year to date comes from the registers of each day and is provisional; the yearly figure from the school census.
      break: 2019-09-01 schools were closed to most pupils in parts of two years
      break: 2021-09-01 schools were open again for the whole year
      with: AT2 Sessions missed, and who misses most.
      also: overall absence; attendance

    AT3 severe-absence | Pupils missing half of school | Severe absence
      of: pupils
      subject: Pupils who missed at least half of school
      top: pupils who missed 50% or more of sessions
      bottom: pupils enrolled
      is: share
      good: lower: They are on a roll and not in school.
      matters: A child who misses half may as well have no school.
      from: Pupil absence in schools in England (DfE)
      lait: TotSevPerAbNew
      break: 2019-09-01 schools were closed to most pupils in parts of two years
      break: 2021-09-01 schools were open again for the whole year
      also: severe absence; severely absent

    AT4 absence-with-a-plan | Sessions missed by pupils with an EHC plan | Absence with a plan
      of: school sessions
      top: sessions missed by pupils with an EHC plan
      bottom: possible sessions of those pupils
      is: share of amounts
      good: lower: A plan is worth nothing to a child who is away.
      matters: Often illness or a school that does not fit stands behind it.
      from: Pupil absence in schools in England (DfE)
      note: SEN support, free school meals and children looked after stand in the breakdown.
      none: DfE publishes it by council in a table that is not matched yet.
      also: absence EHCP; absence SEN; absence FSM; absence CLA
    """,
    when="school year",
    control="influence: schools decide; Education Act 2002, section 51A, and 1996, section 444",
    **{"from": "The council’s own exclusion and attendance records"},
)
