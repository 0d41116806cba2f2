"""A commentary drafted from a story's own sentences, for a person to edit.

Figures become tokens where the sentence gives the figure as it is now. Why it is so and
what comes next no figure can tell: those stay empty, but for the owner of the target.
"""

from typing import Final

from openscrutiny.adoption.commentary import Words
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory, SectionStory, Sentence

_QUALITY: Final = ("S5", "S7", "S8", "S12", "S13", "S14")
_ENGLAND: Final = ("S3-england", "S3-among-authorities")
_MOVED: Final = (
    "S1-value-and-change",
    "S2-trend",
    "S10-change-among-authorities",
    "S10-change-beyond-scatter",
)
_MOST: Final = 1_200
_MOST_NAMED: Final = 4


def draft_words(story: IndicatorStory) -> Words:
    """Draft the words about one indicator from what the figures say of it."""
    well: list[str] = []
    worried: list[str] = []
    for sentence in story.sentences:
        side = _side_of(sentence, story)
        if side:
            (well if side > 0 else worried).append(_bind(sentence.text, story))
    quality = [s.text for s in story.sentences if s.rule.startswith(_QUALITY)]
    quality += [s.text for s in story.cautions]
    target = story.target
    return Words(
        well=_join(well),
        worried=_join(worried),
        quality=_join(quality),
        celebrate=_join(well[:1]) if story.worth == "celebrating" else "",
        owner=target.owner if target else "",
    )


def draft_section(section: SectionStory) -> Words:
    """Draft the words about a section from its two voices."""
    by_id = {story.id: story for story in section.indicators}

    def told(sentences: tuple[Sentence, ...]) -> str:
        return _join([_named(s, by_id) for s in sentences[:_MOST_NAMED]])

    return Words(well=told(section.celebrations), worried=told(section.questions))


def draft_for(publication: Publication, key: str) -> Words:
    """Draft the words about an indicator (its code) or a section (its name)."""
    story = publication.find(key)
    if story is not None:
        return draft_words(story)
    return next(
        (draft_section(s) for s in publication.sections if s.name == key), Words()
    )


def _named(sentence: Sentence, by_id: dict[str, IndicatorStory]) -> str:
    story = by_id.get(sentence.about)
    return _bind(sentence.text, story) if story else sentence.text


def _side_of(sentence: Sentence, story: IndicatorStory) -> int:
    """Tell whether a sentence is good news (1), bad (-1) or neither (0)."""
    good = {"Higher": 1, "Lower": -1}.get(story.good_direction, 0)
    rule, change = sentence.rule, story.change
    if rule.startswith("S4"):
        return {"green": 1, "amber": -1, "red": -1}.get(story.rag.tone, 0)
    if rule in _ENGLAND and good:
        return _against_england(story)
    if rule in _MOVED and change is not None:
        return change.direction * good
    return 0


def _against_england(story: IndicatorStory) -> int:
    """Tell the side of a comparison with England that was tested; 0 of any other."""
    reading = story.compared.reading.lower()
    if "than england" not in reading:
        return 0
    return -1 if story.is_behind_england else 1


def _bind(text: str, story: IndicatorStory) -> str:
    """Put a token in the place of the figure as it is now, where the text gives it."""
    number = story.number
    if number.is_word or not number.text:
        return text
    shown = number.with_unit.removesuffix(number.marker).strip()
    return text.replace(shown, f"{{{story.code}.value}}", 1)


def _join(sentences: list[str]) -> str:
    """Join sentences, each once, as far as a part may be long."""
    said = ""
    for sentence in dict.fromkeys(sentences):
        longer = f"{said} {sentence}".strip()
        if len(longer) <= _MOST:
            said = longer
    return said
