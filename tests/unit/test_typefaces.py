"""The fonts of our own: they can be read, drawn from everywhere, and are free to use."""

import base64

import pytest

from openscrutiny.story.typefaces import FACES, FONTS, embed, face_css

_STYLES = FONTS.parent / "styles"


@pytest.mark.parametrize("name", FACES.values())
def test_each_face_is_a_font_for_browsers_with_its_licence_beside_it(name: str) -> None:
    assert (FONTS / name).read_bytes()[:4] == b"wOF2"
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_the_typesetter_finds_both_families_among_the_same_files() -> None:
    typst = pytest.importorskip("typst")
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FONTS)],
    )

    assert set(fonts.families()) == set(FACES)


def test_the_tokens_name_the_faces_that_the_sheet_declares() -> None:
    tokens = (_STYLES / "tokens.css").read_text(encoding="utf-8")
    declared = face_css(embed)

    for family, name in FACES.items():
        assert f'"{family}"' in tokens and f'font-family: "{family}"' in declared
        held = declared.split(f'"{family}"')[1].split("base64,")[1].split('"')[0]
        assert base64.b64decode(held) == (FONTS / name).read_bytes()


def test_sizes_of_type_come_from_one_scale() -> None:
    """Words inside drawings alone have sizes in px; relative ones are of their parent."""
    screens = (_STYLES / "screens.css").read_text(encoding="utf-8")
    outside = [
        line.split("font-size:")[1].split(";")[0].strip()
        for line in screens.replace("}", "}\n").splitlines()
        if "font-size:" in line and "svg" not in line and "px" not in line
    ]

    assert outside
    odd = [each for each in outside if not each.startswith("var(--t")]
    assert [each for each in odd if each.endswith("rem")] == []
