"""One item's minutes in each form that a council may have them in."""

from html import escape
from io import BytesIO
from re import match, split
from zipfile import ZipFile

import typst

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraphs_of(seed: str) -> list[str]:
    body = seed[seed.index("Minutes:") + 8 : seed.index("Supporting documents")]
    said = (" ".join(part.split()) for part in split(r"\n\s*\n", body))
    return [part for part in said if part]


def as_markup(seed: str) -> str:
    lines = []
    for said in paragraphs_of(seed):
        point = match(r"\d\.\s+(.*)", said)
        lines.append(
            f"<ol><li><p>{escape(point[1])}</p></li></ol>"
            if point
            else f"<p>{escape(said)}</p><p>&nbsp;</p>"
        )
    return "\n".join(lines)


def as_saved_page(seed: str) -> bytes:
    return (
        "<!DOCTYPE html><html><head><script>var asked = 'It was asked';</script></head>"
        "<body><ul><li>Home</li></ul><h1>Agenda item</h1>"
        "<h2>Early Help CSC and Education Dashboard</h2>"
        '<div class="mgWordPara"><p>To receive the dashboards.</p></div>'
        f'<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara">'
        f"{as_markup(seed)}</div>"
        '<p class="mgSubItemTitleTxt">Supporting documents:</p><p>Dashboard.pdf</p>'
        "</body></html>"
    ).encode()


def as_web_service(seed: str) -> bytes:
    return (
        "<getmeeting><meetingid>1</meetingid><meetingdate>02/03/2021</meetingdate>"
        "<agendaitems><agendaitem><agendaitemnumber>5</agendaitemnumber>"
        "<agendaitemtitle>Early Help CSC and Education Dashboard</agendaitemtitle>"
        "<isrestricted>False</isrestricted><minutesnonemptyhtmlbody>"
        f"{escape(escape(as_markup(seed)))}"
        "</minutesnonemptyhtmlbody></agendaitem></agendaitems></getmeeting>"
    ).encode()


def as_word_document(seed: str) -> bytes:
    parts = []
    for said in [
        "Early Help CSC and Education Dashboard",
        "Minutes:",
        *paragraphs_of(seed),
    ]:
        point = match(r"\d\.\s+(.*)", said)
        style = "<w:pPr><w:numPr/></w:pPr>" if point else ""
        words = escape(point[1] if point else said)
        parts.append(f"<w:p>{style}<w:r><w:t>{words}</w:t></w:r></w:p>")
    body = (
        f'<w:document xmlns:w="{WORD}"><w:body>{"".join(parts)}</w:body></w:document>'
    )
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", body)
    return packed.getvalue()


def as_pdf(seed: str) -> bytes:
    said = ["Early Help CSC and Education Dashboard", "Minutes:", *paragraphs_of(seed)]
    lines = "\n\n".join(f'#text("{line.replace(chr(34), chr(39))}")' for line in said)
    return typst.compile(lines.encode())


FORMS = {
    "minutes.txt": str.encode,
    "page.html": as_saved_page,
    "meeting.xml": as_web_service,
    "minutes.docx": as_word_document,
    "minutes.pdf": as_pdf,
}
