"""Ofsted's list of schools: counted by authority, and nothing of one school kept."""

from datetime import date
from pathlib import Path

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.published.schools import SchoolsReader
from openscrutiny.returns.reading import LoadRequest, Reading
from support.invented_returns import MemoryFile, check_contract

NAME = "invented_schools_as_at_31_Jan_2026.csv"
TEXT = (Path(__file__).parents[1] / "data" / "published" / NAME).read_text("utf-8")


def read(
    text: str, name: str = NAME, as_at: date | None = None
) -> Reading | RefusedFile:
    file = MemoryFile(name, text.encode())
    assert SchoolsReader().recognise(file) == ""
    request = LoadRequest(as_at=as_at)
    ((_, outcome),) = SchoolsReader().read([("", file)], request)
    return outcome


def values(outcome: Reading | RefusedFile) -> dict[tuple[str, str], float]:
    assert isinstance(outcome, Reading)
    check_contract(outcome)
    rows = outcome.tables["published"]
    assert rows["time_identifier"].unique().to_list() == ["Day"]
    return {
        (measure.removeprefix("ofsted_schools:"), area): value
        for measure, area, value in rows.select(
            "measure", "area_code", "value"
        ).iter_rows()
    }


def test_each_phase_is_counted_of_those_that_have_a_judgement() -> None:
    found = values(outcome := read(TEXT))

    assert (found["primary", "306"], found["primary_judged", "306"]) == (1, 2)
    both = "secondary_and_special"
    assert (found[both, "306"], found[f"{both}_judged", "306"]) == (1, 2)
    assert (found["pru", "306"], found["pru_judged", "306"]) == (1, 1)
    assert ("primary", "319") not in found  # 9 is no judgement
    # 400 and 900 and 50, of those and 1,000: a school without its pupils is left out.
    assert (found["pupils", "306"], found["pupils_judged", "306"]) == (1350, 2350)
    assert isinstance(outcome, Reading)
    assert (outcome.rows_read, outcome.rows_rejected) == (8, 1)
    assert [(p.line, p.rule) for p in outcome.problems] == [(10, "key")]
    kept = outcome.tables["published"].write_csv()
    assert "Invented" not in kept and "9000" not in kept


def test_report_cards_are_counted_of_those_inspected_since() -> None:
    found = values(read(TEXT))

    # C is at the standard throughout; D lacks inclusion, E achievement.
    assert (found["report_card", "306"], found["report_card_judged", "306"]) == (1, 3)
    assert (found["inclusion", "306"], found["inclusion_judged", "306"]) == (2, 3)
    assert (found["safeguarding", "306"], found["safeguarding_judged", "306"]) == (2, 3)


def test_the_age_is_that_of_the_last_inspection_that_judged() -> None:
    found = values(read(TEXT))

    # To 31 January 2026: A 6.1, B 4.1, C 0.2, D 0.1, E 0.1 and F 2.1 years.
    days = sorted(
        (date(2026, 1, 31) - day).days
        for day in (
            date(2020, 1, 1),
            date(2022, 1, 1),
            date(2025, 12, 1),
            date(2025, 12, 8),
            date(2025, 12, 15),
            date(2024, 1, 1),
        )
    )
    expected = (days[2] + days[3]) / 2 / 365.25
    assert found["median_age_of_judgement", "306"] == pytest.approx(expected, abs=1e-4)


def test_england_is_counted_where_nearly_every_authority_is_there() -> None:
    assert not [area for _, area in values(read(TEXT)) if area.startswith("E")]
    from openscrutiny.geography import CURRENT_AUTHORITIES

    row = (
        "link,{urn},{la}2009,Invented,Primary,A,B,10" + ",NULL" * 7 + ",{grade},NULL\n"
    )
    more = "".join(
        row.format(urn=800000 + number, la=la, grade=1 + number % 4)
        for number, la in enumerate(sorted(CURRENT_AUTHORITIES))
    )

    found = values(read(TEXT + more))

    assert len(CURRENT_AUTHORITIES) == 153
    assert found["primary_judged", "E92000001"] == 155
    assert found["primary", "E92000001"] == 1 + 39 + 38  # grades 1 and 2 of 153


def test_the_day_is_said_or_in_the_name_or_the_file_is_refused() -> None:
    said = read(TEXT, "schools.csv", date(2025, 8, 31))
    refused = read(TEXT, "schools.csv")

    assert isinstance(said, Reading)
    assert said.tables["published"]["year_label"].unique().to_list() == ["2025-08-31"]
    assert isinstance(refused, RefusedFile)
    assert refused.rule == "year" and "--as-at" in refused.fix


def test_the_older_heading_of_the_judgement_is_known() -> None:
    older = TEXT.replace("Latest OEIF overall effectiveness", "Overall effectiveness")

    assert values(read(older))["primary", "306"] == 1


def test_a_school_that_stands_twice_is_counted_once() -> None:
    line = TEXT.splitlines()[2]

    outcome = read(f"{TEXT}{line}\n")

    assert values(outcome)["primary", "306"] == 1
    assert isinstance(outcome, Reading) and outcome.rows_rejected == 2


def test_an_open_quotation_mark_and_a_list_of_nobody_are_refused() -> None:
    broken = read(f'{TEXT}link,"900009,3062001\nlink,900010,3062001\n')
    nobody = read("\n".join(TEXT.splitlines()[:2]) + "\nlink,1,0000001\n")

    assert isinstance(nobody, RefusedFile)
    assert isinstance(broken, RefusedFile)
    assert (broken.rule, broken.line) == ("quotation", 12)
