"""What may stand in the files of questions."""
# ruff: noqa: RUF009 - `key` is a dataclass field, under another name

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tutorbot.authoring.faults import Faults, Spot, shown
from tutorbot.authoring.yaml.entries import Entry, EntryOf, Kinds, OrText, key
from tutorbot.authoring.yaml.forms import Pattern, Tolerance, Tolerated
from tutorbot.authoring.yaml.readers import At, ListOf, Named, Placed
from tutorbot.authoring.yaml.values import Id, Line, Markdown, Number, OneOf, Plain, Ref, Whole, YesNo
from tutorbot.lessons.question import Kind, Level
from tutorbot.lessons.text import Prose, Spans, plain

CREDIT = ListOf(Number(Fraction(0), Fraction(100), decimals=2), 1, 10)
"""What a right answer counts on the first try, the second and so on, in percent."""


def check_credit(entry: Entry, credit: tuple[Fraction, ...], faults: Faults) -> None:
    """Note a credit that grows from one try to the next."""
    if "credit" not in entry.at.failed and any(later > before for before, later in pairwise(credit)):
        what = "the credit grows with the tries"
        faults.add(entry.at.of("credit"), what, "let a later try count at most what the one before it does")


def check_doubles(lines: Iterable[tuple[Spot, Spans]], faults: Faults) -> None:
    """Note a line that stands twice in a question."""
    seen = set[str]()
    for spot, line in lines:
        text = _worded(line)
        if text and text in seen:
            faults.add(
                spot, f"{shown(plain(line))} stands twice in the question", "let each say something else"
            )
        seen.add(text)


def _worded(line: Spans) -> str:
    return " ".join(plain(line).casefold().split())


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
class AskedEntry(Entry):
    """What everything has that is asked."""

    id: str = key("The question's name; keep it once the course has learners.", Id("question"))
    kind: Kind = key("How it is answered.", OneOf(Kind))
    topic: str = key("The topic it is about; without it, that of the lesson or file.", Ref("topic"), "")
    situation: str = key(
        "A text under `situations` that it shares with others.", Ref("situation", within=True), ""
    )
    prompt: Prose = key("What is asked.", Markdown(1_500))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEntry(AskedEntry):
    """What every kind of question has that counts."""

    level: Level = key("What it asks of the learner.", OneOf(Level))
    points: int = key("What it counts within its part.", Whole(1, 100), 1)
    tries: int | None = key("How many tries it has; without it, what course.yaml says.", Whole(1, 10), None)
    credit: tuple[Fraction, ...] = key(
        "What a right answer counts on the first try, the second and so on, in percent; without it, what "
        "course.yaml says.",
        CREDIT,
        (),
    )
    hint: Prose = key("What helps those who ask for help.", Markdown(1_000), ())
    explanation: Prose = key("What is shown once the question is settled.", Markdown(1_500))

    def check(self, faults: Faults) -> None:
        check_credit(self, self.credit, faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceEntry(QuestionEntry):
    """A question with options; `one` of them is right, or `several` may be."""

    shuffle: bool = key("Whether each learner sees the options in an order of their own.", YesNo(), True)
    options: tuple[OptionEntry, ...] = key("What can be chosen.", ListOf(EntryOf(OptionEntry), 2, 8))

    def check(self, faults: Faults) -> None:
        QuestionEntry.check(self, faults)
        check_doubles([(option.at.of("text"), option.text) for option in self.options], faults)
        if "options" in self.at.failed or any("right" in option.at.failed for option in self.options):
            return
        right = [option for option in self.options if option.right]
        if not right:
            faults.add(self.at.of("options"), "no option is right", "write `right: true` in the one that is")
        for extra in right[1:] if self.kind is Kind.ONE else ():
            what = "a second right option, where one is to be chosen"
            faults.add(extra.at.of("right"), what, "keep one, or write `kind: several`")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEntry(QuestionEntry):
    """A question whose items are put in order."""

    items: tuple[At[Spans], ...] = key(
        "What is put in order, in the right one; learners see it shuffled.", ListOf(Placed(Line(150)), 3, 8)
    )
    feedback: FeedbackEntry = key("What is said to answers.", EntryOf(FeedbackEntry))

    def check(self, faults: Faults) -> None:
        QuestionEntry.check(self, faults)
        check_doubles([(item.spot, item.value) for item in self.items], faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEntry(Entry):
    """An item, and what it is matched with."""

    item: Spans = key("What is to be matched, in one line.", Line(150))
    match: Spans = key("What belongs to it, in one line; several items may share it.", Line(150))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEntry(QuestionEntry):
    """A question whose items are matched with what belongs to them."""

    pairs: tuple[PairEntry, ...] = key(
        "The items, each with what belongs to it.", ListOf(EntryOf(PairEntry), 2, 8)
    )
    extra: tuple[At[Spans], ...] = key(
        "What belongs to no item, to make guessing harder.", ListOf(Placed(Line(150)), 1, 6), ()
    )
    feedback: FeedbackEntry = key("What is said to answers.", EntryOf(FeedbackEntry))

    def check(self, faults: Faults) -> None:
        QuestionEntry.check(self, faults)
        check_doubles([(pair.at.of("item"), pair.item) for pair in self.pairs], faults)
        matches = {_worded(pair.match) for pair in self.pairs}
        check_doubles([(each.spot, each.value) for each in self.extra], faults)
        for extra in self.extra:
            if _worded(extra.value) in matches:
                faults.add(extra.spot, "belongs to an item", "take it out of `extra`, or say something else")
        if len(matches) + len(self.extra) < 2 and "pairs" not in self.at.failed:
            faults.add(self.at.of("pairs"), "all items belong to the same", "let there be two to choose from")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberEntry(QuestionEntry):
    """A question that a number answers."""

    answer: Fraction = key("The right number, such as 42, 0.5 or 3/4.", Number())
    tolerance: Tolerated = key(
        "How far away an answer may be and still be right: 0.5, or 2 % of the answer.",
        Tolerance(),
        Tolerated(Fraction(0)),
    )
    unit: str = key("What stands behind the number, such as ms.", Plain(30), "")
    feedback: FeedbackEntry = key("What is said to answers.", EntryOf(FeedbackEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormEntry(Entry):
    """A form of a short text that is right: the text alone, or these keys."""

    text: str = key("The text.", Plain(150), "")
    pattern: str = key("Instead of a text: a regular expression for the whole answer.", Pattern(), "")
    case: bool = key("Whether capitals count.", YesNo(), False)
    spaces: bool = key("Whether the number of spaces counts.", YesNo(), False)

    def check(self, faults: Faults) -> None:
        if self.at.failed.isdisjoint({"text", "pattern"}) and bool(self.text) == bool(self.pattern):
            faults.add(self.at.spot, "holds no form, or two", "write either `text: …` or `pattern: …`")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEntry(QuestionEntry):
    """A question that a few words answer."""

    accept: tuple[FormEntry, ...] = key("The forms that are right.", ListOf(OrText(FormEntry, "text"), 1, 50))
    feedback: FeedbackEntry = key("What is said to answers.", EntryOf(FeedbackEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricLevelEntry(Entry):
    """How well a criterion may be met."""

    points: int = key("The points for it.", Whole(0, 100))
    text: Spans = key("What an answer at this level does.", Line(300))


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionEntry(Entry):
    """One thing that an answer is marked by."""

    title: str = key("What is looked at.", Plain(150))
    levels: tuple[RubricLevelEntry, ...] = key(
        "How well it may be met.", ListOf(EntryOf(RubricLevelEntry), 2, 6)
    )

    def check(self, faults: Faults) -> None:
        if "levels" in self.at.failed or any("points" in level.at.failed for level in self.levels):
            return
        if not any(level.points for level in self.levels):
            faults.add(self.at.of("levels"), "no level has points", "give the best level points")
            return
        seen = set[int]()
        for level in self.levels:
            if level.points in seen:
                what = f"`points: {level.points}` stands twice in the criterion"
                faults.add(level.at.of("points"), what, "let each level have points of its own")
            seen.add(level.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry(QuestionEntry):
    """A question that staff mark."""

    model: Prose = key("A model answer, for those who mark.", Markdown(3_000))
    rubric: tuple[CriterionEntry, ...] = key(
        "What it is marked by; without it, staff give a percentage.",
        ListOf(EntryOf(CriterionEntry), 1, 10),
        (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleEntry(AskedEntry):
    """A question, not graded, for a number on a scale."""

    steps: int = key("The highest number; the lowest is 1.", Whole(2, 10), 5)
    low: str = key("What 1 stands for.", Plain(50))
    high: str = key("What the highest number stands for.", Plain(50))


@dataclass(frozen=True, slots=True, kw_only=True)
class PollEntry(AskedEntry):
    """A question, not graded, with options of which none is right."""

    options: tuple[At[Spans], ...] = key("What can be chosen.", ListOf(Placed(Line(300)), 2, 8))

    def check(self, faults: Faults) -> None:
        check_doubles([(option.spot, option.value) for option in self.options], faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentEntry(AskedEntry):
    """A question, not graded, that is answered in free text."""


QUESTION = Kinds(
    "kind",
    {
        Kind.ONE: ChoiceEntry,
        Kind.SEVERAL: ChoiceEntry,
        Kind.ORDER: OrderEntry,
        Kind.MATCH: MatchEntry,
        Kind.NUMBER: NumberEntry,
        Kind.TEXT: TextEntry,
        Kind.WRITTEN: WrittenEntry,
        Kind.SCALE: ScaleEntry,
        Kind.POLL: PollEntry,
        Kind.COMMENT: CommentEntry,
    },
    AskedEntry,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsFile(Entry):
    """The questions of a lesson, of an exercise, or of the exam on a topic."""

    questions: tuple[AskedEntry, ...] = key("The questions in order.", ListOf(QUESTION, 1, 500))
    situations: Mapping[str, Prose] = key(
        "Texts that several questions share, by their names.",
        Named(Id("situation", within=True), Markdown(2_000)),
        {},
    )
