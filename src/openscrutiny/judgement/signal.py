"""Whether a figure is worth a question or worth celebrating, and on what grounds.

Worth a question: the target is missed (red); the figure is worse than England beyond the
99.8% limits, which allow for the spread that authorities show anyway, and no newer
figure of ours is at or past England's; a trend of years runs in the bad direction; or
the figure got worse since the period before by at least a tenth of what it was, and by
more than its years usually scatter or than nine in ten authorities. Celebrating is the mirror. Where both hold, it is a question.
"""

from typing import Final

from openscrutiny.comparison.trends import CHANCE_OF_TREND
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.colour import Colour
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.movement import Movement
from openscrutiny.judgement.series import Observation

QUESTION: Final = "question"
CELEBRATING: Final = "celebrating"

# How often the test against England speaks where there is nothing: both sides.
_CHANCE_OF_LIMITS: Final = 0.002


def _votes(
    colour: Colour,
    benchmark: Benchmark | None,
    movement: Movement,
    polarity: Polarity,
    headline: Observation | None,
) -> list[tuple[int, str]]:
    votes = []
    if movement.step is not None and movement.is_clear:
        votes.append((judge(movement.step.direction, polarity), "change"))
    if benchmark is not None and _is_tested(benchmark):
        # Authorities differ by more than chance: where their spread is known, only
        # what lies outside it is worth a word.
        position = benchmark.standing or benchmark.position
        if (
            position is not None
            and position.strength == 2
            and not _has_crossed(benchmark, position.side, headline)
        ):
            votes.append((judge(position.side, polarity), "England"))
    if movement.trend is not None:
        votes.append((judge(movement.trend.direction, polarity), "trend"))
    if colour.tone in ("red", "green"):
        votes.append((-1 if colour.tone == "red" else 1, colour.tone))
    return [(vote, ground) for vote, ground in votes if vote]


def _is_tested(benchmark: Benchmark) -> bool:
    """Tell whether the place against England is a ground: shares only."""
    is_share = benchmark.display.unit == "percent" and benchmark.is_share
    return is_share and benchmark.comparable


def _has_crossed(benchmark: Benchmark, side: int, headline: Observation | None) -> bool:
    """Tell whether a newer figure of ours is at England's, or past it.

    What an older year showed is no longer so, and no word is due on it.
    """
    if headline is None or headline.value is None or benchmark.england is None:
        return False
    if benchmark.same or headline.unit != benchmark.display.unit:
        return False
    is_newer = benchmark.ours is not None and headline.end > benchmark.ours.end
    return is_newer and (headline.value - benchmark.england) * side <= 0


def find_signal(
    colour: Colour,
    benchmark: Benchmark | None,
    movement: Movement | None,
    polarity: Polarity,
    headline: Observation | None = None,
) -> tuple[str, tuple[str, ...]]:
    """Find "question", "celebrating" or "", and on what grounds.

    Nothing without a number now (`movement` null) is worth either, and nothing that is
    not judged.
    """
    if movement is None or movement.held:
        return "", ()
    votes = _votes(colour, benchmark, movement, polarity, headline)
    for sign, word in ((-1, QUESTION), (1, CELEBRATING)):
        grounds = tuple(ground for vote, ground in votes if vote == sign)
        if grounds:
            return word, grounds
    return "", ()


def list_tests(
    benchmark: Benchmark | None, movement: Movement | None, polarity: Polarity
) -> tuple[tuple[str, float], ...]:
    """List the tests that could have spoken, and how often each does by chance.

    A target is no test: whether it is met does not depend on chance alone.
    """
    if movement is None or movement.held or polarity is Polarity.NEUTRAL:
        return ()
    tests = []
    if movement.step is not None and movement.step.chance:
        tests.append(("change", movement.step.chance))
    if benchmark is not None and _is_tested(benchmark) and benchmark.position:
        tests.append(("England", _CHANCE_OF_LIMITS))
    if movement.trend is not None:
        tests.append(("trend", CHANCE_OF_TREND))
    return tuple(tests)
