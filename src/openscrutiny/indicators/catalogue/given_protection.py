"""Child protection, until rows feed it."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import CHILD_PROTECTION

GIVEN: Final = read_given(
    CHILD_PROTECTION,
    """
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
