"""XML as a tree; what a hostile file could ask for is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.exchange.taken import Unreadable
from tutorbot.exchange.xml_tree import (
    DEEPEST,
    MOST_BYTES,
    MOST_DECLARED,
    MOST_ELEMENTS,
    Element,
    inner_markup,
    read_xml,
)


def parse(text: str) -> Element:
    return read_xml(text.encode(), "quiz.xml")


def refusal(data: bytes | str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_xml(data.encode() if isinstance(data, str) else data, "quiz.xml")
    return str(caught.value)


def test_elements_keep_the_line_their_tag_begins_on() -> None:
    root = parse('<quiz>\n  <item\n    ident="a"/>\n  <item ident="b"/></quiz>')

    assert [(item.get("ident"), item.line) for item in root.within("item")] == [("a", 2), ("b", 4)]


def test_text_and_elements_keep_their_order() -> None:
    root = parse("<p>one <b>two</b> three<!-- unseen --> &amp; <![CDATA[<four>]]></p>")

    assert root.text == "one two three & <four>"
    assert root.children == ("one ", Element("b", 1, {}, ("two",)), " three & <four>")


def test_names_are_read_without_their_namespace() -> None:
    root = parse('<q:quiz xmlns:q="urn:q"><q:item/><item xmlns="urn:other"/></q:quiz>')

    assert root.name == "quiz"
    assert [element.name for element in root.elements] == ["item", "item"]


def test_what_is_within_an_element_can_be_had_as_markup() -> None:
    root = parse('<prompt>1 &lt; 2 <img src="a.png" alt="a &quot;b&quot;"/><p/> <em>so</em></prompt>')

    markup = inner_markup(root)

    assert markup == '1 &lt; 2 <img src="a.png" alt="a &quot;b&quot;"><p></p> <em>so</em>'


def test_a_document_type_is_allowed_and_its_definition_is_not_read() -> None:
    root = parse('<!DOCTYPE q SYSTEM "file:///etc/passwd"><q>a&nbsp;b</q>')

    assert root.text == "a\u00a0b"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><q>é</q>'.encode(encoding)

    assert read_xml(data, "quiz.xml").text == "é"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "quiz.xml:1: is not sound XML (no element found)"),
        ("<q>\n<r></q>", "quiz.xml:2: is not sound XML (mismatched tag)"),
        ("<q>&nbsp;</q>", "quiz.xml:1: is not sound XML (undefined entity)"),
        ('<!DOCTYPE q SYSTEM "q.dtd">\n<q>&lol;</q>', "quiz.xml:2: `&lol;` is not known"),
        ('<?xml version="1.0" encoding="shift_jis"?><q/>', "quiz.xml:1: is not in UTF-8"),
        ('<?xml version="1.0" encoding="unicode_escape"?><q/>', "quiz.xml:1: is not in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(data: str, told: str) -> None:
    assert refusal(data).startswith(told)


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><q>&b;</q>',
        '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><q>&a;</q>',
        '<!DOCTYPE q [<!ENTITY % a SYSTEM "http://localhost/x.dtd"> %a;]><q/>',
        '<!DOCTYPE q [<!NOTATION n SYSTEM "n"><!ENTITY a SYSTEM "a.bin" NDATA n>]><q/>',
    ],
)
def test_a_document_that_declares_entities_is_refused(data: str) -> None:
    assert "declares the entity `a`" in refusal(data)


def test_a_document_may_declare_elements_and_some_attributes_which_are_not_added() -> None:
    root = parse('<!DOCTYPE q [<!ELEMENT q (r+)> <!ATTLIST q shuffle (Yes|No) "No">]><q/>')

    assert root.attributes == {}


def test_declarations_that_would_take_long_are_refused() -> None:
    many = "".join(f"<!ATTLIST q a{n} CDATA 'x'>" for n in range(MOST_DECLARED + 1))

    assert "declares more than 100 attributes" in refusal(f"<!DOCTYPE q [{many}]><q/>")
    assert "not sound XML" in refusal(f"<!DOCTYPE q [<!ELEMENT q {'(' * 10_000}>]><q/>")


def test_depth_number_and_size_are_bounded() -> None:
    assert f"more than {DEEPEST} deep" in refusal("<a>" * 100_000)
    assert f"more than {MOST_ELEMENTS:,} elements" in refusal("<q>" + "<a/>" * MOST_ELEMENTS + "</q>")
    assert "more than 10 MB" in refusal(b"<q>" + b" " * MOST_BYTES + b"</q>")


@given(st.binary(max_size=200) | st.text("<>/q \"='&;![]-?x", max_size=60).map(str.encode))
def test_any_bytes_give_a_tree_or_an_error_with_a_line(data: bytes) -> None:
    with suppress(Unreadable):
        root = read_xml(data, "quiz.xml")

        assert root.line >= 1
