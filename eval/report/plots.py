"""Small plots as inline SVG: reliability and risk–coverage. Colours and fonts are in ``report.css``."""

from __future__ import annotations

import math
from collections.abc import Iterable

from eval.evaluation import Reliability, RiskCoverage

WIDTH, HEIGHT = 360, 300
_LEFT, _TOP, _RIGHT, _BOTTOM = 46, 12, 12, 44
_TICKS = 5


def reliability_plot(item: Reliability) -> str:
    """A point a bin: how sure the model was on average, and how often it was right; its area goes by the cases."""
    most = max(of_bin.cases for of_bin in item.bins)
    points = []
    for of_bin in item.bins:
        if of_bin.cases:
            stated, right = of_bin.stated / of_bin.cases, of_bin.right / of_bin.cases
            radius = 3 + 9 * math.sqrt(of_bin.cases / most)
            title = f"stated {stated:.2f}, right {right:.2f} of {of_bin.cases}"
            points.append(_line([(stated, stated), (stated, right)], "gap"))
            points.append(
                f'<circle class="point" cx="{_x(stated):.1f}" cy="{_y(right):.1f}" r="{radius:.1f}">'
                f"<title>{title}</title></circle>"
            )
    diagonal = _line([(0, 0), (1, 1)], "ideal")
    label = f"Reliability of the {item.of}: share right by stated probability"
    return _svg(label, [*_axes("stated probability", "share right", 1.0), diagonal, *points])


def risk_plot(item: RiskCoverage) -> str:
    """The share of stances that is wrong, by the share that is answered."""
    top = min(1.0, math.ceil(max(point.risk for point in item.points) * 10 + 1e-9) / 10 or 0.1)
    overall = item.points[-1].risk
    curve = [(point.coverage, point.risk / top) for point in item.points]
    return _svg(
        "Risk of the stance by coverage",
        [
            *_axes("share answered", "share wrong", top),
            _line([(0, overall / top), (1, overall / top)], "ideal"),
            _line(curve, "curve"),
        ],
    )


def _svg(label: str, parts: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f"<title>{label}</title>{''.join(parts)}</svg>"
    )


def _axes(across: str, up: str, top: float) -> list[str]:
    """Both axes from 0, across to 1 and up to *top*, with ``_TICKS`` steps and their names."""
    parts = []
    for number in range(_TICKS + 1):
        share = number / _TICKS
        parts.append(_line([(0, share), (1, share)], "grid"))
        parts.append(_text(_x(share), _y(0) + 16, f"{share:.2g}", "middle"))
        parts.append(_text(_LEFT - 6, _y(share) + 4, f"{share * top:.2g}", "end"))
    middle = (_TOP + HEIGHT - _BOTTOM) / 2
    parts.append(_text(_x(0.5), HEIGHT - 8, across, "middle"))
    parts.append(
        f'<text x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">{up}</text>'
    )
    return parts


def _line(points: Iterable[tuple[float, float]], name: str) -> str:
    places = " ".join(f"{_x(across):.1f},{_y(up):.1f}" for across, up in points)
    return f'<polyline class="{name}" points="{places}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)
