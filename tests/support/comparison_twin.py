"""The comparison once more, slow and obvious, written from its words alone."""

from typing import Any

ENDED = {"702", "820", "828", "829", "835", "836", "837", "875", "909", "928"}
LETTERS = {"Low": "ABCD", "High": "DCBA"}

Row = dict[str, Any]


def quantile_7(values: list[float], share: float) -> float:
    """Interpolate between order statistics as R does by default."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * share
    low = int(position)
    if low + 1 == len(ordered):
        return ordered[low]
    return ordered[low] + (ordered[low + 1] - ordered[low]) * (position - low)


def middle(values: list[float]) -> float:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else sum(ordered[half - 1 : half + 1]) / 2


def in_order(label: str) -> tuple[str, int, str, str]:
    """Order labels as text, capital letters not counting; of one year the final one last.

    What a publisher calls provisional is replaced by what bears no note, and that by what
    is called revised.
    """
    year, _, note = label.lower().partition("(")
    rank = {"prov)": -1, "rev)": 1}.get(note, 0)
    return year.strip(), rank, label.lower(), label


def rank_of(value: float, values: list[float], polarity: str) -> int:
    if polarity == "High":
        return 1 + sum(other > value for other in values)
    return 1 + sum(other < value for other in values)


def band_of(value: float, cuts: list[float], polarity: str) -> str:
    for letter, cut in zip(LETTERS[polarity], cuts, strict=False):
        if value <= cut:
            return letter
    return LETTERS[polarity][3]


def compare_slowly(
    published: list[Row],
    measures: dict[str, tuple[str, bool]],
    neighbours: dict[str, list[str]],
    homes: dict[str, str],
) -> dict[tuple[str, str, str], Row]:
    """Compare every measure; `measures` gives polarity ("" for none) and bandable.

    `homes` gives each authority's region, Inner and Outer London apart.
    """
    grouped: dict[tuple[str, str], dict[str, dict[str, Row]]] = {}
    for row in published:
        if not row["year_label"]:
            continue
        years = grouped.setdefault((row["measure"], row["filters"]), {})
        years.setdefault(row["area_code"], {}).setdefault(row["year_label"], row)
    answer = {}
    for (measure, filters), rows in grouped.items():
        polarity, bandable = measures.get(measure, ("", True))
        compared = compare_one(rows, polarity, bandable, neighbours, homes)
        for area, found in compared.items():
            answer[measure, filters, area] = found
    return answer


def compare_one(
    areas: dict[str, dict[str, Row]],
    polarity: str,
    bandable: bool,
    neighbours: dict[str, list[str]],
    homes: dict[str, str],
) -> dict[str, Row]:
    authorities = {
        code: years
        for code, years in areas.items()
        if len(code) == 3 and code not in ENDED
    }
    if not authorities:
        return {}
    latest = max(
        (label for years in authorities.values() for label in years), key=in_order
    )

    def value_of(code: str) -> float | None:
        row = areas.get(code, {}).get(latest)
        return None if row is None else row["value"]

    pool = {code: value_of(code) for code in authorities}
    values = [value for value in pool.values() if value is not None]
    cuts = [quantile_7(values, share) for share in (0.25, 0.5, 0.75)] if values else []
    answer = {}
    for code, years in authorities.items():
        value = pool[code]
        near = [
            pool[other]
            for other in neighbours.get(code, [])
            if pool.get(other) is not None
        ]
        region = homes.get(code)
        if region and region.startswith("E13") and value_of(region) is None:
            region = "E12000007"
        ranked = polarity != "" and value is not None
        answer[code] = {
            "year": latest,
            "value": value,
            "polarity": polarity,
            "rank": rank_of(value, values, polarity) if ranked else None,
            "ranked": len(values) if polarity else None,
            "band": band_of(value, cuts, polarity) if ranked and bandable else None,
            "q1": cuts[0] if cuts else None,
            "q2": cuts[1] if cuts else None,
            "q3": cuts[2] if cuts else None,
            "neighbour_mean": sum(near) / len(near) if near else None,
            "neighbour_median": middle(near) if near else None,
            "neighbours_available": len(near) if code in neighbours else None,
            "region_value": value_of(region) if region else None,
            "england_value": value_of("E92000001"),
            **change_of(years, latest),
        }
    return answer


def change_of(years: dict[str, Row], latest: str) -> Row:
    nothing = {"change": None, "change_from": None, "change_to": None}
    if latest not in years:
        return nothing
    year = years[latest]["year"]
    before = [
        row
        for label, row in years.items()
        if label != latest and (year is None or row["year"] != year)
    ]
    if not before:
        return nothing
    last = max(before, key=lambda row: (row["year"] or -1, in_order(row["year_label"])))
    now, then = years[latest]["value"], last["value"]
    change = None if now is None or then is None else now - then
    return {
        "change": change,
        "change_from": last["year_label"],
        "change_to": latest,
    }
