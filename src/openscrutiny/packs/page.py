"""The paper and its annex, each as one HTML file that needs nothing else.

No script, no picture of its own, and its fonts within.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from openscrutiny.charts import Drawing, Size
from openscrutiny.charts.brand import brand_css
from openscrutiny.packs.asked import TrailLine, list_lines
from openscrutiny.packs.decided import EVENT_COLUMNS, TARGET_COLUMNS
from openscrutiny.packs.paper import MARKERS, Paper
from openscrutiny.packs.short import lay_out_short
from openscrutiny.packs.year import YearPaper
from openscrutiny.story.compared.placing import describe_rug
from openscrutiny.story.typefaces import embed, face_css

_HERE: Final = Path(__file__).parent
_STORY: Final = _HERE.parent / "story"


def write_page(paper: Paper) -> bytes:
    """Write the short paper with the style sheets of the dashboard."""
    short = lay_out_short(paper)
    replaces = dict(paper.facts).get("Replaces", "")
    return _render(
        "short",
        paper,
        short=short,
        replaces=f"Replaces {replaces[:1].lower()}{replaces[1:]}." if replaces else "",
    )


def write_annex_page(paper: Paper) -> bytes:
    """Write the annex with the components and the style sheets of the dashboard."""
    return _render(
        "annex",
        paper,
        trail=_trail_by_code(paper),
        about_rug=describe_rug(paper.rug),
        everybody=[story for story in paper.stories if story.dot_strip],
        target_columns=TARGET_COLUMNS,
        event_columns=EVENT_COLUMNS,
    )


def write_year_page(paper: YearPaper) -> bytes:
    """Write the paper of a year with the style sheets of the short one."""
    styles = _styles(paper.brand, "short.css", "year.css")
    template = _environment().get_template("year.html")
    return template.render(paper=paper, markers=MARKERS, styles=styles).encode()


def _trail_by_code(paper: Paper) -> dict[str, list[TrailLine]]:
    found: dict[str, list[TrailLine]] = {}
    for line in list_lines(paper.trail):
        for code in line.codes:
            found.setdefault(code, []).append(line)
    return found


def _render(name: str, paper: Paper, **more: Any) -> bytes:
    template = _environment().get_template(f"{name}.html")
    styles = _styles(paper.brand, f"{name}.css")
    return template.render(paper=paper, markers=MARKERS, styles=styles, **more).encode()


@cache
def _environment() -> Environment:
    """Give the templates, compiled once: that takes as long as to fill them."""
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
    environment.filters["drawn"] = _draw
    return environment


def _draw(drawing: Drawing, place: str) -> Markup:
    """Draw it narrow; one that stands in several places has ids of its own in each."""
    svg = drawing.chart.draw(Size.NARROW, f"{place}-{drawing.name}")
    return Markup(svg)  # noqa: S704 - our own drawing escapes its words


def _styles(brand: str, *own: str) -> Markup:
    """Join the style sheets; they are ours, and the colour in them is checked."""
    sheets = [
        face_css(embed),
        (_STORY / "styles" / "tokens.css").read_text(encoding="utf-8"),
        brand_css(brand),
        (_STORY / "styles" / "screens.css").read_text(encoding="utf-8"),
        *((_HERE / "templates" / one).read_text(encoding="utf-8") for one in own),
    ]
    return Markup("\n".join(sheets))  # noqa: S704 - our own files, no user's text
