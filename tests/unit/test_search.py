"""Finding by name, code, the council's own code and what committees call things."""

from dataclasses import replace

import pytest

from openscrutiny.indicators.coverage import CORE, list_unshown
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.minutes.links import default_terms
from openscrutiny.web.presenters.search import _is_about, _words, find_indicators
from support.random_stories import tell_story

_BASE = tell_story(1)
STORIES = [
    replace(
        _BASE,
        id=each.id,
        code=each.code,
        name=each.name,
        short_name=each.short_name,
        local_code="CYPE 27" if each.code == "AS2" else "",
    )
    for each in INDICATORS
]


def found(wanted: str) -> list[str]:
    chosen, _ = find_indicators(STORIES, INDICATORS, wanted)
    return [each.story.code for each in chosen]


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("FD2", "FD2"),
        ("fd2", "FD2"),
        ("re-referrals", "FD2"),
        ("rereferral", "FD2"),
        ("LAC", "LA1"),
        ("cla", "LA1"),
        ("looked after children", "LA1"),
        ("CYPE 27", "AS2"),
        ("cype27", "AS2"),
        ("persistent absence", "AT2"),
        ("NEET", "NE1"),
        ("vacancy", "WF1"),
        ("s47", "CP1"),
        ("20 weeks", "SN4"),
    ],
)
def test_what_committees_say_finds_the_indicator(wanted: str, first: str) -> None:
    assert found(wanted)[0] == first


def test_every_indicator_is_found_by_its_code_its_name_and_each_synonym() -> None:
    for each in INDICATORS:
        terms = default_terms().get(("indicator", each.code), ())
        names = (each.code, each.short_name) if terms else (each.code,)
        for said in (*names, *terms):
            assert each.code in found(said.rstrip("*")), said


def test_words_that_nothing_holds_find_nothing_and_some_find_the_nearest() -> None:
    assert found("zebra") == []
    chosen, is_partly = find_indicators(STORIES, INDICATORS, "zebra vacancies")
    assert is_partly and "WF1" in [each.story.code for each in chosen]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("PEP", "Education of children in care"),
        ("EHE", "Children educated at home"),
        ("young carers", "Young carers"),
        ("FI5", "Money"),
        ("morale", "Staff wellbeing and sickness"),
    ],
)
def test_what_has_no_figure_is_found_with_the_reason(wanted: str, name: str) -> None:
    about = [e for e in list_unshown(()) if _is_about(e, wanted, _words(wanted))]

    assert name in [each.name for each in about]
    assert all(each.why for each in about)


def test_what_is_not_shown_ends_when_all_of_it_is_defined() -> None:
    before, codes = list_unshown(()), {"EO1", "EO4", "CL5"}
    after = list_unshown(codes)

    gone = {each.name for each in before} - {each.name for each in after}
    assert gone == {"Children educated at home"}
    left = next(each for each in after if each.name.startswith("Care leavers’ homes"))
    assert left.codes == ("CL7",)
    assert [each.is_group for each in after] == sorted(
        (each.is_group for each in after), reverse=True
    )


def test_what_officers_alone_have_needs_nothing_and_is_said_to_be_theirs() -> None:
    def why(withheld: set[str]) -> dict[str, str]:
        return {each.name: each.why for each in list_unshown((), withheld)}

    home, missing = "Children educated at home", "Children missing education"
    said = why({"EO1", "EO4"})

    assert said[home].startswith("Officers have a figure of it")
    assert "termly count" in said[missing]
    # Where something is needed all the same, that is said.
    assert "termly count" in why({"EO1"})[home]


def test_what_is_not_shown_names_indicators_that_exist_and_the_core_is_one_of_39() -> (
    None
):
    defined = {each.code for each in INDICATORS}
    said = {code for each in list_unshown(()) for code in each.codes}

    assert len(CORE) == 39
    assert defined >= CORE | said
