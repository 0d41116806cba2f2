"""Ten people in a row, of whom some are coloured: a share that can be counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.svg import circle, frame, rect

_STEP: Final = 34
_BODY: Final = (5.0, 22.0, 24.0, 38.0)  # left, top, width and height within a step
_HEIGHT: Final = 64


@dataclass(frozen=True)
class PeopleInTen:
    """Hold a share in percent. One person stands for 10; the last may be part coloured."""

    title: str
    description: str
    share: float

    def draw(self, size: Size, prefix: str) -> str:
        """Draw them, the same at every size."""
        del size
        return frame(self, prefix, "brief", (10 * _STEP, _HEIGHT), self._people())

    def _people(self) -> Iterator[str]:
        left, top, width, height = _BODY
        for at in range(10):
            x = at * _STEP
            full = min(max(self.share / 10 - at, 0.0), 1.0)
            head = "p-team" if full >= 1 else "b-mid"
            yield circle(head, x + left + width / 2, 11, 9)
            if full < 1:
                yield rect("b-mid", x + left, top, width, height)
            if full > 0:
                yield rect("p-team", x + left, top, width * full, height)
