"""What is different from the last paper, told by rule from two publications.

Pure: the earlier one is of its own snapshot, for the same audience and by today's
decisions and disclosure, so that only figures differ between the two. What people
decided since is told from the adoptions of then and of now. A figure that either
publication hides is never set beside the other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from openscrutiny.adoption.targets import Adoption
from openscrutiny.comparison.changes import is_material
from openscrutiny.disclosure.release import Hidden
from openscrutiny.numbers import make_display
from openscrutiny.periods import format_date
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory, Point, Sentence, Stop
from openscrutiny.story.sentences import is_plain, make_sentence

_COLOURS: Final = ("green", "amber", "red")  # from good to bad
NOT_COUNTED: Final = "Not counted yet"  # what the last paper could not have
_HIDDEN: Final = "Hidden [c]"
_REVISED_MOST: Final = 2

# How much a change matters, the least number first; `find_changes` orders by it.
_FIRST, _SECOND, _THIRD, _FOURTH, _LAST = range(5)
Said = tuple[int, Sentence]


@dataclass(frozen=True)
class SinceItem:
    """Hold all that changed of one indicator: sentences, and the two figures."""

    id: str
    code: str
    name: str
    sentences: tuple[Sentence, ...]
    then: str  # "25.0%, year to March 2025"
    now: str
    weight: int
    size: float  # of the headline's move, as a share of what it was

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def beside(self) -> str:
        """Say what the two figures do not: everything but that there is a new one."""
        told = [s.text for s in self.sentences if not s.rule.startswith("N1")]
        return " ".join(told) or "New figure."


def find_changes(
    earlier: Publication, now: Publication, adopted: Mapping[str, Adoption]
) -> tuple[SinceItem, ...]:
    """Find every indicator of which something changed, what matters first.

    `adopted` are the adoptions by code as they stood when the paper was made. A
    publication without editions is of before they were kept.
    """
    before = earlier.stories
    items = [
        _compare(before.get(story.id), story, earlier, now, adopted)
        for story in now.stories.values()
    ]
    gone = [code for code in earlier.editions if code not in now.editions]
    items += [_ended(code) for code in gone if now.editions]
    found = [item for item in items if item.sentences]
    return tuple(sorted(found, key=lambda item: (item.weight, -item.size)))


def _compare(
    then: IndicatorStory | None,
    now: IndicatorStory,
    earlier: Publication,
    today: Publication,
    adoptions: Mapping[str, Adoption],
) -> SinceItem:
    adopted = adoptions.get(now.code), today.adoptions.get(now.code)
    if then is None or (earlier.editions and now.code not in earlier.editions):
        said = [_say_new(now)]
        return _item(now, said, NOT_COUNTED, 0.0)
    is_hidden = _is_hidden_today(then, now, today.hidden)
    then = _masked(then, now, is_hidden=is_hidden)
    judged = _say_colour(then, now, is_new=_target(adopted[0]) != _target(adopted[1]))
    said = [
        *judged,
        *_say_due(then, now),
        *_say_figure(then, now),
        *_say_revised(then, now),
        *_say_target(*adopted, unit=now.number.unit),
        *_say_edition(earlier.editions.get(now.code), today.editions.get(now.code)),
    ]
    was = _then_text(then, now, is_hidden=is_hidden)
    return _item(now, said, was, _size(then, now))


def _item(
    story: IndicatorStory, said: Sequence[Said], then: str, size: float
) -> SinceItem:
    sentences = tuple(sentence for _, sentence in said)
    weight = min((w for w, _ in said), default=_LAST)
    return SinceItem(
        story.id, story.code, story.name, sentences, then, _cell(story), weight, size
    )


def _ended(code: str) -> SinceItem:
    text = "This indicator is no longer watched."
    said = (make_sentence("N8-ended", text, code=code),)
    return SinceItem("", code, code, said, "Watched", "Not watched", _THIRD, 0.0)


# ---------- Words for one figure ----------


def _figure(story: IndicatorStory) -> str:
    """Write the headline with its unit: "26.8%", "41.2 per 10,000", "7,986 [p]"."""
    rate = " per 10,000" if story.number.unit == "rate_per_10_000" else ""
    if story.number.is_word:
        rate = ""
    return f"{story.number.text}{rate} {story.number.marker}".strip()


def _cell(story: IndicatorStory) -> str:
    period = story.number.period
    return f"{_figure(story)}, {period}" if period else _figure(story)


def _within(story: IndicatorStory) -> str:
    span = story.number.span
    return span.within if span else "now"


def _is_hidden_today(
    then: IndicatorStory, now: IndicatorStory, hidden: frozenset[Hidden]
) -> bool:
    """Say whether the period of the earlier headline is hidden today."""
    span = then.number.span
    if span is None:
        return False
    points = now.chart.points if now.chart else ()
    drawn = any(p.marker == "[c]" and p.period_end == span.end for p in points)
    return drawn or (now.id, span.type, span.end) in hidden


def _masked(
    then: IndicatorStory, now: IndicatorStory, *, is_hidden: bool
) -> IndicatorStory:
    """Hide the earlier figure, and its colour, where today hides that period.

    Where today shows no figure either, no rule repeats what the earlier one was.
    """
    shown = then.number.value is not None and now.number.value is not None
    if not shown or not is_hidden:
        return then
    number = replace(
        then.number, text="Hidden", marker="[c]", of="", value=None, is_word=True
    )
    number = replace(number, stop=Stop.HIDDEN)
    return replace(then, number=number, rag=replace(then.rag, tone="none"))


def _then_text(then: IndicatorStory, now: IndicatorStory, *, is_hidden: bool) -> str:
    """Write the earlier figure, unless that same period is hidden now."""
    same = now.number.stop is Stop.HIDDEN and _is_same_period(then, now)
    if then.number.value is not None and (same or is_hidden):
        return f"{_HIDDEN}, {then.number.period}"
    return _cell(then)


def _is_same_period(then: IndicatorStory, now: IndicatorStory) -> bool:
    return then.number.span == now.number.span


def _size(then: IndicatorStory, now: IndicatorStory) -> float:
    old, new = then.number.value, now.number.value
    if old is None or new is None or old == new:
        return 0.0
    if then.number.held or now.number.held:
        return 0.0
    return abs(new - old) / max(abs(old), abs(new))


# ---------- N1 to N4: the figure itself ----------


def _say_figure(then: IndicatorStory, now: IndicatorStory) -> list[Said]:
    """Tell a later figure, or one that came, went or was hidden."""
    shown_then, shown_now = (s.number.value is not None for s in (then, now))
    if shown_then and shown_now:
        return _say_later(then, now)
    if shown_now:
        return _say_come(then, now)
    if shown_then or then.number.stop is not now.number.stop:
        return [_say_gone(then, now)]
    return []


def _say_later(then: IndicatorStory, now: IndicatorStory) -> list[Said]:
    """N1: the new figure beside the one that the last paper had."""
    old, new = then.number, now.number
    if old.span is None or new.span is None or old.span == new.span:
        return []
    inputs = {"then": old.text, "of": old.period, "now": new.text, "for": new.period}
    if new.span.end < old.span.end:
        text = f"The figure {_within(then)} is gone; the latest is {_figure(now)} {_within(now)}."
        return [(_SECOND, make_sentence("N4-gone", text, **inputs))]
    assert old.value is not None and new.value is not None
    if new.held or old.held:
        return _say_not_judged(then, now)
    if not new.span.is_alike(old.span):
        tail = f"the last paper had {_figure(then)} {_within(then)}"
    elif old.text == new.text or old.value == new.value:
        same = "the same" if old.value == new.value else "about the same"
        tail = f"{same} as {_within(then)}"
    elif (new.value / new.recorded - old.value / old.recorded) * (
        new.value - old.value
    ) <= 0:
        return _say_late(then, now)
    else:
        way = "up" if new.value > old.value else "down"
        tail = f"{way} from {_figure(then)} {_within(then)}"
    text = f"Now {_figure(now)} {_within(now)}, {tail}."
    moved = is_material(
        old.value, new.value, is_percent=new.unit == "percent"
    ) and new.span.is_alike(old.span)
    weight = {"question": _SECOND, "celebrating": _THIRD}.get(now.worth, _FOURTH)
    return [
        (weight if moved else _LAST, make_sentence("N1-new-figure", text, **inputs))
    ]


def _say_late(then: IndicatorStory, now: IndicatorStory) -> list[Said]:
    """N1 and N3: both figures and no direction, where late recording explains it."""
    new, old = now.number, then.number
    first = (
        f"Now {_figure(now)} {_within(now)}; the last paper had {_figure(then)} "
        f"{_within(then)}."
    )
    if not is_plain(first):  # of a rate in both: its period stands in the table
        first = (
            f"Now {_figure(now)} {_within(now)}; the last paper had {_figure(then)}."
        )
    text = "The months still being recorded may make up the difference."
    inputs = {"then": old.text, "of": old.period, "now": new.text, "for": new.period}
    shares = {"recorded": f"{new.recorded:.4f}", "then": f"{old.recorded:.4f}"}
    return [
        (_LAST, make_sentence("N1-new-figure", first, **inputs)),
        (_LAST, make_sentence("N3-late", text, **shares)),
    ]


def _say_not_judged(then: IndicatorStory, now: IndicatorStory) -> list[Said]:
    """N1 and N3: the new figure alone, since one of the two is not judged."""
    new, old = now.number, then.number
    which, why = ("It is", new.held) if new.held else ("The last paper’s was", old.held)
    text = f"{which} not judged: {why}."
    if not is_plain(text):
        text = f"{which} not judged, for the reason that stands beside it."
    first = f"Now {_figure(now)} {_within(now)}."
    inputs = {"now": new.text, "for": new.period}
    return [
        (_LAST, make_sentence("N1-new-figure", first, **inputs)),
        (_LAST, make_sentence("N3-not-judged", text, why=why)),
    ]


def _say_come(then: IndicatorStory, now: IndicatorStory) -> list[Said]:
    """N3: a figure where the last paper had none, or had hidden it."""
    was = {
        "[c]": "the last paper’s figure is hidden",
        "[low]": "the last paper’s rounded to 0",
    }.get(then.number.marker, "the last paper had none")
    text = f"Now {_figure(now)} {_within(now)}; {was}."
    said = [(_THIRD, make_sentence("N3-available", text, now=now.number.text, was=was))]
    if now.number.held:
        said = [(_LAST, said[0][1]), *_say_not_judged(then, now)[1:]]
    return said


def _say_gone(then: IndicatorStory, now: IndicatorStory) -> Said:
    """N4: hidden, not there or not expected now; what it was is not repeated."""
    within = _within(now) if now.number.span else "any more"
    match now.number.stop:
        case Stop.HIDDEN:
            rule, text = (
                "N4-hidden",
                f"The figure {within} is hidden to protect children’s privacy.",
            )
        case Stop.UNEXPECTED:
            rule, text = "N4-not-expected", f"No figure is expected {within}."
        case Stop.FIGURE:
            rule, text = "N4-low", f"The figure {within} rounds to 0 but is not 0."
        case _:
            rule, text = "N4-gone", f"No figure is available {within}."
    weight = _LAST if rule == "N4-not-expected" else _SECOND
    return weight, make_sentence(rule, text, was=then.number.stop.value or "shown")


# ---------- N2: figures of the same period revised ----------


def _say_revised(then: IndicatorStory, now: IndicatorStory) -> list[Said]:
    """N2: both values of each period that reads otherwise now, the latest first."""
    said: list[Said] = []
    old, new = then.number, now.number
    if old.span == new.span and _differs(old.value, old.text, new.value, new.text):
        said.append((_SECOND, _revised(_within(now), _figure(then), _figure(now))))
    pairs = list(_shared_points(then, now))
    for before, after in pairs[:_REVISED_MOST]:
        sentence = _revised(f"for {after.label}", before.value_text, after.value_text)
        said.append((_THIRD, sentence))
    more = len(pairs) - _REVISED_MOST
    if more > 0:
        periods = "period was" if more == 1 else "periods were"
        text = f"{more} earlier {periods} revised too [r]."
        said.append((_THIRD, make_sentence("N2-revised", text, more=more)))
    return said


def _revised(when: str, was: str, now: str) -> Sentence:
    text = f"The figure {when} was {was}, now {now} [r]."
    return make_sentence("N2-revised", text, period=when, was=was, now=now)


def _shared_points(
    then: IndicatorStory, now: IndicatorStory
) -> Iterable[tuple[Point, Point]]:
    """Pair the periods but the headline's that both charts show and that differ."""
    if then.chart is None or now.chart is None:
        return
    ends = {s.number.span.end for s in (then, now) if s.number.span}
    told = ends if _is_same_period(then, now) else set()
    held = {(p.period_end, p.label): p for p in then.chart.points}
    for point in reversed(now.chart.points):
        before = held.get((point.period_end, point.label))
        if before is None or point.period_end in told:
            continue
        if _differs(before.value, before.value_text, point.value, point.value_text):
            yield before, point


def _differs(
    old: float | None, old_text: str, new: float | None, new_text: str
) -> bool:
    """Say whether two shown values differ, in number and as they are read."""
    if old is None or new is None:
        return False
    return old_text != new_text and abs(old - new) > 1e-9 * max(1.0, abs(old))


# ---------- N5 and N6: against the target ----------


def _say_colour(
    then: IndicatorStory, now: IndicatorStory, *, is_new: bool
) -> list[Said]:
    """N5: the colour changed, both by today's target."""
    old, new = then.rag.tone, now.rag.tone
    if old == new or old not in _COLOURS or new not in _COLOURS:
        return []
    target = now.target.target if now.target else ""
    basis = (
        f"{now.target.basis} target" if now.target and now.target.basis else "target"
    )
    by = ", by today’s target" if is_new else ""
    text = f"Against the {basis.lower()} of {target} it went from {old} to {new}{by}."
    worse = _COLOURS.index(new) > _COLOURS.index(old)
    sentence = make_sentence("N5-colour", text, then=old, now=new, target=target)
    return [(_FIRST if worse else _SECOND, sentence)]


def _say_due(then: IndicatorStory, now: IndicatorStory) -> list[Said]:
    """N6: what came due since, and whether it was kept."""
    if then.target is None or now.target is None:
        return []
    pairs = [(then.target.promise, now.target.promise)]
    # Both are told by today's decisions, so the milestones are the same ones.
    stops = zip(then.target.milestones, now.target.milestones, strict=True)
    pairs += [(f"Milestone: {a}", f"Milestone: {b}") for a, b in stops]
    said: list[Said] = []
    for before, after in pairs:
        verdict = _verdict(after)
        if not verdict or verdict == _verdict(before):
            continue
        text = after if is_plain(after) else f"{_before_verdict(after)} came due."
        weight = _FIRST if verdict == "not kept" else _SECOND
        said.append((weight, make_sentence("N6-due", text, verdict=verdict)))
    return said


_VERDICT: Final = re.compile(r"(?<=(?:19|20)\d\d): (kept|not kept|.)")


def _before_verdict(text: str) -> str:
    """Give what was promised, without what came of it."""
    found = _VERDICT.search(text)
    return text[: found.start()] if found else text


def _verdict(text: str) -> str:
    """Give "kept", "not kept" or "open" of what came due; "" of what did not."""
    found = _VERDICT.search(text)
    if found is None:
        return ""
    return found[1] if found[1] in ("kept", "not kept") else "open"


# ---------- N7 to N9: what people decided, and the definition ----------


def _target(adoption: Adoption | None) -> float | None:
    return adoption.target if adoption else None


def _say_target(
    then: Adoption | None, now: Adoption | None, *, unit: str
) -> list[Said]:
    """N7: a target set, changed or withdrawn, or its day, tolerance or milestones."""
    old, new = _target(then), _target(now)
    was, shown = (
        "" if value is None else make_display(unit, [value]).text(value)
        for value in (old, new)
    )
    if old is None and new is None:
        return []
    if old is None:
        texts = [f"A target of {shown} was set."]
    elif new is None:
        texts = [f"The target of {was} was withdrawn."]
    else:
        # Else a colour that a new target alone turned would pass for a better figure.
        tail = "; the colour is by the new one"
        changed = f"The target was changed from {was} to {shown}{tail}."
        texts = [changed] if old != new else []
        texts += _terms(then, now)
    inputs = {"then": was or "none", "now": shown or "none"}
    return [(_SECOND, make_sentence("N7-target", text, **inputs)) for text in texts]


def _say_promised(then: date | None, now: date | None) -> str:
    if now is None:
        return "It is no longer promised by a day."
    if then is None:
        return f"It was promised for the first time: by {format_date(now)}."
    was, shown = format_date(then), format_date(now)
    return f"The day it is promised by was moved from {was} to {shown}."


def _terms(then: Adoption | None, now: Adoption | None) -> list[str]:
    """Say which terms of a target that stands were changed."""
    assert then is not None and now is not None
    texts = []
    if then.promised_by != now.promised_by:
        texts.append(_say_promised(then.promised_by, now.promised_by))
    if then.tolerance != now.tolerance:
        was, shown = (str(a.tolerance or "none") for a in (then, now))
        texts.append(f"Its tolerance was changed from {was} to {shown}.")
    if then.milestones != now.milestones:
        texts.append("Its milestones were changed.")
    if then.kind != now.kind:
        texts.append(f"Its basis was changed from {then.kind} to {now.kind}.")
    return texts


def _say_new(now: IndicatorStory) -> Said:
    """N8: an indicator that the last paper did not have."""
    tail = f": {_figure(now)} {_within(now)}" if now.number.value is not None else ""
    text = f"New since the last paper{tail}."
    return _THIRD, make_sentence("N8-new", text, code=now.code)


def _say_edition(then: str | None, now: str | None) -> list[Said]:
    """N9: the definition has another edition, which alone may move the figure."""
    if not then or not now or then == now:
        return []
    text = (
        f"It is counted by edition {now} of its definition now, by {then} before; "
        "that alone may change it."
    )
    return [(_SECOND, make_sentence("N9-edition", text, then=then, now=now))]
