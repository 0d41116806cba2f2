"""Child protection, until rows feed it."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import CHILD_PROTECTION

GIVEN: Final = read_given(
    CHILD_PROTECTION,
    """
    CP6 protection-plans-started | Child protection plans started | Plans started
      of: plans that began
      top: child protection plans that began in the period
      is: rate
      when: financial year
      good: neither: Neither more nor fewer plans is good in itself.
      matters: Each is a child judged to be at risk of significant harm.
      lait: CPP_Abuse_Rate
      also: CPPs starting; new CP plans

    CP8 repeat-plans-within-24-months | Plans within 24 months of an earlier one | Repeat plans in 24 months
      of: plans that began
      top: plans that began within 24 months of the end of the child’s last plan
      bottom: plans that began
      is: share
      good: lower: The harm that ended the last plan has come back.
      matters: A child thought to be safe was not.
      with: CP7 Ever before, and within two years.
      none: DfE publishes plans that had an earlier one at any time (CP7).
      also: repeat plans; second or subsequent within two years

    CP8a repeat-plans-same-category | Repeat plans for the same category of abuse | Repeat plans, same category
      of: repeat plans
      top: repeat plans whose category of abuse is that of the plan before
      bottom: plans of children who had one before
      is: share
      good: lower: The same harm has come back.
      matters: It tells an old harm that was not put right from a new one.
      none: Nothing is published by the category of both plans.
      also: repeat category

    CP11 plans-with-a-midway-review | Long plans whose midway review was done | Long plans reviewed midway
      of: plans past nine months
      top: plans past 9, 12, 15 or 18 months whose midway review was done
      bottom: plans past those months
      is: share
      when: month end
      good: higher: Somebody has asked why the plan still goes on.
      matters: A plan without an end keeps a child in between.
      none: It is a local safeguard; nothing is published.
      also: midway review; long plans; plans over 9 months

    CP12 protection-reviews-in-time | Child protection plans reviewed in time | Plans reviewed in time
      of: plans open three months or more
      top: plans whose every review was in time: within 3 months, then within 6
      bottom: plans open three months or more on the last day
      is: share
      when: financial year
      good: higher: A late review is a child’s safety not looked at.
      matters: The review decides whether the child is safer.
      lait: RevCP
      also: CP reviews; review conferences; RCPC timeliness

    CP13 protection-visits-in-time | Visits to children on a plan in time | Protection visits in time
      of: visits to children on a plan
      top: visits made within the council’s own interval
      bottom: visits due
      is: share
      when: month
      good: higher: A child on a plan who is not seen is not protected.
      matters: Only a visit, alone with the child, shows how they are.
      note: The interval is each council’s own: ten, fifteen or twenty working days.
      note: In person and by video stand in the breakdown where they are told apart.
      none: The interval is each council’s own.
      also: CP visits; statutory visits; visits by mode; virtual visits

    CP17 reports-on-returns-to-a-plan | Returns to a plan reported to the director | Returns reported to director
      of: children who returned to a plan
      top: returns to a plan on which a report went to the director
      bottom: returns to a plan
      is: share
      when: quarter
      good: higher: Somebody senior has asked why.
      matters: A return is looked at one child at a time.
      from: The council’s own case system
      none: It is a local safeguard; nothing is published.
      also: director's report; return to CP

    CP18 pre-proceedings-open | Families in pre-proceedings | Pre-proceedings open
      of: families
      top: families in pre-proceedings (PLO) on the last day
      is: count
      when: month end
      good: neither: Few may be good work, or families sent to court too soon.
      matters: It is the last chance to change before a court is asked.
      from: The council’s own case system
      none: The Public Law Outline has no return that is published for councils.
      also: PLO; pre-proceedings; letters before proceedings

    CP19 care-applications | Care applications to the court | Care applications
      of: care applications
      top: care applications made by the council
      is: rate
      when: financial year
      good: neither: Too many and too few both leave children unsafe.
      matters: It is the state asking to take over from parents.
      from: Cafcass, care applications
      lait: CareApplications
      also: Cafcass; care proceedings; section 31

    CP20 proceedings-in-26-weeks | Care proceedings ended within 26 weeks | Proceedings in 26 weeks
      of: care proceedings
      top: care proceedings that ended within 26 weeks
      bottom: care proceedings that ended
      is: share
      when: quarter
      good: higher: A child cannot settle while a court decides.
      matters: Half a year is a long part of a small child’s life.
      from: Family court statistics (MoJ)
      control: shared: the courts and the council; Children Act 1989, section 32
      none: The Ministry of Justice publishes it by court; its table is not read yet.
      also: 26 weeks; court timeliness
    """,
    when="12 months",
    control="direct: Children Act 1989, section 47; Working Together to Safeguard Children",
)
