"""What may stand in the files of a course, questions aside."""
# ruff: noqa: RUF009 - `key` is a dataclass field, under another name

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.authoring.entries import Entry, EntryOf, key
from tutorbot.authoring.faults import Faults
from tutorbot.authoring.readers import At, ListOf, Placed
from tutorbot.authoring.values import (
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
)
from tutorbot.lessons.course import PartKind, TextIn
from tutorbot.lessons.text import Prose, Spans

FORMAT = 1
"""The newest format of course files that this program reads."""


def _check_alt(entry: Entry, picture: str, faults: Faults) -> None:
    """Note a picture without alt text, or alt text without a picture."""
    keys = entry.at.keys
    if picture in keys and "alt" not in keys:
        faults.add(
            keys[picture], f"`{picture}` has no `alt`", "write `alt: …` beside it: what the picture shows"
        )
    if "alt" in keys and picture not in keys:
        faults.add(
            keys["alt"], f"`alt` without `{picture}`", f"write `{picture}: …` beside it, or take `alt` out"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonHead(Entry):
    """What stands above a lesson's text."""

    title: str = key(Plain())
    topic: str = key(Ref("topic"))
    minutes: int = key(Whole(1, 60))
    summary: Spans = key(Line(300))
    picture: str = key(PicturePath(), "")
    alt: str = key(Plain(1_000), "")

    def check(self, faults: Faults) -> None:
        _check_alt(self, "picture", faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseHead(Entry):
    """What stands above an exercise's text."""

    title: str = key(Plain())
    minutes: int = key(Whole(1, 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleFile(Entry):
    """A module, and its lessons in order."""

    title: str = key(Plain())
    summary: Spans = key(Line(300))
    lessons: tuple[At[str], ...] = key(ListOf(Placed(Word("the name of a lesson's file"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile(Entry):
    """The case study, and its exercises in order."""

    title: str = key(Plain())
    about: Prose = key(Markdown(10_000))
    exercises: tuple[At[str], ...] = key(ListOf(Placed(Word("the name of an exercise's file"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawEntry(Entry):
    """How many questions the exam draws from a topic."""

    topic: str = key(Ref("topic"))
    count: int = key(Whole(1, 200))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFile(Entry):
    """The exam; its limit, if it has one, is in minutes."""

    minutes: int | None = key(Whole(1, 600), None)
    draws: tuple[DrawEntry, ...] = key(ListOf(EntryOf(DrawEntry)))

    def check(self, faults: Faults) -> None:
        _check_once([(draw, "topic", draw.topic) for draw in self.draws], faults)


def _check_once(said: Iterable[tuple[Entry, str, str]], faults: Faults) -> None:
    """Note what is said twice by entries of a list."""
    seen = Counter[str]()
    for entry, name, value in said:
        seen[value] += 1
        if name not in entry.at.failed and seen[value] == 2:
            faults.add(entry.at.of(name), f"`{value}` stands twice in the list", "make one entry of the two")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEntry(Entry):
    """One of the people who are named with the course."""

    name: str = key(Plain())
    role: str = key(Plain(150))
    bio: Prose = key(Markdown(2_000))
    picture: str = key(PicturePath(), "")
    alt: str = key(Plain(1_000), "")

    def check(self, faults: Faults) -> None:
        _check_alt(self, "picture", faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationEntry(Entry):
    """A titled paragraph."""

    title: str = key(Plain())
    text: Prose = key(Markdown(2_500))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEntry(Entry):
    """What a part of the course counts in the course mark, in percent."""

    part: PartKind = key(OneOf(PartKind))
    title: str = key(Plain())
    weight: int = key(Whole(0, 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingEntry(Entry):
    """How the course is graded; `tries` is for questions that say nothing else."""

    pass_mark: Fraction = key(Number(Fraction(1), Fraction(100), decimals=2))  # what is shown of a grade
    tries: int = key(Whole(1, 10), 2)
    parts: tuple[PartEntry, ...] = key(ListOf(EntryOf(PartEntry), 1, len(PartKind)))

    def check(self, faults: Faults) -> None:
        _check_once([(part, "part", part.part) for part in self.parts], faults)
        total = sum(part.weight for part in self.parts)
        sound = "parts" not in self.at.failed and not any("weight" in part.at.failed for part in self.parts)
        if sound and total != 100:
            spot = self.parts[0].at.of("weight")
            faults.add(spot, f"the weights add up to {total}", "let the weights of all parts add up to 100")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeEntry(Entry):
    """What the learner earns."""

    title: str = key(Plain())
    text: Spans = key(Line(300))
    colour: str = key(Colour())
    accent: str = key(Colour())
    emblem: str = key(PicturePath(), "")
    alt: str = key(Plain(1_000), "")

    def check(self, faults: Faults) -> None:
        _check_alt(self, "emblem", faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry(Entry):
    """A topic of the syllabus."""

    id: str = key(Id("topic"))
    title: str = key(Plain(150))


@dataclass(frozen=True, slots=True, kw_only=True)
class SyllabusEntry(Entry):
    """A module, as the syllabus announces it."""

    id: str = key(Id("module of the syllabus"))
    title: str = key(Plain())
    topics: tuple[TopicEntry, ...] = key(ListOf(EntryOf(TopicEntry), 1, 50))


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile(Entry):
    """The course: what it is, who made it, how it is graded, and its modules in order."""

    format: int = key(Whole(1, FORMAT))
    id: str = key(Id("course"))
    title: str = key(Plain())
    tagline: str = key(Plain(150))
    about: Prose = key(Markdown(10_000))
    gives: tuple[Spans, ...] = key(ListOf(Line(300), 1, 20))
    effort: str = key(Plain())
    text_in: TextIn = key(OneOf(TextIn), TextIn.DIRECT)
    staff: tuple[StaffEntry, ...] = key(ListOf(EntryOf(StaffEntry), 1, 20))
    information: tuple[InformationEntry, ...] = key(ListOf(EntryOf(InformationEntry), 1, 20), ())
    grading: GradingEntry = key(EntryOf(GradingEntry))
    policies: tuple[InformationEntry, ...] = key(ListOf(EntryOf(InformationEntry), 1, 20), ())
    badge: BadgeEntry = key(EntryOf(BadgeEntry))
    modules: tuple[At[str], ...] = key(ListOf(Placed(Word("the name of a module's folder"))))
    syllabus: tuple[SyllabusEntry, ...] = key(ListOf(EntryOf(SyllabusEntry), 1, 50))
