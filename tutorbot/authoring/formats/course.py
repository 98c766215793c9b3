"""What may stand in the files of a course, questions aside."""
# ruff: noqa: RUF009 - `key` is a dataclass field, under another name

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.authoring.faults import Faults
from tutorbot.authoring.formats.questions import CREDIT, check_credit
from tutorbot.authoring.yaml.entries import Entry, EntryOf, key
from tutorbot.authoring.yaml.readers import At, ListOf, Placed
from tutorbot.authoring.yaml.values import (
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

    title: str = key("The lesson's title, on one line.", Plain())
    topic: str = key("The topic it belongs to, an id of the syllabus in course.yaml.", Ref("topic"))
    minutes: int = key("How many minutes it takes to read.", Whole(1, 60))
    summary: Spans = key("One or two sentences for the channel.", Line(300))
    picture: str = key(
        "A picture for the lesson's card in the channel: its path, seen from this file.", PicturePath(), ""
    )
    alt: str = key("What that picture shows, for those who do not see it.", Plain(1_000), "")

    def check(self, faults: Faults) -> None:
        _check_alt(self, "picture", faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseHead(Entry):
    """What stands above an exercise's text."""

    title: str = key("The exercise's title, on one line.", Plain())
    minutes: int = key("How many minutes it takes.", Whole(1, 60))
    after: str = key(
        "The lesson that it opens with: the name of its file, without .md; without it, the exercise opens "
        "with the one ahead of it.",
        Ref("lesson"),
        "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleFile(Entry):
    """A module, and its lessons in order."""

    title: str = key("The module's title, on one line.", Plain())
    summary: Spans = key("One or two sentences about the module.", Line(300))
    lessons: tuple[At[str], ...] = key(
        "Its lessons in order: the names of their files, without .md.",
        ListOf(Placed(Word("the name of a lesson's file"))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile(Entry):
    """The case study, and its exercises in order."""

    title: str = key("The case study's title, on one line.", Plain())
    about: Prose = key("What its story is.", Markdown(10_000))
    exercises: tuple[At[str], ...] = key(
        "Its exercises in order: the names of their files, without .md.",
        ListOf(Placed(Word("the name of an exercise's file"))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawEntry(Entry):
    """How many questions the exam draws from a topic."""

    topic: str = key("A topic; its questions stand in the file of this name.", Ref("topic"))
    count: int = key(
        "How many questions are drawn, at most those that the topic's file holds.", Whole(1, 200)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFile(Entry):
    """The exam; its limit, if it has one, is in minutes."""

    minutes: int | None = key("The time limit in minutes; without it there is none.", Whole(1, 600), None)
    draws: tuple[DrawEntry, ...] = key(
        "How many questions are drawn from which topic.", ListOf(EntryOf(DrawEntry))
    )

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

    name: str = key("Their name.", Plain())
    role: str = key("What they did for the course.", Plain(150))
    bio: Prose = key("Who they are.", Markdown(2_000))
    picture: str = key("Their picture: its path, seen from this file.", PicturePath(), "")
    alt: str = key("What that picture shows.", Plain(1_000), "")

    def check(self, faults: Faults) -> None:
        _check_alt(self, "picture", faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationEntry(Entry):
    """A titled paragraph."""

    title: str = key("The paragraph's title.", Plain())
    text: Prose = key("What it says.", Markdown(2_500))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEntry(Entry):
    """What a part of the course counts in the course mark, in percent."""

    part: PartKind = key("Which part it is.", OneOf(PartKind))
    title: str = key("How learners see it named.", Plain())
    weight: int = key("What it counts in the course mark, in percent; all parts make 100.", Whole(0, 100))
    drop: int = key("How many of its questions are left out: those that cost the most.", Whole(0, 100), 0)
    due_days: int | None = key(
        "In a cohort, how many days after the lesson the answers are due; for the case study, after the last "
        "lesson.",
        Whole(1, 365),
        None,
    )
    late: Fraction = key(
        "What an answer after that counts, in percent of what it would.",
        Number(Fraction(0), Fraction(100), decimals=2),
        Fraction(0),
    )

    def check(self, faults: Faults) -> None:
        if "late" in self.at.keys and "due-days" not in self.at.keys:
            faults.add(
                self.at.of("late"), "`late` without `due-days`", "say when answers are due, or take it out"
            )
        if self.part is PartKind.EXAM and "due-days" in self.at.keys and "part" not in self.at.failed:
            spot = self.at.of("due-days")
            faults.add(spot, "the final exam has no lesson to be due after", "take `due-days` out")


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingEntry(Entry):
    """How the course is graded; `tries` is for questions that say nothing else."""

    pass_mark: Fraction = key(
        "What passes, in percent of the course mark.", Number(Fraction(1), Fraction(100), decimals=2)
    )  # what is shown of a grade
    tries: int = key(
        "How many tries a question has that says nothing else; one, where it has two options.",
        Whole(1, 10),
        2,
    )
    credit: tuple[Fraction, ...] = key(
        "What a right answer counts on the first try, the second and so on, in percent; the last one holds "
        "for further tries, and without it all count whole.",
        CREDIT,
        (),
    )
    parts: tuple[PartEntry, ...] = key(
        "The parts of the course mark.", ListOf(EntryOf(PartEntry), 1, len(PartKind))
    )

    def check(self, faults: Faults) -> None:
        check_credit(self, self.credit, faults)
        _check_once([(part, "part", part.part) for part in self.parts], faults)
        total = sum(part.weight for part in self.parts)
        sound = "parts" not in self.at.failed and not any("weight" in part.at.failed for part in self.parts)
        if sound and total != 100:
            spot = self.parts[0].at.of("weight")
            faults.add(spot, f"the weights add up to {total}", "let the weights of all parts add up to 100")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeEntry(Entry):
    """What the learner earns."""

    title: str = key("What stands on the badge.", Plain())
    text: Spans = key("One or two sentences on what it stands for.", Line(300))
    colour: str = key("The badge's colour.", Colour())
    accent: str = key("The colour of its border.", Colour())
    emblem: str = key("A square picture on the badge: its path, seen from this file.", PicturePath(), "")
    alt: str = key("What that picture shows.", Plain(1_000), "")

    def check(self, faults: Faults) -> None:
        _check_alt(self, "emblem", faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry(Entry):
    """A topic of the syllabus."""

    id: str = key("The topic's name in other files.", Id("topic"))
    title: str = key("How learners see it named.", Plain(150))


@dataclass(frozen=True, slots=True, kw_only=True)
class SyllabusEntry(Entry):
    """A module, as the syllabus announces it."""

    id: str = key(
        "The module's name: that of its folder, without the number before it.", Id("module of the syllabus")
    )
    title: str = key("How learners see it named.", Plain())
    topics: tuple[TopicEntry, ...] = key("Its topics in order.", ListOf(EntryOf(TopicEntry), 1, 50))


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile(Entry):
    """The course: what it is, who made it, how it is graded, and its modules in order."""

    format: int = key("The format of the course's files.", Whole(1, FORMAT))
    id: str = key("The course's name in commands; keep it once the course has learners.", Id("course"))
    title: str = key("The course's title.", Plain())
    tagline: str = key("The course in one sentence.", Plain(150))
    about: Prose = key("What it is about.", Markdown(10_000))
    gives: tuple[Spans, ...] = key(
        "What learners can do after it, a line for each.", ListOf(Line(300), 1, 20)
    )
    effort: str = key("How long it takes, in words.", Plain())
    text_in: TextIn = key(
        "Where a cohort's lesson texts go: into each learner's direct message, or a thread in the channel.",
        OneOf(TextIn),
        TextIn.DIRECT,
    )
    staff: tuple[StaffEntry, ...] = key("Who made it.", ListOf(EntryOf(StaffEntry), 1, 20))
    information: tuple[InformationEntry, ...] = key(
        "What else learners should know, in titled paragraphs.", ListOf(EntryOf(InformationEntry), 1, 20), ()
    )
    grading: GradingEntry = key("How it is graded.", EntryOf(GradingEntry))
    policies: tuple[InformationEntry, ...] = key(
        "What holds for tries, deadlines and the like, in titled paragraphs.",
        ListOf(EntryOf(InformationEntry), 1, 20),
        (),
    )
    badge: BadgeEntry = key("What learners earn.", EntryOf(BadgeEntry))
    modules: tuple[At[str], ...] = key(
        "The folders that are there, in order.", ListOf(Placed(Word("the name of a module's folder")))
    )
    syllabus: tuple[SyllabusEntry, ...] = key(
        "All modules with their topics, also those that are still to come.",
        ListOf(EntryOf(SyllabusEntry), 1, 50),
    )
