"""The picture of a badge, drawn for one award."""

import xml.etree.ElementTree as ET
from datetime import date
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from tutorbot.lessons.course import Badge

WIDTH, HEIGHT = 1000, 620
ROOM, WIDEST, LONGEST_NAME = 530, 0.64, 48
"""Pixels beside the emblem, how wide a bold letter is on average (in its size), and where names are cut."""
TITLE_LETTERS, COURSE_LETTERS = 20, 36
"""How many letters of a line fit beside the emblem, with room for wide ones."""
_SVG = "http://www.w3.org/2000/svg"


def badge_svg(badge: Badge, *, course: str, name: str, on: date, emblem: bytes | None) -> bytes:
    """Return the picture as SVG: the emblem, what was earned, by whom, on which day (UTC)."""
    title = _lines(badge.title, TITLE_LETTERS)
    top = 200 - 26 * (len(title) - 1)
    shown_name = _short(name or "a learner", LONGEST_NAME)
    texts = [
        *(_text(420, top + 54 * n, line, 44, badge.colour, bold=True) for n, line in enumerate(title)),
        _text(420, top + 54 * len(title) + 16, "awarded to", 26, "#4a4a55"),
        _text(420, top + 54 * len(title) + 72, shown_name, _fitting(shown_name, 40), "#1d1c22", bold=True),
        *(
            _text(420, top + 54 * len(title) + 136 + 36 * n, line, 26, "#4a4a55")
            for n, line in enumerate(_lines(f"for passing the course {course}", COURSE_LETTERS))
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


def _fitting(words: str, size: int) -> int:
    """Return the size at which the words fit beside the emblem: that one, or less for many letters."""
    return min(size, int(ROOM / (WIDEST * len(words))))


def _lines(words: str, width: int) -> list[str]:
    return [_short(line, width) for line in wrap(words, width, max_lines=2, placeholder=" …")]


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
