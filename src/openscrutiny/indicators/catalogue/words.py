"""Why figures matter and how far the council decides them, where their modules say neither.

An indicator that took the place of a given definition has that one's words (registry.py).
"""

from typing import Final

from openscrutiny.indicators.given import read_words

WORDS: Final = read_words(
    """
    EH4
      matters: It is where help begins before anybody has been harmed.
      control: shared: the council and its partners; Children Act 2004, section 10
      also: EHA; early help assessments; family help plans

    FD1
      matters: It is how many children somebody is worried about.
      control: influence: others refer; Children Act 1989, section 17
      also: referrals; demand

    FD2
      matters: A child came back: what was wrong was not put right, or came back.
      control: shared: Children Act 1989, section 17
      also: re-referral; repeat referrals; referrals within 12 months

    FD3
      matters: A worry was heard and nothing followed.
      control: direct: Children Act 1989, section 17
      also: NFA; no further action

    FD4a
      matters: Schools see most children most days.
      control: influence: others refer
      also: referrals from schools

    FD4b
      matters: Health services see children whom nobody else does.
      control: influence: others refer
      also: referrals from health

    AS1
      matters: Each is a family that was asked about in depth.
      control: direct: Children Act 1989, section 17
      also: single assessments; C&F assessments

    AS2
      matters: A family in the middle of an assessment waits.
      control: direct: Working Together to Safeguard Children
      also: 45 days; assessment timeliness

    AS2a
      matters: A family in the middle of an assessment waits.
      control: direct: Working Together to Safeguard Children
      also: 45 days from the start

    CN1
      matters: It is how many children need more than other children do.
      control: influence: need comes first; Children Act 1989, section 17
      also: CIN; children in need

    CP1
      matters: Somebody feared that a child was being harmed.
      control: direct: Children Act 1989, section 47
      also: section 47; s47 enquiries

    CP3
      matters: The family and those who know the child decide together, and soon.
      control: direct: Working Together to Safeguard Children
      also: ICPC; initial conferences; 15 days

    CP5
      matters: Each is a child judged to be at risk of significant harm.
      control: direct: Children Act 1989, section 47
      also: CPP; children on a plan; child protection register

    CP7
      matters: A child thought to be safe was not.
      control: direct: Working Together to Safeguard Children
      also: second or subsequent plan; repeat plans

    CP9
      matters: Two years on a plan is a long time to be unsafe.
      control: direct: Working Together to Safeguard Children
      also: plans over 2 years

    CP10
      matters: Two years on a plan is a long time to be unsafe.
      control: direct: Working Together to Safeguard Children
      also: plans ended over 2 years

    LA1
      matters: It is how many children the council is a parent to.
      control: shared: the courts and the council; Children Act 1989, sections 20 and 31
      also: CLA; LAC; looked after children; children in care

    LA2
      matters: Coming into care is the largest change in a child’s life.
      control: shared: the courts and the council; Children Act 1989, sections 20 and 31
      also: entering care; starts

    LA5
      matters: Each move costs a school, friends and trust.
      control: direct: Children Act 1989, section 22
      also: 3 or more placements; placement moves

    CL3
      matters: It is the start of a life of one’s own.
      control: shared: colleges, employers and the council; Children Act 1989, section 23C
      also: EET 19-21; care leavers in work

    CL4
      matters: They have fewer people to fall back on than others.
      control: shared: colleges, employers and the council; Children Act 1989, section 23C
      also: NEET 19-21; care leavers NEET

    WF1
      matters: A vacant post is a child whose worker is somebody else’s, or nobody.
      control: direct: the council as employer
      also: vacancy rate; vacancies

    WF2
      matters: Each who leaves is a story that families tell again.
      control: direct: the council as employer
      also: turnover; leavers

    WF3
      matters: Agency workers go sooner, and cost more.
      control: direct: the council as employer
      also: agency rate; agency staff; locums

    WF6
      matters: Time for each child is what caseloads are about.
      control: direct: the council as employer
      also: average caseload; caseloads

    SN1
      matters: It is how many children need more than a school gives by itself.
      control: direct: Children and Families Act 2014, section 37
      also: EHCPs; EHC plans

    SN2
      matters: Each is a family that says: my child needs more.
      control: influence: families and schools ask; Children and Families Act 2014, section 36
      also: requests for assessment

    SN4
      matters: Twenty weeks is half a school year.
      control: direct: SEND Regulations 2014, regulation 13
      also: 20 weeks; EHCP timeliness; plans issued in time

    SN11
      matters: A plan that nobody looks at is a plan of another child.
      control: direct: Children and Families Act 2014, section 44
      also: annual review backlog; SEN reviews; reviews overdue

    EX1
      matters: The child loses a school, and often much more.
      control: influence: head teachers decide; Education Act 2002, section 51A
      also: PEx; permanent exclusion rate

    EX3
      matters: A suspended child is at home, and often alone.
      control: influence: head teachers decide; Education Act 2002, section 51A
      also: suspension rate; fixed term exclusions

    AT2
      matters: A day a fortnight away is a tenth of childhood’s learning.
      control: influence: schools, parents and the council; Education Act 1996, section 444
      also: persistent absence; PA

    NE1
      matters: These young people are without learning, or nobody knows.
      control: shared: Education and Skills Act 2008, sections 10 and 12
      also: NEET and not known; NEET

    NE2
      matters: Learning and work are how a life of one’s own begins.
      control: shared: Education and Skills Act 2008, sections 10 and 12
      also: NEET 16-17

    AN4
      matters: It is what pupils take with them from school.
      control: influence: schools decide; Education Act 1996, section 13A
      also: A8; Attainment 8; GCSE
    """
)
