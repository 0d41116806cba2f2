"""Children looked after, care leavers, disabled children and youth justice."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import (
    CARE_LEAVERS,
    DISABLED_CHILDREN,
    LOOKED_AFTER,
    YOUTH_JUSTICE,
)

CARE: Final = read_given(
    LOOKED_AFTER,
    """
    LA3 children-ceasing-care | Children who left care | Children who left care
      of: children who left care
      top: children who ceased to be looked after, each at the last time in the year
      is: count
      when: financial year
      good: neither: Leaving is good where the child goes to a home that lasts.
      matters: How a child leaves care shapes what comes next.
      lait: LACceased
      with: LA2 Who came into care, and who left it.
      also: ceased; leaving care; CLA ceasing

    LA4 unaccompanied-share | Unaccompanied children, of all children | Unaccompanied children
      of: unaccompanied children
      top: unaccompanied asylum-seeking children looked after
      bottom: children aged 0 to 17 in the area
      is: percentage
      when: month end
      good: neither: It is a duty shared between councils.
      matters: They come without anybody, often after harm on the way.
      note: The National Transfer Scheme moves children above a share of 0.1%.
      control: shared: the National Transfer Scheme; Immigration Act 2016, section 69
      none: DfE publishes the number, and their share of children looked after.
      also: UASC; asylum seeking children; separated children

    LA6 long-term-stability | Long-term placements that last | Long-term stability
      of: children looked after
      top: of those, in the same placement for two years or more
      bottom: children under 16 looked after for 2½ years or more
      is: share
      when: financial year
      good: higher: A home that lasts is what care is for.
      matters: A child who stays can make friends, and trust somebody.
      lait: LAC_LongStable%
      with: LA5 Many moves, and homes that last.
      also: placement stability; long term stability

    LA7 placed-over-20-miles | Placed over 20 miles from home | Placed over 20 miles away
      of: children looked after
      top: children placed more than 20 miles from home
      bottom: children looked after on the last day
      is: share
      when: financial year
      good: lower: Far away, family, school and friends are lost.
      matters: Distance makes it hard to visit, and easy to be forgotten.
      note: DfE’s own table leaves out children inside the council’s boundary; so does this figure where it is the publisher’s.
      lait: LACDistance
      also: out of borough; distance; placements at a distance

    LA8 in-foster-care | Children looked after in foster care | In foster care
      of: children looked after
      top: children in foster placements
      bottom: children looked after on the last day
      is: share
      when: financial year
      good: neither: Most children do best in a family, some need another home.
      matters: Where a child lives is the largest thing that care decides.
      note: Residential and semi-independent homes stand in the breakdown.
      lait: LAC_Foster_Placements
      also: placement mix; foster care; residential; semi-independent

    LA10 visits-to-children-in-care | Visits to children in care in time | Visits in care in time
      of: visits to children looked after
      top: visits made in time
      bottom: visits due
      is: share
      when: month
      good: higher: The visit is where a child can say what is wrong.
      matters: Nobody else from outside may see the child that month.
      control: direct: Children Act 1989, section 23ZA
      none: DfE collects no visits; councils have intervals of their own beside the law’s.
      also: CLA visits; statutory visits

    LA11 seen-alone-in-care | Children in care seen alone | Seen alone
      of: visits to children looked after
      top: visits at which the child was seen alone
      bottom: visits due
      is: share
      when: month
      good: higher: A child speaks freely only alone.
      matters: What a child cannot say in front of a carer is said here.
      control: direct: Children Act 1989, section 23ZA
      none: DfE collects no visits.
      also: seen alone; wishes and feelings

    LA12 care-reviews-in-time | Reviews of children in care in time | Care reviews in time
      of: children looked after
      top: children all of whose reviews were in time
      bottom: children looked after who were due a review
      is: share
      when: 12 months
      good: higher: The review is where the plan is changed.
      matters: An independent person asks whether care works for this child.
      control: direct: Children Act 1989, section 26
      none: London councils exchange theirs; DfE publishes none.
      also: CLA reviews; LAC reviews; IRO

    LA13 taking-part-in-reviews | Children who took part in their review | Took part in their review
      of: reviews of children aged 4 or over
      top: reviews in which the child took part, in person or through others (PN1 to PN6)
      bottom: reviews of children aged 4 or over
      is: share
      when: 12 months
      good: higher: It is the child’s life that is decided.
      matters: A plan that a child helped to make is one that a child can follow.
      control: direct: Children Act 1989, section 26
      none: DfE collects it and publishes nothing for councils.
      also: participation; voice of the child

    LA14 health-assessment-requested | First health assessment asked for in 3 days | Health assessment requested
      of: children who started to be looked after
      top: children for whom the first health assessment was asked for within three working days
      bottom: children who started to be looked after
      is: share
      when: month
      good: higher: The doctor can only come when asked.
      matters: It is the part of the wait that the council itself makes.
      from: The council’s own case system
      with: LA15 Asked for in time, and done in time.
      none: It is a local clock; nothing is published.
      also: IHA requested; initial health assessment

    LA15 first-health-assessment | First health assessment within 20 working days | First health check in time
      of: children who started to be looked after
      top: children with a first health assessment within 20 working days
      bottom: children who started and were due one
      is: share
      when: month
      good: higher: Many come into care with needs that nobody has seen to.
      matters: It is the first time that a doctor looks at the whole child.
      from: The council and the integrated care board
      control: shared: the NHS does it, the council asks; regulations of 2010 (SI 2010/959), regulation 7
      none: It is not collected nationally.
      also: IHA; initial health assessment

    LA16 yearly-health-checks | Children in care with a yearly health check | Yearly health check
      of: children looked after
      top: children with an up-to-date health assessment
      bottom: children looked after for 12 months or more
      is: share
      when: financial year
      good: higher: What is found early can be treated.
      matters: Children in care have more to be seen to, and fewer who notice.
      lait: LACHealth%
      note: Teeth and immunisations stand in the breakdown.
      control: shared: the NHS does it, the council asks
      also: health assessments; dental checks; immunisations; OC2

    LA17 strengths-and-difficulties | Average strengths and difficulties score | Average SDQ score
      of: children looked after
      top: sum of scores
      bottom: children with a score, looked after for 12 months or more
      is: mean score
      when: financial year
      good: lower: A high score is a child who is struggling.
      matters: It is the one measure of how children in care feel.
      note: A score of 17 or more is of concern; 14 to 16 is borderline.
      lait: Emotional_LAC
      control: influence: what came before care weighs most
      also: SDQ; emotional health

    LA19 missing-from-care | Children who went missing from care | Missing from care
      of: children looked after
      top: children who went missing at least once
      bottom: children looked after at any time in the year
      is: share
      when: financial year
      good: neither: It counts what is reported, and good homes report more.
      matters: A missing child is a child in danger.
      lait: Children_missing
      note: Away without authorisation stands in the breakdown.
      control: shared: homes, the police and the council
      also: missing; missing episodes; absent; away from placement

    LA21 three-social-workers | Three or more social workers in a year | 3 or more social workers
      of: children looked after
      top: children with three or more social workers in 12 months
      bottom: children looked after on the last day
      is: share
      when: financial year
      good: lower: Each change is a story told again.
      matters: A child trusts a person, not a service.
      from: Children looked after and social work workforce (DfE)
      lait: Stability_SocialWorker
      also: social worker stability; changes of social worker

    LA22 adopted | Children adopted, of those who left care | Adopted, of leavers
      of: children who left care
      top: children who were adopted (E11, E12)
      bottom: children who left care, each at the last time in the year
      is: share
      when: financial year
      good: higher: An adopted child has a family for life.
      matters: For some children it is the only way to a family of their own.
      lait: %_of LAC Adopted
      control: shared: the courts decide; Adoption and Children Act 2002
      also: adoption; adopted share

    LA23 special-guardianship | Special guardianship, of those who left care | Special guardianship
      of: children who left care
      top: children who left care through a special guardianship order (E43, E44)
      bottom: children who left care, each at the last time in the year
      is: share
      when: financial year
      good: neither: It is right for some children and not for others.
      matters: It keeps a child in the wider family.
      lait: LAC_ceased_SGO%
      control: shared: the courts decide; Children Act 1989, section 14A
      note: Child arrangement orders stand in the breakdown.
      also: SGO; CAO; residence order

    LA24 months-to-match | Months from the decision to a match | Months to an adoptive match
      of: children adopted
      top: months from the placement order, or the decision, to the match
      bottom: children matched with adopters
      is: mean months
      when: financial year
      good: lower: A small child cannot wait.
      matters: Each month is a month of not belonging anywhere.
      control: shared: the courts, agencies and the council
      none: DfE’s adoption scorecards have it; their layout is not read yet.
      also: adoption timeliness; A2; scorecard

    LA25 foster-carers-gained | Foster carers gained, less those lost | Foster carers gained or lost
      of: fostering households
      top: households approved in the period, less those that left
      is: count
      when: quarter
      signed: yes
      good: higher: A home near by must exist before a child can have it.
      matters: Without carers of its own a council buys homes far away.
      from: The council’s own fostering records
      control: direct: Children Act 1989, section 22G
      note: It may be below 0. The share of children with the council’s own carers stands in the breakdown.
      none: Ofsted publishes households for agencies; its table is not read yet.
      also: in-house carers; foster carer recruitment; net carers

    LA26 convicted-in-care | Children in care convicted or cautioned | Convicted or cautioned
      of: children looked after
      top: children convicted or made subject to a youth caution
      bottom: children aged 10 or over looked after for 12 months or more
      is: share
      when: financial year
      good: lower: A conviction closes doors for life.
      matters: What a parent would settle at home is sometimes taken to court.
      lait: LAC_Convictions
      note: Substance misuse stands in the breakdown.
      control: shared: homes, the police and the council
      also: offending; substance misuse; criminalisation
    """,
    control="direct: Children Act 1989, section 22",
)

LEAVERS: Final = read_given(
    CARE_LEAVERS,
    """
    CL1 care-leavers-in-touch | Care leavers with whom the council is in touch | Care leavers in touch
      of: care leavers
      top: care leavers with whom the council is in touch
      bottom: care leavers aged 17 to 21
      is: share
      when: month end
      good: higher: Nobody can help those of whom nothing is known.
      matters: A parent would know where their child is.
      none: LAIT publishes the reverse, those not in touch, for ages 19 to 21.
      also: in touch; keeping in touch; not in touch

    CL2 care-leavers-17-and-18-in-learning-or-work | Care leavers of 17 and 18 in learning or work | Leavers 17-18 in learning
      of: care leavers
      top: care leavers of 17 and 18 in education, employment or training
      bottom: former relevant young people of 17 and 18
      is: share
      when: financial year
      good: higher: It is the start of a life of one’s own.
      matters: Falling out of learning at this age is hard to mend.
      none: DfE publishes it for councils in a table that is not matched yet.
      control: shared: colleges, employers and the council
      also: EET 17-18

    CL5 suitable-accommodation | Care leavers in suitable homes | Leavers in suitable homes
      of: care leavers
      top: care leavers of 19 to 21 in suitable accommodation
      bottom: care leavers of 19 to 21
      is: share
      when: financial year
      good: higher: Nothing else works without a safe home.
      matters: A care leaver has no family home to go back to.
      lait: CareLeaverAcc
      note: Ages 17 and 18 stand in the breakdown.
      control: shared: housing and the council
      also: suitable accommodation; housing; homeless care leavers

    CL6 staying-put | Care leavers who stay with their foster carer | Staying put
      of: care leavers
      top: young people of 19 and 20 who live with their former foster carers
      bottom: young people of 19 and 20 who were in foster care at 18
      is: share
      when: financial year
      good: higher: Few young people elsewhere leave home at 18.
      matters: They keep a family while they find their feet.
      control: direct: Children Act 1989, section 23CZA
      lait: StayingPut
      also: staying put; staying close

    CL7 pathway-plans | Care leavers with a current pathway plan | Current pathway plans
      of: care leavers
      top: young people with a pathway plan reviewed in the last six months
      bottom: young people entitled to a pathway plan
      is: share
      when: month end
      good: higher: A plan that is old is no plan.
      matters: It is the written promise of what the council will do.
      control: direct: Children Act 1989, section 23E
      none: No council publishes it in one layout.
      also: pathway plan; pathway planning

    CL8 personal-adviser-caseload | Young people for each personal adviser | Leavers for each adviser
      of: young people
      top: young people held by personal advisers
      bottom: personal advisers (FTE)
      is: ratio
      when: month end
      good: lower: Fewer each leaves more time for each.
      matters: The adviser may be the one adult who rings.
      from: The council’s own staff records
      none: Nothing is published.
      also: PA caseload; personal advisers
    """,
    control="direct: Children Act 1989, sections 23C and 24B",
)

DISABLED: Final = read_given(
    DISABLED_CHILDREN,
    """
    DS2 disability-team-vacancies | Vacant posts in the disabled children’s team | Disability team vacancies
      of: posts
      top: vacant posts (FTE)
      bottom: posts of the establishment (FTE)
      is: share of amounts
      when: month end
      good: lower: A vacant post is work that somebody else carries, or nobody.
      matters: Disabled children need somebody who stays and learns to know them.
      from: The council’s own staff records
      control: direct: the council as employer
      none: The workforce census has no teams.
      with: WF1 One team, and all of them.
      also: CWD vacancy; children with disabilities team

    DS5 moved-to-adult-care | Adult care assessed before 18 | Assessed before 18
      of: young people who turn 18
      top: young people whose adult assessment was done before 18
      bottom: young people who were due one
      is: share
      when: quarter
      good: higher: A birthday should not end the help.
      matters: Families call the year after 18 a cliff edge.
      from: The council’s own case systems
      control: direct: Care Act 2014, section 58
      none: Nothing is published.
      also: transitions; transition to adulthood; preparing for adulthood
    """,
    control="direct: Children Act 1989, section 17",
)

YOUTH: Final = read_given(
    YOUTH_JUSTICE,
    """
    YJ1 first-time-entrants | Children new to the justice system | New to youth justice
      of: children
      top: children of 10 to 17 who received a first caution or conviction, by where they live
      is: rate per 100,000 aged 10 to 17
      when: calendar year
      good: lower: A child kept out mostly stays out.
      matters: A first conviction follows a child for years.
      from: First time entrants (MoJ, from the Police National Computer)
      lait: FirstYJS
      also: FTE; first time entrants

    YJ2 cautioned-or-sentenced | Children cautioned or sentenced | Cautioned or sentenced
      of: children
      top: children of 10 to 17 who were cautioned or sentenced
      is: rate per 10,000 aged 10 to 17
      when: financial year
      good: lower: Fewer children harmed somebody, or were taken to court for it.
      matters: Behind each is also somebody who was harmed.
      from: Youth justice statistics (YJB)
      lait: YJS_Caution-Sentence10-17_YO
      also: youth cautions; sentenced

    YJ3 reoffending | Children who offend again within a year | Reoffending
      of: children
      top: children who offended again within 12 months
      bottom: children cautioned, convicted or released from custody
      is: share
      when: financial year
      good: lower: What was done did not help.
      matters: It asks whether the answer to the first offence worked.
      from: Proven reoffending statistics (MoJ)
      note: The last cohort is always two years old, since each is followed for a year.
      none: LAIT has it in two parts, ages 10 to 14 and 15 to 17, and none together.
      also: re-offending; reoffending; proven reoffending

    YJ4 custody | Children sentenced to custody | Custody
      of: custodial sentences
      top: custodial sentences of children of 10 to 17
      is: rate per 1,000 aged 10 to 17
      when: financial year
      good: lower: Custody is the last answer.
      matters: Few children come back from custody to a better life.
      from: Youth justice statistics (YJB)
      none: The Youth Justice Board publishes it; its table is not read yet.
      also: custody; custodial sentences; remand

    YJ5 orders-ended-in-learning | Orders ended with suitable education or work | Orders ended in learning
      of: orders that ended
      top: orders at whose end the child was in suitable education, training or work
      bottom: orders that ended
      is: share
      when: quarter
      good: higher: A child with something to do has something to lose.
      matters: It is what most often keeps a child from offending again.
      from: Youth justice key performance indicators (YJB)
      note: Suitable homes, special needs with a plan and ethnic disproportion stand in the breakdown.
      none: The Youth Justice Board’s indicators are not read yet.
      also: YJB KPI; suitable ETE; disproportionality
    """,
    control="shared: police, courts, health and the council; Crime and Disorder Act 1998, sections 38 and 39",
)
