"""Figures and sentences that were wrong or misled: each shared case gives what is right.

The cases lie beside the samples, in `cases/figures`; each README says what the product
did, what is right, and whose word that is. A folder for which there is no check here
fails by its name. Where a README only tells of the demonstration, a small input shows
the same.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from openscrutiny.indicators.registry import find_indicator
from support.annex_a import annex_a, referral
from support.cases import Council, find_figure_cases
from support.forbidden import texts_of
from support.sen2_export import one_plan, write_export

CASES = find_figure_cases()
Check = Callable[[Council, Path], None]
CHECKS: dict[str, Check] = {}

# Of one period: numerator, denominator and status of our own total.
Right = tuple[str, str, str, float | None, float | None, str]
FINAL, NOT_AVAILABLE, PROVISIONAL = "final", "not_available", "provisional"


@pytest.mark.samples
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_gives_what_is_right(case: Path, council: Council) -> None:
    assert case.name in CHECKS, f"nothing here checks {case.name}: read its README"
    CHECKS[case.name](council, case / "in")


def test_every_check_has_its_case_or_it_is_said() -> None:
    if not CASES:
        pytest.skip("OPENSCRUTINY_SAMPLES is not set, so the shared cases are missing")
    assert set(CHECKS) == {case.name for case in CASES}


def checks(name: str) -> Callable[[Check], Check]:
    """Register the check of one folder."""

    def keep(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return keep


def hold(council: Council, *right: Right) -> None:
    wrong = []
    for code, kind, end, *wanted in right:
        row = council.figure(code, kind, end)
        given = [row["numerator"], row["denominator"], row["status"]]
        if given != wanted:
            wrong.append(f"{code} {kind} {end} is {given}, not {wanted}")
    assert not wrong, "\n".join(wrong)


# ---------------------------------------------------------------- looking back


@checks("02-fd2-first-census")
def _first_census(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-06-30", "FD2")

    year = ("FD2", "financial_year", "2025-03-31")
    hold(
        council,
        (*year, None, None, NOT_AVAILABLE),
        ("FD2", "month", "2024-04-30", None, None, NOT_AVAILABLE),
        ("FD2", "month", "2025-03-31", None, None, NOT_AVAILABLE),
    )
    for audience in ("officers", "members"):
        story = council.story("FD2", audience)
        assert story.number.value is None
        lacking = "1 April 2023 to 31 March 2024 is not loaded"
        assert lacking in story.number.why, story.number.why
        assert story.change is None and story.worth == ""


@checks("14-fd2-one-referral-with-two-dates")
def _two_dates(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2026-12-31", "FD1", "FD2")

    hold(
        council,
        ("FD1", "month", "2026-03-31", 1, None, FINAL),
        ("FD1", "month", "2026-04-30", 0, None, PROVISIONAL),
    )
    april = council.figure("FD2", "month", "2026-04-30")
    assert april["numerator"] in (0, None)


@checks("27-re-referral-truth-differs-from-the-product")
def _extract_alone(council: Council, _: Path) -> None:
    """List 3 holds no referral before its six months, so that nothing is known of them.

    Where the list itself counts the referrals of the last 12 months, that decides.
    """
    rows = [referral("AB1", date(2026, 5, 4)), referral("AB2", date(2026, 7, 1))]
    file = council.folder.parent / "a.xlsx"
    file.write_bytes(annex_a({3: rows}).data)
    council.load(file, as_at="2026-09-30")
    council.build("2026-09-30", "FD1", "FD2")

    for end in ("2026-05-31", "2026-07-31"):
        hold(
            council,
            ("FD1", "month", end, 1, None, PROVISIONAL),
            ("FD2", "month", end, None, None, NOT_AVAILABLE),
        )

    counted = [
        {**row, "Number of Referrals in Last 12 Months": many}
        for row, many in zip(rows, (1, 0), strict=True)
    ]
    file.write_bytes(annex_a({3: counted}).data)
    council.load(file, as_at="2026-09-30")
    council.build("2026-09-30", "FD2")

    hold(
        council,
        ("FD2", "month", "2026-05-31", 1, 1, PROVISIONAL),
        ("FD2", "month", "2026-07-31", 0, 1, PROVISIONAL),
    )


# ---------------------------------------------------------------- plans and SEND


@checks("03-sn11-meeting-held-decision-not-written")
def _meeting_decides(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-06-30", "SN11")
    hold(council, ("SN11", "calendar_year", "2024-12-31", 0, 1, FINAL))


@checks("05-sn4-historical-plan-in-the-denominator")
def _historical(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-06-30", "SN4")
    hold(council, ("SN4", "calendar_year", "2024-12-31", 1, 1, FINAL))


@checks("06-sn4-issued-in-time-amended-later")
def _amended_later(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-06-30", "SN4")
    hold(council, ("SN4", "calendar_year", "2024-12-31", 1, 1, FINAL))


PLACE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,new_la_code,old_la_code,la_name"
)
OURS = "Local authority,E92000001,England,E12000007,London,E09000008,306,Croydon"
ALL = "All requests for EHC needs assessments"


def _requests(many: int, year: int) -> list[dict[str, list[dict[str, object]]]]:
    """Give a calendar year's requests, one child each, spread over its days."""
    first = date(year, 1, 1)
    days = [first + timedelta(number * 364 // many) for number in range(many)]
    return [
        one_plan(number, request={"receiveddate": day, "requestoutcome": "N"})
        for number, day in enumerate(days, start=1)
    ]


@checks("25-requests-of-our-own-return-not-used")
def _own_requests(council: Council, _: Path) -> None:
    place = council.folder.parent
    header = PLACE + ",breakdown_topic,breakdown,requests_received_in_year"
    table = [f"{year},Calendar year,{OURS},{ALL},{ALL},{n}" for year, n in
             ((2024, 982), (2025, 1193))]  # fmt: skip
    (place / "requests.csv").write_text("\n".join([header, *table]) + "\n")
    for year, many in ((2024, 1083), (2025, 1159)):
        days = {"year": year + 1, "referencedate": f"{year + 1}-01-15"}
        folder = write_export(place / str(year), *_requests(many, year), header=days)
        council.load(folder)
    council.load(place / "requests.csv")
    said = council.build("2026-06-30", "SN2")

    hold(
        council,
        ("SN2", "calendar_year", "2024-12-31", 1083, None, FINAL),
        ("SN2", "calendar_year", "2025-12-31", 1159, None, FINAL),
    )
    apart = "The publisher has 1,193 for 2025, and our own return gives 1,159"
    assert apart in council.figure("SN2", "calendar_year", "2025-12-31")["held"]
    assert "SN2" in said
    waiting = texts_of(council.story("SN2"))
    assert "were 1,193 in 2025" in waiting and "larger than" not in waiting
    assert "Our own figure was 1,159 in 2025, and is not judged." in waiting

    confirm = ["confirm", "--indicator", "SN2", "--by", "Ann Example", "--why", "Seen"]
    for end in ("2024-12-31", "2025-12-31"):
        council.run(*confirm, "--period", end)
    council.build("2026-06-30", "SN2")
    accepted = council.story("SN2")
    assert "1,159 in 2025, up from 1,083" in texts_of(accepted)
    assert "larger than" not in texts_of(accepted) and accepted.worth == ""


# ---------------------------------------------------------------- looked after


@checks("07-la5-moves-with-the-same-carer")
def _same_carer(council: Council, files: Path) -> None:
    """The publisher excepts adoption by the carers alone (LAIT, LACStable_2016on)."""
    council.load(files)
    council.build("2025-06-30", "LA5")
    hold(council, ("LA5", "financial_year", "2025-03-31", 1, 1, FINAL))
    told = find_indicator("LA5").paragraph
    assert "a new one with the same carer (RNE T, U) too" in told
    assert "nor placement for adoption with the present foster carers (A3, A5)" in told


@checks("08-la1-child-lost-after-a-one-day-placement")
def _one_day(council: Council, files: Path) -> None:
    said = council.load(files)
    council.build("2025-06-30", "LA1", "LA5")
    assert "rule 355" in said
    ends = ("2024-05-31", "2024-06-30", "2025-03-31")
    hold(council, *(("LA1", "month", end, 2, None, FINAL) for end in ends))
    hold(
        council,
        ("LA1", "financial_year", "2025-03-31", 2, None, FINAL),
        ("LA5", "financial_year", "2025-03-31", 0, 2, FINAL),
    )


@checks("17-la1-looked-after-at-eighteen")
def _eighteen(council: Council, files: Path) -> None:
    said = council.load(files)
    council.build("2026-12-31", "LA1")
    assert "Nobody is looked after from the 18th birthday on" in said
    hold(
        council,
        ("LA1", "month", "2026-05-31", 1, None, PROVISIONAL),
        ("LA1", "month", "2026-06-30", 0, None, PROVISIONAL),
        ("LA1", "month", "2026-07-31", 0, None, PROVISIONAL),
    )


# ---------------------------------------------------------------- one fact, one key


@checks("09-cn1-second-referral-of-the-day-lost")
def _two_of_a_day(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-06-30", "FD1", "FD3", "CN1", "CP5")
    hold(
        council,
        ("FD1", "month", "2024-04-30", 2, None, FINAL),
        ("FD3", "month", "2024-04-30", 1, 2, FINAL),
        ("CN1", "month", "2024-04-30", 1, None, FINAL),
        ("CP5", "month", "2024-04-30", 1, None, FINAL),
    )


@checks("10-cp3-one-conference-counted-twice")
def _one_conference(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-06-30", "CP1", "CP3")
    hold(
        council,
        ("CP3", "month", "2024-09-30", 1, 1, FINAL),
        ("CP1", "month", "2024-09-30", 2, None, FINAL),
    )
    assert "the latest enquiry that had begun" in find_indicator("CP3").paragraph


@checks("11-as2-long-open-case-said-not-known")
def _long_open(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-06-30", "AS2")
    hold(
        council,
        ("AS2", "financial_year", "2025-03-31", 100, 112, FINAL),
        ("AS2", "month", "2024-08-31", 0, 12, FINAL),
    )
    for audience in ("officers", "members"):
        assert "not known" not in texts_of(council.story("AS2", audience))


@checks("16-cp10-plan-that-ended-before-it-began")
def _ended_before(council: Council, files: Path) -> None:
    said = council.load(files)
    council.build("2025-06-30", "CP5", "CP7", "CP10")
    assert "CPPendDate lies before CPPstartDate" in said
    for code in ("CP5", "CP7", "CP10"):
        row = council.figure(code, "month", "2024-05-31")
        assert not row["numerator"] and not row["denominator"], row


@checks("18-cp5-plan-reopened-in-annex-a")
def _reopened(council: Council, files: Path) -> None:
    said = council.load(files)
    council.build("2026-12-31", "CP5", "CP10")
    assert "says something else" in said
    hold(
        council,
        ("CP5", "month", "2026-09-30", 1, None, PROVISIONAL),
        ("CP10", "month", "2026-06-30", 0, 0, NOT_AVAILABLE),
    )
    assert (
        "stands more than once" in council.figure("CP5", "month", "2026-09-30")["held"]
    )


# ---------------------------------------------------------------- sentences


@checks("19-age-of-a-figure-in-a-later-paper")
def _age(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-04-15", "FD1", "FD3", "CP5")
    council.run("meeting", "add", "--date", "2025-12-08", "--title", "Scrutiny")
    lines = council.paper("--meeting", "1")

    aged = [line for line in lines if line.startswith("12 months to March 2025, ")]
    assert aged and {line.rstrip(".") for line in aged} == {
        "12 months to March 2025, 8 months old"
    }
    assert not [line for line in lines if "under a month old" in line]


@checks("20-months-running-of-overlapping-windows")
def _months_running(council: Council, files: Path) -> None:
    council.load(files / "cin_2024.xml", files / "cin_2025.xml")
    (council.folder / "adoption.csv").write_bytes((files / "adoption.csv").read_bytes())
    council.build("2025-03-31", "CP3")
    lines = council.paper()

    # The windows to February 2024 and before lie, in part or whole, before the target.
    told = "The 12-month figure has been amber at each of the last 13 month ends, at least."
    assert [line for line in lines if told in line]
    assert not [line for line in lines if "months running" in line]


@checks("23-turnover-of-a-year-dated-to-a-day")
def _turnover(council: Council, files: Path) -> None:
    council.load(files)
    council.build("2025-12-01")
    lines = council.paper()

    told = [line for line in lines if line.startswith("Social worker turnover was ")]
    assert told
    for line in told:
        assert "12.9% in the year to 30 September 2025, down from 15.4%" in line
        assert "on 30 September" not in line and "trend" not in line
    # Leavers are not among those in post, so that no limits of a share hold.
    assert not find_indicator("WF2").is_share
