"""Our questions as GIFT, Moodle's text format.

Texts are Markdown, on one line each. What stands in GIFT's comments as `[id:…]` and `[tag:…]` is read by
Moodle as a question's id number and tags (https://docs.moodle.org/en/GIFT_format).
"""

from collections.abc import Iterable
from itertools import groupby

from tutorbot.exchange.answers import decimal
from tutorbot.exchange.gift.answers import as_wildcards, escaped_form
from tutorbot.exchange.gift.prose_out import GiftText, escaped
from tutorbot.exchange.given import Given, Left
from tutorbot.lessons.question import Accepted, Kind, Option, Question
from tutorbot.lessons.text import Span, plain

_TRUE_OR_FALSE = ((Span("True"),), (Span("False"),))
_ARROW = "->"
_MOST_PLACES = 15


class _NotHeld(Exception):
    """GIFT cannot hold the question; the text says why, as the end of a sentence."""


def write(questions: Iterable[Question], name: str) -> Given:
    """Return the questions as a file of this name, under a category for each topic, and what is lost."""
    writer = _Writer()
    count, parts = 0, ["// Written by tutorbot; texts are Markdown.\n"]
    for topic, asked in groupby(questions, key=lambda question: question.topic):
        held = [text for question in asked if (text := writer.question(question))]
        count += len(held)
        if held:
            parts += [f"$CATEGORY: {topic.replace('/', '//')}\n"] if topic else []
            parts += held
    return Given({name: "\n".join(parts).encode()}, count, tuple(writer.left))


class _Writer:
    """Writes one question after the other, and notes what of it GIFT cannot hold."""

    def __init__(self) -> None:
        self.left: list[Left] = []

    def question(self, question: Question) -> str:
        """Return the question's lines, or nothing where GIFT cannot hold it."""
        texts = GiftText()
        try:
            answer = self._answer(question, texts)
        except _NotHeld as reason:
            self._leave(question, f"not written: {reason}")
            return ""
        self._tell_what_is_lost(question)
        prompt = texts.prose((*question.situation, *question.prompt))
        explanation = f"####{texts.prose(question.explanation)}" if question.explanation else ""
        for what in texts.lost:
            self._leave(question, what)
        tag = f" [tag:{question.level}]" if question.level else ""
        body = explanation if question.kind is Kind.WRITTEN else f"{answer}\n{explanation}\n"
        return f"// [id:{question.id}]{tag}\n::{escaped(question.id)}::[markdown]{prompt}{{{body}}}\n"

    def _answer(self, question: Question, texts: GiftText) -> str:
        match question.kind:
            case Kind.ONE | Kind.SEVERAL:
                return _choice(question, texts)
            case Kind.MATCH:
                return self._match(question, texts)
            case Kind.NUMBER:
                return _number(question, texts)
            case Kind.TEXT:
                return self._text(question, texts)
            case Kind.WRITTEN:
                return ""
            case kind:
                raise _NotHeld(f"GIFT has no questions of the kind {kind}")

    def _match(self, question: Question, texts: GiftText) -> str:
        targets = {target.id: plain(target.text) for target in question.targets}
        used = {item.match for item in question.items}
        pairs = [(texts.line(item.text), targets[item.match]) for item in question.items]
        pairs += [("", text) for key, text in targets.items() if key not in used]
        if any(_ARROW in item for item, _ in pairs):
            raise _NotHeld("an item has `->` in it, which parts the pairs in GIFT")
        if any(target.text != (Span(plain(target.text)),) for target in question.targets):
            self._leave(question, "matches are written without their styles")
        return "".join(
            f"\n=[markdown]{item} -> {escaped(text)}" if item else f"\n= -> {escaped(text)}"
            for item, text in pairs
        )

    def _text(self, question: Question, texts: GiftText) -> str:
        forms = [form for each in question.accepted if (form := self._form(question, each))]
        if not forms:
            raise _NotHeld("GIFT has nothing for the forms that are right")
        right, wrong = texts.prose(question.right), texts.prose(question.wrong)
        if _ARROW in right + wrong:
            raise _NotHeld("its feedback has `->` in it, by which Moodle takes it for pairs")
        return "".join(f"\n=%100%{escaped(form)}#{right}" for form in forms) + f"\n=%0%*#{wrong}"

    def _form(self, question: Question, form: Accepted) -> str | None:
        text = as_wildcards(form.text) if form.is_pattern else escaped_form(form.text)
        if text is None or _ARROW in text or text.startswith("["):
            self._leave(question, f"the form `{form.text}` is not written: GIFT has nothing for it")
            return None
        if form.case or form.spaces:
            self._leave(question, f"in the form `{form.text}` GIFT heeds neither capitals nor spaces")
        return text

    def _tell_what_is_lost(self, question: Question) -> None:
        lost = {
            "its situation stands before what is asked": question.situation,
            "its hint is not written": question.hint,
            "its points are not written": question.points != 1,
            "its unit is not written": question.number and question.number.unit,
            "its model answer is not written": question.model,
            "its rubric is not written": question.rubric,
            "that its options keep their order is not written": not question.shuffle
            and not _is_true_or_false(question),
            "its feedback is not written": question.kind is Kind.MATCH,
        }
        for what, is_there in lost.items():
            if is_there:
                self._leave(question, what)

    def _leave(self, question: Question, what: str) -> None:
        self.left.append(Left(f"`{question.id}`", what))


def _choice(question: Question, texts: GiftText) -> str:
    if _is_true_or_false(question):
        return _true_or_false(question, texts)
    if question.kind is Kind.ONE:
        signs = {True: "=", False: "~"}
    else:
        share = 100 / sum(option.right for option in question.options)
        signs = {True: f"~%{share:.5f}".rstrip("0").rstrip(".") + "%", False: "~%-100%"}
    return "".join(f"\n{signs[each.right]}{_option(each, texts)}" for each in question.options)


def _option(option: Option, texts: GiftText) -> str:
    return f"{texts.line(option.text)}#{texts.prose(option.feedback)}"


def _is_true_or_false(question: Question) -> bool:
    is_kept = question.kind is Kind.ONE and not question.shuffle
    return is_kept and tuple(option.text for option in question.options) == _TRUE_OR_FALSE


def _true_or_false(question: Question, texts: GiftText) -> str:
    right = next(option for option in question.options if option.right)
    wrong = next(option for option in question.options if not option.right)
    said = {True: texts.prose(right.feedback), False: texts.prose(wrong.feedback)}
    return f"{plain(right.text).upper()}#{said[False]}#{said[True]}"


def _number(question: Question, texts: GiftText) -> str:
    key = question.number
    written = [decimal(each, _MOST_PLACES) for each in (key.value, key.tolerance)] if key else [""]
    if not all(written):
        raise _NotHeld("GIFT writes numbers with decimals, and those of this one never end")
    right, wrong = texts.prose(question.right), texts.prose(question.wrong)
    return f"#\n=%100%{':'.join(written)}#{right}\n~#{wrong}"
