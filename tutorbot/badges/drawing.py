"""The picture of a badge, drawn for one award."""

import xml.etree.ElementTree as ET
from datetime import date
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from tutorbot.lessons.course import Badge

WIDTH, HEIGHT = 1000, 620
_SVG = "http://www.w3.org/2000/svg"


def badge_svg(badge: Badge, *, course: str, name: str, on: date, emblem: bytes | None) -> bytes:
    """Return the picture as SVG: the emblem, what was earned, by whom, on which day (UTC)."""
    title = _lines(badge.title, 24)
    top = 190 - 30 * (len(title) - 1)
    texts = [
        *(_text(420, top + 60 * n, line, 52, badge.colour, bold=True) for n, line in enumerate(title)),
        _text(420, top + 60 * len(title) + 20, "awarded to", 26, "#4a4a55"),
        _text(420, top + 60 * len(title) + 80, _short(name or "a learner", 30), 44, "#1d1c22", bold=True),
        *(
            _text(420, top + 60 * len(title) + 150 + 36 * n, line, 26, "#4a4a55")
            for n, line in enumerate(_lines(f"for passing the course {course}", 40))
        ),
        _text(420, HEIGHT - 70, f"{on.day} {on:%B %Y}", 26, "#4a4a55"),
    ]
    drawing = (
        f'<svg xmlns="{_SVG}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<rect x="16" y="16" width="{WIDTH - 32}" height="{HEIGHT - 32}" rx="28" fill="none" '
        f'stroke={quoteattr(badge.colour)} stroke-width="8"/>'
        f'<rect x="30" y="30" width="{WIDTH - 60}" height="{HEIGHT - 60}" rx="20" fill="none" '
        f'stroke={quoteattr(badge.accent)} stroke-width="3"/>'
        f"{_emblem(emblem)}{''.join(texts)}</svg>"
    )
    return drawing.encode()


def _emblem(emblem: bytes | None) -> str:
    """Return the author's emblem as a picture inside ours."""
    if emblem is None:
        return ""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(emblem)  # noqa: S314 - checked when the course was loaded
    root.set("viewBox", root.get("viewBox") or f"0 0 {root.get('width', '400')} {root.get('height', '400')}")
    for name, value in (("x", "70"), ("y", "150"), ("width", "310"), ("height", "310")):
        root.set(name, value)
    return ET.tostring(root, encoding="unicode")


def _text(x: int, y: int, words: str, size: int, colour: str, *, bold: bool = False) -> str:
    weight = "700" if bold else "400"
    return (
        f'<text x="{x}" y="{y}" font-family="Inter, DejaVu Sans, sans-serif" font-size="{size}" '
        f'font-weight="{weight}" fill={quoteattr(colour)}>{escape(words)}</text>'
    )


def _lines(words: str, width: int) -> list[str]:
    return [_short(line, width) for line in wrap(words, width, max_lines=2, placeholder=" …")]


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
