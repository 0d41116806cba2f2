"""The pictures that need no place of their own: each module that declares one is shown.

Pages, papers, PDFs and workbooks set them from what a story holds, after the pictures
that every indicator has.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import polars as pl

import openscrutiny.story.pictures as pictures
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.findings import Findings
from openscrutiny.story.model import TabledChart
from openscrutiny.story.pictures.context import Context

Make = Callable[[Findings, pl.DataFrame, Facts, Context], TabledChart | None]


@dataclass(frozen=True)
class PictureKind:
    """Hold how one kind is made; a module of this folder declares it as PICTURE.

    `make` takes what was found, the indicator's figures as the audience may see them,
    the facts and the context, and gives None where there is nothing to draw. Whether a
    paper shows it, the chart says. `order` sorts the kinds, lowest first.
    """

    order: int
    summary: str  # of the folded table on a page
    make: Make
    for_officers: bool = False


@cache
def find_kinds() -> tuple[PictureKind, ...]:
    """Find every kind that a module of this folder declares, in their order."""
    names = [module.name for module in iter_modules(pictures.__path__)]
    modules = [import_module(f"{pictures.__name__}.{name}") for name in names]
    kinds = [module.PICTURE for module in modules if hasattr(module, "PICTURE")]
    return tuple(sorted(kinds, key=lambda kind: kind.order))


def draw_kinds(
    found: Findings, figures: pl.DataFrame, facts: Facts, context: Context
) -> tuple[TabledChart, ...]:
    """Make the pictures that this indicator has for this audience."""
    made = []
    for kind in find_kinds():
        if kind.for_officers and not facts.is_for_officers:
            continue
        picture = kind.make(found, figures, facts, context)
        if picture is not None:
            told = replace(
                picture, summary=kind.summary, for_officers=kind.for_officers
            )
            made.append(told)
    return tuple(made)
