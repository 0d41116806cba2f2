"""The neighbour models and groups that are loaded, as a reader may choose them.

A model is versioned by its year and dated by its load; a council's own group has a
name. Each is seen from one authority: whom it sets beside that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from openscrutiny.comparison.neighbours import choose_model, select_neighbours
from openscrutiny.geography import AUTHORITY_NAMES, ENDED_AUTHORITIES


@dataclass(frozen=True)
class NeighbourModel:
    """Hold one model as one authority sees it; `members` are numbers, closest first.

    `name` is the model's year or the group's name, as an address gives it.
    """

    name: str
    is_default: bool
    loaded_on: date | None
    members: tuple[str, ...]

    @property
    def title(self) -> str:
        """Name it as a page does: "2025 model", "Our group"."""
        return f"{self.name} model" if self.name.isdigit() else self.name

    @property
    def ended(self) -> str:
        """Say which members no longer exist; "" where all do.

        The number counts all of them: their last figures are not of today.
        """
        gone = [code for code in self.members if code in ENDED_AUTHORITIES]
        if not gone:
            return ""
        named = ", ".join(_name_ended(code) for code in gone)
        verb = "no longer exists" if len(gone) == 1 else "no longer exist"
        return f"{len(gone)} of the {len(self.members)} {verb}: {named}."


def _name_ended(code: str) -> str:
    name = AUTHORITY_NAMES.get(code, code)
    until = ENDED_AUTHORITIES[code].partition(", to ")[2]
    return f"{name} (to {until})" if until else name


def list_models(
    neighbours: pl.DataFrame, area_code: str, loaded: Mapping[int, date]
) -> tuple[NeighbourModel, ...]:
    """List the models that have members for this authority: the default first.

    The default is the latest year that is loaded, and it is listed even where it has
    no members for this authority. Other years follow, the newest first, then groups.
    `loaded` gives the day of each load.
    """
    default = choose_model(neighbours, None)
    days = dict(
        neighbours.group_by("model").agg(pl.col("load_id").max()).iter_rows()
        if neighbours.height
        else ()
    )
    listed = []
    for name in sorted(days, key=lambda name: (name.isdigit(), name), reverse=True):
        pairs = select_neighbours(neighbours, name)
        mine = pairs.filter(pl.col("area_code") == area_code)
        members = tuple(mine["neighbour_code"].to_list())
        if members or name == default:
            day = loaded.get(days[name])
            listed.append(NeighbourModel(name, name == default, day, members))
    years = [model for model in listed if model.name.isdigit()]
    groups = [model for model in listed if not model.name.isdigit()]
    return (*years, *reversed(groups))
