"""The paper as one HTML file that needs nothing else: no script, and its fonts within."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from openscrutiny.charts.brand import brand_css
from openscrutiny.packs.decided import EVENT_COLUMNS, TARGET_COLUMNS
from openscrutiny.packs.paper import MARKERS, Paper
from openscrutiny.story.compared.placing import describe_rug
from openscrutiny.story.typefaces import embed, face_css

__all__ = ["write_page"]

_HERE: Final = Path(__file__).parent
_STORY: Final = _HERE.parent / "story"


def write_page(paper: Paper) -> bytes:
    """Write the page with the components and the style sheets of the dashboard."""
    environment = Environment(
        loader=FileSystemLoader([_HERE / "templates", _STORY / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["slug"] = lambda text: "-".join(
        "".join(c for c in word if c.isalnum()) for word in text.lower().split()
    )
    page = environment.get_template("paper.html").render(
        paper=paper,
        markers=MARKERS,
        styles=_styles(paper),
        about_rug=describe_rug(paper.rug),
        everybody=[story for story in paper.stories if story.dot_strip],
        target_columns=TARGET_COLUMNS,
        event_columns=EVENT_COLUMNS,
    )
    return page.encode()


def _styles(paper: Paper) -> Markup:
    """Join the style sheets; they are ours, and the colour in them is checked."""
    sheets = [
        face_css(embed),
        (_STORY / "styles" / "tokens.css").read_text(encoding="utf-8"),
        brand_css(paper.brand),
        (_STORY / "styles" / "screens.css").read_text(encoding="utf-8"),
        (_HERE / "templates" / "paper.css").read_text(encoding="utf-8"),
    ]
    return Markup("\n".join(sheets))  # noqa: S704 - our own files, no user's text
