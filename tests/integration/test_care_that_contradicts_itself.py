"""Tables of one SSDA903 that cannot both be right, or lack what decides: no final figure."""

import pytest

from support.cases import Council
from support.ssda903_set import episode, header, write_set

YEAR_END = "2025-03-31"
IN_CARE = [episode(f"K{n}", "01/05/2024") for n in (1, 2, 3)]
NAMES = [header(f"K{n}") for n in (1, 2, 3)]


def load(council: Council, **tables: list[str]) -> str:
    given = {"episodes": IN_CARE, "header": NAMES, **tables}
    return council.load(write_set(council.folder.parent / "set", **given))


def figure(council: Council, code: str) -> tuple[float | None, float | None, str]:
    council.build("2025-06-30", code)
    row = council.figure(code, "financial_year", YEAR_END)
    return row["numerator"], row["denominator"], row["status"]


@pytest.mark.parametrize(
    "away",
    [
        # K1 came into care in May, K2 left it in September; K9 never was in it.
        "K1,04/05/2012,M,02/04/2024,03/04/2024",
        "K2,04/05/2012,M,02/10/2024,03/10/2024",
        "K9,04/05/2012,M,02/10/2024,03/10/2024",
    ],
)
def test_who_is_missing_outside_care_is_not_missing_from_it(
    council: Council, away: str
) -> None:
    said = load(
        council,
        episodes=[IN_CARE[0], episode("K2", "01/05/2024", "01/09/2024"), IN_CARE[2]],
        missing=["K3,04/05/2012,M,02/10/2024,", away],
    )
    assert "no episode of care of the child at that time" in said
    assert figure(council, "LA19") == (1, 3, "provisional")


def test_who_goes_missing_on_the_day_on_which_care_ends_is_missing_from_it(
    council: Council,
) -> None:
    said = load(
        council,
        episodes=[episode("K1", "01/05/2024", "01/09/2024"), *IN_CARE[1:]],
        missing=["K1,04/05/2012,M,01/09/2024,"],
    )
    assert "no episode of care" not in said
    assert figure(council, "LA19") == (1, 3, "final")


def test_an_absence_of_no_kind_is_of_neither(council: Council) -> None:
    load(
        council,
        missing=[
            "K1,04/05/2012,,02/10/2024,",
            "K2,04/05/2012,M,02/10/2024,",
        ],
    )
    assert figure(council, "LA19") == (1, 3, "provisional")
    assert figure(council, "LA19a") == (0, 3, "provisional")


@pytest.mark.parametrize("born", ["", "31/02/2004"])
def test_a_care_leaver_of_no_known_age_is_said_to_be_lacking(
    council: Council, born: str
) -> None:
    leavers = [f"L{n},01/05/2004,YES,F1,B1" for n in (1, 2, 3)]
    load(council, oc3=[*leavers, f"L4,{born},YES,G4,B1"])
    assert figure(council, "CL3") == (3, 3, "provisional")


def test_who_has_an_end_that_cannot_be_read_no_longer_came_alone(
    council: Council,
) -> None:
    born = "04/05/2012"
    load(council, uasc=[f"K1,F,{born},", f"K2,F,{born},31/02/2025"])
    assert figure(council, "LA4") == (1, None, "provisional")


def test_care_after_a_death_is_in_doubt(council: Council) -> None:
    said = load(
        council,
        episodes=[
            episode("K1", "01/05/2024", "01/08/2024", ended="E2"),
            episode("K1", "02/09/2024"),
            *IN_CARE[1:],
        ],
    )
    assert "the child had died by then" in said
    assert figure(council, "LA1") == (3, None, "provisional")


def test_a_death_on_the_first_day_of_an_episode_is_none_before_it(
    council: Council,
) -> None:
    said = load(
        council,
        episodes=[episode("K1", "01/05/2024", "01/05/2024", ended="E2"), *IN_CARE[1:]],
    )
    assert "had died by then" not in said
