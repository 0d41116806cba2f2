"""A census of 10,000 children with every block: file to record, beside a bare parse."""

import tempfile
from pathlib import Path

from bench.measuring import measure, peak_mb, report
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace

CHILDREN = 10_000
CHILD = """
    <Child>
      <ChildIdentifiers>
        <LAchildID>BENCH{n:07d}</LAchildID>
        <UPN>A{n:012d}</UPN>
        <FormerUPN>X98765432123B</FormerUPN>
        <PersonBirthDate>2012-03-24</PersonBirthDate>
        <Sex>F</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
        <Disabilities>
          <Disability>HAND</Disability>
          <Disability>HEAR</Disability>
        </Disabilities>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2025-04-06</CINreferralDate>
        <ReferralSource>1A</ReferralSource>
        <PrimaryNeedCode>N4</PrimaryNeedCode>
        <CINclosureDate>2026-02-27</CINclosureDate>
        <ReasonForClosure>RC3</ReasonForClosure>
        <DateOfInitialCPC>2025-05-20</DateOfInitialCPC>
        <Assessments>
          <AssessmentActualStartDate>2025-04-07</AssessmentActualStartDate>
          <AssessmentInternalReviewDate>2025-04-22</AssessmentInternalReviewDate>
          <AssessmentAuthorisationDate>2025-05-18</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>2A</AssessmentFactors>
            <AssessmentFactors>2B</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <CINPlanDates>
          <CINPlanStartDate>2025-05-24</CINPlanStartDate>
          <CINPlanEndDate>2025-06-01</CINPlanEndDate>
        </CINPlanDates>
        <Section47>
          <S47ActualStartDate>2025-06-02</S47ActualStartDate>
          <InitialCPCtarget>2025-06-23</InitialCPCtarget>
          <DateOfInitialCPC>2025-06-11</DateOfInitialCPC>
          <ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ReferralNFA>false</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>2025-06-11</CPPstartDate>
          <CPPendDate>2026-02-14</CPPendDate>
          <InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>1</NumberOfPreviousCPP>
          <Reviews>
            <CPPreviewDate>2025-09-05</CPPreviewDate>
            <CPPreviewDate>2025-12-15</CPPreviewDate>
          </Reviews>
        </ChildProtectionPlans>
        <PreProceedingsandFGDM>
          <PPStartDate>2025-10-01</PPStartDate>
          <LBPSentDate>2025-10-03</LBPSentDate>
          <FGDMMeetingOffer>1</FGDMMeetingOffer>
          <InitialPPMeetingDate>2025-10-20</InitialPPMeetingDate>
          <ReviewMeetingsCount>2</ReviewMeetingsCount>
        </PreProceedingsandFGDM>
      </CINdetails>
      <CINdetails>
        <CINreferralDate>2026-03-02</CINreferralDate>
        <ReferralSource>2A</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode>
        <Assessments>
          <AssessmentActualStartDate>2026-03-04</AssessmentActualStartDate>
          <AssessmentAuthorisationDate>2026-03-30</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>3A</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <ReferralNFA>false</ReferralNFA>
      </CINdetails>
    </Child>"""


def write(path: Path) -> None:
    """Write the census, about 34 MB."""
    head = (
        "<Message><Header><CollectionDetails><Collection>CIN</Collection>"
        "<Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>"
        "<Source><SourceLevel>L</SourceLevel><LEA>299</LEA></Source></Header><Children>"
    )
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for n in range(CHILDREN):
            file.write(CHILD.format(n=n))
        file.write("</Children></Message>")


def main() -> None:
    """Measure file to record, and the bare parse of the same file in the same run."""
    from lxml import etree

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cin.xml"
        write(path)
        count = iter(range(100))

        def load() -> int:
            place = Path(folder) / f"workspace{next(count)}"
            workspace = create_workspace(place, ("299",))
            [outcome] = load_paths(workspace, [path])
            assert outcome.status == "loaded", outcome.problems[:3]
            return outcome.rows_kept

        seconds, rows = measure(load)
        megabytes = path.stat().st_size / 1e6
        peak = peak_mb()  # before the bare parse, which holds the whole tree
        bare, _ = measure(lambda: etree.parse(str(path)))
        report(
            f"census, 10,000 children, {megabytes:.0f} MB",
            rows,
            seconds,
            5,
            f"{seconds / bare:.1f} times a bare parse of {bare:.2f} s (at most 10); "
            "at most 350 MB; the peer takes about two minutes",
            peak,
        )


if __name__ == "__main__":
    main()
