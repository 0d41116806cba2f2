"""What two years' SSDA903 tell of one period of care: one start and one end of it."""

import re
from pathlib import Path

import pytest

from support.cases import Council
from support.ssda903_set import episode, header, write_set

OTHERS = [
    episode(f"B{n}", f"0{n}/05/{year - 1}", f"0{n}/09/{year - 1}")
    for year in (2024, 2025)
    for n in range(1, 9)
]


def write_years(folder: Path, before: list[str], after: list[str]) -> list[Path]:
    """Write the returns of 2024 and 2025 about the child A1, others beside it."""
    born = [header("A1"), *(header(f"B{n}") for n in range(1, 9))]
    return [
        write_set(
            folder.parent / str(year),
            episodes=[*told, *(o for o in OTHERS if f"/05/{year - 1}" in o)],
            header=born,
        )
        for year, told in ((2024, before), (2025, after))
    ]


def count(
    council: Council, code: str, before: list[str], after: list[str]
) -> tuple[float, float]:
    """Load both years; give of how many besides the 8 others the figures are."""
    for path in write_years(council.folder, before, after):
        council.load(path)
    council.build("2025-06-30", code)
    first, second = (
        council.figure(code, "financial_year", f"{year}-03-31")["numerator"] - 8
        for year in (2024, 2025)
    )
    return first, second


OPEN = episode("A1", "28/03/2024")
LONG = episode("A1", "10/11/2021")
AND_BACK = episode("A1", "01/05/2023", "31/01/2024")
MOVED_AND_ENDED = [
    episode("A1", "10/11/2021", "20/02/2024", ended="X1"),
    episode("A1", "20/02/2024", "20/03/2024", why="P"),
]


@pytest.mark.parametrize(
    ("before", "after", "starts"),
    [
        # The next return dates the start in its own year: it is the one before's.
        ([OPEN], [episode("A1", "02/04/2024")], (1, 0)),
        ([OPEN], [episode("A1", "02/04/2024", "09/05/2024")], (1, 0)),
        # Long in care, and all that was open is dated anew when a system changes.
        ([episode("A1", "10/11/2023")], [episode("A1", "01/04/2024")], (1, 0)),
        # After a move, whose start the return before need not hold.
        ([episode("A1", "10/11/2023", why="P")], [episode("A1", "01/04/2024")], (0, 0)),
        # Care ended as the next return has it, and began again: two.
        (
            [OPEN],
            [episode("A1", "28/03/2024", "01/04/2024"), episode("A1", "03/04/2024")],
            (1, 1),
        ),
        # It ended before the turn of the year, and began again.
        ([episode("A1", "01/03/2024", "28/03/2024")], [episode("A1", "02/04/2024")], (1, 1)),
        # Short breaks are no care that a child was in.
        ([episode("A1", "28/03/2024", status="V4")], [episode("A1", "02/04/2024")], (0, 1)),
        # More than a week after it: both count.
        ([OPEN], [episode("A1", "08/04/2024")], (1, 1)),
        ([OPEN], [episode("A1", "07/04/2024")], (1, 0)),
        # Back in care before the turn of the year, after an end that is told late.
        (
            [LONG],
            [episode("A1", "10/11/2021", "20/03/2024"), episode("A1", "28/03/2024", "01/09/2024")],
            (1, 0),
        ),
        # So with a move between; and back after the turn, which the next return tells.
        (
            [LONG],
            [*MOVED_AND_ENDED, episode("A1", "28/03/2024")],
            (1, 0),
        ),
        ([LONG], [*MOVED_AND_ENDED, episode("A1", "02/04/2024")], (0, 1)),
        # A move is no start, of whatever care.
        (
            [LONG],
            [*MOVED_AND_ENDED, episode("A1", "28/03/2024", why="P")],
            (0, 0),
        ),
        # The year before knows nothing of an end: no start follows one.
        ([], [episode("A1", "28/03/2024")], (0, 0)),
    ],
)  # fmt: skip
def test_one_start_is_one_start(
    before: list[str], after: list[str], starts: tuple[int, int], council: Council
) -> None:
    assert count(council, "LA2", before, after) == starts


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        # Left and came back on one day, and both returns have all of it: two ends.
        (
            [AND_BACK, episode("A1", "31/01/2024")],
            [AND_BACK, episode("A1", "31/01/2024", "01/08/2024")],
            (1, 1),
        ),
        # Ended in March by one return, in April by the next.
        (
            [episode("A1", "10/11/2023", "29/03/2024")],
            [episode("A1", "10/11/2023", "03/04/2024")],
            (1, 0),
        ),
        # So with the start dated otherwise, and long after.
        (
            [episode("A1", "10/11/2023", "29/03/2024")],
            [episode("A1", "12/11/2023", "20/09/2024")],
            (1, 0),
        ),
        # Left open by the one, ended in March by the next: it did end.
        (
            [episode("A1", "10/11/2023")],
            [episode("A1", "10/11/2023", "29/03/2024")],
            (1, 0),
        ),
        # As it should be.
        ([episode("A1", "10/11/2023")], [episode("A1", "10/11/2023", "03/04/2024")], (0, 1)),
        # Care ended twice.
        (
            [episode("A1", "10/11/2023", "20/03/2024")],
            [episode("A1", "25/03/2024", "03/04/2024")],
            (1, 1),
        ),
        # A move is no end, in whichever return.
        (
            [episode("A1", "10/11/2023")],
            [
                episode("A1", "10/11/2023", "29/03/2024", ended="X1"),
                episode("A1", "29/03/2024", "05/05/2024", why="P"),
            ],
            (0, 1),
        ),
        # The child moved before the second end: care is followed, not the episode.
        (
            [episode("A1", "10/11/2021", "20/03/2024")],
            [
                episode("A1", "10/11/2021", "10/04/2024", ended="X1"),
                episode("A1", "10/04/2024", "01/09/2024", why="P"),
            ],
            (1, 0),
        ),
        # So over more than one move, and where X1 has a gap after it.
        (
            [episode("A1", "10/11/2021", "20/03/2024")],
            [
                episode("A1", "10/11/2021", "10/04/2024", ended="X1"),
                episode("A1", "10/04/2024", "01/06/2024", why="L", ended="X1"),
                episode("A1", "03/06/2024", "01/09/2024", why="P"),
            ],
            (1, 0),
        ),
        # No chain without X1 over a gap: two periods of care, of which the first is told.
        (
            [episode("A1", "10/11/2021", "20/03/2024")],
            [
                episode("A1", "10/11/2021", "10/04/2024"),
                episode("A1", "11/04/2024", "01/09/2024"),
            ],
            (1, 1),
        ),
        # An end told late, after a move that the year before did not have.
        ([LONG], MOVED_AND_ENDED, (1, 0)),
        # So with the start dated otherwise.
        ([LONG], [episode("A1", "12/11/2021", "20/03/2024")], (1, 0)),
        ([LONG], [episode("A1", "01/11/2021", "20/03/2024")], (1, 0)),
        # An end told late, and care again.
        (
            [LONG],
            [episode("A1", "10/11/2021", "20/03/2024"), episode("A1", "28/03/2024", "01/09/2024")],
            (1, 1),
        ),
        # What was open began after the end: it is another period of care.
        ([OPEN], [episode("A1", "10/11/2021", "20/03/2024"), OPEN], (0, 0)),
        # A move without another episode is no end that anybody told.
        ([LONG], [episode("A1", "10/11/2021", "20/03/2024", ended="X1")], (0, 0)),
    ],
)  # fmt: skip
def test_one_end_is_one_end(
    before: list[str], after: list[str], ends: tuple[int, int], council: Council
) -> None:
    assert count(council, "LA3", before, after) == ends


# What begins each sentence of the load about two years.
WORDS = re.compile(
    "Children who[ms]e? ?(?:care )?the (?:return of the year before|next)"
)
LATE = [episode("A1", "10/11/2023", "29/03/2024")]
TOLD = [
    ([OPEN], [episode("A1", "02/04/2024")], "start in the week after it: 1."),
    ([OPEN], [episode("A1", "08/04/2024")], "no episode from before: 1."),
    ([OPEN], [], "no episode from before: 1."),
    ([], [OPEN], "knows nothing: 1. Their start is in no figure."),
    (LATE, [episode("A1", "10/11/2023", "03/04/2024")], "beyond it all the same: 1."),
    ([episode("A1", "10/11/2023")], LATE, "ends by then: 1."),
    # The care is followed, and not its episodes.
    (
        [episode("A1", "10/11/2021", "20/03/2024")],
        [
            episode("A1", "10/11/2021", "10/04/2024", ended="X1"),
            episode("A1", "10/04/2024", "01/09/2024", why="P"),
        ],
        "beyond it all the same: 1.",
    ),
    (
        [episode("A1", "10/11/2021", "20/03/2024")],
        [LONG],
        "beyond it all the same: 1.",
    ),
    ([LONG], MOVED_AND_ENDED, "ends by then: 1."),
    ([LONG], [episode("A1", "12/11/2021", "20/03/2024")], "ends by then: 1."),
    (
        [LONG],
        [episode("A1", "10/11/2021", "20/03/2024"), OPEN],
        "came back into care by then started again",
    ),
    (
        [LONG],
        [
            episode("A1", "10/11/2021", "10/02/2024", ended="X1"),
            episode("A1", "15/02/2024", "20/03/2024", why="P"),
        ],
        "ends by then: 1.",
    ),
]


@pytest.mark.parametrize(("before", "after", "words"), TOLD)
@pytest.mark.parametrize("order", [1, -1])
def test_what_two_years_date_differently_is_told_at_load(
    before: list[str], after: list[str], words: str, order: int, council: Council
) -> None:
    said = ""
    for path in write_years(council.folder, before, after)[::order]:
        said = council.load(path)
    assert words in said
    assert WORDS.search(said)
    assert "A1" not in said


def test_of_care_that_ends_and_begins_on_one_day_nothing_is_told(
    council: Council,
) -> None:
    before, after = write_years(
        council.folder,
        [AND_BACK, episode("A1", "31/01/2024")],
        [AND_BACK, episode("A1", "31/01/2024", "01/08/2024")],
    )
    council.load(before)

    assert "31 March 2024" not in council.load(after)


def test_years_that_agree_are_told_nothing(council: Council) -> None:
    said = ""
    after = [episode("A1", "28/03/2024", "03/05/2024")]
    for path in write_years(council.folder, [OPEN], after):
        said = council.load(path)
    assert not WORDS.search(said)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A move is no end, and the end is one.
        (
            [LONG],
            [
                episode("A1", "10/11/2021", "20/03/2024", ended="X1"),
                episode("A1", "20/03/2024", "01/09/2024", why="P"),
            ],
        ),
        # Two periods of care.
        (
            [episode("A1", "10/11/2021", "20/03/2024")],
            [episode("A1", "28/03/2024", "01/09/2024")],
        ),
        # What could not be read as an end is no open state.
        (
            [episode("A1", "10/11/2021", "the 20th", ended="E4A")],
            [episode("A1", "10/11/2021", "20/03/2024")],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, -1])
def test_nothing_is_told_of_one_start_and_one_end(
    before: list[str], after: list[str], order: int, council: Council
) -> None:
    said = "".join(
        council.load(path)
        for path in write_years(council.folder, before, after)[::order]
    )
    assert '"refused"' not in said
    assert not WORDS.search(said)


@pytest.mark.parametrize("order", [1, -1])
def test_nothing_is_told_of_a_31_march_that_no_return_covers(
    order: int, council: Council
) -> None:
    part, after = write_years(council.folder, [LONG], [episode("A1", "08/04/2024")])
    said = "".join(
        council.load(path, as_at="2023-12-31" if path == part else "")
        for path in (part, after)[::order]
    )
    assert '"refused"' not in said
    assert not WORDS.search(said)


def test_the_load_that_counts_is_compared_and_not_the_newest(council: Council) -> None:
    """A part of a year that is loaded last counts for no 31 March."""
    whole, after = write_years(council.folder, [LONG], [episode("A1", "08/04/2024")])
    council.load(whole)
    part = write_set(
        council.folder.parent / "part",
        episodes=[episode("A1", "10/11/2021", "01/12/2023"), *OTHERS[:8]],
        header=[header("A1"), *(header(f"B{n}") for n in range(1, 9))],
    )
    assert not WORDS.search(council.load(part, as_at="2023-12-31"))
    assert "no episode from before: 1." in council.load(after)


def test_care_dated_anew_is_no_start_of_it_two_years_later(council: Council) -> None:
    """LA6: since 2019 in care, and by the last return since the first day of its year."""
    others = [episode(f"B{n}", "10/11/2019") for n in range(1, 9)]
    born = [
        header(c) for c in ("A1", "A2", *(f"{a}{n}" for a in "BC" for n in range(1, 9)))
    ]
    told = {year: "10/11/2019" for year in (2022, 2023, 2024)} | {
        2025: "01/04/2024",
        2026: "01/04/2024",
    }
    for year, start in told.items():
        path = council.folder.parent / str(year)
        came = [
            episode(f"C{n}", f"0{n}/05/{year - 1}", f"0{n}/09/{year - 1}")
            for n in range(1, 9)
        ]
        # A2 is elsewhere by then: nobody says since when, but not for two years.
        place = "SC2" if start == "01/04/2024" else "SC1"
        elsewhere = episode("A2", start).replace("SC1", place)
        episodes = [episode("A1", start), elsewhere, *others, *came]
        council.load(write_set(path, episodes=episodes, header=born))
    council.build("2026-06-30", "LA6")
    for year in (2025, 2026):
        row = council.figure("LA6", "financial_year", f"{year}-03-31")
        assert (row["numerator"], row["denominator"]) == (9, 10), year


def test_what_the_earlier_return_told_can_be_traced(council: Council) -> None:
    count(council, "LA2", [OPEN], [episode("A1", "02/04/2024")])
    council.capsys.readouterr()
    asked = ["--indicator", "LA2", "--period", "2024-03-31"]
    council.run("rows", *asked)
    rows = council.capsys.readouterr().out
    assert "2024-03-28" in rows
    assert "2024-04-02" not in rows


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        # Both say that the child was adopted, on days of two years: once, in the first.
        ("30/03/2024", "03/04/2024", [92, None]),
        # The first leaves the child in care, and the next tells of that year.
        ("", "28/03/2024", [92, None]),
        # It is of the second year by both.
        ("", "03/04/2024", [None, 92]),
    ],
)
def test_the_wait_of_an_adopted_child_counts_once(
    council: Council, before: str, after: str, days: list[float | None]
) -> None:
    waited = "K1,04/05/2020,01/05/2023,01/08/2023,0,2,MF,L11"
    other = "K2,04/05/2020,01/05/2023,01/08/2023,0,2,MF,L11"
    for year, end in ((2024, before), (2025, after)):
        folder = write_set(
            council.folder.parent / str(year),
            episodes=[
                episode("K1", "01/02/2022", end, ended="E11" if end else ""),
                episode("K2", f"02/05/{year - 1}"),
                episode("K3", f"02/02/{year}"),
            ],
            header=[header(f"K{n}", "04/05/2020") for n in (1, 2, 3)],
            ad1=[waited if end else other],
        )
        council.load(folder)
    council.build("2025-06-30", "LA24")
    counted = [
        council.figure("LA24", "financial_year", f"{year}-03-31")["numerator"]
        for year in (2024, 2025)
    ]
    assert [one or None for one in counted] == days
