"""The workforce and the quality of practice, as councils count them."""

from typing import Final

from openscrutiny.indicators.given import read_given
from openscrutiny.indicators.themes import WORKFORCE

GIVEN: Final = read_given(
    WORKFORCE,
    """
    WF5 vacancies-covered | Vacant posts covered by agency workers | Vacancies covered
      of: vacant posts
      top: agency workers who cover vacant posts (FTE)
      bottom: vacant posts (FTE)
      is: percentage
      when: day
      good: higher: A covered post is a child who has somebody.
      matters: It tells how many vacancies children notice.
      from: Children’s social work workforce (DfE)
      lait: Vacancies_cover
      with: WF1 Vacant posts, and those that agency workers cover.
      also: agency cover

    WF7 social-worker-sickness | Days lost to sickness | Sickness
      of: working days
      top: working days missed through sickness
      bottom: working days of social workers in post (FTE × 253, or 254 in a leap year)
      is: share of amounts
      when: day
      good: lower: Somebody else carries the work, or nobody.
      matters: A worker who is ill is a child who is not visited.
      from: Children’s social work workforce (DfE)
      lait: Work_Force_SWAbsence
      also: sickness absence; social worker absence

    WF9 retention-payments | Spend on retention payments | Retention payments
      of: payments
      top: pounds paid to keep social workers
      is: pounds
      when: quarter
      good: neither: Money spent to keep people is well spent if they stay.
      matters: Reducing the payment is a decision that Members make.
      note: It is given in pounds; the share of workers who receive it stands in the breakdown.
      none: It is each council’s own scheme.
      also: retention fee; golden hello; market supplement

    WF10 time-to-hire | Days from advert to start | Days to hire
      of: appointments
      top: days from the advert to the first day at work
      is: median days
      when: quarter
      good: lower: An empty post is filled by others meanwhile.
      matters: Good people take the first offer.
      none: Nothing is published.
      also: time to hire; recruitment

    WF11 supervision-in-time | Supervision held in time | Supervision in time
      of: supervisions
      top: supervisions held in time
      bottom: supervisions due
      is: share
      when: month
      good: higher: It is where hard decisions are thought through.
      matters: A worker who is supported sees more, and stays.
      none: Nothing is published.
      also: supervision

    WF13 wellbeing-of-staff | Staff who answer favourably on wellbeing | Staff wellbeing
      of: answers
      top: favourable answers
      bottom: answers
      is: survey
      when: term
      good: higher: People who are well do better work.
      matters: Morale is seen here before it is seen in leavers.
      note: Say how many were asked: an answer of few is an answer of those who answer.
      none: The employer standards health check is not published for councils.
      also: morale; pulse survey; health check

    WF14 stress-share-of-absence | Absence that is stress or mental ill health | Stress share of absence
      of: days lost
      top: days lost that are coded as stress or mental ill health
      bottom: days lost to sickness
      is: share of amounts
      when: quarter
      good: lower: Work should not make people ill.
      matters: It says what sickness is made of.
      with: WF7 How many days, and how many of them through stress.
      none: Nothing is published.
      also: stress; mental health absence

    WF15 left-for-caseload-or-stress | Leavers who name workload as the reason | Left for workload
      of: leavers
      top: leavers whose coded reason is workload or stress
      bottom: leavers who gave a reason
      is: share
      when: financial year
      good: neither: It describes those who answered an exit survey.
      matters: It says what could be changed so that people stay.
      note: The other reasons stand in the breakdown.
      none: DfE publishes reasons nationally alone.
      also: reasons for leaving; exit survey

    WF16 newly-qualified-share | Social workers in their first year | Newly qualified share
      of: social workers
      top: social workers in their assessed and supported year (FTE)
      bottom: social workers (FTE)
      is: share of amounts
      when: month end
      good: neither: New people are needed, and need time from others.
      matters: Too many at once leave children with those who know least.
      none: DfE publishes it nationally alone.
      also: ASYE; newly qualified; NQSW

    WF17 over-the-cap | Social workers over the local cap | Over the caseload cap
      of: social workers who hold cases
      top: social workers with more cases than the council’s own cap
      bottom: social workers who hold cases
      is: share
      when: month end
      good: lower: The average hides those who carry most.
      matters: A child of an overloaded worker is seen less.
      note: The cap is each council’s own.
      with: WF6 The average, and those above the cap.
      none: The cap is each council’s own.
      also: caseload cap; over caseload

    WF18 unallocated | Children without a named worker | Unallocated children
      of: children
      top: children with an open case and no named worker
      is: count
      when: month end
      good: lower: Nobody is looking.
      matters: Each is a child for whom nobody is responsible today.
      from: The council’s own case system
      none: Nothing is published.
      also: unallocated; allocation

    WF19 audits-done | Case audits done, of those planned | Audits done
      of: audits
      top: audits done
      bottom: audits planned
      is: share
      when: month
      good: higher: What is not looked at is not known.
      matters: Numbers say how often; audits say how well.
      from: The council’s quality assurance
      none: It is a local programme.
      also: case audits; quality assurance

    WF20 audits-good | Audits that find good practice | Audits found good
      of: audits
      top: moderated audits that found practice good or better
      bottom: moderated audits
      is: share
      when: month
      good: higher: It is the nearest there is to quality.
      matters: It asks whether the work was good for the child.
      from: The council’s quality assurance
      note: Say who moderated: councils mark themselves.
      none: Each council marks itself.
      also: audit grades; good or outstanding audits
    """,
    control="direct: the council as employer",
    **{"from": "The council’s own staff records"},
)
