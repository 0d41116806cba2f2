"""Five consecutive synthetic returns, as other people made them, read whole."""

import os
from pathlib import Path

import pytest

from openscrutiny.returns.reading import Reading
from openscrutiny.returns.ssda903.reader import Ssda903Reader
from support.invented_returns import MemoryFile, read_all

SAMPLES = Path(os.environ.get("OPENSCRUTINY_SAMPLES", "no-samples"))
FOLDER = SAMPLES / "csc" / "ssda903-5-years"
PARTS = [
    "episodes",
    "header",
    "missing",
    "oc2",
    "oc3",
    "previous_permanence",
    "reviews",
    "uasc",
]

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(
        not FOLDER.is_dir(),
        reason="the samples are missing: set OPENSCRUTINY_SAMPLES to their folder",
    ),
]


@pytest.mark.parametrize(
    ("label", "counts", "repeated_reviews"),
    [
        (2017, (1460, 819, 3, 670, 126, 819, 3481, 31), 5),
        (2018, (974, 572, 1, 572, 96, 572, 2769, 23), 3),
        (2019, (648, 362, 1, 362, 56, 362, 2103, 16), 2),
        (2020, (402, 226, 1, 226, 40, 226, 1551, 8), 1),
        (2021, (253, 144, 1, 144, 39, 144, 1134, 4), 1),
    ],
)
def test_the_sample_named_by_one_year_is_of_the_next_and_read_whole(
    label: int, counts: tuple[int, ...], repeated_reviews: int
) -> None:
    names = [f"{label}-{part}.csv" for part in PARTS]
    files = [MemoryFile(name, FOLDER.joinpath(name).read_bytes()) for name in names]
    outcomes = read_all(Ssda903Reader(), files)
    readings = [outcomes[name] for name in names]
    for part, reading, count in zip(PARTS, readings, counts, strict=True):
        assert isinstance(reading, Reading)
        assert reading.year == label + 1
        assert reading.rows_read == count
        repeats = repeated_reviews if part == "reviews" else 0
        assert reading.rows_rejected == repeats
