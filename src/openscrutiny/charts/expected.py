"""What an expected value looks like: a cross, on a whisker as long as its interval."""

from openscrutiny.charts.svg import point

_FOOT = 3.5  # half the width of a whisker's end


def draw_cross(x: float, y: float, arm: float) -> str:
    """Draw two strokes, so that it is never taken for a counted point."""
    long, back = point(2 * arm), point(-2 * arm)
    return (
        f'<path class="p-exp" d="M{point(x - arm)} {point(y - arm)}l{long} {long}'
        f'M{point(x - arm)} {point(y + arm)}l{long} {back}"/>'
    )


def draw_whisker(x: float, low: float, high: float) -> str:
    """Draw an upright from one end of an interval to the other, with a foot at both."""
    foot, wide = point(x - _FOOT), point(2 * _FOOT)
    return (
        f'<path class="whisk" d="M{point(x)} {point(high)}V{point(low)}'
        f'M{foot} {point(high)}h{wide}M{foot} {point(low)}h{wide}"/>'
    )
