"""Cost against size as an SVG: a panel a quantity, a line a system, sizes on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

Line = Sequence[tuple[int, float]]
"""(passages, value) points, sizes ascending."""

COLOURS = {"Waymark": "#1b6ca8", "Recipe": "#c2571a"}
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 320, 220, 52, 34, 34


def plot(panels: Mapping[str, Mapping[str, Line]]) -> str:
    """The panels side by side. panels: by title, with the lines by system; values from 0 up."""
    width = WIDTH * len(panels)
    drawn = "".join(
        f'<g transform="translate({WIDTH * place},0)">{_panel(title, lines)}</g>'
        for place, (title, lines) in enumerate(panels.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}"'
        f' height="{HEIGHT}" font-family="sans-serif" font-size="11" fill="#333">'
        f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/>{drawn}</svg>\n'
    )


def _panel(title: str, lines: Mapping[str, Line]) -> str:
    sizes = sorted({size for line in lines.values() for size, _ in line})
    top = _round_up(max(value for line in lines.values() for _, value in line))
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: int) -> float:
        share = (math.log10(size) - low) / (high - low) if high > low else 0.5
        return LEFT + share * (WIDTH - LEFT - 40)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)

    parts = [f'<text x="{LEFT}" y="16" font-weight="bold">{escape(title)}</text>']
    for value in (0.0, top / 2, top):
        parts.append(
            f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - 30}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value:,g}</text>'
        )
    for size in sizes:
        parts.append(
            f'<text x="{x(size):.1f}" y="{HEIGHT - 14}" text-anchor="middle">{size:,}</text>'
        )
    for place, (name, line) in enumerate(lines.items()):
        colour = COLOURS.get(name, "#555")
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in line)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
        for size, value in line:
            parts.append(
                f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'
                f'<text x="{x(size):.1f}" y="{y(value) - 7:.1f}" text-anchor="middle"'
                f' fill="{colour}">{_short(value)}</text>'
            )
        parts.append(f'<text x="{LEFT + 80 * place}" y="30" fill="{colour}">{escape(name)}</text>')
    return "".join(parts)


def _round_up(value: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def _short(value: float) -> str:
    """Three digits: 36.0, 363, 1,100."""
    return f"{value:.1f}" if value < 100 else f"{float(f'{value:.3g}'):,.0f}"
