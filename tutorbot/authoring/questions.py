"""What may stand in the files of questions."""
# ruff: noqa: RUF009 - `key` is a dataclass field, under another name

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.authoring.entries import Entry, EntryOf, Kinds, key
from tutorbot.authoring.faults import Faults
from tutorbot.authoring.readers import ListOf, Named
from tutorbot.authoring.values import Id, Line, Markdown, Number, OneOf, Plain, Ref, Whole, YesNo
from tutorbot.lessons.course import Kind, Level
from tutorbot.lessons.text import Prose, Spans, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionEntry(Entry):
    """One choice of a question."""

    text: Spans = key(Line(300))
    right: bool = key(YesNo(), False)
    feedback: Prose = key(Markdown(1_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackEntry(Entry):
    """What is said to a right and to a wrong answer that was typed."""

    right: Prose = key(Markdown(1_000))
    wrong: Prose = key(Markdown(1_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEntry(Entry):
    """What every kind of question has."""

    id: str = key(Id("question"))
    kind: Kind = key(OneOf(Kind))
    level: Level = key(OneOf(Level))
    topic: str = key(Ref("topic"), "")
    points: int = key(Whole(1, 100), 1)
    tries: int | None = key(Whole(1, 10), None)
    situation: str = key(Ref("situation", within=True), "")
    prompt: Prose = key(Markdown(1_500))
    hint: Prose = key(Markdown(1_000), ())
    explanation: Prose = key(Markdown(1_500))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceEntry(QuestionEntry):
    """A question with options; `one` of them is right, or `several` may be."""

    shuffle: bool = key(YesNo(), True)
    options: tuple[OptionEntry, ...] = key(ListOf(EntryOf(OptionEntry), 2, 8))

    def check(self, faults: Faults) -> None:
        self._check_doubles(faults)
        if "options" in self.at.failed or any("right" in option.at.failed for option in self.options):
            return
        right = [option for option in self.options if option.right]
        if not right:
            faults.add(self.at.of("options"), "no option is right", "write `right: true` in the one that is")
        for extra in right[1:] if self.kind is Kind.ONE else ():
            what = "a second right option, where one is to be chosen"
            faults.add(extra.at.of("right"), what, "keep one, or write `kind: several`")

    def _check_doubles(self, faults: Faults) -> None:
        seen = set[str]()
        for option in self.options:
            text = " ".join(plain(option.text).casefold().split())
            if text and text in seen:
                faults.add(
                    option.at.of("text"), "an option that stands twice", "let each option say something else"
                )
            seen.add(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberEntry(QuestionEntry):
    """A question that a number answers."""

    answer: Fraction = key(Number())
    tolerance: Fraction = key(Number(Fraction(0)), Fraction(0))
    unit: str = key(Plain(30), "")
    feedback: FeedbackEntry = key(EntryOf(FeedbackEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEntry(QuestionEntry):
    """A question that a few words answer."""

    accept: tuple[str, ...] = key(ListOf(Plain(150), 1, 50))
    feedback: FeedbackEntry = key(EntryOf(FeedbackEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry(QuestionEntry):
    """A question that staff mark."""

    model: Prose = key(Markdown(3_000))


QUESTION = Kinds(
    "kind",
    {
        Kind.ONE: ChoiceEntry,
        Kind.SEVERAL: ChoiceEntry,
        Kind.NUMBER: NumberEntry,
        Kind.TEXT: TextEntry,
        Kind.WRITTEN: WrittenEntry,
    },
    QuestionEntry,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsFile(Entry):
    """The questions of a lesson, of an exercise, or of the exam on a topic."""

    questions: tuple[QuestionEntry, ...] = key(ListOf(QUESTION, 1, 500))
    situations: Mapping[str, Prose] = key(Named(Id("situation", within=True), Markdown(2_000)), {})
