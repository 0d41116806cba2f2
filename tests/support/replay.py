"""Each automatic sentence told again from its inputs alone, rule by rule.

Written from the conventions and not from the story's code: a replay works out what the
inputs allow to be said, and the text must say that and nothing else. A sentence without
a replay is an error.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise, permutations
from math import asin, pi, sin, sqrt

from openscrutiny.disclosure.hiding import HIDDEN_WHY, UNCOUNTED_WHY, UNKNOWN_WHY
from openscrutiny.geography import AUTHORITY_NAMES, ENDED_AUTHORITIES
from openscrutiny.intervals import count_limits
from openscrutiny.story.model import IndicatorStory, SectionStory, Sentence

Inputs = Mapping[str, str]
Replay = Callable[[str, Inputs], bool]

REPLAYS: dict[str, Replay] = {}
# The conventions' list, with the other causal and blaming words that pages avoid.
FORBIDDEN = (
    "because", "due to", "driven by", "significant", "significantly", "best", "worst",
    "alarming", "poor", "poorly", "caused", "blame", "failed",
)  # fmt: skip
Z_95, Z_998 = 1.959964, 3.090232
# Student's t, two-sided 95%, by how many years a line has.
T_95 = {4: 4.302653, 5: 3.182446}
MANY = {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
# Two-sided 99%, as it is printed, by how many earlier changes there are.
T_99 = {3: 5.84, 4: 4.6, 5: 4.03, 6: 3.71, 7: 3.5, 8: 3.36, 9: 3.25, 10: 3.17}
WAY = {"1": "up", "-1": "down"}


def replays(*rules: str) -> Callable[[Replay], Replay]:
    def keep(function: Replay) -> Replay:
        REPLAYS.update(dict.fromkeys(rules, function))
        return function

    return keep


def number(text: str) -> float:
    """Read the number with which a text begins: "−1,198.7 per 10,000"."""
    found = re.match(r"[−-]?£?[\d,]*\.?\d+", text)
    assert found, text
    return float(found[0].replace(",", "").replace("£", "").replace("−", "-"))


def parts(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split("/"))


def sign(value: float) -> int:
    return (value > 0) - (value < 0)


# ---------- What, and the change ----------


@replays("S0-none")
def _none(text: str, given: Inputs) -> bool:
    if not given:
        return text == "No figure is available yet."
    return text.startswith("No figure is available ") and given["period"] in text


@replays("S0-not-expected")
def _not_expected(text: str, given: Inputs) -> bool:
    expected = given["status"] == "not_expected" and given["period"] in text
    return expected and text.startswith("No figure is expected ")


@replays("S0-low")
def _low(text: str, given: Inputs) -> bool:
    known = given["status"] == "low" and given["period"] in text
    return known and text.endswith(" rounds to 0 but is not 0.")


@replays("S6-hidden")
def _hidden(text: str, given: Inputs) -> bool:
    return given["status"] == "hidden" and text in (
        HIDDEN_WHY,
        UNCOUNTED_WHY,
        UNKNOWN_WHY,
    )


@replays("S1-value-and-change")
def _change(text: str, given: Inputs) -> bool:
    if f" {given['value']} {given['period']}" not in text:
        return False
    if "direction" not in given:
        return text.endswith(f" {given['period']}.") and "from" not in text[-20:]
    moved = sign(number(given["value"]) - number(given["earlier"]))
    if str(moved) != given["direction"] and given["direction"] != "0":
        return False
    if given["direction"] == "0":
        return ", about the same as " in text and f"({given['earlier']}" in text
    return f", {WAY[given['direction']]} from {given['earlier']} " in text


@replays("S1-no-comparison")
def _no_comparison(text: str, given: Inputs) -> bool:
    return text == f"There is no comparison with {given['before']}: {given['why']}."


@replays("S9-together")
def _together(text: str, given: Inputs) -> bool:
    moved = sign(number(given["value"]) - number(given["earlier"]))
    said = f" {given['value']} {given['period']}, "
    said += f"{WAY[given['direction']]} from {given['earlier']}."
    return str(moved) == given["direction"] and text.endswith(said)


# ---------- Signal ----------


def _line(points: Iterable[tuple[int, float, float]]) -> tuple[float, float, float]:
    """Give slope, its variance where weights are right, and the scatter about it."""
    held = list(points)
    total = sum(w for _, _, w in held)
    t_mean = sum(w * t for t, _, w in held) / total
    v_mean = sum(w * v for _, v, w in held) / total
    around = sum(w * (t - t_mean) ** 2 for t, _, w in held)
    slope = sum(w * (t - t_mean) * (v - v_mean) for t, v, w in held) / around
    strays = (w * (v - v_mean - slope * (t - t_mean)) ** 2 for t, v, w in held)
    return slope, 1 / around, sum(strays) / (len(held) - 2)


def _weighted(years: list[tuple[float, ...]]) -> list[tuple[int, float, float]]:
    """Give (year, value, 1 / variance in counting); 1 where nobody gives the counts."""
    if len(years[0]) == 1:
        return [(t, v, 1.0) for t, (v,) in enumerate(years, 1)]
    if len(years[0]) == 3:
        return [
            (t, v, (3.92 / (high - low)) ** 2)
            for t, (v, low, high) in enumerate(years, 1)
        ]
    share = sum(r for r, _ in years) / sum(n for _, n in years)
    known = 0 < share < 1
    each = share * (1 - share) if known else 1.0
    return [(t, r / n, n / each) for t, (r, n) in enumerate(years, 1)]


@replays("S2-trend")
def _trend(text: str, given: Inputs) -> bool:
    years = [parts(year) for year in given["years"].split("; ")]
    way = {"line": _way_of_line, "ranks": _way_of_ranks}[given["test"]](years, given)
    if way is None:
        return False
    to = "" if given["until"] == "same" else f" to {given['until']}"
    whose = "published " if to and given["of"] == "published" else ""
    many = MANY[len(years)]
    if not way:
        return text == f"Over {many} {whose}years{to} there is no clear change."
    word = {1: ", which is better", -1: ", which is worse"}
    judged = word.get(way * int(given["good"]), "")
    said = f"The {whose}{many}-year trend{to} is {'rising' if way > 0 else 'falling'}"
    return text == f"{said}{judged}."


def _way_of_line(years: list[tuple[float, ...]], given: Inputs) -> int | None:
    """Give +1, -1 or 0; None where the inputs do not agree with each other."""
    points = _weighted(years)
    slope, variance, scatter = _line(points)
    if given["scatter"] == "not known":
        widened = scatter if len(years[0]) == 1 else 0.0
    else:
        widened = max(1.0, scatter)
        if abs(float(given["scatter"]) - scatter) > 0.006 + 1e-6 * scatter:
            return None
    error = sqrt(variance * widened)
    told = float(given["statistic"])
    if len(years) not in T_95 or (
        error and abs(slope / error - told) > 0.001 * abs(told) + 0.001
    ):
        return None
    refits = {_sign(_line(p for p in points if p is not out)[0]) for out in points}
    last = _sign(points[-1][1] - points[-2][1])
    clear = refits == {_sign(slope)} and abs(told) > T_95[len(years)]
    return _sign(slope) if clear and last != -_sign(slope) else 0


def _way_of_ranks(years: list[tuple[float, ...]], given: Inputs) -> int | None:
    """Count pairs; the chance by listing every order of so many years, up to seven."""
    values = [value for (value,) in years]
    more = sum(_sign(b - a) for a, b in combinations(values, 2))
    chance = float(given["chance"])
    if more != int(given["more_pairs"]) or not 5 < len(values) <= 10:
        return None
    if len(values) <= 7:
        orders = [
            abs(sum(_sign(b - a) for a, b in combinations(order, 2)))
            for order in permutations(range(len(values)))
        ]
        least = abs(more) - (len(list(combinations(values, 2))) - abs(more)) % 2
        exact = sum(order >= least for order in orders) / len(orders)
        if abs(exact - chance) > 0.0001:
            return None
    last = _sign(values[-1] - values[-2])
    return _sign(more) if chance <= 0.01 and last != -_sign(more) else 0


def _sign(value: float) -> int:
    return 0 if abs(value) < 1e-12 else sign(value)


@replays("S2-across-break")
def _across(text: str, given: Inputs) -> bool:
    before, after = (float(value) for value in given["values"].split(" to "))
    base = abs(before)
    if given["unit"] == "percent":
        base = min(base, abs(100 - before))
    another = before != after and abs(after - before) >= base / 10
    place = f"{'in' if given['first'][:1].isdigit() else 'to'} {given['first']}"
    return another and text == (
        f"It was {given['was']} {place}, but figures before {given['since']} are not "
        "comparable."
    )


@replays("S10-change-beyond-scatter")
def _beyond_scatter(text: str, given: Inputs) -> bool:
    years = [(*parts(year), 1.0)[:2] for year in given["years"].split("; ")]
    told, limit = float(given["statistic"]), float(given["limit"])
    if T_99.get(len(years) - 2) != limit or abs(told) <= limit:
        return False
    # A share varies as a binomial; a rate and a count as chance events do.
    found = []
    for is_share in (True, False):
        z = [_z(*pair, is_share=is_share) for pair in pairwise(years)]
        scatter = max(1.0, sum(each * each for each in z[:-1]) / len(z[:-1]))
        found.append((z[-1] / sqrt(scatter), scatter))
    right = any(
        abs(one - told) < 0.006 and abs(scatter - float(given["scatter"])) < 0.006
        for one, scatter in found
    )
    way = "rise" if told > 0 else "fall"
    said = f"This {way} is larger than the usual scatter of its years."
    return right and given["direction"] == str(sign(told)) and text == said


def _z(before: tuple[float, ...], after: tuple[float, ...], *, is_share: bool) -> float:
    (r1, n1), (r2, n2) = before, after
    pooled = (r1 + r2) / (n1 + n2)
    each = pooled * (1 - pooled) if is_share and pooled < 1 else pooled
    return (r2 / n2 - r1 / n1) / sqrt(each * (1 / n1 + 1 / n2))


@replays("S10-change-among-authorities")
def _among_changes(text: str, given: Inputs) -> bool:
    many, further = int(given["authorities"]), int(given["further"])
    before, after = ((*parts(given[name]), 1.0)[:2] for name in ("before", "after"))
    moved = sign(after[0] / after[1] - before[0] / before[1])
    if many < 30 or further >= many / 10 or str(moved) != given["direction"]:
        return False
    way = "rise" if moved > 0 else "fall"
    return text == f"Of {many} authorities, {further or 'none'} had a larger {way}."


# ---------- Compared with whom ----------


def _words(side: int, strength: int) -> str:
    if not strength:
        return "similar to"
    way = "higher than" if side > 0 else "lower than"
    return way if strength == 2 else f"somewhat {way}"


@replays("S3-england")
def _england(text: str, given: Inputs) -> bool:
    elsewhere = given["year"] != "same"
    if "strength" not in given:
        if not _is_beside(given["beside"]):
            return False
        said = f"England was {given['england']}; {given['beside']}."
        start = given["year"][:1].upper() + given["year"][1:] + ", "
        return text == (start if elsewhere else "") + said
    side, strength = int(given["side"]), int(given["strength"])
    if "counts" in given and _place(given) != (side, strength):
        return False
    said = f"{_words(side, strength)} England"
    if elsewhere:
        both = f"{given['ours']} against {given['england']}."
        return f" was {said}: {both}" in text and given["year"][1:] in text
    return text.endswith(f" is {said} ({given['england']}).")


def _is_beside(words: str) -> bool:
    """Tell whether this counts others, as many at most as there are, or says why not."""
    counted = re.fullmatch(
        r"(none|\d+) of (\d+) others (higher|lower) than ours", words
    )
    if counted is None:
        return words in (
            "there is no figure of ours to test",
            "ours is not judged",
            "ours is provisional, so chance is not told",
            "no counts are published to test it by",
            "an average has no counts to test it by",
        )
    further = 0 if counted[1] == "none" else int(counted[1])
    return int(counted[2]) >= 30 and further <= int(counted[2])


def _place(given: Inputs) -> tuple[int, int]:
    r, n = parts(given["counts"])
    england = float(given["against"])
    if given["unit"] == "percent":
        p = england / 100
        half = sqrt(p * (1 - p) / n)
        beyond = [
            not max(0.0, p - z * half) <= r / n <= min(1.0, p + z * half)
            for z in (Z_95, Z_998)
        ]
        return sign(r / n - p), sum(beyond)
    expected = england / (100 if given["unit"] == "events per 100" else 10_000) * n
    limits = [count_limits(r, z) for z in (Z_95, Z_998)]
    beyond = [not low <= expected <= high for low, high in limits]
    return sign(r - expected), sum(beyond)


@replays("S3-among-authorities")
def _among(text: str, given: Inputs) -> bool:
    r, n = parts(given["counts"])
    p, tau_squared = float(given["england"]), float(given["tau_squared"])
    strength = 0
    for z in (Z_95, Z_998):
        if tau_squared:
            reach = z * sqrt(1 / (4 * n) + tau_squared)
            low, high = (
                sin(min(max(asin(sqrt(p)) + way * reach, 0.0), pi / 2)) ** 2
                for way in (-1, 1)
            )
        else:
            half = z * sqrt(p * (1 - p) / n)
            low, high = max(0.0, p - half), min(1.0, p + half)
        strength += not low <= r / n <= high
    side = sign(r / n - p)
    if (str(side), str(strength)) != (given["side"], given["strength"]):
        return False
    where = "above" if side > 0 else "below"
    word = {0: "within", 1: f"somewhat {where}", 2: where}[strength]
    many = given["authorities"]
    return text == f"That is {word} the usual spread of {many} authorities."


@replays("S3-neighbours")
def _neighbours(text: str, given: Inputs) -> bool:
    when = "" if given["year"] == "same" else f" {given['year']}"
    said = f"The mean of {given['of']} statistical neighbours was {given['mean']}"
    return int(given["of"]) >= 6 and text == f"{said}{when}."


# ---------- Target ----------


@replays("S4-target")
def _target(text: str, given: Inputs) -> bool:
    value, aim, good = float(given["value"]), float(given["aim"]), int(given["good"])
    room = given["tolerance"]
    share = abs(aim) / 100 if room.endswith("%") else 1.0
    allowed = share * float(room.removesuffix("%"))
    short = (aim - value) * good
    tone = "green" if short <= 0 else "amber" if short <= allowed else "red"
    near = (
        abs(short) < 1e-9 or abs(short - allowed) < 1e-9
    )  # the inputs have ten digits
    return good != 0 and (near or text.endswith(f" this is {tone}."))


@replays("S11-forecast")
def _forecast(text: str, given: Inputs) -> bool:
    aim, good = float(given["aim"]), int(given["good"])
    ends = sorted(float(end) * good for end in given["interval"].split(" to "))
    if ends[0] >= aim * good:
        says = "will meet"
    else:
        says = "will not meet" if ends[1] < aim * good else "may meet or miss"
    enough = int(given["years"]) >= 6 and good != 0
    said = f"On this pattern it {says} the target of {given['target']} by "
    return enough and text.startswith(said)


# ---------- Months still being recorded ----------


@replays("S12-nowcast")
def _nowcast(text: str, given: Inputs) -> bool:
    recorded, completion = number(given["recorded"]), float(given["completion"])
    expected = float(given["expected"])
    low, high = number(given["low"]), number(given["high"])
    if not 0 < completion < 0.98 or not recorded <= low <= expected + 0.5 <= high + 1:
        return False
    # The share has four digits.
    if abs(expected * completion - recorded) > 0.0001 * expected + 0.01:
        return False
    shown = re.search(r"; ([\d,]+) are expected", text)
    start = text.startswith(f"Recorded so far {given['period']}: {given['recorded']}")
    end = text.endswith(f"(95% interval {given['low']} to {given['high']}).")
    near = shown is not None and abs(number(shown[1]) - expected) <= 0.51
    return start and end and near and int(given["earlier_months"]) >= 4


@replays("S13-still-recorded")
def _still_recorded(text: str, given: Inputs) -> bool:
    said = "Some of its months are not fully recorded yet, so this figure may rise."
    return bool(given["months"]) and given["complete_from"] == "98%" and text == said


# ---------- Caveats ----------


@replays("S5-small-numbers")
def _small(text: str, given: Inputs) -> bool:
    few = 0 < number(given["denominator"]) < 100
    return few and text.startswith(f"Based on {given['denominator']}")


@replays("S7-provisional")
def _provisional(text: str, given: Inputs) -> bool:
    plain = text == "This figure is provisional and may change."
    return plain or text == f"Provisional: {given['why'].rstrip('.')}."


@replays("S14-held")
def _held(text: str, given: Inputs) -> bool:
    fits = len(given["why"].split()) <= 19
    stands = text == "It is shown and not judged, for the reason that stands beside it."
    said = text == f"It is shown and not judged: {given['why']}."
    return bool(given["why"]) and (said or (stands and not fits))


@replays("S14-own-held")
def _own_held(text: str, given: Inputs) -> bool:
    start = (
        f"Our own figure was {given['value']} {given['period']}, and is not judged. "
    )
    why = given["why"]
    said = text == f"{start}{why[:1].upper()}{why[1:]}."
    too_long = any(len(part.split()) > 25 for part in re.split(r"(?<=[.!?])\s+", why))
    stands = text == f"{start}The reason stands beside it among the figures."
    return bool(why) and (said or (stands and too_long))


@replays("S8-unknown")
def _unknown(text: str, given: Inputs) -> bool:
    many = int(given["unknown"])
    return many > 0 and text == f"For {many:,} of them the answer is not known."


# ---------- The short sentence ----------

_DATES = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)


def _short(text: str, given: Inputs, tail: str) -> bool:
    """Tell whether it says its value, its one period and its one comparator."""
    value, period = given["value"], given["period"]
    if value not in text or period not in text or not text.endswith(f"{tail}."):
        return False
    rest = text.replace(period, "", 1)
    return len(text.split()) <= 20 and _DATES.search(rest) is None


@replays("B0-figure")
def _short_figure(text: str, given: Inputs) -> bool:
    return set(given) == {"value", "period"} and _short(text, given, "")


@replays("B1-target")
def _short_target(text: str, given: Inputs) -> bool:
    tone = given["tone"]
    as_said = {**given, "value": given["number"]}
    right = _target(f"Against it this is {tone}.", as_said)
    near = number(given["target"]) - float(given["aim"])
    same = abs(near) <= 0.5
    return right and same and _short(text, given, f"; the target is {given['target']}")


@replays("B2-change")
def _short_change(text: str, given: Inputs) -> bool:
    moved = sign(number(given["value"]) - number(given["earlier"]))
    if given["direction"] == "0":
        return _short(text, given, f", about level with {given['before']}")
    way = WAY[given["direction"]]
    tail = f", {way} from {given['earlier']} {given['before']}"
    return str(moved) == given["direction"] and _short(text, given, tail)


@replays("B3-england")
def _short_england(text: str, given: Inputs) -> bool:
    ours, england = parts(given["number"])
    shown = number(given["value"]) - ours, number(given["england"]) - england
    near = all(abs(each) <= 0.5 for each in shown)
    side = sign(ours - england)
    tested = given["tested"]
    agrees = ("higher" in tested, "lower" in tested) in (
        (side > 0, side < 0),
        (False, False),
    )
    return (
        near
        and agrees
        and _short(text, given, f"; in England it was {given['england']}")
    )


@replays("B4-trend")
def _short_trend(text: str, given: Inputs) -> bool:
    way, told = given["direction"], float(given["statistic"])
    many = {words: number for number, words in MANY.items()}[given["years"]]
    if given["test"] == "line":
        clear = many in T_95 and abs(told) > T_95[many]
    else:
        # The fewest pairs that lead in one order of a hundred (exact, two-sided).
        fewest = {6: 15, 7: 19, 8: 22, 9: 26, 10: 29}
        clear = abs(told) >= fewest[many]
    right = str(sign(told)) == way
    if given["up_to"] == "the headline":
        said = f", {'rising' if way == '1' else 'falling'} over {given['years']} years"
    else:
        said = f", after a {given['years']}-year {'rise' if way == '1' else 'fall'}"
    return clear and right and _short(text, given, said)


@replays("B5-held")
def _short_held(text: str, given: Inputs) -> bool:
    return bool(given["why"]) and _short(text, given, "; it is not judged")


def faults_of_short(stories: Iterable[IndicatorStory]) -> list[str]:
    """Name what is wrong with short sentences: not replayed, not plain, or not there."""
    faults = []
    for story in stories:
        if story.short is None:
            if story.number.value is not None:
                faults.append(f"{story.code}: a figure and no short sentence")
            continue
        faults += [
            f"{story.code}: {each}" for each in faults_of_words(story.short.text)
        ]
        if not replay(story.short):
            faults.append(f"{story.code}: {story.short}")
    return faults


# ---------- The whole dashboard ----------


@replays("H1-count")
def _count(text: str, given: Inputs) -> bool:
    asked, praised = int(given["questions"]), int(given["celebrations"])
    told = int(given["told"])
    if not asked + praised <= told <= int(given["indicators"]):
        return False
    are = "is" if asked == 1 else "are"
    return text == (
        f"Of {told} indicators with a figure, {asked or 'none'} {are} worth a question "
        f"and {praised or 'none'} worth celebrating."
    )


@replays("H2-chance")
def _chance(text: str, given: Inputs) -> bool:
    about = round(float(given["by_chance"]))
    word = "fewer than one signal"
    if about:
        word = f"about {about} signal{'' if about == 1 else 's'}"
    near = abs(float(given["by_chance"]) % 1 - 0.5) < 0.006
    return near or f" give {word} by luck alone" in text


@replays("P1-none")
def _placed_none(text: str, given: Inputs) -> bool:
    return not given and text == "No published figure places the council yet."


@replays("P1-quarters")
def _placed(text: str, given: Inputs) -> bool:
    first, last, told = (int(given[name]) for name in ("first", "last", "told"))
    stand = "stands" if first == 1 else "stand"
    said = f" with quarters, {first or 'none'} {stand} in the first quarter and "
    what = re.match(
        rf"Of {told} (indicator|measure)({'' if told == 1 else 's'}) ", text
    )
    return (
        told > 0
        and first + last <= told
        and what is not None
        and text.endswith(f"{said}{last or 'none'} in the last.")
    )


@replays("P2-no-quarters")
def _no_quarters(text: str, given: Inputs) -> bool:
    return int(given["measures"]) >= 0 and text == (
        "No measure here has quarters: no direction is said to be good, or the "
        "publisher draws none."
    )


@replays("P3-figure")
def _figure(text: str, given: Inputs) -> bool:
    england = given["england"]
    beside = "" if england == "none" else f"; England was {england}"
    article = "" if given["year"][:1].isdigit() else "(the )?"
    end = rf" was {re.escape(given['ours'])} in {article}{re.escape(given['year'])}"
    return re.search(rf"{end}{re.escape(beside)}\.$", text) is not None


@replays("P3-no-figure")
def _no_figure(text: str, given: Inputs) -> bool:
    return bool(given["measure"]) and text == given["why"]


@replays("P5-forecast")
def _forecast(text: str, given: Inputs) -> bool:
    others = int(given["others"])
    more = f", and {others} nearer than that" if others else ""
    return (
        bool(given["measure"])
        and re.fullmatch(
            rf"A forecast, not drawn or compared: {re.escape(given['value'])} in (the )?"
            rf"{re.escape(given['period'])}{more}\.",
            text,
        )
        is not None
    )


@replays("P4-change")
def _published_change(text: str, given: Inputs) -> bool:
    # The inputs hold the change in words alone, with its two years.
    way = r"(Up|Down) [\d,.−]+( points?)?|About the same"
    said = re.match(rf"({way}) from .+ to .+\.$", text)
    return said is not None and text == f"{given['change']}."


# ---------- Peers within the year ----------


@replays("S3-peers-none")
def _no_peers(text: str, given: Inputs) -> bool:
    start = given["period"][:1].upper() + given["period"][1:]
    return text == f"{start}, no figure of the peers can be shown."


@replays("S3-peers")
def _peers(text: str, given: Inputs) -> bool:
    start = given["period"][:1].upper() + given["period"][1:]
    many, listed = (int(part) for part in given["peers"].split(" of "))
    far = " so far" if given["so_far"] == "True" else ""
    if given["ours"] == "none":
        said = f"{start}, the median was {given['median']} among {many} "
    else:
        said = f"{start}, {given['ours']}{far} against a median of {given['median']} "
        said += f"among {many} "
    noun = "authority." if many == 1 else "authorities."
    return 0 < many <= listed and text.startswith(said) and text.endswith(noun)


# ---------- How a figure was fed ----------


@replays("F1-own-count")
def _own_count(text: str, given: Inputs) -> bool:
    by = f", given by {given['by']}" if given["by"] else ""
    return text == f"This is the council’s own count{by}. No rows stand behind it."


# ---------- Doubtful published figures ----------


@replays("D1-names")
def _misnamed(text: str, given: Inputs) -> bool:
    found = re.findall(r"(\w+)=(.+?) \((\w+)\)(?:; |$)", given["misnamed"])
    if not found or any(code == owner for code, _, owner in found):
        return False
    if not text.endswith("; figures here follow the number."):
        return False
    if f"gives {len(found)} authorities other authorities’ names" in text:
        return True
    shown = found[:2]
    named = all(f"{code} “{printed}”" in text for code, printed, _ in shown)
    more = len(found) - len(shown)
    return named and (f"{more} more" in text) == (more > 0)


@replays("D2-ended")
def _ended(text: str, given: Inputs) -> bool:
    codes = given["ended"].split(", ")
    names = [AUTHORITY_NAMES.get(code, code) for code in codes]
    short = text == f"{len(codes)} authorities that have ended are not compared."
    named = text.startswith("Not compared or ranked, having ended: ") and all(
        name in text for name in names
    )
    return set(codes) <= set(ENDED_AUTHORITIES) and (short or named)


@replays("D3-labels")
def _labels(text: str, given: Inputs) -> bool:
    labels = given["labels"].split(", ")
    last = max(labels, key=lambda label: (label.lower(), label))
    right = len(labels) > 1 and last == given["year"]
    return right and f"{len(labels)} labels" in text and f"“{last}” is compared" in text


@replays("D4-ended-neighbours")
def _ended_neighbours(text: str, given: Inputs) -> bool:
    codes = given["ended"].split(", ")
    have = "has ended and has" if len(codes) == 1 else "have ended and have"
    said = f"Of the {given['listed']} neighbours listed, {len(codes)} {have} no figure"
    known = set(codes) <= set(ENDED_AUTHORITIES)
    return known and len(codes) <= int(given["listed"]) and text.startswith(said)


# ---------- All sentences of a dashboard ----------


def sentences_of(sections: Iterable[SectionStory]) -> Iterator[Sentence]:
    """Give every sentence of one rule; voices are joined from these."""
    for section in sections:
        for story in section.indicators:
            yield from story.sentences
            yield from story.cautions
            if story.short is not None:
                yield story.short
            for pair in story.pairs:
                if pair.sentence is not None:
                    yield pair.sentence


def voices_of(
    sections: Iterable[SectionStory],
) -> Iterator[tuple[Sentence, IndicatorStory]]:
    """Give every voice with the story from which it is joined."""
    for section in sections:
        by_id = {story.id: story for story in section.indicators}
        for voice in (*section.questions, *section.celebrations):
            yield voice, by_id[dict(voice.inputs)["indicator"]]


def replay(sentence: Sentence) -> bool:
    """Tell whether a sentence says what its inputs allow; KeyError without a replay."""
    return REPLAYS[sentence.rule](sentence.text, dict(sentence.inputs))


def replay_voice(voice: Sentence, story: IndicatorStory) -> bool:
    """Tell whether a voice is nothing but sentences of its own story, in order."""
    held = {s.rule: s for s in story.sentences}
    pairs = [p.sentence for p in story.pairs if p.sentence is not None]
    texts = []
    for rule in voice.rule.split("+"):
        if rule == "S9-together":
            texts.append(next((p.text for p in pairs if p.text in voice.text), "?"))
        else:
            texts.append(held[rule].text)
    return voice.text == " ".join(texts)


def faults_of_words(text: str) -> list[str]:
    """Name what breaks the rules of plain text: words forbidden, sentences too long."""
    low = text.lower()
    faults = [word for word in FORBIDDEN if re.search(rf"\b{word}\b", low)]
    faults += [
        f"{len(part.split())} words: {part}"
        for part in re.split(r"(?<=[.!?])\s+", text)
        if len(part.split()) > 25
    ]
    return faults
