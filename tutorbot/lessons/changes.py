"""What changed from one version of a course to another, in words."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import SequenceMatcher
from enum import Enum
from fractions import Fraction
from typing import Any

from tutorbot.lessons.course import Course, Exercise, Lesson
from tutorbot.lessons.outline import KNOWN_BY, Key, Thing, fields_of_things, outline
from tutorbot.lessons.question import Option, Question
from tutorbot.lessons.text import Picture

Holding = Mapping[Key, list[Thing]]
"""What is in each thing, in order."""


def changes(before: Course, after: Course) -> tuple[str, ...]:
    """Return what changed, a sentence for each thing, in the order of the course; none when nothing did.

    Courses that are not equal give at least one, also where they differ in a field that this module has
    no words for. What is new or gone is told without what was made or taken away with it, and what only
    has another number, because something before it is new or gone, is not told of.
    """
    return tuple(_Comparison(outline(before), outline(after)).sentences())


class _Comparison:
    """Two versions, thing by thing."""

    def __init__(self, old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> None:
        self._old, self._old_inner = old, _by_holder(old)
        self._new, self._new_inner = new, _by_holder(new)
        self._unmoved = _unmoved(old, new)

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each thing that changed."""
        course, *_ = self._new.values()
        yield from self._stayed(course)

    def _stayed(self, thing: Thing) -> Iterator[str]:
        """Yield what changed in a thing that both versions have, and in what is in it."""
        was = self._old[thing.key]
        moved = [] if thing.key in self._unmoved else [_move(was, thing)]
        if told := [*moved, *_changes_of(was.value, thing.value)]:
            yield f"{thing.name[0].upper()}{thing.name[1:]}: {'; '.join(told)}."
        for inner in self._new_inner[thing.key]:
            yield from self._stayed(inner) if inner.key in self._old else self._came(inner)
        for inner in self._old_inner[thing.key]:
            if inner.key not in self._new:
                yield f"Gone: {inner.name}{_and_what_is_in_it(inner, self._old_inner, self._new)}."

    def _came(self, thing: Thing, *, told: bool = False) -> Iterator[str]:
        """Yield that a thing is new, and what changed in the older things that stand in it now."""
        if not told:
            yield f"New: {thing.name}{_and_what_is_in_it(thing, self._new_inner, self._old)}."
        for inner in self._new_inner[thing.key]:
            yield from self._stayed(inner) if inner.key in self._old else self._came(inner, told=True)


def _by_holder(things: Mapping[Key, Thing]) -> Holding:
    held = defaultdict[Key, list[Thing]](list)
    for thing in things.values():
        if thing.within:
            held[thing.within.key].append(thing)
    return held


def _and_what_is_in_it(thing: Thing, holding: Holding, others: Mapping[Key, Thing]) -> str:
    """Count what is in a thing that only one version has, less what the other version has too."""
    inner = [each.value for each in _below(thing, holding) if each.key not in others]
    counts = [
        f"{count} {name}{'s' if count > 1 else ''}"
        for kind, name in ((Lesson, "lesson"), (Exercise, "exercise"), (Question, "question"))
        if (count := sum(isinstance(value, kind) for value in inner))
    ]
    return f", with {' and '.join(counts)}" if counts else ""


def _below(thing: Thing, holding: Holding) -> Iterator[Thing]:
    for inner in holding[thing.key]:
        yield inner
        yield from _below(inner, holding)


def _unmoved(old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> set[Key]:
    """Return what is in the same field of the same thing as it was, and in the same order there."""
    places = defaultdict[object, tuple[list[Key], list[Key]]](lambda: ([], []))
    for version, things, others in ((0, old, new), (1, new, old)):
        for key, thing in things.items():
            if key in others and _holder(thing) == _holder(others[key]):
                places[_holder(thing)][version].append(key)
    return {
        key
        for before, after in places.values()
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for key in before[block.a : block.a + block.size]
    }


def _holder(thing: Thing) -> tuple[Key | None, str]:
    return (thing.within.key if thing.within else None, thing.field)


def _move(was: Thing, thing: Thing) -> str:
    assert was.within  # what moves is in something: the course itself never does
    assert thing.within
    if was.within.key != thing.within.key:
        return f"moved from {was.within.name} to {thing.within.name}"
    if was.field != thing.field:
        return f"it was {was.name}"
    if was.position == thing.position:
        return "stands in another order"
    return f"moved from number {was.position} to number {thing.position}"


def _changes_of(before: Any, after: Any) -> Iterator[str]:
    """Yield what changed in the fields of a thing, those aside that hold things of their own."""
    kind: type = type(after)
    for name in (each.name for each in fields(kind)):
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name not in fields_of_things(kind):
            tell = _TOLD.get((kind, name))
            yield from tell(old, new) if tell else _change(name, old, new)


def _change(field: str, old: Any, new: Any) -> Iterator[str]:
    """Yield how a field changed that has no words of its own, from what its values are."""
    name = _WORDS.get(field, field.replace("_", " "))
    if _is_short(old) and _is_short(new):
        said = _SAID.get(field, _said)
        yield f"{name} changed from {_each(old, said)} to {_each(new, said)}"
    elif not old or not new:
        yield f"{name} {'added' if new else 'taken out'}"
    elif is_dataclass(new) and type(old) is type(new):
        for inner in _changes_of(old, new):
            yield f"{name}: {inner}"
    else:
        yield f"{name} changed"


def _is_short(value: Any) -> bool:
    """Whether the value can be said in a few words."""
    if isinstance(value, tuple):
        return all(not isinstance(each, tuple) and _is_short(each) for each in value)
    return value is None or isinstance(value, str | int | Fraction | Enum)


def _each(value: Any, said: Callable[[Any], str]) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(said, value)) or "none"
    return "none" if value in (None, "") else said(value)


def _said(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case str():
            return f"“{value}”"
        case Fraction():
            is_decimal = (10**6 * value).denominator == 1
            return f"{float(value):,.6f}".rstrip("0").rstrip(".") if is_decimal else str(value)
        case _:
            return str(value)


def _percent(value: Any) -> str:
    return f"{_said(Fraction(value))} %"


def _share(value: Any) -> str:
    return _percent(100 * value)


def _title_changes(old: str, _new: str) -> Iterator[str]:
    yield f"it was called “{old}”"


def _file_changes(_old: str, _new: str) -> Iterator[str]:
    yield "its file changed"


def _option_changes(old: tuple[Option, ...], new: tuple[Option, ...]) -> Iterator[str]:
    """Yield how options changed; an option is known by its text, and the reworded ones by their order."""
    kept = [(before, after) for after in new for before in old if before.text == after.text]
    gone = [option for option in old if option.text not in {after.text for after in new}]
    came = [option for option in new if option.text not in {before.text for before in old}]
    reworded = list(zip(gone, came, strict=False))
    left = gone[len(reworded) :] + came[len(reworded) :]
    pairs = kept + reworded
    told = [
        *([_options(len(reworded), "reworded")] if reworded else []),
        *([_options(len(left), "new" if came[len(reworded) :] else "gone")] if left else []),
    ]
    if any(before.right != after.right for before, after in pairs) or any(option.right for option in left):
        one = sum(option.right for option in new) == 1
        told.append("another option is right now" if one else "other options are right now")
    if any(before.feedback != after.feedback for before, after in pairs):
        told.append("the feedback to an option changed")
    if [before for before, _ in kept] != [option for option in old if option not in gone]:
        told.append("the options stand in another order")
    yield from told or ["options changed"]


def _options(count: int, how: str) -> str:
    return f"an option is {how}" if count == 1 else f"{count} options are {how}"


_WORDS: Mapping[str, str] = {
    "about": "what it is about",
    "accepted": "accepted forms",
    "accent": "second colour",
    "after": "lesson that it opens with",
    "alt": "alt text",
    "count": "number of questions",
    "credits": "credit by try",
    "drop": "questions left out",
    "due_days": "days until due",
    "gives": "what it gives",
    "late": "credit when late",
    "model": "model answer",
    "number": "right number",
    "prompt": "the question itself",
    "right": "feedback to a right answer",
    "text_in": "place of a cohort's lesson text",
    "wrong": "feedback to a wrong answer",
}
"""What fields are called; one that is not here is called by its own name."""

_SAID: Mapping[str, Callable[[Any], str]] = {
    "credits": _share,
    "late": _share,
    "pass_mark": _percent,
    "weight": _percent,
}
"""How the values of a field are said, where that is not plain from their type."""

_TOLD: Mapping[tuple[type, str], Callable[[Any, Any], Iterator[str]]] = {
    (Picture, "digest"): _file_changes,
    (Question, "options"): _option_changes,
    **dict.fromkeys(((kind, "title") for kind in KNOWN_BY), _title_changes),
}
"""How the change of a field is told, where its values alone do not say it."""
