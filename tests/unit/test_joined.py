"""Parts that the typesetter sets one by one are one document to whoever reads it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from openscrutiny.packs.joined import Part, join
from openscrutiny.packs.typesetting import set_parts

FRONT = """#set document(title: "All (of it)", author: "Anyborough")
= Contents
#link("heading:0")[To the first] \\
#link("heading:2")[To the last]"""
TABLE = """#set document(title: "A part")
= {name}
#table(columns: 2, table.header[Year][Figure], [2024], [1 0 R], [2025], [(2)])
== Below {name}
Words. #pagebreak() More words. #link("https://example.org/")[Elsewhere]"""


def set_one(text: str) -> Part:
    made = typst.compile(text.encode(), format="pdf", pdf_standards="ua-1")
    assert isinstance(made, bytes)
    return Part(made)


@pytest.fixture(scope="module")
def whole() -> PdfReader:
    parts = [set_one(FRONT), *(set_one(TABLE.format(name=n)) for n in ("A’s", "B"))]
    return PdfReader(BytesIO(join(parts)), strict=True)


def tags_below(tag: Any) -> list[DictionaryObject]:
    """List a tag and all below it, in the order of reading."""
    tag = tag.get_object()
    if not isinstance(tag, DictionaryObject) or "/S" not in tag:
        return []
    kids = tag.get("/K", [])
    return [tag, *(each for kid in kids for each in tags_below(kid))]


def test_all_pages_stand_in_their_order_and_the_front_is_numbered_apart(
    whole: PdfReader,
) -> None:
    texts = [page.extract_text() for page in whole.pages]

    assert [text.split()[0] for text in texts] == [
        "Contents",
        "A’s",
        "More",
        "B",
        "More",
    ]
    assert whole.page_labels == ["i", "1", "2", "3", "4"]
    assert whole.metadata is not None and whole.metadata.title == "All (of it)"
    assert "(2)" in texts[1] and "1 0 R" in texts[3]


def test_the_bookmarks_are_one_chain(whole: PdfReader) -> None:
    tops = [each for each in whole.outline if not isinstance(each, list)]
    below = [each for each in whole.outline if isinstance(each, list)]

    assert [each["/Title"] for each in tops] == ["Contents", "A’s", "B"]
    assert [each["/Title"] for [each] in below] == ["Below A’s", "Below B"]
    pages = [whole.get_destination_page_number(each) for each in tops]
    assert pages == [0, 1, 3]


def test_a_link_of_the_contents_leads_to_its_heading_and_says_so(
    whole: PdfReader,
) -> None:
    links = [each.get_object() for each in whole.pages[0]["/Annots"]]

    assert [each["/Contents"] for each in links] == ["A’s", "B"]
    pages = [each["/Dest"][0] for each in links]
    numbers = [page.indirect_reference for page in whole.pages]
    assert [numbers.index(page) for page in pages] == [1, 3]
    [outside] = [each.get_object() for each in whole.pages[2]["/Annots"]]
    assert outside["/A"]["/URI"] == "https://example.org/"


def test_every_piece_of_every_page_has_its_tag_and_every_tag_its_parent(
    whole: PdfReader,
) -> None:
    root = whole.root_object["/StructTreeRoot"]
    [document] = root["/K"]
    tags = tags_below(document)
    index = root["/ParentTree"]["/Nums"]
    held = dict(zip(index[::2], index[1::2], strict=True))

    assert [tag["/S"] for tag in tags].count("/H1") == 3
    assert [tag["/S"] for tag in tags].count("/Table") == 2
    keys = [page["/StructParents"] for page in whole.pages]
    assert len(set(keys)) == len(keys) == 5
    for page, key in zip(whole.pages, keys, strict=True):
        for tag in held[key].get_object():
            assert tag.get_object()["/Pg"] == page or "/Pg" not in tag.get_object()
        for link in page.get("/Annots", []):
            tag = held[link.get_object()["/StructParent"]].get_object()
            ours = [
                kid["/Obj"] for kid in tag["/K"] if isinstance(kid, DictionaryObject)
            ]
            assert [each.get_object() for each in ours] == [link.get_object()]
    for tag in tags[1:]:
        kids = tag["/P"].get_object()["/K"]
        assert tag in [k.get_object() for k in kids if isinstance(k, IndirectObject)]


def test_a_cell_names_the_heading_of_its_own_table(whole: PdfReader) -> None:
    root = whole.root_object["/StructTreeRoot"]
    names = root["/IDTree"]["/Names"]
    called = dict(zip(names[::2], names[1::2], strict=True))
    cells = [t for t in tags_below(root["/K"][0]) if t["/S"] == "/TD"]

    assert list(called) == sorted(called) and len(called) == 4
    assert len(cells) == 8
    for at, cell in enumerate(cells):
        [heading] = [h for a in cell["/A"] for h in a.get("/Headers", [])]
        table = cell["/P"].get_object()["/P"].get_object()["/P"].get_object()
        assert called[heading].get_object() in tags_below(table), at


def test_what_is_no_plain_table_of_objects_is_refused() -> None:
    with pytest.raises(ValueError, match="plain table"):
        Part(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\ntrailer").spans  # noqa: B018


def test_parts_are_numbered_on_and_their_contents_say_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    template = tmp_path / "t.typ"
    template.write_text(
        '#let paper = json(bytes(sys.inputs.paper))\n#set document(title: "T")\n'
        '#for line in paper.at("contents", default: ()) [#line.at(1) on #line.at(2). ]\n'
        '#for name in paper.at("names", default: ()) [= #name\n #lorem(400) \\ #paper.markers]\n'
        "#paper.start #paper.above #paper.markers.map(m => m.first()).join()"
    )
    built = datetime(2026, 1, 1, tzinfo=UTC)
    parts = [
        {"names": names, "markers": []} for names in (["One", "Two 🙂"], ["Three"])
    ]
    made = set_parts(str(template), {"markers": []}, iter(parts), built)
    whole = PdfReader(BytesIO(made), strict=True)

    text = " ".join(whole.pages[0].extract_text().split())
    assert "One on 1." in text and "Three on" in text
    # What stands for the sign that no font has is explained in the front.
    assert "Two □" in text and text.endswith("□")
    assert made == set_parts(str(template), {"markers": []}, iter(parts), built)
