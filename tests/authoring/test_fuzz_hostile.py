"""What nobody would write by hand, or somebody would on purpose, is told as faults and costs no time."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.authoring.conftest import SMALL
from tutorbot.authoring import check

FILES = sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*") if path.is_file())
YAML = [file for file in FILES if file.endswith(".yaml")]
KEYS = sorted({key for file in YAML for key in re.findall(r"([a-z-]+):", (SMALL / file).read_text())})

LESSON = "1-flour/the-flat-loaf.md"
CHOICES = "1-flour/the-flat-loaf.questions.yaml"
SVG = "1-flour/pictures/two-loaves.svg"
HEAD = "---\ntitle: T\ntopic: gluten\nminutes: 5\nsummary: S.\n---\n"

# A file, and text that costs a careless reader its stack, its memory or its time.
HOSTILE = {
    "brackets in brackets": ("course.yaml", "[" * 250_000),
    "braces in braces": ("course.yaml", "{a: " * 60_000),
    "lists in lists": ("course.yaml", "- " * 120_000),
    "keys in keys": ("course.yaml", "? " * 120_000),
    "mappings in mappings": ("course.yaml", "".join(f"{' ' * depth}a:\n" for depth in range(700))),
    "a bomb of aliases": (
        "course.yaml",
        "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghij")),
    ),
    "a value within itself": ("course.yaml", "a: &a [*a]\n"),
    "a Python object": ("course.yaml", "title: !!python/object/apply:os.system [true]\n"),
    "fifty thousand items": ("course.yaml", "gives: [" + "a," * 50_000 + "]"),
    "one key, often": ("course.yaml", "title: 1\n" * 25_000),
    "many keys": ("course.yaml", "".join(f"k{n}: 1\n" for n in range(20_000))),
    "quotes that never end": ("course.yaml", 'title: "' + "a\n" * 100_000),
    "escapes": ("course.yaml", 'title: "' + "\\u0041" * 40_000 + '"'),
    "a number of 200,000 digits": (CHOICES, "questions:\n  - points: " + "9" * 200_000),
    "a fraction of 200,000 digits": (CHOICES, "questions:\n  - kind: number\n    answer: 1/" + "9" * 200_000),
    "an exponent": (CHOICES, "questions:\n  - kind: number\n    answer: 1e999999999"),
    "many questions": (CHOICES, "questions:\n" + "  - id: x\n" * 10_000),
    "open links": (LESSON, HEAD + "[" * 39_000),
    "open pictures": (LESSON, HEAD + "![" * 19_000),
    "half links": (LESSON, HEAD + "[a](b" * 7_000),
    "quotes in quotes": (LESSON, HEAD + ">" * 39_000),
    "items in items": (LESSON, HEAD + "".join(f"{' ' * (2 * depth)}- a\n" for depth in range(190))),
    "emphasis": (LESSON, HEAD + "*a **b_" * 5_000),
    "backticks": (LESSON, HEAD + " ".join("`" * n for n in range(1, 270))),
    "tags": (LESSON, HEAD + "<b> " * 9_000),
    "comments": (LESSON, HEAD + "<!--" * 9_000),
    "a wide table": (LESSON, HEAD + "|a" * 6_000 + "|\n" + "|-" * 6_000 + "|\n"),
    "a long table": (LESSON, HEAD + "|a|\n|-|\n" + "|a\n" * 12_000),
    "definitions": (LESSON, HEAD + "[a]: b\n" * 5_000),
    "a drawing in drawings": (SVG, "<g>" * 100_000),
    "a bomb of entities": (SVG, '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'),
}

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=20),
    st.sampled_from(KEYS),
    st.integers(min_value=10**300, max_value=10**301),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)

thoroughly = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def assert_told_or_read(folder: Path) -> None:
    """Check the course, whose faults must stand in its files."""
    report = check(folder)
    assert report.faults or report.course
    for fault in report.faults:
        assert fault.line >= 1
        assert fault.column >= 1
        assert "\n" not in str(fault)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_made_to_hurt_is_told_at_once(name: str, copy: Path) -> None:
    file, text = HOSTILE[name]
    (copy / file).write_text(text)

    faults = check(copy).faults

    assert file in {fault.file for fault in faults}


@thoroughly
@given(st.sampled_from(FILES), st.binary(max_size=2_000))
def test_any_bytes_are_told_or_read(copy: Path, file: str, data: bytes) -> None:
    shutil.copytree(SMALL, copy, dirs_exist_ok=True)
    (copy / file).write_bytes(data)

    assert_told_or_read(copy)


@thoroughly
@given(st.sampled_from(FILES), st.text(max_size=500))
def test_any_text_is_told_or_read(copy: Path, file: str, text: str) -> None:
    shutil.copytree(SMALL, copy, dirs_exist_ok=True)
    (copy / file).write_bytes((HEAD * file.endswith(".md") + text).encode("utf-8", "surrogatepass"))

    assert_told_or_read(copy)


@thoroughly
@given(st.sampled_from(YAML), VALUES)
def test_any_yaml_is_told_or_read(copy: Path, file: str, value: object) -> None:
    shutil.copytree(SMALL, copy, dirs_exist_ok=True)
    (copy / file).write_text(yaml.safe_dump(value, allow_unicode=True))

    assert_told_or_read(copy)


@thoroughly
@given(st.sampled_from(YAML), st.sampled_from(KEYS), VALUES)
def test_any_value_of_a_known_key_is_told_or_read(copy: Path, file: str, key: str, value: object) -> None:
    shutil.copytree(SMALL, copy, dirs_exist_ok=True)
    data = yaml.safe_load((SMALL / file).read_text())
    (copy / file).write_text(yaml.safe_dump(replaced(data, key, value), allow_unicode=True))

    assert_told_or_read(copy)


def replaced(data: object, key: str, value: object) -> object:
    """Return the data with another value for every key of this name."""
    match data:
        case dict():
            return {name: value if name == key else replaced(each, key, value) for name, each in data.items()}
        case list():
            return [replaced(each, key, value) for each in data]
        case _:
            return data
