"""The texts and pictures of QTI 1.2, as HTML."""

from collections.abc import Iterator
from html import escape

from tutorbot.exchange.html.tree import parse_html
from tutorbot.exchange.xml_tree import Element

RESPONSES = (
    "response_lid",
    "response_str",
    "response_num",
    "response_grp",
    "response_xy",
    "response_extension",
)
BLANK = Element("p", 1, {}, ("____",))
"""What stands in a text where something is typed."""

_TEXTS = ("mattext", "matemtext", "mat_formattedtext")
_TYPED = ("response_str", "response_num")
_ASIDE = ("RESPONSE_BLOCK", "RIGHT_MATCH_BLOCK")
"""How Blackboard calls the parts of a question that are not what it asks."""

_SOUNDS = {"mataudio": "audio", "matvideo": "video", "matapplet": "applet", "matapplication": "applet"}


def material(*elements: Element) -> Element:
    """Return all texts and pictures within the elements as one element of HTML."""
    line = elements[0].line if elements else 1
    return Element("div", line, {}, tuple(part for element in elements for part in _parts(element)))


def asked(presentation: Element) -> Element:
    """Return what the question asks, as HTML: what stands outside of its responses, with their blanks."""
    parts = list(_asked(presentation))
    while parts and parts[-1] is BLANK:
        parts.pop()
    while parts and parts[0] is BLANK:
        parts.pop(0)
    return Element("div", presentation.line, {}, tuple(parts))


def said_in(response: Element) -> Element:
    """Return what stands in a response itself, before its options, as HTML."""
    outside = [each for each in response.elements if not each.name.startswith("render_")]
    return material(*outside) if outside else Element("div", response.line, {}, ())


def _asked(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if child.name in _TYPED:
            yield BLANK
        elif child.name not in RESPONSES and child.get("class") not in _ASIDE:
            yield from _parts(child) if child.name == "material" else _asked(child)


def _parts(element: Element) -> Iterator[Element]:
    """Yield what a material, or anything that holds some, shows."""
    if element.name in _TEXTS:
        yield _text(element)
    elif element.name == "matimage":
        yield _picture(element)
    elif element.name in _SOUNDS:
        yield Element(_SOUNDS[element.name], element.line, {}, ())
    else:
        for child in element.elements:
            yield from _parts(child)


def _text(element: Element) -> Element:
    """Return a text as HTML: it may be HTML that is written as text, or be made of elements, or be plain."""
    if element.elements:
        return Element("div", element.line, {}, element.children)
    kind = (element.get("texttype") or element.get("type")).lower()
    if "html" in kind or kind == "smart_text":
        return parse_html(element.text, element.line)
    return parse_html("".join(f"<p>{escape(part)}</p>" for part in element.text.split("\n\n")), element.line)


def _picture(element: Element) -> Element:
    source = element.get("uri") or element.get("entityref")
    if not source and element.get("embedded") == "base64":
        source = f"data:{element.get('imagtype', 'image/png')};base64,{element.text}"
    return Element("img", element.line, {"src": source, "alt": element.get("label")}, ())
