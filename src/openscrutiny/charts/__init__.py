"""Drawings by name: a chart is a plain value in, and SVG out when it is shown.

It knows nothing of what it draws: words, colours by class and places are given.
"""

from openscrutiny.charts.bars import Bar, BarChart
from openscrutiny.charts.bullet import Bullet, Range, choose_top
from openscrutiny.charts.dot_strip import DotStrip, Upright, quarter_edges
from openscrutiny.charts.drawing import Chart, Drawing, Size
from openscrutiny.charts.funnel import FunnelChart, FunnelDot, FunnelEdge
from openscrutiny.charts.interval_bars import IntervalBar, IntervalBars
from openscrutiny.charts.lines import Flag, Line, LineChart, Mark
from openscrutiny.charts.rows import Brief, RowLine, RowPlace
from openscrutiny.charts.small_multiples import Panel, SmallMultiples
from openscrutiny.charts.sparkline import Sparkline, Spine, quantile
from openscrutiny.charts.stock_and_flow import Step, StockAndFlow

__all__ = [
    "Bar",
    "BarChart",
    "Brief",
    "Bullet",
    "Chart",
    "DotStrip",
    "Drawing",
    "Flag",
    "FunnelChart",
    "FunnelDot",
    "FunnelEdge",
    "IntervalBar",
    "IntervalBars",
    "Line",
    "LineChart",
    "Mark",
    "Panel",
    "Range",
    "RowLine",
    "RowPlace",
    "Size",
    "SmallMultiples",
    "Sparkline",
    "Spine",
    "Step",
    "StockAndFlow",
    "Upright",
    "choose_top",
    "quantile",
    "quarter_edges",
]
