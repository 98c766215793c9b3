"""Editors check a course's files by the schemas that are made of their formats."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.authoring.conftest import SMALL
from tests.authoring.every_kind import EVERY_KIND
from tutorbot.app import bundled_courses
from tutorbot.authoring.formats.schema import FILES, schema_of

COURSES = [*bundled_courses(), SMALL, EVERY_KIND]


class Core(yaml.SafeLoader):
    """Reads YAML as the editors' language server does: by the core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own form


for tag, form, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), first)


def files_of(course: Path) -> list[Path]:
    """Return the files of a course that have a schema."""
    found = [*course.glob("*.yaml"), *course.glob("*/*.yaml"), *course.glob("*/*.md")]
    return sorted(file for file in found if file.parent.name != "code")


def kind_of(file: Path) -> str:
    """Return which kind of file this is."""
    if file.suffix == ".md":
        return "exercise" if file.parent.name == "case-study" else "lesson"
    return file.stem if file.stem in FILES else "questions"


def data_of(file: Path) -> Any:
    """Return what stands in a YAML file, or above the text of a lesson."""
    text = file.read_text()
    return yaml.load(text.split("---\n")[1] if file.suffix == ".md" else text, Core)


FILES_OF_COURSES = [
    pytest.param(file, id=f"{course.name}/{file.relative_to(course)}")
    for course in COURSES
    for file in files_of(course)
]
OF_THE_SMALL = [param for param in FILES_OF_COURSES if str(param.id).startswith(("small/", "every-kind/"))]


def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(kind))


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping within."""
    match value:
        case dict():
            yield value
            for inner in value.values():
                yield from mappings(inner)
        case list():
            for inner in value:
                yield from mappings(inner)


def spoilt(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield the data once for each key in it, misspelt, and what was done."""
    for n, mapping in enumerate(list(mappings(data))):
        for name in mapping:
            changed = copy.deepcopy(data)
            target = list(mappings(changed))[n]
            target[f"{name}_"] = target.pop(name)
            yield f"{name}_", changed


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_one_of_the_dialect_it_names(kind: str) -> None:
    schema = schema_of(kind)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("file", FILES_OF_COURSES)
def test_a_file_without_faults_is_valid(file: Path) -> None:
    errors = list(validator(kind_of(file)).iter_errors(data_of(file)))

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("file", OF_THE_SMALL)
def test_a_misspelt_key_is_not_valid_wherever_it_stands(file: Path) -> None:
    judge = validator(kind_of(file))

    passed = [name for name, data in spoilt(data_of(file)) if judge.is_valid(data)]

    assert passed == []


@pytest.mark.parametrize("file", OF_THE_SMALL)
def test_a_value_of_another_type_is_not_valid_wherever_it_stands(file: Path) -> None:
    judge, data = validator(kind_of(file)), data_of(file)
    passed = []
    for mapping in list(mappings(data)):
        for name, value in mapping.items():
            mapping[name] = [[value]]
            passed += [name] if judge.is_valid(data) else []
            mapping[name] = value

    assert passed == []


def test_every_kind_of_file_is_looked_at() -> None:
    assert {kind_of(Path(str(param.values[0]))) for param in OF_THE_SMALL} == set(FILES)


@pytest.mark.parametrize("kind", FILES)
def test_every_key_says_what_it_is_for(kind: str) -> None:
    schema = schema_of(kind)

    for shape in (schema, *schema["$defs"].values()):
        assert shape["description"].endswith(".")
        for name, said in shape["properties"].items():
            assert said["description"].endswith("."), name


@pytest.mark.parametrize("typed", ["no", "1:30", "012", "2026-11-23", "3", "true"])
def test_text_that_yaml_takes_for_something_else_is_valid(typed: str) -> None:
    data = data_of(SMALL / "course.yaml") | {"effort": yaml.load(typed, Core)}

    assert validator("course").is_valid(data)


def test_a_key_of_another_kind_of_question_is_told_with_its_name() -> None:
    data = data_of(SMALL / "1-flour/a-cup-is-no-measure.questions.yaml")
    data["questions"][0]["shuffle"] = True

    (error,) = validator("questions").iter_errors(data)

    assert "'shuffle' was unexpected" in error.message
    assert list(error.absolute_path) == ["questions", 0]


# Every kind of question

ANY_QUESTION = {"id": "q", "prompt": "What?"}
GRADED = ANY_QUESTION | {"level": "apply", "explanation": "So."}
SAID = {"feedback": {"right": "Yes.", "wrong": "No."}}
A_SCALE = ANY_QUESTION | {"kind": "scale", "low": "bad", "high": "good"}
AN_ORDER = GRADED | SAID | {"kind": "order", "items": ["a", "b", "c"]}
A_MATCH = (
    GRADED | SAID | {"kind": "match", "pairs": [{"item": "a", "match": "b"}, {"item": "c", "match": "d"}]}
)
A_TEXT = GRADED | SAID | {"kind": "text", "accept": ["a"]}
WRITTEN = GRADED | {"kind": "written", "model": "So."}
LEVELS = [{"points": 0, "text": "none"}, {"points": 1, "text": "all"}]
SOUND = {
    "a scale": A_SCALE,
    "a scale of ten": A_SCALE | {"steps": 10},
    "a poll": ANY_QUESTION | {"kind": "poll", "options": ["a", "b"]},
    "a comment": ANY_QUESTION | {"kind": "comment"},
    "an order": AN_ORDER,
    "an order with credit": AN_ORDER | {"credit": [100, 50, 12.5]},
    "a match": A_MATCH,
    "a match with extras": A_MATCH | {"extra": ["x"]},
    "texts and patterns": A_TEXT
    | {"accept": ["a", {"text": "b", "case": True}, {"pattern": "c+", "spaces": True}]},
    "a tolerance in percent": GRADED | SAID | {"kind": "number", "answer": 45, "tolerance": "5 %"},
    "a rubric": WRITTEN | {"rubric": [{"title": "x", "levels": LEVELS}]},
}
SPOILT = {
    "a scale of eleven": A_SCALE | {"steps": 11},
    "a scale without an end": {key: value for key, value in A_SCALE.items() if key != "high"},
    "an opinion with points": A_SCALE | {"points": 2},
    "a poll of one": ANY_QUESTION | {"kind": "poll", "options": ["a"]},
    "an order of two": AN_ORDER | {"items": ["a", "b"]},
    "an order with options": AN_ORDER | {"options": ["a", "b"]},
    "a pair without a match": A_MATCH | {"pairs": [{"item": "a"}, {"item": "b", "match": "c"}]},
    "too many extras": A_MATCH | {"extra": list("abcdefg")},
    "a form of another shape": A_TEXT | {"accept": [["a"]]},
    "a form with an unknown key": A_TEXT | {"accept": [{"text": "a", "capitals": True}]},
    "credit above all": AN_ORDER | {"credit": [101]},
    "credit that is no list": AN_ORDER | {"credit": 100},
    "a tolerance in words": GRADED | SAID | {"kind": "number", "answer": 45, "tolerance": "five"},
    "a rubric with one level": WRITTEN | {"rubric": [{"title": "x", "levels": LEVELS[:1]}]},
    "a rubric of an order": AN_ORDER | {"rubric": [{"title": "x", "levels": LEVELS}]},
}


@pytest.mark.parametrize("name", SOUND)
def test_a_question_of_each_kind_is_valid(name: str) -> None:
    errors = validator("questions").iter_errors({"questions": [SOUND[name]]})

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", SPOILT)
def test_a_question_that_is_not_of_its_kind_is_not_valid(name: str) -> None:
    assert not validator("questions").is_valid({"questions": [SPOILT[name]]})
