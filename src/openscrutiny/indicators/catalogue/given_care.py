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

    """,
    control="direct: Children Act 1989, section 22",
)

LEAVERS: Final = read_given(
    CARE_LEAVERS,
    """
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
      note: DfE’s interactive tool has it for the ages of 10 to 14 (YJ3a) and 15 to 17 (YJ3b).
      none: LAIT has it in two parts, ages 10 to 14 and 15 to 17, and none together.
      also: re-offending; reoffending; proven reoffending

    YJ3a reoffending-10-to-14 | Children of 10 to 14 who offend again within a year | Reoffending, 10 to 14
      of: children
      top: children of 10 to 14 who offended again within 12 months
      bottom: children of 10 to 14 cautioned, convicted or released from custody
      is: share
      when: financial year
      good: neither: Few children are in it in most councils, and no numbers are published: it moves by chance.
      matters: It asks whether the answer to the first offence worked.
      from: Proven reoffending statistics (MoJ)
      note: The last cohort is always two years old. Few children are in it in most councils, so that it moves much from year to year.
      lait: ReoffYO
      also: re-offending; reoffending

    YJ3b reoffending-15-to-17 | Children of 15 to 17 who offend again within a year | Reoffending, 15 to 17
      of: children
      top: children of 15 to 17 who offended again within 12 months
      bottom: children of 15 to 17 cautioned, convicted or released from custody
      is: share
      when: financial year
      good: lower: What was done did not help.
      matters: It asks whether the answer to the first offence worked.
      from: Proven reoffending statistics (MoJ)
      note: The last cohort is always two years old, since each is followed for a year.
      lait: ReoffYO15-17
      also: re-offending; reoffending

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
