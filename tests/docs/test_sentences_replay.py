"""Every automatic sentence says what its inputs say: told again, rule by rule.

The corpus: stories by chance, the invented borough of the web tests, and an invented
publication with everything doubtful in it; the real figures are replayed beside the
other tests of the samples.
"""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.comparison.doubts import Doubts
from openscrutiny.figures.names import Misnamed
from openscrutiny.indicators.definition import Break
from openscrutiny.numbers import Display
from openscrutiny.periods import PeriodType, make_period
from openscrutiny.story.compared.doubts import say_doubts
from openscrutiny.story.compared.placing import place_all, say_placed
from openscrutiny.story.indicator import make_section
from openscrutiny.story.model import IndicatorStory, SectionStory, Sentence
from openscrutiny.story.pairs import read_together
from openscrutiny.story.peers import in_year as peers
from openscrutiny.story.published import measure, profile
from openscrutiny.story.voices import (
    count_headlines,
)
from openscrutiny.workspace import open_workspace
from support.doubtful_nation import OURS, write_nation
from support.folders import make_folder
from support.publications import publish_to
from support.random_stories import tell_late_story, tell_story
from support.replay import (
    REPLAYS,
    faults_of_words,
    replay,
    replay_voice,
    sentences_of,
    voices_of,
)
from unit.test_story_judging import APART, beside_published, tell
from unit.test_story_telling import definition, published
from unit.test_story_telling import tell as tell_rows
from web_fakes.store import fake_publication

SOURCE = Path(__file__).parents[2] / "src" / "openscrutiny"
STORIES = 1000
# Two snapshots are the inputs of what changed since the last paper (N0 to N9): those
# sentences are held to both where they are made, and have no replay from words alone.
SINCE = re.compile(r"N\d-")
RULE = re.compile(r'"([A-Z]\d+-[a-z]+(?:-[a-z]+)*)"')


def rules_of_the_product() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return {rule for text in texts for rule in RULE.findall(text)}


def _by_chance() -> list[SectionStory]:
    stories = [tell_story(seed) for seed in range(STORIES)]
    codes = ("FD2", "FD1")  # indicators that are read together
    first = [
        IndicatorStory(**{**vars(story), "code": codes[at % 2], "id": story.id})
        for at, story in enumerate(stories[:60])
    ]
    paired = [
        story
        for at in range(0, len(first), 2)
        for story in read_together(first[at : at + 2])
    ]
    late = [
        tell_late_story(seed, audience)
        for seed in range(20)
        for audience in ("officers", "members")
    ]
    return [
        make_section("By chance", stories),
        make_section("Paired", paired),
        *(make_section("Late", [story]) for story in late),
    ]


def _invented_borough() -> list[SectionStory]:
    told: list[SectionStory] = []
    for audience in ("officers", "members"):
        told += fake_publication(audience).sections
    return told


@cache
def _doubtful_place() -> Path:
    folder = make_folder("replay")
    place = folder / "workspace"
    assert main(["init", str(place), "--council", OURS]) == 0
    assert main(["load", str(write_nation(folder / "f")), "-w", str(place)]) == 0
    own = Path(__file__).parents[1] / "data" / "own" / "invented_own_figures.csv"
    assert main(["load", str(own), "-w", str(place)]) == 0
    assert main(["build", "-w", str(place), "--as-at", "2026-09-30"]) == 0
    return place


def _doubtful() -> list[SectionStory]:
    place, today = open_workspace(_doubtful_place()), date(2026, 9, 30)
    return [
        section
        for audience in ("officers", "members")
        for section in publish_to(audience, place, today=today).sections
    ]


def _published_measures() -> list[Sentence]:
    """Give the sentences of every published measure, for us and for one without."""
    told = [profile._say(())]
    for area in (OURS, "301"):
        place = open_workspace(_doubtful_place())
        measures = publish_to("public", place, area=area).published
        told.append(measures.profile.sentence)
        for row in measures.profile.rows:
            story = measures.measure(row.key)
            assert story is not None
            told += story.sentences
    return told


def _forecasts() -> list[Sentence]:
    """Give what is said of periods to come: one, several, and a part of a year."""
    told = []
    for labels in (["202627"], ["202627", "203132"], ["autumn term 2026/27"]):
        rows = [("forecast", label, 100.0 + at) for at, label in enumerate(labels)]
        facts = SimpleNamespace(
            series=pl.DataFrame(
                rows, schema=["line", "year_label", "value"], orient="row"
            ),
            row=SimpleNamespace(key="t:n", display=Display("number", 0)),
        )
        told += measure._forecasts(facts)  # type: ignore[arg-type]
    return told


def _peers() -> list[Sentence]:
    told = []
    for many, ours, is_filling in ((9, 12.5, False), (1, 12.5, True), (7, None, False)):
        quarter = SimpleNamespace(
            period=make_period(PeriodType.QUARTER, date(2026, 9, 30)),
            median=SimpleNamespace(value=11.2, available=many, listed=10),
            ours=SimpleNamespace(value=ours),
            display=Display("percent", 1),
            collection="Invented",
        )
        told.append(peers._say(quarter, is_filling=is_filling))  # type: ignore[arg-type]
    quarter.median.available = 0
    return [*told, peers._say(quarter, is_filling=False)]  # type: ignore[arg-type]


def _behind_the_publishers() -> list[SectionStory]:
    long = "of the lines " + "many " * 20 + "could not be read"
    told = [tell(beside_published(held=why)) for why in (APART, long)]
    return [make_section("Behind", told)]


def _across_a_break() -> list[SectionStory]:
    """Give two that moved across a break, of which one has four years since."""
    told = []
    for starts in (2022, 2024):
        about = definition(breaks=(Break(date(starts, 4, 1), "schools were closed"),))
        values = (0.05, 0.08, 0.10, 0.13, 0.12, 0.13)
        rows = [published(2020 + at, value) for at, value in enumerate(values)]
        told.append(tell_rows(*rows, about=about))
    return [make_section("Across", told)]


@cache
def sections() -> tuple[SectionStory, ...]:
    return (
        *_by_chance(),
        *_invented_borough(),
        *_doubtful(),
        *_behind_the_publishers(),
        *_across_a_break(),
    )


@cache
def corpus() -> tuple[Sentence, ...]:
    whole = [count_headlines([section]) for section in sections()]
    placed = place_all(sections())
    many = Doubts(
        "2025 (Rev)",
        tuple(Misnamed(str(n), f"Place {n}", str(n + 1)) for n in range(301, 306)),
        ("835", "836", "837", "909", "928"),
        ("2025", "2025 (prov)", "2025 (Rev)"),
        ("835", "836", "837", "909", "928"),
        10,
    )
    return (
        *sentences_of(sections()),
        *(sentence for headlines in whole for sentence in headlines.sentences),
        say_placed(placed),
        say_placed(()),
        *say_doubts(many),
        *_published_measures(),
        *_forecasts(),
        *_peers(),
    )


def test_every_rule_of_the_product_has_a_replay_and_every_replay_a_rule() -> None:
    rules = {rule for rule in rules_of_the_product() if not SINCE.match(rule)}
    assert rules == set(REPLAYS)


def test_the_corpus_has_a_sentence_of_every_rule() -> None:
    told = Counter(sentence.rule for sentence in corpus())

    assert set(REPLAYS) - set(told) == set()
    assert sum(told.values()) > 3000


def test_the_corpus_has_trends_of_every_kind() -> None:
    """By line and by ranks, of four years and more, up to the headline and before it."""
    given = [dict(s.inputs) for s in corpus() if s.rule == "S2-trend"]
    kinds = {(each["test"], each["until"] == "same", each["of"]) for each in given}
    many = {len(each["years"].split("; ")) for each in given}

    assert {test for test, _, _ in kinds} == {"line", "ranks"}
    assert {("line", False, "published"), ("line", False, "ours")} <= kinds
    assert {4, 5} < many


def test_every_sentence_says_what_its_inputs_say() -> None:
    wrong = [sentence for sentence in corpus() if not replay(sentence)]

    assert wrong == []


def test_every_voice_is_made_of_its_storys_own_sentences() -> None:
    told = [
        (voice, story)
        for voice, story in voices_of(sections())
        if "+" in voice.rule or voice.rule in REPLAYS
    ]

    assert len(told) > 10
    assert [voice for voice, story in told if not replay_voice(voice, story)] == []


def test_no_sentence_is_too_long_or_has_a_forbidden_word() -> None:
    texts = {sentence.text for sentence in corpus()}
    texts |= {voice.text for voice, _ in voices_of(sections())}

    assert [(text, faults) for text in texts if (faults := faults_of_words(text))] == []


# ---------- A replay that cannot fail proves nothing ----------

_FLIPPED = (
    (" up from ", " down from "),
    (" down from ", " up from "),
    ("about the same", "up"),
    ("rising", "falling"),
    ("falling", "rising"),
    (", which is better", ", which is worse"),
    (", which is worse", ", which is better"),
    ("no clear change", "a rising trend"),
    ("somewhat higher", "higher"),
    ("similar to", "higher than"),
    ("is higher than", "is similar to"),
    ("is lower than", "is higher than"),
    ("not tested", "tested"),
    ("within the usual", "above the usual"),
    ("above the usual", "below the usual"),
    ("below the usual", "above the usual"),
    ("rise", "fall"),
    ("fall", "rise"),
    ("this is green", "this is red"),
    ("this is amber", "this is green"),
    ("this is red", "this is green"),
    ("will meet", "will not meet"),
    ("will not meet", "will meet"),
    ("may meet or miss", "will meet"),
    ("none", "3"),
    ("fewer than one signal", "about 4 signals"),
    ("is compared", "is not compared"),
    ("has ended", "has not ended"),
    ("have ended", "have not ended"),
    ("ended:", "begun:"),
    ("follow the number", "follow the name"),
    ("Hidden", "Shown"),
    ("No figure", "A figure"),
    ("no comparison", "a comparison"),
    ("provisional", "final"),
    ("Provisional", "Final"),
    ("rounds to 0 but is not 0", "is 0"),
    ("not known", "known"),
    ("Based on", "Out of"),
    ("The mean of", "The median of"),
    ("places the council", "place the councils"),
    ("having ended", "having begun"),
    ("that have ended", "that have begun"),
    (" about ", " less than "),
    ("are expected", "are certain"),
    ("may rise", "may fall"),
    ("against a median", "above a median"),
    ("the median was", "the mean was"),
    ("can be shown", "is shown"),
    ("No measure", "One measure"),
    (" was ", " will be "),
    ("Up ", "Down by "),
    ("About the same", "Up"),
    ("the target is", "the target was"),
    (" to March ", " to April "),
    (" level with ", " far from "),
    ("no ", "some "),
    ("No ", "A "),
    ("not ", ""),
)


def _altered(text: str) -> list[str]:
    """Give the text with one claim turned into another."""
    found = [text.replace(old, new) for old, new in _FLIPPED if old in text]
    return [other for other in found if other != text]


@pytest.mark.parametrize("rule", sorted(REPLAYS))
def test_a_sentence_with_another_claim_fails_its_replay(rule: str) -> None:
    mine = [sentence for sentence in corpus() if sentence.rule == rule][:40]
    altered = [
        Sentence(text, rule, sentence.inputs)
        for sentence in mine
        for text in _altered(sentence.text)
    ]

    assert altered, mine[:1]
    assert [sentence for sentence in altered if replay(sentence)] == []


def test_a_rule_without_a_replay_is_an_error() -> None:
    with pytest.raises(KeyError):
        replay(Sentence("It is so.", "S99-invented", ()))
