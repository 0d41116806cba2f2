"""What every chart has in common: it is a plain value, and is drawn when it is shown."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol


class Size(StrEnum):
    """Name the places in which a drawing stands; its ids end in the first letter."""

    WIDE = "wide"  # a screen
    NARROW = "narrow"  # a telephone, and 400% zoom
    PAPER = "paper"  # a page of A4, on which words keep their size
    SMALL = "small"  # a table's row


class Chart(Protocol):
    """Hold all that a drawing shows, and draw it."""

    @property
    def title(self) -> str: ...

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it as SVG; `prefix` makes the ids unique on the page."""
        ...


@dataclass(frozen=True)
class Drawing:
    """Hold a chart and the name of its ids; each size is drawn once, when it is shown."""

    chart: Chart
    name: str

    @cached_property
    def wide(self) -> str:
        return self._draw(Size.WIDE)

    @cached_property
    def narrow(self) -> str:
        return self._draw(Size.NARROW)

    @cached_property
    def paper(self) -> str:
        return self._draw(Size.PAPER)

    @cached_property
    def small(self) -> str:
        return self._draw(Size.SMALL)

    @cached_property
    def only(self) -> str:
        """Draw a chart that has one size."""
        return self.chart.draw(Size.SMALL, self.name)

    def _draw(self, size: Size) -> str:
        return self.chart.draw(size, f"{self.name}-{size[0]}")
