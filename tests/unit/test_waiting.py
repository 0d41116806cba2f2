"""How what waits for an officer's word is said."""

from datetime import date

import pytest

from openscrutiny.disclosure.waiting import _tell


@pytest.mark.parametrize(
    ("own", "published", "said"),
    [
        (5318.0, 5001.0, "gives 5,318 and the publisher 5,001:"),
        (39.8, 83.0, "gives 39.8 and the publisher 83.0:"),
        (0.13, 0.12, "gives 0.13 and the publisher 0.12:"),
        (0.1234, 0.1233, "gives 0.1234 and the publisher 0.1233:"),
    ],
)
def test_two_figures_that_differ_read_differently(
    own: float, published: float, said: str
) -> None:
    row = {
        "period_end": date(2024, 12, 31), "source": "own", "own": own,
        "published": published,
    }  # fmt: skip

    assert said in _tell(row)
