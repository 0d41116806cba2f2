"""Write the borough's children in need censuses, one for each financial year."""

from datetime import date
from pathlib import Path

from openscrutiny.demo.careers import Assessment, Case, Enquiry, Plan
from openscrutiny.demo.days import loses_lines
from openscrutiny.demo.people import Person


def write_census(
    path: Path, cases: list[Case], year: int, authority: str
) -> tuple[int, int]:
    """Write the census of one year: every case open at any time in it, as known then.

    Gives how many referrals cannot be read, on purpose, and how many there are.
    """
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    by_child: dict[int, list[Case]] = {}
    for case in cases:
        if case.is_open_between(first, last):
            by_child.setdefault(case.person.number, []).append(case)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_header(year, authority))
        for number in sorted(by_child):
            own = by_child[number]
            file.write(_child(own[0].person, own, year, first, last))
        wrong = _wrong(by_child, year, first, last)
        file.write("".join(wrong))
        file.write("  </Children>\n</Message>\n")
    referrals = sum(len(own) for own in by_child.values())
    repeated = "".join(wrong).count("<CINdetails>")
    return len(wrong[1:]), referrals + repeated


def _wrong(
    by_child: dict[int, list[Case]], year: int, first: date, last: date
) -> list[str]:
    """Write records that are wrong on purpose: extra ones, so that truth is unharmed.

    The child given twice was referred in the year, so counting both would show.
    """
    twice = [own for own in by_child.values() if own[0].referred >= first]
    if not twice:
        return []
    own = twice[0]
    again = _child(own[0].person, own, year, first, last)
    impossible = f"""    <Child>
      <ChildIdentifiers>
        <LAchildID>ABWRONG{year}</LAchildID>
        <PersonBirthDate>{year - 9}-06-01</PersonBirthDate>
        {_sex("F", year)}
      </ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>{year}-02-30</CINreferralDate>
        <ReferralSource>6</ReferralSource>
        <ReferralNFA>0</ReferralNFA>
      </CINdetails>
    </Child>
"""
    return [again, impossible] if loses_lines(year) else [again]


def _header(year: int, authority: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection>
      <Year>{year}</Year>
      <ReferenceDate>{year}-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>{authority}</LEA>
      <SoftwareCode>Synthetic borough</SoftwareCode>
      <Release>1</Release>
      <SerialNo>001</SerialNo>
      <DateTime>{year}-06-01T12:00:00</DateTime>
    </Source>
  </Header>
  <Children>
"""


def _sex(sex: str, year: int) -> str:
    if year >= 2025:
        return f"<Sex>{sex}</Sex>"
    code = {"M": 1, "F": 2, "U": 0}[sex]
    return f"<GenderCurrent>{code}</GenderCurrent>"


def _child(
    person: Person, cases: list[Case], year: int, first: date, last: date
) -> str:
    unborn = person.born > last
    birth = "ExpectedPersonBirthDate" if unborn else "PersonBirthDate"
    school_age = not unborn and (last - person.born).days > 5 * 365
    identity = (
        f"<UPN>{person.upn}</UPN>" if school_age else "<UPNunknown>UN1</UPNunknown>"
    )
    disabilities = ""
    if person.disabilities is not None:
        inner = "".join(f"<Disability>{d}</Disability>" for d in person.disabilities)
        disabilities = f"\n        <Disabilities>{inner}</Disabilities>"
    details = "".join(_details(case, first, last) for case in cases)
    return f"""    <Child>
      <ChildIdentifiers>
        <LAchildID>{person.child_id}</LAchildID>
        {identity}
        <{birth}>{person.born}</{birth}>
        {_sex("U" if unborn else person.sex, year)}
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>{person.ethnicity}</Ethnicity>{disabilities}
      </ChildCharacteristics>
{details}    </Child>
"""


def _details(case: Case, first: date, last: date) -> str:
    closed = case.closed is not None and case.closed <= last
    parts = [
        "      <CINdetails>\n"
        f"        <CINreferralDate>{case.referred}</CINreferralDate>\n"
        f"        <ReferralSource>{case.source}</ReferralSource>\n"
    ]
    if not case.nfa:
        parts.append(f"        <PrimaryNeedCode>{case.need}</PrimaryNeedCode>\n")
    if closed:
        parts.append(
            f"        <CINclosureDate>{case.closed}</CINclosureDate>\n"
            f"        <ReasonForClosure>{case.closure}</ReasonForClosure>\n"
        )
    if case.other_conference is not None and first <= case.other_conference <= last:
        parts.append(
            f"        <DateOfInitialCPC>{case.other_conference}</DateOfInitialCPC>\n"
        )
    parts.extend(_assessment(a, last) for a in case.assessments if _in(a, first, last))
    if case.need_plan is not None and case.need_plan[0] <= last:
        start, end = case.need_plan
        ended = f"<CINPlanEndDate>{end}</CINPlanEndDate>" if end and end <= last else ""
        parts.append(
            f"        <CINPlanDates><CINPlanStartDate>{start}</CINPlanStartDate>"
            f"{ended}</CINPlanDates>\n"
        )
    parts.extend(_enquiry(e, last) for e in case.enquiries if _held(e, first, last))
    parts.append(f"        <ReferralNFA>{int(case.nfa)}</ReferralNFA>\n")
    parts.extend(
        _plan(p, last)
        for p in case.plans
        if p.start <= last and (p.end is None or p.end >= first)
    )
    parts.append("      </CINdetails>\n")
    return "".join(parts)


def _in(assessment: Assessment, first: date, last: date) -> bool:
    done = assessment.authorised
    return assessment.start <= last and (done is None or done >= first)


def _held(enquiry: Enquiry, first: date, last: date) -> bool:
    started = first <= enquiry.start <= last
    conferred = enquiry.conference is not None and first <= enquiry.conference <= last
    return started or conferred


def _assessment(one: Assessment, last: date) -> str:
    done = factors = ""
    if one.authorised is not None and one.authorised <= last:
        done = (
            "\n          <AssessmentAuthorisationDate>"
            f"{one.authorised}</AssessmentAuthorisationDate>"
        )
        inner = "".join(
            f"<AssessmentFactors>{f}</AssessmentFactors>" for f in one.factors
        )
        factors = (
            "\n          <FactorsIdentifiedAtAssessment>"
            f"{inner}</FactorsIdentifiedAtAssessment>"
        )
    return (
        "        <Assessments>\n"
        f"          <AssessmentActualStartDate>{one.start}</AssessmentActualStartDate>"
        f"{done}{factors}\n        </Assessments>\n"
    )


def _enquiry(one: Enquiry, last: date) -> str:
    held = ""
    if one.conference is not None and one.conference <= last:
        held = f"<DateOfInitialCPC>{one.conference}</DateOfInitialCPC>"
    needed = "false" if one.conference is not None else "true"
    return (
        "        <Section47>\n"
        f"          <S47ActualStartDate>{one.start}</S47ActualStartDate>{held}"
        f"<ICPCnotRequired>{needed}</ICPCnotRequired>\n        </Section47>\n"
    )


def _plan(one: Plan, last: date) -> str:
    end = f"<CPPendDate>{one.end}</CPPendDate>" if one.end and one.end <= last else ""
    earlier = (
        ""
        if one.earlier is None
        else f"<NumberOfPreviousCPP>{one.earlier}</NumberOfPreviousCPP>"
    )
    held = [review for review in one.reviews if review <= last]
    reviews = ""
    if held:
        inner = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in held)
        reviews = f"<Reviews>{inner}</Reviews>"
    return (
        "        <ChildProtectionPlans>\n"
        f"          <CPPstartDate>{one.start}</CPPstartDate>{end}\n"
        f"          <InitialCategoryOfAbuse>{one.category}</InitialCategoryOfAbuse>"
        f"<LatestCategoryOfAbuse>{one.category}</LatestCategoryOfAbuse>"
        f"{earlier}{reviews}\n        </ChildProtectionPlans>\n"
    )
