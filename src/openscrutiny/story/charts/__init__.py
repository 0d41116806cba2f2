"""Every drawing of the product, by name. Each is a pure function to a string of SVG."""

from openscrutiny.story.charts.bars import Bar, draw_narrow_bars, draw_wide_bars
from openscrutiny.story.charts.bullet import (
    Bullet,
    Range,
    choose_top,
    draw_narrow_bullet,
    draw_paper_bullet,
    draw_small_bullet,
    draw_wide_bullet,
)
from openscrutiny.story.charts.dot_strip import (
    DotStrip,
    draw_narrow_strip,
    draw_wide_strip,
    quarter_edges,
)
from openscrutiny.story.charts.lines import (
    Flag,
    Line,
    LineChart,
    Mark,
    draw_narrow,
    draw_paper,
    draw_wide,
)
from openscrutiny.story.charts.sparkline import quantile, sparkline, spine

__all__ = [
    "Bar",
    "Bullet",
    "DotStrip",
    "Flag",
    "Line",
    "LineChart",
    "Mark",
    "Range",
    "choose_top",
    "draw_narrow",
    "draw_narrow_bars",
    "draw_narrow_bullet",
    "draw_narrow_strip",
    "draw_paper",
    "draw_paper_bullet",
    "draw_small_bullet",
    "draw_wide",
    "draw_wide_bars",
    "draw_wide_bullet",
    "draw_wide_strip",
    "quantile",
    "quarter_edges",
    "sparkline",
    "spine",
]
