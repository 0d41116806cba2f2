"""What a text claims of figures, held against what was found: ways, gaps and numbers.

It reads sentences for words such as "rose" or "narrowed" and for numbers that were typed
instead of a token, and says where they are not what the figures show. It cannot tell what
a sentence means: a claim blocks only where the sentence names the indicator or says "the
figure"; else it is to be looked at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.adoption.commentary import (
    PARTS,
    TOKEN,
    TOKEN_FIELDS,
    Finding,
    Written,
    find_tokens,
)
from openscrutiny.publication.commentary import find_gaps
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory

_SENTENCE: Final = re.compile(r"(?<=[.!?;:])\s+")
_CLAUSE: Final = re.compile(
    r",? (?:and|but|while|whilst|although|though|whereas|because|as|since|after|when) |, "
)
_CODE: Final = re.compile(r"\b[A-Z]{2}\d{1,2}[a-z]?\b")
_OWN: Final = re.compile(
    r"\b(?:the|this|our|its) (?:\w+ )?(?:figure|rate|share|percentage|proportion|number|"
    r"total|count|gap|backlog)\b(?! of )",
    re.IGNORECASE,
)
# Others' figures: what is said of them says nothing of ours.
_OTHERS: Final = re.compile(
    r"\b(?:England|nation\w*|neighbours?|others?|region\w*|London|elsewhere)\b",
    re.IGNORECASE,
)
# Said of what is to come, or denied: nothing that a figure of today could show.
_NOT_SAID: Final = re.compile(
    r"\b(?:will|would|should|could|(?-i:may)|might|must|shall|expect\w*|aim|aims|aimed|aiming|"
    r"planned|planning|hope|hopes|hoped|hoping|intend\w*|not|never|cannot|if|whether)\b"
    r"(?:\W+\w+){0,3}\W*$|n[’']t(?:\W+\w+){0,3}\W*$|\bto\W*$|\bno longer\W*$",
    re.IGNORECASE,
)
# Another period than the headline's: its change says nothing of that.
_OTHER_TIME: Final = re.compile(
    r"\b(?:19|20)\d\d(?:[/-]\d\d)?\b|\bover (?:the )?(?:last |past )?\w+ (?:years|months|quarters)\b"
    r"|\bsince\b|\bmonths?\b|\bquarters?\b|\bweeks?\b|\bspring\b|\bsummer\b|\bautumn\b|\bwinter\b",
    re.IGNORECASE,
)


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)


_UP: Final = _words(
    "rose|risen|rises|rising|rise|increased?|increases|increasing|grew|grown|growing|climbed|"
    "climbing|went up|gone up|is up|are up|up from"
)
_DOWN: Final = _words(
    "fell|fallen|falls|falling|fall|decreased?|decreases|decreasing|declined?|declining|"
    "dropped|dropping|reduced|reduction|came down|come down|went down|gone down|is down|"
    "are down|down from"
)
_BETTER: Final = _words("improved|improves|improving|improvement")
_WORSE: Final = _words("worsened|worsens|worsening|deteriorated|deteriorating")
_LEVEL: Final = _words("unchanged|stayed the same|remained stable|is stable|no change")
_NARROWER: Final = _words("narrowed|narrowing|narrower|closed|closing|shrank|shrunk")
_WIDER: Final = _words("widened|widening|wider|grew|grown|growing")
_GAP: Final = _words("gap|difference|distance")
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)\s?(%|per cent|percent|per 10,000)", re.IGNORECASE
)
_PLAIN: Final = re.compile(r"(?<![\w.,/])\d[\d,]*(?:\.\d+)?(?![\w/])")
_CHILDREN: Final = (
    r"(?:children|child|pupils?|young people|young person|babies|baby|boys?|girls?|siblings?|"
    r"care leavers?|families|family)\b"
)
# A count that is said of somebody: "3 of 40", "12 more children".
_COUNTED: Final = re.compile(
    rf"(?<![\w.,/])(\d[\d,]*)(?= (?:out )?of \d| (?:\w+ )?{_CHILDREN})", re.IGNORECASE
)
_SMALL: Final = re.compile(
    rf"\b(?<!in )(?:[1-5]|one|two|three|four|five) (?!in )(?:\w+ )?{_CHILDREN}"
    r"(?! in (?:two|three|four|five|six|ten|\d))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Saying:
    """Hold one clause and the indicator that it speaks of.

    `is_named` says that the clause names it, or says "the figure".
    """

    text: str
    story: IndicatorStory
    is_named: bool
    part: str
    has_other_time: bool  # its sentence names a period that is not the figure's own


class Sayings:
    """Read what texts say by one publication: names are looked up once."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        names: dict[str, IndicatorStory] = {}
        for story in publication.stories.values():
            names[story.name.casefold()] = story
            if story.short_name:
                names[story.short_name.casefold()] = story
        self._names: Mapping[str, IndicatorStory] = names
        found = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        self._named = re.compile(rf"\b(?:{found})\b", re.IGNORECASE)

    def read(self, written: Written) -> Iterator[Saying]:
        """Give each clause of a commentary with the indicator that it speaks of."""
        subject = self.publication.find(written.key)
        for part, text in written.words.parts.items():
            for sentence in _SENTENCE.split(text):
                wide = self._find(sentence)
                for clause in _CLAUSE.split(sentence):
                    if found := self._subject_of(clause, wide, subject):
                        story, is_named = found
                        timed = self._has_other_time(sentence, story)
                        yield Saying(clause, story, is_named, part, timed)

    def _subject_of(
        self,
        clause: str,
        wide: Sequence[IndicatorStory],
        subject: IndicatorStory | None,
    ) -> tuple[IndicatorStory, bool] | None:
        """Tell of which indicator a clause speaks, and whether it names it."""
        named = self._find(clause)
        if len(named) == 1:
            return named[0], True
        if named:
            return None
        meant = wide[0] if len(wide) == 1 and subject in (None, wide[0]) else subject
        return (meant, bool(_OWN.search(clause))) if meant else None

    def _has_other_time(self, sentence: str, story: IndicatorStory) -> bool:
        """Tell whether a sentence names a period that is not the figure's own."""
        plain = self._named.sub(" ", TOKEN.sub(" ", sentence)).casefold()
        own = [story.number.period, story.change.within if story.change else ""]
        for words in filter(None, own):
            plain = plain.replace(words.casefold(), " ")
        return bool(_OTHER_TIME.search(plain))

    def _find(self, text: str) -> list[IndicatorStory]:
        """Find the indicators that a text names, each once."""
        keys = [token.code for token in find_tokens(text)]
        plain = TOKEN.sub(" ", text)
        keys += _CODE.findall(plain)
        stories = [found for key in keys if (found := self.publication.find(key))]
        stories += [self._names[m[0].casefold()] for m in self._named.finditer(plain)]
        return list({story.id: story for story in stories}.values())


def find_claims(
    written: Written, sayings: Sayings, shown: Publication | None
) -> list[Finding]:
    """Find what a commentary says otherwise than the figures do.

    `shown` is what Members are shown: what it hides may not stand in a text.
    """
    found = list(_find_tokens(written, sayings.publication))
    for said in sayings.read(written):
        for what, fix, blocks in _examine(said):
            found.append(_finding(written, "contradicts", what, fix, blocks=blocks))
    found += _find_hidden(written, sayings.publication, shown)
    return list(dict.fromkeys(found))


def _finding(
    written: Written, kind: str, said: str, fix: str, *, blocks: bool
) -> Finding:
    return Finding(written.key, written.section, kind, said, fix, blocks)


def _find_tokens(written: Written, publication: Publication) -> Iterator[Finding]:
    for part, text in written.words.parts.items():
        for token in find_tokens(text):
            if publication.find(token.code) is None:
                why = f"there is no indicator {token.code}"
            elif token.field not in TOKEN_FIELDS:
                why = f"a figure has no “{token.field}”"
            else:
                continue
            said = f"“{PARTS[part]}” holds {token.text}, and {why}."
            fix = f"Write one of: {', '.join(TOKEN_FIELDS)}, as in {{FD2.value}}."
            yield _finding(written, "token", said, fix, blocks=True)


Told = tuple[str, str, bool]  # what is said, how to mend it, and whether it blocks


def _examine(said: Saying) -> Iterator[Told]:
    """Hold one clause against what was found."""
    plain = TOKEN.sub(" ", said.text)
    if said.part != "next":
        if _GAP.search(plain):
            yield from _examine_gap(said, plain)
        else:
            yield from _examine_way(said, plain)
    yield from _examine_numbers(said, plain)


def _claimed(pattern: re.Pattern[str], text: str) -> str:
    """Give the first word of a kind that the text claims of what has been; "" if none."""
    for found in pattern.finditer(text):
        if not _NOT_SAID.search(text[: found.start()]):
            return found[0]
    return ""


def _examine_way(said: Saying, plain: str) -> Iterator[Told]:
    story, change = said.story, said.story.change
    good = {"Higher": 1, "Lower": -1}.get(story.good_direction, 0)
    may_block = said.is_named and not said.has_other_time and not _OTHERS.search(plain)
    for pattern, way in ((_UP, 1), (_DOWN, -1), (_BETTER, good), (_WORSE, -good)):
        word = _claimed(pattern, plain)
        if not word:
            continue
        start = f"The text says “{word}”; "
        if change is None:
            if said.is_named:
                told = f"no change of {_name(story)} is known to set beside it."
                yield start + told, "Look whether it can be said.", False
        elif not way:
            told = f"neither way is good for {_name(story)} by its definition."
            yield start + told, "Say which way it went instead.", False
        elif change.direction != way:
            yield start + _say_change(story), _fix_of(may_block), may_block
        return
    word = _claimed(_LEVEL, plain)
    if word and change is not None and change.is_clear:
        yield (
            f"The text says “{word}”; {_say_change(story)}",
            _fix_of(may_block),
            may_block,
        )


def _name(story: IndicatorStory) -> str:
    return f"{story.short_name or story.name} ({story.code})"


def _say_change(story: IndicatorStory) -> str:
    change = story.change
    assert change is not None
    if not change.direction:
        return f"{_name(story)} stayed about the same: {change.earlier}, then {change.value}."
    went = "rose" if change.direction > 0 else "fell"
    return f"{_name(story)} {went} from {change.earlier} to {change.value} {change.within}."


def _fix_of(blocks: bool) -> str:
    if blocks:
        return "Say what the figures show, or name the period that is meant."
    return "Look whether it is said of something else."


def _examine_gap(said: Saying, plain: str) -> Iterator[Told]:
    for pattern, grows in ((_NARROWER, False), (_WIDER, True)):
        word = _claimed(pattern, plain)
        if not word:
            continue
        other = _other_of(plain, said.story)
        gaps = find_gaps(said.story, other)
        if len(gaps) < 2:
            told = f"The text says “{word}”; the gap to {other} is not known twice."
            yield told, "Look whether it can be said.", False
            return
        before, now = gaps[-2:]
        if round(now.size, 1) == round(before.size, 1):
            went = "stayed about the same"
        elif (now.size > before.size) == grows:
            return
        else:
            went = "grew" if now.size > before.size else "narrowed"
        blocks = said.is_named and not said.has_other_time
        yield (
            f"The text says “{word}”; the gap of {_name(said.story)} to {other} {went} "
            f"from {before.size:.1f} points in {before.period} to {now.size:.1f} in "
            f"{now.period}.",
            _fix_of(blocks),
            blocks,
        )
        return


def _other_of(plain: str, story: IndicatorStory) -> str:
    """Tell what a gap is to: what the text names, else England, else the target."""
    lower = plain.lower()
    if "target" in lower:
        return "the target"
    if "neighbour" in lower:
        return "the neighbours"
    if "england" in lower or "national" in lower or find_gaps(story, "England"):
        return "England"
    return "the target"


def _examine_numbers(said: Saying, plain: str) -> Iterator[Told]:
    """Hold percentages and rates that were typed against those that are shown."""
    shown = None
    for found in _NUMBER.finditer(plain):
        typed = found[1].replace(",", "")
        shown = shown if shown is not None else list(_shown_numbers(said.story))
        own = _PLAIN.search(said.story.number.text)
        if own and own[0].replace(",", "") == typed and not said.story.number.is_word:
            yield (
                f"The text gives the figure of {_name(said.story)} as it is now.",
                f"Write {{{said.story.code}.value}} and it follows the figures.",
                False,
            )
        elif not any(_reads_as(number, typed) for number in shown):
            yield (
                f"The text says {found[0]}, and no figure of {_name(said.story)} that is "
                "shown is that.",
                "Correct it, or say of what it is and where it comes from.",
                False,
            )


def _reads_as(shown: str, typed: str) -> bool:
    """Tell whether a number that was typed is a shown one, perhaps rounded."""
    places = len(typed.partition(".")[2])
    try:
        return bool(abs(float(shown) - float(typed)) <= 0.5 * 10.0**-places + 1e-9)
    except ValueError:
        return False


def _shown_numbers(story: IndicatorStory) -> Iterator[str]:
    """Give every number that the story shows, without its unit."""
    texts = [story.number.text, story.number.of, *(s.text for s in story.sentences)]
    texts += [value for _, value in story.compared.words]
    if story.target:
        texts.append(story.target.target)
    for point in story.chart.points if story.chart else ():
        texts += [point.value_text, point.england, point.neighbours]
    for text in texts:
        yield from (
            found.replace(",", "") for found in _PLAIN.findall(text.replace("%", " "))
        )


# ---------- What Members are not shown ----------


def _find_hidden(
    written: Written, publication: Publication, shown: Publication | None
) -> Iterator[Finding]:
    """Find numbers that give away what others are not shown; none is repeated."""
    texts = [TOKEN.sub(" ", text) for text in written.words.parts.values()]
    if any(_SMALL.search(text) for text in texts):
        yield _finding(
            written,
            "hidden",
            "The text counts 1 to 5 children, which may tell who they are.",
            "Say it without the number, or keep this part in Part B.",
            blocks=not written.exempt,
        )
    stories = [publication.find(written.key), *_mentioned(written, publication)]
    for story in {s.id: s for s in stories if s is not None}.values():
        theirs = shown.find(story.code) if shown else None
        if theirs is not None and _gives_away(texts, story, theirs):
            yield _finding(
                written,
                "hidden",
                f"The text gives a figure of {_name(story)} that Members are not shown.",
                f"Write {{{story.code}.value}}: it stays hidden where the figure is.",
                blocks=True,
            )


def _mentioned(written: Written, publication: Publication) -> list[IndicatorStory]:
    text = " ".join(written.words.parts.values())
    keys = [*(token.code for token in find_tokens(text)), *_CODE.findall(text)]
    return [story for key in keys if (story := publication.find(key))]


def _gives_away(
    texts: Sequence[str], story: IndicatorStory, theirs: IndicatorStory
) -> bool:
    """Tell whether texts hold a value or a count that officers alone are shown."""
    values, counts = _hidden_numbers(story, theirs)
    for text in texts:
        for found in _NUMBER.finditer(text):
            typed = found[1].replace(",", "")
            if any(_reads_as(str(value), typed) for value in values):
                return True
        if any(found[1] in counts for found in _COUNTED.finditer(text)):
            return True
    return False


def _hidden_numbers(
    story: IndicatorStory, theirs: IndicatorStory
) -> tuple[set[float], set[str]]:
    """Give the values, and the numerators, that officers are shown and Members not."""
    values: set[float] = set()
    counts: set[str] = set()
    if theirs.number.is_word and story.number.value is not None:
        values.add(story.number.value)
        counts |= set(_PLAIN.findall(story.number.of)[:1])
    points = {p.label: p for p in (theirs.chart.points if theirs.chart else ())}
    for point in story.chart.points if story.chart else ():
        other = points.get(point.label)
        if point.value is not None and (other is None or other.value is None):
            values.add(point.value)
            counts |= {point.numerator} - {""}
    return values, counts
