"""A question as it is shown, answered and looked at again."""

from decimal import Decimal
from fractions import Fraction

from tutorbot.blocks import choices, ids, kit
from tutorbot.blocks.kit import Block, Drawn, Files
from tutorbot.blocks.nextsteps import next_button, next_words
from tutorbot.blocks.prose import needed, one_line, prose_blocks
from tutorbot.lessons.grading import show_percent
from tutorbot.lessons.question import ONE_CHOICE, Kind, Question
from tutorbot.lessons.text import Prose, plain
from tutorbot.lessons.timewords import wall_time
from tutorbot.tutor.pages import QuestionPage, QuizEnd


def question(page: QuestionPage, files: Files) -> Drawn:
    """Return the question: what was answered and what it was worth, and what can be pressed now."""
    asked = page.question
    head = [kit.header(page.title), kit.small(_counter(page), *_deadline(page), *_marked_by(page))]
    posed = prose_blocks((*asked.situation, *asked.prompt), files)
    options, outcome = choices.options(page), _outcome(page, files)
    feet = [*kit.actions(*choices.boxes(page)), *kit.actions(*_buttons(page))]
    verdict = outcome[:_VERDICT]
    blocks = [
        *head,
        *kit.shortened(posed, beside=[*head, *options, *verdict, *feet]),
        *options,
        *outcome,
        *_hint(page, files),
        *feet,
    ]
    digests = [
        *needed(asked.situation),
        *needed(asked.prompt),
        *needed(asked.hint),
        *needed(asked.explanation),
    ]
    return Drawn(_as_text(page), blocks, tuple(dict.fromkeys(digests)))


def quiz_end(page: QuizEnd) -> Drawn:
    """Return how the quiz went, and what comes next."""
    outcome = f"{page.right} of {kit.count(page.total, 'question')} right." if page.total else "Thank you."
    lines = [outcome]
    if page.pending:
        lines.append(f"{kit.count(page.pending, 'written answer')} waiting to be marked by staff.")
    if page.unanswered:
        lines.append(f"{kit.count(page.unanswered, 'question')} still open.")
    again = "Go on with the open questions" if page.unanswered else "Look at the questions again"
    buttons = [
        *next_button(page.standing, primary=not page.unanswered),
        kit.button(again, ids.action(ids.SHOW_QUESTION, page.place_id, 1 if not page.unanswered else 0)),
    ]
    comes = next_words(page.standing)
    blocks = [kit.header(page.title), kit.says(" ".join(lines)), kit.says(comes), *kit.actions(*buttons)]
    return Drawn(f"{page.title}: {' '.join(lines)} {comes}", blocks)


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


def _counter(page: QuestionPage) -> str:
    tries = kit.count(page.question.tries, "try", "tries") if page.question.is_graded else "Not graded"
    return f"Question {page.number} of {page.total}. {tries}.{_HOW.get(page.question.kind, '')}"


_HOW = {
    Kind.SEVERAL: " Choose all that are right.",
    Kind.ORDER: " Put all in order.",
    Kind.MATCH: " Give each number a letter.",
}


def _deadline(page: QuestionPage) -> list[str]:
    """Return by when the question is to be answered."""
    if page.exam_open and page.deadline:
        return [f"The exam closes by itself on {wall_time(page.deadline, page.zone)}."]
    if page.due is None or page.settled or not page.question.is_graded:
        return []
    counts = f"counts {show_percent(100 * page.due.late)}" if page.due.late else "does not count"
    at = wall_time(page.due.at, page.zone)
    if page.is_late:
        return [f"It was due on {at}. An answer now {counts}."]
    return [f"Due on {at}. A later answer {counts}."]


def _marked_by(page: QuestionPage) -> list[str]:
    titles = [criterion.title for criterion in page.question.rubric]
    return [f"Marked by: {kit.listed(titles)}."] if titles else []


def _hint(page: QuestionPage, files: Files) -> list[Block]:
    if not page.drawing.hinted or not page.question.hint:
        return []
    return [kit.says(kit.bold("Hint")), *prose_blocks(page.question.hint, files, tables=False)]


_VERDICT = 3
"""The blocks of an outcome up to what the answer was worth; after them come feedback and explanation."""


def _outcome(page: QuestionPage, files: Files) -> list[Block]:
    """Return what was answered and what it was worth; in an open exam no more than right or wrong."""
    if page.verdict is None:
        return _unanswered(page, files) if page.settled else _chosen_in_exam(page)
    lines: list[Block] = [kit.divider()]
    if not choices.tell_what_was_chosen(page):
        given = ", then ".join(choices.answer_words(page, answer) for answer in page.tried)
        lines.append(kit.says(kit.bold("You answered "), given))
    lines.append(kit.says(kit.bold(verdict_words(page))))
    if not page.exam_open:
        lines += prose_blocks(page.verdict.feedback, files, tables=False)
        if page.settled:
            lines += _explanation(page, files)
    return [*lines, *_chosen_in_exam(page)]


def _unanswered(page: QuestionPage, files: Files) -> list[Block]:
    """Return that a question of a closed exam was not answered, and what would have been right."""
    return [kit.divider(), kit.says(kit.bold("Not answered.")), *_explanation(page, files)]


def _explanation(page: QuestionPage, files: Files) -> list[Block]:
    """Return what would have been right, and why; of a written answer staff tell it."""
    asked = page.question
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


def _right_letters(page: QuestionPage) -> list[Block]:
    """Return what would have been right by its letters, where the question itself stands further up."""
    if page.standing.right or not (letters := choices.right_letters(page)):
        return []
    return [kit.says(kit.bold("The answer: "), letters)]


def _chosen_in_exam(page: QuestionPage) -> list[Block]:
    choice = page.drawing.choice
    if not page.exam_open or choice is None or page.settled:
        return []
    chosen = choices.answer_words(page, choice)
    return [
        kit.says(
            kit.bold(f"You chose {chosen}. "), "It counts once you confirm it, and may change until then."
        )
    ]


def _buttons(page: QuestionPage) -> list[Block]:
    if page.settled or (page.verdict is not None and page.verdict.right is None):
        return _buttons_settled(page)
    if page.exam_open:
        return _exam_buttons(page)
    return [*_answer_buttons(page), *_hint_button(page), *_skip_button(page)]


def _skip_button(page: QuestionPage) -> list[Block]:
    """Return the way past a question that nobody has to answer."""
    return [] if page.question.is_graded else [kit.button("Skip", ids.action(ids.NEXT, page.drawing.id))]


def _buttons_settled(page: QuestionPage) -> list[Block]:
    return [kit.button(_next_text(page), ids.action(ids.NEXT, page.drawing.id), primary=True)]


def _next_text(page: QuestionPage) -> str:
    if page.number < page.total:
        return "Next question"
    return "To the overview" if page.exam_open else "How it went"


def _answer_buttons(page: QuestionPage) -> list[Block]:
    drawing, n = page.drawing.id, page.n
    if page.question.kind in ONE_CHOICE:
        return choices.letters(page, lambda position: ids.action(ids.ANSWER, drawing, n, position))
    if page.question.kind is Kind.SEVERAL:
        return [kit.button("Answer", ids.action(ids.SUBMIT, drawing, n), primary=True)]
    return [kit.button(_opens(page), ids.action(ids.WRITE, drawing, n), primary=True)]


def _opens(page: QuestionPage) -> str:
    """Return what stands on the button that opens the window of an answer."""
    if page.exam_open and page.drawing.choice is not None:
        return "Change your answer"
    return {Kind.ORDER: "Put in order", Kind.MATCH: "Match"}.get(page.question.kind, "Write your answer")


def _exam_buttons(page: QuestionPage) -> list[Block]:
    drawing, n, choice = page.drawing.id, page.n, page.drawing.choice
    if page.question.kind in ONE_CHOICE:
        chosen = choices.letters(page, lambda position: ids.action(ids.CHOOSE, drawing, n, position))
    elif page.question.kind is Kind.SEVERAL:
        chosen = []
    else:
        chosen = [kit.button(_opens(page), ids.action(ids.WRITE, drawing, n))]
    if page.question.kind is Kind.SEVERAL:
        confirm = [kit.button("Confirm", ids.action(ids.CONFIRM, drawing, n), primary=True)]
    elif choice is None:
        confirm = []
    else:
        target = choices.confirm_target(page, choice, ids.CONFIRM)
        confirm = [kit.button(f"Confirm {choices.answer_words(page, choice)}", target, primary=True)]
    skip = "Later" if page.number < page.total else "To the overview"
    return [*chosen, *confirm, kit.button(skip, ids.action(ids.NEXT, drawing))]


def _hint_button(page: QuestionPage) -> list[Block]:
    if page.drawing.hinted or not page.question.hint or page.exam_open:
        return []
    return [kit.button("Hint", ids.action(ids.HINT, page.drawing.id))]


def _as_text(page: QuestionPage) -> str:
    """Return the whole as one line of text, for a notification and a screen reader."""
    if page.verdict is not None:
        return f"{page.title}, question {page.number} of {page.total}. {verdict_words(page)}"
    prompt = _flat(page.question.situation, page.question.prompt)
    options = [
        f"{choices.name(page, position)}: {plain(each.text)}"
        for position, each in enumerate(choices.shown(page))
        if each.text
    ]
    return kit.cut(f"Question {page.number} of {page.total}. {prompt} {' '.join(options)}".strip(), 3_000)


def _flat(*proses: Prose) -> str:
    return " ".join(line for line in (one_line(prose, 1_500) for prose in proses) if line)


def reply(page: QuestionPage, files: Files, *, chosen: bool) -> Drawn:
    """Return the answer to what was typed: what it was taken for, what it was worth, and how to go on."""
    about = kit.small(f"{page.title}, question {page.number} of {page.total}")
    if chosen and page.drawing.choice is not None:
        words = (
            f"You chose {choices.answer_words(page, page.drawing.choice)}. Type “confirm” to let it count."
        )
        target = choices.confirm_target(page, page.drawing.choice, ids.CONFIRM_BELOW)
        return Drawn(
            words, [about, kit.says(words), *kit.actions(kit.button("Confirm", target, primary=True))]
        )
    given = choices.answer_words(page, page.tried[-1]) if page.tried else ""
    words = f"{f'You answered {given}. ' if given else ''}{verdict_words(page)}"
    blocks = [about, kit.says(kit.bold(words))]
    if page.verdict is not None and not page.exam_open:
        blocks += prose_blocks(page.verdict.feedback, files, tables=False)
        if page.settled:
            blocks += [*_right_letters(page), *_explanation(page, files)]
    if page.settled:
        go_on = kit.button(_next_text(page), ids.action(ids.NEXT_BELOW, page.drawing.id), primary=True)
        blocks += kit.actions(go_on)
    return Drawn(words, blocks, needed(page.question.explanation))
