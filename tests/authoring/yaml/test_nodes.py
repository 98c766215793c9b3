"""YAML stays as it was typed, and each character of it has its place."""

import json
import textwrap

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.authoring.faults import Faults, Source
from tutorbot.authoring.yaml.nodes import Mapping, Node, Scalar, Sequence, compose


def composed(text: str) -> Node:
    faults = Faults()
    node = compose(Source("a.yaml", text), faults)
    assert node is not None, faults.in_order()
    return node


def value(text: str) -> Scalar:
    node = composed(text)
    assert isinstance(node, Mapping)
    scalar = node.pairs[0][1]
    assert isinstance(scalar, Scalar)
    return scalar


@pytest.mark.parametrize(
    "typed", ["no", "1:30", "012", "~", "null", "1e3", "0x1F", "2026-11-23", "1_000", "=", "<<"]
)
def test_a_value_is_the_text_that_was_typed(typed: str) -> None:
    assert value(f"a: {typed}").value == typed


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N"), max_codepoint=0xFFFF), min_size=1),
    min_size=1,
    max_size=9,
)


@given(
    WORDS,
    WORDS,
    st.sampled_from(["plain", "single", "double", "folded", "literal", "json"]),
    st.integers(0, 3),
)
def test_a_word_in_a_value_is_found_where_it_stands(
    before: list[str], after: list[str], style: str, blank_lines: int
) -> None:
    words = [
        *(word.replace("x", "y") for word in before),
        "it's",
        'x"x',
        *(word.replace("x", "y") for word in after),
    ]
    lines = ("\n" * (1 + blank_lines)).join(words)
    text = {
        "plain": "a: k" + textwrap.indent(lines, "  "),
        "single": "a: 'k" + textwrap.indent(lines.replace("'", "''"), "  ") + "'",
        "double": 'a: "k\\n\\t\\x41' + textwrap.indent(lines.replace('"', '\\"'), "  ") + '"',
        "folded": "a: >2-  # a comment\n" + textwrap.indent(lines, "  "),
        "literal": "b: é\na: |  # a comment\n" + textwrap.indent(lines, "    "),
        "json": "a: " + json.dumps(lines),
    }[style]
    source = Source("a.yaml", text)
    node = compose(source, Faults())
    assert isinstance(node, Mapping)
    scalar = node.pairs[-1][1]
    assert isinstance(scalar, Scalar)

    spot = scalar.spot_of(scalar.value.index('x"x'))

    found = text.index('x\\"x') if style in ("double", "json") else text.index('x"x')
    assert (spot.source, spot.offset) == (source, found)


JSONS = st.recursive(
    st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z")), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def plain(node: Node) -> object:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.value: plain(inner) for key, inner in node.pairs}


@given(JSONS, st.booleans())
def test_what_yaml_writes_is_read_back(document: object, is_flow: bool) -> None:
    text = yaml.safe_dump(document, allow_unicode=True, default_flow_style=is_flow, default_style='"')

    assert plain(composed(text)) == document


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "[" * 100_000,
        "- " * 100_000,
        "{a: " * 1_000,
        "a: " * 100_000,
        "? " * 50_000,
        "a: |" + "9" * 1_000,
        '"' + "\\" * 100_001,
        "!!python/object/apply:os.system [true]",
        "<<: *a",
    ],
)
def test_a_bomb_is_a_fault(bomb: str) -> None:
    faults = Faults()

    node = compose(Source("a.yaml", bomb), faults)

    assert node is None
    assert len(faults) == 1


@given(st.text(st.sampled_from("ab:-?|>'\"[]{}#&*!%@` \n\t,\\1é"), max_size=60))
def test_any_text_is_composed_or_has_one_fault_within_it(text: str) -> None:
    faults = Faults()

    node = compose(Source("a.yaml", text), faults)

    found = faults.in_order()
    assert (node is not None) or len(found) == 1
    lines = text.split("\n")
    for fault in found:
        assert fault.line <= len(lines)
        assert fault.column <= len(lines[fault.line - 1]) + 1
