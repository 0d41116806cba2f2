"""A second implementation of every indicator that returns feed: slow, obvious, from the guidance.

It never looks at a definition's expression. Where it and the product disagree, one of
them has misread the guidance; docs/methodology-checks.md says what the guidance is.
"""

from twins.model import Counted, Cover, Rows, Twin, TwinFigure
from twins.registry import TWINS

__all__ = ["TWINS", "Counted", "Cover", "Rows", "Twin", "TwinFigure"]
