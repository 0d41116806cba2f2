"""The funnel and the bars with intervals, as a reader of an indicator meets them."""

import random
import re
from dataclasses import replace
from typing import Any

import pytest

from openscrutiny.judgement.spread import (
    Spread,
)
from openscrutiny.story.model import (
    IndicatorStory,
)
from unit.test_story_telling import AREA, NAME, compared, england, figure, tell


def spread(seed: int = 4, share: float = 0.226, **changes: Any) -> Spread:
    """Invent 150 authorities about a share, ours and ten neighbours among them."""
    chance = random.Random(seed)
    counts = [(AREA, 2143.0, 7986.0)]
    for number in range(149):
        n = chance.randint(400, 9000)
        r = round(n * min(max(chance.gauss(share, 0.05), 0.01), 0.99))
        counts.append((f"{400 + number}", float(r), float(n)))
    authorities = tuple(
        (code, NAME if code == AREA else f"Place {code}", 100 * r / n)
        for code, r, n in counts
    )
    near = tuple(f"{400 + number}" for number in range(10))
    return replace(Spread("2025", authorities, near, tuple(counts)), **changes)


def story(**changes: Any) -> IndicatorStory:
    return tell(
        figure(),
        england(2025, 22.6),
        comparison=compared(),
        spread=spread(**changes),
    )


def test_the_funnel_has_a_dot_for_every_authority_and_marks_ours() -> None:
    told = story()

    assert told.funnel is not None
    for drawing in (told.funnel.wide, told.funnel.narrow):
        assert drawing.count('class="d-all"') == 139
        assert drawing.count('class="d-nbr"') == 10
        assert drawing.count('class="t-own"') == 1
        assert re.search(r"<desc[^>]*>\d+ of 150 authorities lie outside", drawing)


def test_the_funnel_says_what_chance_alone_gives_and_of_how_many() -> None:
    told = story()

    assert told.funnel is not None
    assert told.funnel.foot.startswith(
        "With 150 authorities chance alone puts about 8 outside the 95% lines"
    )


def test_a_share_within_the_spread_of_authorities_is_said_so() -> None:
    told = story()

    said = {sentence.rule: sentence for sentence in told.sentences}
    assert said["S3-england"].text.endswith("is higher than England (22.6%).")
    assert said["S3-among-authorities"].text == (
        "That is within the usual spread of 150 authorities."
    )
    assert float(dict(said["S3-among-authorities"].inputs)["phi"]) > 1
    assert "England" not in told.grounds


def test_a_share_outside_the_spread_is_a_ground_for_a_question() -> None:
    exact = [(code, float(round(0.226 * n)), n) for code, _, n in spread().counts[1:]]
    told = story(counts=((AREA, 2143.0, 7986.0), *exact))

    assert "England" in told.grounds
    rules = {sentence.rule: sentence.text for sentence in told.sentences}
    assert rules["S3-among-authorities"] == (
        "That is above the usual spread of 150 authorities."
    )


@pytest.mark.parametrize("counts", [(), ((AREA, 2143.0, 7986.0),)])
def test_without_the_counts_of_authorities_there_is_no_funnel(counts: Any) -> None:
    told = story(counts=counts)

    assert told.funnel is None
    assert "S3-among-authorities" not in {s.rule for s in told.sentences}


def test_bars_begin_with_the_best_and_their_table_holds_wilsons_limits() -> None:
    told = story()

    assert told.interval_bars is not None and told.interval_table is not None
    rows = told.interval_table.rows
    assert len(rows) == 11
    shares = [
        float(row[1].replace(",", "")) / float(row[2].replace(",", "")) for row in rows
    ]
    assert shares == sorted(shares)  # low is good
    ours = next(row for row in rows if row[0] == NAME)
    assert ours == (NAME, "2,143", "7,986", "26.8%", "25.9%", "27.8%")


def test_a_neighbour_without_counts_is_left_out_and_counted() -> None:
    some = tuple(row for row in spread().counts if row[0] != "403")
    told = story(counts=some)

    assert told.interval_bars is not None
    assert told.interval_bars.foot.startswith("10 of 11 have counts.")


def test_two_bars_alone_are_no_picture() -> None:
    few = tuple(row for row in spread().counts if row[0] in (AREA, "403"))

    assert story(counts=few).interval_bars is None
