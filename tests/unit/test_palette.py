"""Colours: every ratio recomputed, every class styled, no colour left to chance."""

import re
from itertools import pairwise

import pytest

from openscrutiny.charts import palette
from openscrutiny.charts.palette import (
    CLASSES,
    DARK,
    LIGHT,
    PRINT,
    contrast,
    inline_style,
)

# (token, ratio on white) as the conventions state them.
ON_WHITE = [
    ("cat-1", 10.3),
    ("cat-2", 3.2),
    ("cat-3", 9.8),
    ("cat-4", 3.0),
    ("cat-5", 10.9),
    ("cat-6", 3.1),
    ("usual", 6.1),
    ("improving", 5.0),
    ("concerning", 4.5),
    ("neutral-signal", 12.4),
    ("ink", 17.8),
    ("ink-2", 8.3),
    ("link", 17.8),
]
TAGS = [("green", 6.1), ("amber", 5.3), ("red", 6.9), ("none", 8.3)]
DARK_MARKS = [
    "ink",
    "link",
    "usual",
    "improving",
    "concerning",
    "neutral-signal",
    "target",
]
# Text, and marks that carry meaning by themselves.
TEXTS = ["ink", "ink-2", "brand", "target", "ask", "cheer", "link"]
MARKS = ["brand", "usual", "edge", "ink", "target", "cat-1", "band-mid"]


@pytest.mark.parametrize(("token", "ratio"), ON_WHITE)
def test_light_colours_have_the_stated_contrast(token: str, ratio: float) -> None:
    assert contrast(LIGHT[token], "#FFFFFF") == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize(("tag", "ratio"), TAGS)
def test_tags_have_the_stated_contrast(tag: str, ratio: float) -> None:
    found = contrast(LIGHT[f"{tag}-ink"], LIGHT[f"{tag}-ground"])

    assert found == pytest.approx(ratio, abs=0.06)


def test_focus_has_the_stated_contrast() -> None:
    assert contrast(LIGHT["focus"], LIGHT["on-focus"]) == pytest.approx(17.8, abs=0.06)


def test_neighbouring_categories_can_be_told_apart() -> None:
    colours = [LIGHT[f"cat-{n}"] for n in range(1, 7)]

    # The conventions state 3.0 to one decimal.
    assert all(contrast(a, b) >= 2.95 for a, b in pairwise(colours))


@pytest.mark.parametrize("token", DARK_MARKS)
def test_dark_colours_have_at_least_the_stated_contrast(token: str) -> None:
    assert contrast(DARK[token], DARK["ground"]) >= 7.6


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_text_and_marks_reach_their_minimum_in_every_theme(
    theme: palette.ThemeName,
) -> None:
    tokens = palette.THEMES[theme]

    for text in TEXTS:
        assert contrast(tokens[text], tokens["ground"]) >= 4.5, text
    for mark in MARKS:
        assert contrast(tokens[mark], tokens["ground"]) >= 3.0, mark
    for tag, _ in TAGS:
        assert contrast(tokens[f"{tag}-ink"], tokens[f"{tag}-ground"]) >= 4.5, tag
    assert contrast(tokens["on-mark"], tokens["mark"]) >= 4.5
    assert contrast(tokens["ink"], tokens["mark-soft"]) >= 4.5
    assert contrast(tokens["mark-edge"], tokens["ground"]) >= 3.0
    for number in range(1, 5):
        pair = tokens[f"on-cat-{number}"], tokens[f"cat-{number}"]
        assert contrast(*pair) >= 4.5, number


def test_lines_can_be_told_apart_without_colour() -> None:
    looks = {
        (CLASSES[name].get("stroke-width"), CLASSES[name].get("stroke-dasharray"))
        for name in ("l-own", "l-eng", "l-nbr", "l-target")
    }

    assert len(looks) == 4


def test_every_theme_has_every_token() -> None:
    assert set(LIGHT) == set(DARK) == set(PRINT)


def test_every_token_of_the_class_table_exists() -> None:
    used = {v[1:] for style in CLASSES.values() for v in style.values() if v[0] == "@"}

    assert used <= set(LIGHT)


def test_classes_become_attributes() -> None:
    styled = inline_style('<svg class="spine"><rect class="b-all" x="1"/></svg>')

    assert "class=" not in styled
    assert f'<rect fill="{PRINT["band-all"]}" x="1"/>' in styled
    assert styled.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_the_council_may_set_its_colour_and_the_paper_its_face() -> None:
    styled = inline_style(
        '<svg class="wide"><text class="lbl-own">Ours</text></svg>',
        "light",
        font="Noto Sans",
        brand="#7A0019",
    )

    assert 'font-family="Noto Sans"' in styled
    assert 'fill="#7A0019"' in styled


def test_later_classes_of_one_element_win() -> None:
    styled = inline_style('<text class="lbl lbl-target">20%</text>', "light")

    assert re.findall(r'fill="([^"]+)"', styled) == [LIGHT["target"]]


def test_a_class_without_a_look_is_an_error() -> None:
    with pytest.raises(KeyError):
        inline_style('<svg class="unheard-of"></svg>')


def test_words_that_look_like_classes_are_left_alone() -> None:
    words = "&lt;text class=&quot;lbl&quot;"

    assert words in inline_style(f'<text class="lbl" x="1">{words}</text>')
