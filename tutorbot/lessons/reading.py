"""How what somebody typed is read as an answer."""

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_uppercase

from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered, Typed
from tutorbot.lessons.forms import AROUND, Unreadable, fold, read_number
from tutorbot.lessons.question import ONE_CHOICE, Kind, Question
from tutorbot.lessons.text import plain

_SPARED = re.compile(r"[\s,;.:>=/()→–—-]+")
"""What may stand between letters."""

_PAIR = re.compile(r"([1-9][0-9]?)([A-Z])")
_PAIRS = re.compile(rf"(?:{_PAIR.pattern})+")


def read_answer(text: str, question: Question, order: tuple[str, ...]) -> Answer:
    """Return the answer that somebody typed; `order` holds the ids of what is lettered, as it was shown.

    Choices are named by letters ("B", "a, c", "A and C", "ac"), by numbers ("2") or by their
    words, of which the beginning will do if no other choice begins so. An order is given by all
    letters ("B A D C"), a match by a letter for each number ("1B 2A 3B") or, in their order, by the
    letters alone; a scale has numbers and no letters. Everything else is answered by the text itself.

    Raises Unreadable with a sentence that says what would be right for this question.
    """
    typed = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
    plain_signs = unicodedata.normalize("NFKC", typed).upper()
    match question.kind:
        case Kind.ONE | Kind.SEVERAL | Kind.POLL | Kind.SCALE:
            return _read_choices(typed, question, order)
        case Kind.ORDER:
            return _read_order(plain_signs, order)
        case Kind.MATCH:
            return _read_match(plain_signs, question, order)
        case Kind.NUMBER:
            read_number(typed, question.number.unit if question.number else "")
        case Kind.TEXT if not fold(typed).strip(AROUND):
            raise Unreadable("Answer with a word or a few words.")
        case Kind.WRITTEN | Kind.COMMENT if not typed:
            raise Unreadable("Answer with a few sentences of your own.")
    return Typed(typed)


def _read_order(typed: str, order: tuple[str, ...]) -> Ordered:
    letters = _letters(typed, len(order))
    if sorted(letters) != list(range(len(order))):
        example = " ".join(reversed(ascii_uppercase[: len(order)]))
        raise Unreadable(f"Answer with all {len(order)} letters in their order, for example {example}.")
    return Ordered(tuple(order[letter] for letter in letters))


def _read_match(typed: str, question: Question, order: tuple[str, ...]) -> Matched:
    count, bare = len(question.items), _SPARED.sub("", typed)
    pairs = [(int(number) - 1, ascii_uppercase.index(letter)) for number, letter in _PAIR.findall(bare)]
    if not _PAIRS.fullmatch(bare):
        pairs = list(enumerate(_letters(typed, len(order))))
    if sorted(n for n, _ in pairs) != list(range(count)) or any(letter >= len(order) for _, letter in pairs):
        example = " ".join(f"{n + 1}{ascii_uppercase[(n + 1) % len(order)]}" for n in range(count))
        raise Unreadable(f"Answer with a letter for each of the {count} numbers, for example {example}.")
    return Matched(tuple((question.items[n].id, order[letter]) for n, letter in pairs))


def _letters(typed: str, count: int) -> list[int]:
    """Return the positions that letters name, when it is nothing but letters up to this count."""
    named = [ascii_uppercase.find(char) for char in _SPARED.sub("", typed)]
    return named if all(0 <= letter < count for letter in named) else []


def _read_choices(typed: str, question: Question, order: tuple[str, ...]) -> Chosen:
    ask = _ask_letters(question.kind, len(order))
    texts = {option.id: plain(option.text) for option in question.options if option.id in order}
    words = {option: fold(text) for option, text in texts.items() if text}  # most of a scale has none
    readings = {*_by_place(typed, question.kind, order), *_by_words(typed, question.kind, words)}
    if not readings:
        raise Unreadable(ask)
    if len(readings) > 1:
        raise Unreadable(f"That could mean more than one thing here. {ask}")
    (chosen,) = readings
    if question.kind in ONE_CHOICE and len(chosen.ids) > 1:
        raise Unreadable(f"This question takes one choice. {ask}")
    return chosen


def _by_place(typed: str, kind: Kind, order: tuple[str, ...]) -> Iterable[Chosen]:
    """Yield what is meant if these are letters or positions; a scale has no letters."""
    parts = re.split(r"[\s,;/+&:()\[\]]+|\.(?:\s|$)", unicodedata.normalize("NFKC", typed).upper())
    named = [part for part in parts if part and part != "AND"]
    by_letter = dict(zip("" if kind is Kind.SCALE else ascii_uppercase, order, strict=False))
    by_number = {str(n): option for n, option in enumerate(order, start=1)}
    if named and all(set(part) <= by_letter.keys() and len(set(part)) == len(part) for part in named):
        yield Chosen(tuple(by_letter[letter] for part in named for letter in part))
    if named and all(part in by_number for part in named):
        yield Chosen(tuple(by_number[part] for part in named))


def _by_words(typed: str, kind: Kind, words: dict[str, str]) -> Iterable[Chosen]:
    """Yield what is meant if these are the words of an option, or of several with a comma between."""
    found = _worded(typed, words)
    if found or kind in ONE_CHOICE:
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
    if kind is Kind.SCALE:
        return f"Answer with a number from 1 to {count}."
    reach = f"from A to {ascii_uppercase[count - 1]}" if count > 2 else "A or B"
    if kind in ONE_CHOICE:
        return f"Answer with one letter{' ' if count > 2 else ', '}{reach}, for example B."
    return (
        f"Answer with the letters of all that apply, {reach}, for example {'A, C' if count > 2 else 'A, B'}."
    )
