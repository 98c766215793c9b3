"""What an answer was worth, and what there is to say about it."""

from decimal import Decimal
from fractions import Fraction

from tutorbot.blocks import choices, kit
from tutorbot.blocks.kit import Block, Files
from tutorbot.blocks.prose import prose_blocks
from tutorbot.lessons.answers import Chosen
from tutorbot.lessons.grading import show_percent
from tutorbot.lessons.marking import spoken_of
from tutorbot.lessons.question import Kind, Option, Question
from tutorbot.lessons.text import Paragraph, Prose
from tutorbot.tutor.pages import QuestionPage


def verdict_words(page: QuestionPage) -> str:
    """Return what the last try was worth, in words, without telling more than may be told."""
    if page.verdict is None:
        return ""
    if not page.question.is_graded:
        return "Thank you. Your answer is recorded."
    if page.verdict.right is None:
        return "Your answer is recorded. Staff will mark it."
    if page.verdict.right:
        return f"Right.{_counts(page.standing.credit, 'It counts')}"
    if page.standing.settled:
        return "Not right, and no try is left."
    if page.exam_closed:
        return "Not right."
    left = page.standing.left
    worth = _counts(page.standing.reachable, "A right answer now counts")
    return f"Not right. {kit.count(left, 'try', 'tries')} left.{worth}"


def _counts(credit: Fraction, words: str) -> str:
    """Return what a right answer counts, on its try and at its time, where that is not all."""
    return "" if credit == 1 else f" {words} {show_percent(100 * credit)}."


def feedback(page: QuestionPage, files: Files) -> list[Block]:
    """Return the feedback to the last try; where several options were chosen, with the letter of each."""
    if page.verdict is None:
        return []
    chosen = page.tried[-1] if page.tried else None
    if page.question.kind is not Kind.SEVERAL or not isinstance(chosen, Chosen):
        return prose_blocks(page.verdict.feedback, files, tables=False)
    order = page.drawing.shown_order
    told = [option for option in spoken_of(page.question.options, set(chosen.ids)) if option.id in order]
    if not told:
        return prose_blocks(page.verdict.feedback, files, tables=False)
    told.sort(key=lambda option: order.index(option.id))
    return prose_blocks(
        tuple(block for option in told for block in _lettered(page, option)), files, tables=False
    )


def _lettered(page: QuestionPage, option: Option) -> Prose:
    """Return an option's feedback after its letter."""
    letter = kit.bold(f"{choices.name(page, page.drawing.shown_order.index(option.id))}  ")
    match option.feedback:
        case (Paragraph(spans=spans), *rest):
            return (Paragraph((letter, *spans)), *rest)
        case _:
            return (Paragraph((letter,)), *option.feedback)


def explanation(asked: Question, files: Files) -> list[Block]:
    """Return what would have been right, and why; of a written answer staff tell it."""
    if asked.kind is Kind.WRITTEN:
        return []
    answer = _right_words(asked)
    right = [kit.says(kit.bold("The answer: "), answer)] if answer else []
    return [*right, *prose_blocks(asked.explanation, files, tables=False)]


def _right_words(asked: Question) -> str:
    """Return a number, exactly, or a short text that is right; nothing for what is answered otherwise."""
    if asked.number:
        value = asked.number.value
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        shown = f"{exact:f}" if Fraction(exact) == value else str(value)
        return f"{shown} {asked.number.unit}".strip()
    return next((form.text for form in asked.accepted if not form.is_pattern), "")
