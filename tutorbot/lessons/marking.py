"""How an answer is read and marked."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from string import ascii_uppercase

from tutorbot.lessons.course import Kind, NumberKey, Option, Question
from tutorbot.lessons.text import Prose, plain, prose

INCOMPLETE = prose("What you chose belongs to the answer, but something is still missing.")
"""Said when only right options were chosen, not all of them; it must not say which are missing."""


class Unreadable(ValueError):
    """What was typed is not an answer to this question; the text says what would be one.

    An unreadable answer is not a try.
    """


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids of the chosen options, sorted and without doubles whatever the order they came in."""

    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(sorted(set(self.ids))))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: a number with or without its unit, a short text or a written answer."""

    text: str


Answer = Chosen | Typed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth: `right` is None until somebody has marked a written one.

    `credit` is between 0 and 1.
    """

    right: bool | None
    credit: Fraction
    feedback: Prose


def answer_to_json(answer: Answer) -> dict[str, str | list[str]]:
    """Return the answer as plain values that can be stored."""
    match answer:
        case Chosen(ids=ids):
            return {"chosen": list(ids)}
        case Typed(text=text):
            return {"typed": text}


def answer_from_json(value: object) -> Answer:
    """Return the answer that `answer_to_json` made this of.

    Raises ValueError if it made no such thing.
    """
    match value:
        case {"chosen": [*ids]} if all(isinstance(option, str) for option in ids):
            return Chosen(tuple(ids))
        case {"typed": str(text)}:
            return Typed(text)
        case _:
            raise ValueError(f"This is no stored answer: {value!r:.100}")


def fingerprint(answer: Typed) -> str:
    """Return a short name of what was typed, by which a button knows what was shown with it."""
    return sha256(answer.text.encode()).hexdigest()[:12]


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
            return fold(text)
        case _, Typed(text=text):
            return " ".join(text.split())
        case _:
            return answer


def mark(question: Question, answer: Answer) -> Verdict:
    """Return what the answer is worth; the order in which options were shown has no part in it.

    Several choices are right when all that are right were chosen and nothing else. A number is
    right when it is at most the tolerance away. A text is right when it is an accepted one but
    for case, spaces, punctuation around it and the shape of its quotes and dashes.

    Every answer has a verdict: one that does not fit the question, because the course was
    changed after it was given, is wrong. What a person types is refused by `read_letters` first.
    """
    match question.kind, answer:
        case Kind.WRITTEN, _:
            return Verdict(None, Fraction(0), ())
        case ((Kind.ONE | Kind.SEVERAL), Chosen(ids=ids)):
            return _mark_choice(question.options, frozenset(ids))
        case Kind.NUMBER, Typed(text=text):
            return _mark_words(question, right=_is_near(_number_key(question), text))
        case Kind.TEXT, Typed(text=text):
            return _mark_words(question, right=fold(text) in map(fold, question.accepted))
        case _:
            return Verdict(False, Fraction(0), ())


def _mark_choice(options: tuple[Option, ...], ids: frozenset[str]) -> Verdict:
    key = frozenset(option.id for option in options if option.right)
    if ids == key:
        return Verdict(True, Fraction(1), _feedback(options, ids))
    if ids < key:
        return Verdict(False, Fraction(0), INCOMPLETE)
    return Verdict(False, Fraction(0), _feedback(options, ids - key))


def _feedback(options: Iterable[Option], ids: frozenset[str]) -> Prose:
    return tuple(block for option in options if option.id in ids for block in option.feedback)


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


# Numbers and texts

_SHAPES = {
    ord(shape): plain_one
    for plain_one, shapes in {"'": "‘’‚‛′`´", '"': "“”„‟″«»", "-": "‐‑‒–—―−﹣－"}.items()
    for shape in shapes
}
_AROUND = " .,;:!?'\"()[]{}"
_NUMBER = re.compile(
    r"(?P<before>[^0-9.,+-]*)(?P<sign>[+-]?) ?"
    r"(?:(?P<over>[0-9]+) ?/ ?(?P<under>[0-9]+)"
    r"|(?P<digits>[0-9]{1,3}(?P<group>[ ',.])[0-9]{3}(?:(?P=group)[0-9]{3})*(?:(?!(?P=group))[.,][0-9]+)?"
    r"|[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE](?P<power>[+-]?[0-9]{1,9}))?)"
    r"(?P<after>(?:[^0-9.,].*)?)"
)
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_LONGEST_NUMBER = 60
_LARGEST_POWER = 300


def fold(text: str) -> str:
    """Return the form of a text in which those that mean the same are equal."""
    shaped = unicodedata.normalize("NFKC", text.translate(_SHAPES)).casefold()
    visible = "".join(c for c in unicodedata.normalize("NFKC", shaped) if unicodedata.category(c) != "Cf")
    spaced = " ".join(visible.split())
    return spaced.strip(_AROUND) or spaced


def read_number(text: str, unit: str = "") -> Fraction:
    """Return the number that was typed, exactly: "1,234.5", "1 234,5", "1'234", "3/4", "1e3", "−5 ms".

    The unit may stand before or after the number or be left out; another one is refused. A
    point alone is a decimal point, a comma alone a decimal comma; "1,234" would be a thousand and
    more to one reader and a little over one to another, so it is refused too, and costs nothing.

    Raises Unreadable.
    """
    shaped = " ".join(text.translate(_SHAPES).replace("⁄", "/").split())
    digits = "".join(str(unicodedata.decimal(c, c)) for c in shaped)
    match = _NUMBER.fullmatch(digits) if len(digits) <= _LONGEST_NUMBER else None
    if match is None or sorted(map(fold, match.group("before", "after"))) not in (["", ""], ["", fold(unit)]):
        raise Unreadable(_ask_number(unit))
    sign = -1 if match["sign"] == "-" else 1
    if match["over"]:
        if not int(match["under"]):
            raise Unreadable(f"Nothing can be divided by zero. {_ask_number(unit)}")
        return sign * Fraction(int(match["over"]), int(match["under"]))
    power = int(match["power"] or 0)
    if abs(power) > _LARGEST_POWER:
        raise Unreadable(f"That power of ten is too large to read. {_ask_number(unit)}")
    return sign * _decimal(match["digits"], match["group"]) * Fraction(10) ** power


def _decimal(digits: str, group: str | None) -> Fraction:
    if _TWO_WAYS.fullmatch(digits):
        raise Unreadable(
            f'"{digits}" can be read in two ways. '
            f"Answer with {digits.replace(',', '')} or {digits.replace(',', '.')}."
        )
    marks = len(re.findall(r"[.,]", digits))
    if group in (" ", "'") or (group and marks > 1):
        digits = digits.replace(group, "")
    return Fraction(f"0{digits.replace(',', '.')}".removesuffix("."))


def _ask_number(unit: str) -> str:
    return f"Answer with a number, for example 12.5{f' or 12.5 {unit}' if unit else ''}."


# What people type


def read_letters(text: str, question: Question, order: tuple[str, ...]) -> Answer:
    """Return the answer that somebody typed; `order` holds the option ids as they were shown.

    Choices are named by letters ("B", "a, c", "A and C", "ac"), by numbers ("2") or by their
    words, of which the beginning will do if no other choice begins so. Everything else is
    answered by the text itself.

    Raises Unreadable with a sentence that says what would be right for this question.
    """
    typed = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
    match question.kind:
        case Kind.ONE | Kind.SEVERAL:
            return _read_choices(typed, question, order)
        case Kind.NUMBER:
            read_number(typed, _number_key(question).unit)
        case Kind.TEXT if not fold(typed).strip(_AROUND):
            raise Unreadable("Answer with a word or a few words.")
        case Kind.WRITTEN if not typed:
            raise Unreadable("Answer with a few sentences of your own.")
    return Typed(typed)


def _read_choices(typed: str, question: Question, order: tuple[str, ...]) -> Chosen:
    ask = _ask_letters(question.kind, len(order))
    words = {option.id: fold(plain(option.text)) for option in question.options if option.id in order}
    readings = {*_by_letter(typed, order), *_by_words(typed, question.kind, words)}
    if not readings:
        raise Unreadable(ask)
    if len(readings) > 1:
        raise Unreadable(f"That could mean more than one thing here. {ask}")
    (chosen,) = readings
    if question.kind is Kind.ONE and len(chosen.ids) > 1:
        raise Unreadable(f"This question takes one choice. {ask}")
    return chosen


def _by_letter(typed: str, order: tuple[str, ...]) -> Iterable[Chosen]:
    """Yield what is meant if these are letters or positions."""
    parts = re.split(r"[\s,;/+&:()\[\]]+|\.(?:\s|$)", unicodedata.normalize("NFKC", typed).upper())
    named = [part for part in parts if part and part != "AND"]
    by_letter = dict(zip(ascii_uppercase, order, strict=False))
    by_number = {str(n): option for n, option in enumerate(order, start=1)}
    if named and all(set(part) <= by_letter.keys() and len(set(part)) == len(part) for part in named):
        yield Chosen(tuple(by_letter[letter] for part in named for letter in part))
    if named and all(part in by_number for part in named):
        yield Chosen(tuple(by_number[part] for part in named))


def _by_words(typed: str, kind: Kind, words: dict[str, str]) -> Iterable[Chosen]:
    """Yield what is meant if these are the words of an option, or of several with a comma between."""
    found = _worded(typed, words)
    if found or kind is Kind.ONE:
        yield from (Chosen((option,)) for option in found)
        return
    each = [_worded(part, words) for part in re.split(r"[,;\n]", typed) if part.strip()]
    if each and all(len(options) == 1 for options in each):
        yield Chosen(tuple(option for options in each for option in options))


def _worded(typed: str, words: dict[str, str]) -> list[str]:
    """Return the options that have these words, or else those that begin with them.

    Two letters are no beginning: "E" where there is no E is a slip, and "a c" names two choices.
    """
    wanted = fold(typed)
    whole = [option for option, text in words.items() if text == wanted]
    if whole or len(wanted.replace(" ", "")) < 3:
        return whole
    return [option for option, text in words.items() if text.startswith(wanted)]


def _ask_letters(kind: Kind, count: int) -> str:
    reach = f"from A to {ascii_uppercase[count - 1]}" if count > 2 else "A or B"
    if kind is Kind.ONE:
        return f"Answer with one letter{' ' if count > 2 else ', '}{reach}, for example B."
    return (
        f"Answer with the letters of all that apply, {reach}, for example {'A, C' if count > 2 else 'A, B'}."
    )
