"""What an answer is worth."""

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered, Typed
from tutorbot.lessons.forms import Unreadable, accepts, fold, read_number
from tutorbot.lessons.question import Kind, NumberKey, Option, Question
from tutorbot.lessons.text import Prose, prose

INCOMPLETE = prose("What you chose belongs to the answer, but something is still missing.")
"""Said when only right options were chosen, not all of them; it must not say which are missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth: `right` is None until somebody has marked a written one.

    `credit` is between 0 and 1, before it is known on which try and when the answer came. What somebody
    thinks is right, whatever it is.
    """

    right: bool | None
    credit: Fraction
    feedback: Prose


def same_answer(question: Question, a: Answer, b: Answer) -> bool:
    """Return whether two answers to a question are one: "1.50" and "1.5", or "CQRS" and "cqrs."."""
    return _essence(question, a) == _essence(question, b)


def _essence(question: Question, answer: Answer) -> Hashable:
    match question.kind, answer:
        case Kind.NUMBER, Typed(text=text):
            try:
                return read_number(text, _number_key(question).unit)
            except Unreadable:
                return fold(text)
        case Kind.TEXT, Typed(text=text):
            case = any(form.case for form in question.accepted)
            return fold(text, case=case, spaces=any(form.spaces for form in question.accepted))
        case _, Typed(text=text):
            return " ".join(text.split())
        case _:
            return answer


def mark(question: Question, answer: Answer) -> Verdict:
    """Return what the answer is worth; the order in which options were shown has no part in it.

    Several choices are right when all that are right were chosen and nothing else, an order or a match
    when everything stands in its place. A number is right when it is at most the tolerance away. A text
    is right when it is an accepted one but for case, spaces, punctuation around it and the shape of its
    quotes and dashes.

    Every answer has a verdict: one that does not fit the question, because the course was
    changed after it was given, is wrong. What a person types is refused by `read_answer` first.
    """
    match question.kind, answer:
        case Kind.WRITTEN, _:
            return Verdict(None, Fraction(0), ())
        case ((Kind.SCALE | Kind.POLL | Kind.COMMENT), _):
            return Verdict(True, Fraction(1), question.right)
        case ((Kind.ONE | Kind.SEVERAL), Chosen(ids=ids)):
            return _mark_choice(question.options, frozenset(ids))
        case Kind.ORDER, Ordered(ids=ids):
            return _mark_places(
                question, set(enumerate(item.id for item in question.items)), set(enumerate(ids))
            )
        case Kind.MATCH, Matched(pairs=pairs):
            return _mark_places(question, {(item.id, item.match) for item in question.items}, set(pairs))
        case Kind.NUMBER, Typed(text=text):
            return _mark_words(question, right=_is_near(_number_key(question), text))
        case Kind.TEXT, Typed(text=text):
            return _mark_words(question, right=any(accepts(form, text) for form in question.accepted))
        case _:
            return Verdict(False, Fraction(0), ())


def spoken_of(options: Iterable[Option], ids: Set[str]) -> tuple[Option, ...]:
    """Return the options that the feedback to a choice speaks of, in the author's order.

    Those that were wrongly chosen; all that were chosen where the choice is right; none where only something
    is missing.
    """
    known = tuple(options)
    key = {option.id for option in known if option.right}
    if ids < key:
        return ()
    return tuple(option for option in known if option.id in (ids if ids == key else ids - key))


def _mark_choice(options: tuple[Option, ...], ids: frozenset[str]) -> Verdict:
    key = frozenset(option.id for option in options if option.right)
    feedback = tuple(block for option in spoken_of(options, ids) for block in option.feedback)
    if ids < key:
        return Verdict(False, Fraction(0), INCOMPLETE)
    return Verdict(ids == key, Fraction(int(ids == key)), feedback)


def _mark_places(question: Question, key: Set[Hashable], given: Set[Hashable]) -> Verdict:
    """Mark an order or a match; to a wrong one it is said how much stands in its place, and not what."""
    if given == key:
        return _mark_words(question, right=True)
    found = len(key & given)
    one, more = ("stands", "stand") if question.kind is Kind.ORDER else ("is", "are")
    where = "in place" if question.kind is Kind.ORDER else "matched right"
    told = prose(f"{found or 'None'} of {len(key)} {one if found == 1 else more} {where}.")
    return Verdict(False, Fraction(0), (*told, *question.wrong))


def _mark_words(question: Question, *, right: bool) -> Verdict:
    return Verdict(right, Fraction(int(right)), question.right if right else question.wrong)


def _is_near(key: NumberKey, text: str) -> bool:
    try:
        return abs(read_number(text, key.unit) - key.value) <= key.tolerance
    except Unreadable:
        return False


def _number_key(question: Question) -> NumberKey:
    assert question.number is not None, f"the number question {question.id} has no number"
    return question.number
