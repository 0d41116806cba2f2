"""Invented children in need censuses for tests, written as the return writes them."""

from pathlib import Path

HEADER = """<Message>
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection>
      <Year>{year}</Year>
      <ReferenceDate>{year}-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>{lea}</LEA>
      <SoftwareCode>Invented</SoftwareCode>
      <Release>1</Release>
      <SerialNo>001</SerialNo>
      <DateTime>{year}-05-23T11:14:05</DateTime>
    </Source>
  </Header>
  <Children>
"""
FOOTER = "  </Children>\n</Message>\n"


def child(
    key: str,
    details: str = "",
    *,
    sex: str = "<Sex>F</Sex>",
    born: str = "2015-06-01",
    disability: str = "NONE",
) -> str:
    """Write one Child element with the given CINdetails blocks."""
    return f"""    <Child>
      <ChildIdentifiers>
        <LAchildID>{key}</LAchildID>
        <UPNunknown>UN1</UPNunknown>
        <PersonBirthDate>{born}</PersonBirthDate>
        {sex}
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
        <Disabilities><Disability>{disability}</Disability></Disabilities>
      </ChildCharacteristics>
{details}    </Child>
"""


def details(
    referred: str, inside: str = "", *, nfa: str = "0", closed: str = ""
) -> str:
    """Write one CINdetails block."""
    closure = (
        f"<CINclosureDate>{closed}</CINclosureDate>"
        "<ReasonForClosure>RC7</ReasonForClosure>"
        if closed
        else ""
    )
    return f"""      <CINdetails>
        <CINreferralDate>{referred}</CINreferralDate>
        <ReferralSource>6</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode>
        {closure}
        {inside}
        <ReferralNFA>{nfa}</ReferralNFA>
      </CINdetails>
"""


def census(*children: str, year: int = 2025, lea: str = "299") -> str:
    """Write a whole census."""
    return HEADER.format(year=year, lea=lea) + "".join(children) + FOOTER


def write_census(
    path: Path, *children: str, year: int = 2025, lea: str = "299"
) -> Path:
    """Write a whole census to a file."""
    path.write_text(census(*children, year=year, lea=lea), encoding="utf-8")
    return path
