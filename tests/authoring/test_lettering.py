"""Text in a drawing is large enough to be read on a phone."""

from pathlib import Path

import pytest

from tests.house.places import ROOT
from tutorbot.authoring.lettering import small_text

WIDE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450">{}</svg>'


def told(inside: str) -> list[str]:
    return [fault.what for fault in small_text(WIDE.format(inside).encode())]


@pytest.mark.parametrize("size", ["27", "27px", "30.5", "2em", "200%", "21pt", "2rem"])
def test_text_of_eleven_pixels_on_a_phone_is_large_enough(size: str) -> None:
    assert told(f'<text font-size="{size}">Facts</text>') == []


@pytest.mark.parametrize("size", ["26", "26px", "19pt", "1.5em", "160%", ".9em", "nonsense"])
def test_smaller_text_is_told(size: str) -> None:
    assert len(told(f'<text font-size="{size}">Facts</text>')) == 1


def test_a_fault_says_how_high_the_text_is_where_it_stands_and_what_would_be_right() -> None:
    svg = WIDE.format('\n  <text font-size="27">large</text>\n  <text font-size="20">small</text>')

    (fault,) = small_text(svg.encode())

    assert (fault.line, fault.column) == (3, 2)
    assert fault.what == "text of 20 in a drawing 800 wide is 8.2 pixels high on a phone"
    assert fault.mend == "make it 27 or more, which is 11 pixels there"


def test_text_whose_size_is_not_said_is_sixteen() -> None:
    assert told("<text>Facts</text>") == ["text of 16 in a drawing 800 wide is 6.6 pixels high on a phone"]


def test_each_size_is_told_once() -> None:
    assert len(told('<text font-size="20">a</text><text font-size="20">b</text><text>c</text>')) == 2


@pytest.mark.parametrize(
    "inside",
    [
        "<style>text { font-size: 30px }</style><text>a</text>",
        "<text>a</text><style>text { font-size: 30px }</style>",
        "<style>.big{font-size:30px}</style><text class='note big'>a</text>",
        "<style>#one{font:bold 30px/1.2 Inter}</style><text id='one'>a</text>",
        "<style>g > .big text, text.big{font-size:30px}</style><g><g class='big'><text>a</text></g></g>",
        "<style>.a{font-size:30px}text{font-size:9px}/* .a{font-size:1px}*/</style><text class='a'>a</text>",
        "<style>text{font-size:10px}</style><text style='fill:red;font-size:30px'>a</text>",
        "<g font-size='30'><text><tspan>a</tspan></text></g>",
        "<g transform='translate(3 4) scale(2)'><text>a</text></g>",
        "<g transform='matrix(2 0 0 2 5 5)'><text>a</text></g>",
        "<text font-size='5'>\n  <tspan font-size='30'>a</tspan>\n</text>",
        "<title>a</title><desc>b</desc><text/>",
    ],
)
def test_a_size_is_found_where_the_drawing_says_it(inside: str) -> None:
    assert told(inside) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<style>.small{font-size:12px} text{font-size:30px}</style><text class='small'>a</text>",
        "<style>text{font-size:30px}</style><text><tspan font-size='50%'>a</tspan></text>",
        "<style>text{font-size:30px}</style><text font-size='30' style='font-size: 12px !important'>a</text>",
        "<style>g .big{font-size:30px}</style><text class='big'>a</text>",
        "<g transform='scale(.5)'><text font-size='30'>a</text></g>",
    ],
)
def test_what_makes_text_smaller_is_found_too(inside: str) -> None:
    assert len(told(inside)) == 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "inside",
    [
        "<g>" * 100_000 + "<text>a</text>" + "</g>" * 100_000,
        "<g>" * 90 + "<text>a</text>" * 60_000 + "</g>" * 90,
        "<style>" + "/*" * 500_000 + "</style><text>a</text>",
        "<style>" + "a " * 500_000 + "{font-size:1px}</style><text>a</text>",
        "<style>" + ".a{font-size:1px}" * 50_000 + "</style>" + "<text class='a'>a</text>" * 20_000,
        "<text font-size='" + "1" * 1_000_000 + "'>a</text>",
        "<text style='font:" + "1" * 1_000_000 + "'>a</text>",
        "<text transform='" + "scale(" * 200_000 + "'>a</text>",
        "<text transform='scale(" + "1e999," * 9 + ")'>a</text>",
    ],
    ids=range(9),
)
def test_a_hostile_drawing_is_read_in_no_time(inside: str) -> None:
    assert len(told(inside)) <= 1


@pytest.mark.parametrize("picture", sorted((ROOT / "content").rglob("*.svg")), ids=lambda path: path.stem)
def test_the_pictures_of_the_bundled_courses_can_be_read_on_a_phone(picture: Path) -> None:
    assert list(small_text(picture.read_bytes())) == []
