"""From what stands in the files of questions to questions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from tutorbot.authoring.formats.questions import (
    AskedEntry,
    ChoiceEntry,
    CriterionEntry,
    FormEntry,
    MatchEntry,
    NumberEntry,
    OptionEntry,
    OrderEntry,
    PollEntry,
    QuestionEntry,
    QuestionsFile,
    ScaleEntry,
    TextEntry,
    WrittenEntry,
)
from tutorbot.lessons.question import (
    CHOICES,
    Accepted,
    Criterion,
    Item,
    Kind,
    NumberKey,
    Option,
    Question,
    RubricLevel,
    Target,
)
from tutorbot.lessons.text import Span, Spans


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds for questions that say nothing else; `credit` is in percent, by the try."""

    tries: int = 2
    credit: tuple[Fraction, ...] = ()

    def tries_for(self, question: Question) -> int:
        """Return the tries of a question that does not say: one, where a second is sure or staff mark it."""
        is_sure = question.kind in CHOICES and len(question.options) == 2
        return 1 if is_sure or question.kind is Kind.WRITTEN or not question.is_graded else self.tries


def questions_from(file: QuestionsFile, topic: str, usual: Usual) -> tuple[Question, ...]:
    """Return the file's questions; the topic is for those that say nothing else."""
    return tuple(_question(entry, file, entry.topic or topic, usual) for entry in file.questions)


def _question(entry: AskedEntry, file: QuestionsFile, topic: str, usual: Usual) -> Question:
    question = Question(
        id=entry.id,
        kind=entry.kind,
        topic=topic,
        level=None,
        prompt=entry.prompt,
        explanation=(),
        tries=1,
        situation=file.situations.get(entry.situation, ()),
    )
    return _with_credit(_with_key(question, entry), entry, usual)


def _with_credit(question: Question, entry: AskedEntry, usual: Usual) -> Question:
    """Add what only questions have that count."""
    if not isinstance(entry, QuestionEntry):
        return question
    return replace(
        question,
        level=entry.level,
        explanation=entry.explanation,
        points=entry.points,
        tries=entry.tries or usual.tries_for(question),
        credits=tuple(percent / 100 for percent in entry.credit or usual.credit),
        hint=entry.hint,
    )


def _with_key(question: Question, entry: AskedEntry) -> Question:
    """Add what belongs to the question's kind."""
    match entry:
        case ChoiceEntry():
            options = tuple(_option(n, option) for n, option in enumerate(entry.options, start=1))
            return replace(question, options=options, shuffle=entry.shuffle)
        case OrderEntry():
            items = tuple(Item(str(n), item.value) for n, item in enumerate(entry.items, start=1))
            return replace(question, items=items, right=entry.feedback.right, wrong=entry.feedback.wrong)
        case MatchEntry():
            return _with_pairs(question, entry)
        case NumberEntry():
            number = NumberKey(entry.answer, entry.tolerance.of(entry.answer), entry.unit)
            return replace(question, number=number, right=entry.feedback.right, wrong=entry.feedback.wrong)
        case TextEntry():
            right, wrong = entry.feedback.right, entry.feedback.wrong
            return replace(question, accepted=tuple(map(_accepted, entry.accept)), right=right, wrong=wrong)
        case WrittenEntry():
            return replace(question, model=entry.model, rubric=tuple(map(_criterion, entry.rubric)))
        case ScaleEntry():
            return replace(question, options=_steps(entry), shuffle=False)
        case PollEntry():
            return replace(
                question, options=_unmarked(option.value for option in entry.options), shuffle=False
            )
        case _:
            return question


def _with_pairs(question: Question, entry: MatchEntry) -> Question:
    lines = dict.fromkeys([*(pair.match for pair in entry.pairs), *(extra.value for extra in entry.extra)])
    targets = {line: Target(str(n), line) for n, line in enumerate(lines, start=1)}
    items = tuple(
        Item(str(n), pair.item, targets[pair.match].id) for n, pair in enumerate(entry.pairs, start=1)
    )
    return replace(
        question,
        items=items,
        targets=tuple(targets.values()),
        right=entry.feedback.right,
        wrong=entry.feedback.wrong,
    )


def _option(number: int, entry: OptionEntry) -> Option:
    return Option(str(number), entry.text, entry.right, entry.feedback)


def _unmarked(lines: Iterable[Spans]) -> tuple[Option, ...]:
    return tuple(Option(str(n), line) for n, line in enumerate(lines, start=1))


def _steps(entry: ScaleEntry) -> tuple[Option, ...]:
    said = {1: entry.low, entry.steps: entry.high}
    return _unmarked((Span(said.get(n, "")),) if n in said else () for n in range(1, entry.steps + 1))


def _accepted(entry: FormEntry) -> Accepted:
    return Accepted(entry.text or entry.pattern, bool(entry.pattern), entry.case, entry.spaces)


def _criterion(entry: CriterionEntry) -> Criterion:
    return Criterion(entry.title, tuple(RubricLevel(level.points, level.text) for level in entry.levels))
