"""What the invented nation's long extract measures.

The keys, polarities and years are those of the real publication; levels are invented,
in the neighbourhood of the real ones. They stand in nation_measures.csv; a new one
stands last there, so that what is drawn for those above it stays as it was.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

_YEARS: Final = {
    "2020 to 2025": ("2020", "2021", "2022", "2023", "2024", "2025"),
    "2021 to 2025": ("2021", "2022", "2023", "2024", "2025"),
    "2019/20 to 2024/25": tuple(f"20{n}/{n + 1}" for n in range(19, 25)),
}


@dataclass(frozen=True)
class Measure:
    """Hold one measure: its words, and how its counts come about.

    `code` is our indicator of the same name ("" without one). `levels` are England's
    first and last value, printed as `factor` x numerator / denominator with `digits`
    decimals. The denominator is `share` of the children, or where `of` names another
    measure, that share of its numerator ("KEY") or of its denominator ("/KEY").
    `pull` says how need moves it, `spread` how far places differ beyond that.
    """

    key: str
    code: str
    title: str
    topic: str
    unit: str
    polarity: str
    levels: tuple[float, float]
    factor: int
    digits: int
    share: float
    of: str
    pull: float
    spread: float
    years: tuple[str, ...]
    year_type: str
    has_parts_of_london: bool
    decimal_places: str

    @property
    def is_share(self) -> bool:
        return self.factor == 100


def _read() -> tuple[Measure, ...]:
    file = files(__package__).joinpath("nation_measures.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return tuple(
        Measure(
            row["key"],
            row["code"],
            row["title"],
            row["topic"],
            row["unit"],
            row["polarity"],
            (float(row["first"]), float(row["last"])),
            int(row["factor"]),
            int(row["digits"]),
            float(row["share"]),
            row["of"],
            float(row["pull"]),
            float(row["spread"]),
            _YEARS[row["years"]],
            row["year_type"],
            row["has_parts_of_london"] == "yes",
            row["decimal_places"],
        )
        for row in rows
    )


MEASURES: Final = _read()
