"""The formats of a course's files as JSON Schema, by which editors complete and check."""

from collections.abc import Mapping as Map
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tutorbot.authoring.formats.course import (
    CaseFile,
    CourseFile,
    ExamFile,
    ExerciseHead,
    LessonHead,
    ModuleFile,
)
from tutorbot.authoring.formats.questions import QuestionsFile
from tutorbot.authoring.yaml.entries import Entry, EntryOf, Key, Kinds, OrText, keys_of
from tutorbot.authoring.yaml.forms import TOLERANCE_FORM, Pattern, Tolerance
from tutorbot.authoring.yaml.readers import ListOf, Named, Placed, Reader
from tutorbot.authoring.yaml.values import (
    COLOUR_FORM,
    ID_FORM,
    MOST_ID,
    MOST_MARKUP,
    NUMBER_FORM,
    Colour,
    Id,
    Line,
    Markdown,
    Number,
    OneOf,
    PicturePath,
    Plain,
    Ref,
    Whole,
    Word,
    YesNo,
)
from tutorbot.lessons.patterns import LONGEST_PATTERN

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_TEXT = ["string", "number", "boolean"]
"""What YAML takes for a number or a truth value is text where text is wanted: it stays as it was typed."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file in a course, or what stands above the text of one; `where` tells which files."""

    shape: type[Entry]
    where: str


FILES: Map[str, FileKind] = {
    "course": FileKind(CourseFile, "course.yaml"),
    "module": FileKind(ModuleFile, "module.yaml in the folder of a module"),
    "lesson": FileKind(LessonHead, "the front matter of a lesson"),
    "questions": FileKind(QuestionsFile, "*.questions.yaml, and the exam's files of a topic's questions"),
    "case-study": FileKind(CaseFile, "case-study/case-study.yaml"),
    "exercise": FileKind(ExerciseHead, "the front matter of an exercise"),
    "exam": FileKind(ExamFile, "exam/exam.yaml"),
}
"""What can be asked for, by its name."""


def schema_of(kind: str) -> Schema:
    """Return the JSON Schema of a kind of file; KeyError for one that is not in FILES.

    It tells what one file can show by itself. That names are defined, pictures are there or weights
    add up is for `check` to say; and what is typed oddly, a number between quotes for example, is read
    all the same though the schema has it otherwise.
    """
    file = FILES[kind]
    shapes = _Shapes()
    root = shapes.object(file.shape)
    return {"$schema": DIALECT, "title": f"tutorbot: {file.where}", **root, "$defs": shapes.defined}


class _Shapes:
    """Translates readers; entries within the file become definitions of their own."""

    def __init__(self) -> None:
        self.defined: dict[str, Schema] = {}

    def object(self, shape: type[Entry]) -> Schema:
        """Return what a mapping of this shape may hold."""
        keys = keys_of(shape)
        return {
            "description": (shape.__doc__ or "").splitlines()[0],
            "type": "object",
            "properties": {name: self._property(key) for name, key in keys.items()},
            "required": [name for name, key in keys.items() if key.required],
            "additionalProperties": False,
        }

    def _property(self, key: Key) -> Schema:
        said = self._value(key.reader)
        said["description"] = " ".join(filter(None, [key.says, said.get("description")]))
        if isinstance(key.default, int | StrEnum):
            said["default"] = key.default
        return said

    def _value(self, reader: Reader[Any]) -> Schema:
        match reader:
            case EntryOf(shape=shape):
                return self._defined(shape)
            case Kinds():
                return self._one_of_kinds(reader)
            case OrText():
                return {"anyOf": [self._value(reader.text), self._defined(reader.entry.shape)]}
            case ListOf(inner=inner, least=least, most=most):
                return {
                    "type": "array",
                    "items": self._value(inner),
                    "minItems": least,
                    "maxItems": most,
                }
            case Named(name=name, inner=inner):
                names = self._value(name)
                return {
                    "type": "object",
                    "propertyNames": {"pattern": names["pattern"], "maxLength": names["maxLength"]},
                    "additionalProperties": self._value(inner),
                }
            case Placed(inner=inner):
                return self._value(inner)
            case _:
                return _single(reader)

    def _defined(self, shape: type[Entry]) -> Schema:
        name = shape.__name__.removesuffix("Entry")
        if name not in self.defined:
            self.defined[name] = self.object(shape)
        return {"$ref": f"#/$defs/{name}"}

    def _one_of_kinds(self, kinds: Kinds[Any]) -> Schema:
        """Return what the key that says the kind decides."""
        tag = kinds.tag
        return {
            "type": "object",
            "required": [tag],
            "properties": {tag: {"enum": list(kinds.shapes)}},
            "allOf": [
                {
                    "if": {"properties": {tag: {"const": kind}}, "required": [tag]},
                    "then": self._defined(shape),
                }
                for kind, shape in kinds.shapes.items()
            ],
        }


def _single(reader: Reader[Any]) -> Schema:
    """Return what a single value may be; TypeError for a reader that no schema tells of."""
    match reader:
        case Plain(most=most):
            return _text(most, f"One line, at most {most:,} characters.")
        case Line(most=most):
            return _text(MOST_MARKUP * most, f"One paragraph of Markdown, at most {most:,} characters.")
        case Markdown(most=most):
            return _text(MOST_MARKUP * most, f"Markdown, at most {most:,} characters.")
        case Id() | Ref() | Word():
            return {"type": ["string", "integer"], "pattern": _whole(ID_FORM.pattern), "maxLength": MOST_ID}
        case Whole(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Number():
            return _number(reader)
        case Tolerance():
            return {"type": ["number", "string"], "pattern": _whole(TOLERANCE_FORM.pattern)}
        case Pattern():
            return _text(LONGEST_PATTERN, "A regular expression.")
        case YesNo():
            return {"type": "boolean"}
        case OneOf(words=words):
            return {"enum": [str(word) for word in words]}
        case Colour():
            note = 'Between quotes, such as "#1d4ed8".'
            return {"type": "string", "pattern": _whole(COLOUR_FORM.pattern), "description": note}
        case PicturePath():
            note = "SVG, PNG, JPEG or GIF, such as pictures/loop.svg."
            return {"type": "string", "pattern": r"\.(svg|png|jpe?g|gif)$", "description": note}
        case _:
            raise TypeError(f"no schema tells of {type(reader).__name__}")


def _text(most: int, note: str) -> Schema:
    return {"type": list(_TEXT), "pattern": r"\S", "maxLength": most, "description": note}


def _number(reader: Number) -> Schema:
    bounds = {
        name: _plain(bound)
        for name, bound in (("minimum", reader.least), ("maximum", reader.most))
        if bound is not None
    }
    return {"type": ["number", "string"], "pattern": _whole(NUMBER_FORM.pattern), **bounds}


def _plain(bound: Fraction) -> int | float:
    return int(bound) if bound.denominator == 1 else float(bound)


def _whole(pattern: str) -> str:
    """Return the pattern for the whole of a text: one of JSON Schema is looked for anywhere in it."""
    return f"^(?:{pattern})$"
