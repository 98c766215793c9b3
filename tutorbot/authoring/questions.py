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

    text: Spans = key("What is chosen, in one line.", Line(300))
    right: bool = key("Whether it is right.", YesNo(), False)
    feedback: Prose = key(
        "What is said to those who chose it: why it is right, or what breaks it.", Markdown(1_000)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackEntry(Entry):
    """What is said to a right and to a wrong answer that was typed."""

    right: Prose = key("What is said to a right answer.", Markdown(1_000))
    wrong: Prose = key("What is said to a wrong one, without giving the right one away.", Markdown(1_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEntry(Entry):
    """What every kind of question has."""

    id: str = key("The question's name; keep it once the course has learners.", Id("question"))
    kind: Kind = key("How it is answered.", OneOf(Kind))
    level: Level = key("What it asks of the learner.", OneOf(Level))
    topic: str = key("The topic it is about; without it, that of the lesson or file.", Ref("topic"), "")
    points: int = key("What it counts within its part.", Whole(1, 100), 1)
    tries: int | None = key("How many tries it has; without it, what course.yaml says.", Whole(1, 10), None)
    situation: str = key(
        "A text under `situations` that it shares with others.", Ref("situation", within=True), ""
    )
    prompt: Prose = key("What is asked.", Markdown(1_500))
    hint: Prose = key("What helps those who ask for help.", Markdown(1_000), ())
    explanation: Prose = key("What is shown once the question is settled.", Markdown(1_500))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceEntry(QuestionEntry):
    """A question with options; `one` of them is right, or `several` may be."""

    shuffle: bool = key("Whether each learner sees the options in an order of their own.", YesNo(), True)
    options: tuple[OptionEntry, ...] = key("What can be chosen.", ListOf(EntryOf(OptionEntry), 2, 8))

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

    answer: Fraction = key("The right number, such as 42, 0.5 or 3/4.", Number())
    tolerance: Fraction = key(
        "How far away an answer may be and still be right.", Number(Fraction(0)), Fraction(0)
    )
    unit: str = key("What stands behind the number, such as ms.", Plain(30), "")
    feedback: FeedbackEntry = key("What is said to answers.", EntryOf(FeedbackEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEntry(QuestionEntry):
    """A question that a few words answer."""

    accept: tuple[str, ...] = key("The forms that are right.", ListOf(Plain(150), 1, 50))
    feedback: FeedbackEntry = key("What is said to answers.", EntryOf(FeedbackEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry(QuestionEntry):
    """A question that staff mark."""

    model: Prose = key("A model answer, for those who mark.", Markdown(3_000))


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

    questions: tuple[QuestionEntry, ...] = key("The questions in order.", ListOf(QUESTION, 1, 500))
    situations: Mapping[str, Prose] = key(
        "Texts that several questions share, by their names.",
        Named(Id("situation", within=True), Markdown(2_000)),
        {},
    )
