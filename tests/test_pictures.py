"""Drawings become the same pictures everywhere."""

import struct
from pathlib import Path

import pytest

from tutorbot.pictures import BadPicture, svg_faults, svg_to_png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">{}</svg>'


def drawing(inside: str) -> bytes:
    return SVG.format(inside).encode()


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_drawing_becomes_a_png_of_the_width_asked_for() -> None:
    png = svg_to_png(drawing('<circle cx="50" cy="50" r="40"/>'), 800)

    assert size(png) == (800, 200)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    text = drawing('<text x="10" y="50" font-size="20">Events → facts</text>')

    assert svg_to_png(text, 400) == svg_to_png(text, 400)


@pytest.mark.parametrize(
    "family", ["Helvetica, Arial", "Georgia, serif", "DejaVu Sans", "system-ui", "Comic Sans MS"]
)
def test_text_in_any_font_is_drawn_in_ours(family: str) -> None:
    ours = svg_to_png(drawing('<text x="10" y="50" font-size="20" font-family="Inter">Facts</text>'), 400)
    theirs = svg_to_png(
        drawing(f'<text x="10" y="50" font-size="20" font-family="{family}">Facts</text>'), 400
    )
    nothing = svg_to_png(drawing(""), 400)

    assert theirs == ours != nothing


@pytest.mark.parametrize("style", ['font-weight="bold"', 'font-family="monospace"', 'font-weight="700"'])
def test_bold_and_code_look_otherwise(style: str) -> None:
    plain = svg_to_png(drawing('<text x="10" y="50" font-size="20">Facts</text>'), 400)

    assert svg_to_png(drawing(f'<text x="10" y="50" font-size="20" {style}>Facts</text>'), 400) != plain


def test_the_fonts_come_with_their_licence_and_are_small() -> None:
    folder = Path(__file__).parent.parent / "tutorbot" / "fonts"

    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()
    assert sum(file.stat().st_size for file in folder.iterdir()) < 1_000_000


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<image href="https://example.org/a.png"/>', "`href` refers to something outside the file"),
        ('<image href="/etc/passwd"/>', "`href` refers to something outside the file"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "`href` refers to something outside the file"),
        (
            '<image xmlns:x="http://www.w3.org/1999/xlink" x:href="a.png"/>',
            "`href` refers to something outside the file",
        ),
        ('<rect fill="url(https://example.org/a.svg#b)"/>', "`fill` refers to something outside the file"),
        ("<rect style=\"fill: url( 'a.svg#b')\"/>", "`style` refers to something outside the file"),
        ("<style>@import 'a.css';</style>", "the style refers to something outside the file"),
        ("<style>@font-face {src: url(a.ttf)}</style>", "the style refers to something outside the file"),
        ("<script>1</script>", "`<script>` in a drawing"),
        ('<g onclick="f()"/>', "a script, `onclick=`"),
        ("<foreignObject/>", "`<foreignObject>` in a drawing"),
        ("<?xml-stylesheet href='a.css'?>", "an instruction, `<?xml-stylesheet`"),
        ("<g>", "not XML (mismatched tag)"),
    ],
)
def test_what_acts_or_leads_outside_is_refused(inside: str, said: str) -> None:
    (fault,) = svg_faults(drawing(inside))

    assert fault.what == said
    with pytest.raises(BadPicture, match="The picture cannot be drawn"):
        svg_to_png(drawing(inside), 400)


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><marker id="a"/></defs><path marker-end="url(#a)" d="M0 0L9 9"/>',
        "<rect style=\"fill: url('#a')\"/>",
        '<use href="#a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>text { fill: #333 }</style>",
        '<g opacity="0.5"/>',
    ],
)
def test_what_stays_inside_is_drawn(inside: str) -> None:
    assert size(svg_to_png(drawing(inside), 400)) == (400, 100)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "a text",
        "<html/>",
        '<svg viewBox="0 0 1 1"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 100000"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan inf"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="1" height="900000"/>',
        '<!DOCTYPE a [<!ENTITY b "c">]>' + SVG.format("<text>&b;</text>"),
    ],
)
def test_what_is_no_drawing_is_refused(svg: str) -> None:
    with pytest.raises(BadPicture):
        svg_to_png(svg.encode(), 400)


@pytest.mark.parametrize("width", [0, -1, 100_000])
def test_a_width_that_cannot_be_is_refused(width: int) -> None:
    with pytest.raises(BadPicture, match="cannot be drawn"):
        svg_to_png(drawing(""), width)


def test_a_fault_has_its_place() -> None:
    svg = drawing("\n<text>é</text> <a/>\n  ä<script/>")

    (fault,) = svg_faults(svg)

    assert svg.decode()[fault.offset(svg.decode()) :].startswith("<script")
