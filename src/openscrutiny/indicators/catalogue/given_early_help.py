"""Early help and early years, as councils, the NHS and publishers count them."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import EARLY_HELP

GIVEN: Final = read_given(
    EARLY_HELP,
    """
    EH6 open-early-help | Open early help and family help | Early help open
      of: early help episodes
      top: episodes of early help or family help open on the last day
      is: rate
      when: month end
      good: neither: A high number may be reach, or need.
      matters: These are the families helped before things become worse.
      from: The council’s own early help system
      none: No return of early help is statutory, and councils count families or children.
      also: early help caseload; family help caseload; open EHAs

    EH7 early-help-outcomes-met | Early help closed with its aims met | Early help aims met
      of: early help episodes
      top: episodes closed with the family’s aims met
      bottom: episodes closed
      is: share
      when: quarter
      good: higher: The family has what it set out to get.
      matters: It asks whether help helped, not whether it was given.
      from: The council’s own early help system
      none: None since the Supporting Families programme ended in March 2025.
      also: early help outcomes; positive closures; supporting families outcomes

    EH11 family-hub-reach | Children under 5 registered with a family hub | Family hub reach
      of: children under 5
      top: children under 5 in the area who are registered with a family hub
      bottom: children under 5 in the area
      is: share
      when: quarter
      good: higher: A family that is known can be offered help.
      matters: Hubs are where families with babies find help without a referral.
      from: The council’s own family hub system
      none: No return of family hubs is published for councils.
      also: children's centre registrations; reach; start for life

    EH12 funded-two-year-olds | Two-year-olds who take up funded places | Funded two-year-olds
      of: two-year-olds
      top: two-year-olds with some funded hours
      bottom: two-year-olds who may have them, or all, as published
      is: percentage
      when: school year
      good: higher: Early education helps most those who have least.
      matters: A place at two is a child’s first step in learning with others.
      from: Education provision: children under 5 (DfE)
      control: shared: Childcare Act 2006, section 7
      lait: %_2yr_olds
      note: Those entitled changed in 2024, when working families were added.
      also: two year old offer; 2 year old take-up; funded early education

    EH13 reviews-at-two-with-asq | Health reviews at two with ASQ-3 | Two-year reviews with ASQ-3
      of: health reviews at 2 to 2½ years
      top: reviews at which the ASQ-3 questionnaire was completed
      bottom: reviews at 2 to 2½ years received
      is: share
      when: financial year
      good: higher: The questionnaire finds delay that can still be made up.
      matters: Delay in speech or movement is found while help is quickest.
      from: Community services data set (NHS England)
      control: shared: the council commissions it; public health regulations 2013 (SI 2013/351)
      lait: HCP_PHOF
      also: ASQ; health visiting; two year review

    EH14 new-birth-visits | New birth visits within 14 days | New birth visits in time
      of: births
      top: births visited by a health visitor within 14 days
      bottom: births
      is: share
      when: quarter
      good: higher: The first weeks are when a parent most needs to be asked.
      matters: A visit finds a parent who is low or a baby who does not feed.
      from: Health visitor service delivery metrics (OHID)
      control: shared: the council commissions it; public health regulations 2013 (SI 2013/351)
      none: OHID publishes it; its table is not read yet.
      also: health visiting KPI; NBV
    """,
    when="month",
    control="shared: the council and its partners; Children Act 2004, section 10",
)
