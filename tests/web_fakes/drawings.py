"""Small drawings in the shapes that the story room makes, for invented figures."""

from itertools import count

_numbers = count(1)


def _head(kind: str, width: int, height: int, title: str) -> str:
    number = next(_numbers)
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="f{number}">'
        f'<title id="f{number}">{title}</title>'
    )


def spark(title: str, values: list[float | None], first: str, last: str) -> str:
    """Draw a sparkline; None is a gap with a dotted upright."""
    real = [value for value in values if value is not None]
    low, high = min(real), max(real)
    step = 90 / max(1, len(values) - 1)
    places = [
        (
            32 + i * step,
            None if v is None else 28 - 21 * (v - low) / ((high - low) or 1),
        )
        for i, v in enumerate(values)
    ]
    runs: list[list[str]] = [[]]
    for x, y in places:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x:.1f} {y:.1f}")
    lines = "".join(
        f'<path class="s-line" d="M{" L".join(run)}"/>' for run in runs if len(run) > 1
    )
    gaps = "".join(
        f'<path class="s-gap" d="M{x:.1f} 5V30"/>' for x, y in places if y is None
    )
    dots = "".join(
        f'<circle class="s-pt" cx="{x:.1f}" cy="{y:.1f}" r="2"/>'
        for x, y in places
        if y is not None
    )
    x, y = next((x, y) for x, y in reversed(places) if y is not None)
    return (
        _head("spark", 164, 47, title)
        + lines
        + gaps
        + dots
        + f'<circle class="s-end" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
        + f'<text x="25" y="32" text-anchor="end">{real[0]:g}</text>'
        + f'<text x="131" y="{y + 4:.1f}">{real[-1]:g}</text>'
        + f'<text x="28" y="43">{first}</text>'
        + f'<text x="126" y="43" text-anchor="end">{last}</text></svg>'
    )


def spine(title: str, own: float, england: float, neighbours: float) -> str:
    """Draw a spine; places are 0 to 1, better to the right."""

    def place(share: float) -> float:
        return 13 + 174 * share

    e, n, o = place(england), place(neighbours), place(own)
    return (
        _head("spine", 200, 39, title)
        + '<rect class="b-all" x="13" y="14.5" width="174" height="8"/>'
        + '<rect class="b-mid" x="60" y="14.5" width="70" height="8"/>'
        + f'<path class="t-eng" d="M{e:.1f} 10.5V26.5"/>'
        + f'<text x="{e:.1f}" y="37" text-anchor="middle">E</text>'
        + f'<path class="t-nbr" d="M{n:.1f} 12.5l5.5 6-5.5 6-5.5-6Z"/>'
        + f'<text x="{n:.1f}" y="10" text-anchor="middle">N</text>'
        + f'<circle class="t-own" cx="{o:.1f}" cy="18.5" r="6.5"/></svg>'
    )


def line_chart(title: str, values: list[float], labels: list[str], width: int) -> str:
    """Draw a line with its points and labels."""
    step = (width - 180) / max(1, len(values) - 1)
    top = max(values) * 1.1
    places = [(56 + i * step, 250 - 220 * v / top) for i, v in enumerate(values)]
    path = " L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    ticks = "".join(
        f'<text class="tick" x="{x:.1f}" y="275" text-anchor="middle">{label}</text>'
        for (x, _), label in zip(places, labels, strict=True)
    )
    dots = "".join(
        f'<circle class="p-own" cx="{x:.1f}" cy="{y:.1f}" r="6"/>' for x, y in places
    )
    x, y = places[-1]
    return (
        _head("line", width, 290, title)
        + f'<path class="g-axis" d="M40 250H{width - 100}"/>'
        + f'<path class="l-own" d="M{path}"/>'
        + dots
        + ticks
        + f'<text class="lbl-own" x="{x + 12:.1f}" y="{y + 5:.1f}">{values[-1]:g}</text>'
        + "</svg>"
    )


def dot_strip(title: str, width: int) -> str:
    """Draw a few dots along a line, ours among them."""
    dots = "".join(
        f'<circle class="d-all" cx="{30 + (width - 60) * i / 40:.1f}" cy="{150 - 9 * (i % 5)}" r="4"/>'
        for i in range(41)
    )
    return (
        _head("strip", width, 200, title)
        + f'<rect class="zone" x="20" y="20" width="{width // 2 - 20}" height="150"/>'
        + dots
        + f'<circle class="t-own" cx="{width * 0.6:.1f}" cy="160" r="7"/></svg>'
    )
