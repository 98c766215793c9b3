"""A question as it is shown, answered and looked at again."""

from tutorbot.blocks import choices, ids, kit
from tutorbot.blocks.kit import Block, Drawn, Files
from tutorbot.blocks.nextsteps import next_button, next_words
from tutorbot.blocks.prose import needed, one_line, prose_blocks
from tutorbot.blocks.replies import next_text
from tutorbot.blocks.verdicts import explanation, feedback, verdict_words
from tutorbot.lessons.grading import show_percent
from tutorbot.lessons.question import ONE_CHOICE, Kind
from tutorbot.lessons.text import Prose, plain
from tutorbot.lessons.timewords import wall_time
from tutorbot.tutor.pages import LeftOpen, QuestionPage, QuizEnd


def question(page: QuestionPage, files: Files) -> Drawn:
    """Return the question: what was answered and what it was worth, and what can be pressed now."""
    asked = page.question
    head = [kit.header(page.title), kit.small(_counter(page), *_deadline(page), *_marked_by(page))]
    posed = prose_blocks((*asked.situation, *asked.prompt), files)
    options, outcome = choices.options(page), _outcome(page, files)
    feet = [*choices.boxes(page), *kit.actions(*_buttons(page))]
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
    if page.unanswered:
        comes, buttons = [], _back_or_on(page)
    else:
        comes = [next_words(page.standing)]
        again = kit.button("Look at the questions again", ids.action(ids.SHOW_QUESTION, page.place_id, 1))
        buttons = [*next_button(page.standing), again]
    said = [kit.says(" ".join(lines)), *map(kit.says, comes)]
    blocks = [kit.header(page.title), *said, *kit.actions(*buttons)]
    return Drawn(" ".join([f"{page.title}:", *lines, *comes]), blocks)


def _back_or_on(page: QuizEnd) -> list[Block]:
    """Return the ways on while something is open here: back to it, or to the next lesson."""
    back = ids.action(ids.SHOW_QUESTION, page.place_id, 0)
    buttons = [kit.button("Go on with the open questions", back, primary=True)]
    if page.standing.next_unread:
        target = ids.action(ids.NEXT_LESSON, page.standing.enrollment.id)
        buttons.append(kit.button("Read the next lesson", target))
    return buttons


def left_open(page: LeftOpen) -> Drawn:
    """Return that a question makes way for those further down, and the way back to it."""
    text = f"You left question {page.number} for later. The questions go on further down."
    back = kit.button(
        f"Back to question {page.number}", ids.action(ids.SHOW_QUESTION, page.place_id, page.number)
    )
    return Drawn(f"{page.title}: {text}", [kit.header(page.title), kit.says(text), *kit.actions(back)])


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
        lines += feedback(page, files)
        if page.settled:
            lines += explanation(page.question, files)
    return [*lines, *_chosen_in_exam(page)]


def _unanswered(page: QuestionPage, files: Files) -> list[Block]:
    """Return that a question of a closed exam was not answered, and what would have been right."""
    return [kit.divider(), kit.says(kit.bold("Not answered.")), *explanation(page.question, files)]


def _chosen_in_exam(page: QuestionPage) -> list[Block]:
    choice = page.drawing.choice
    if not page.exam_open or choice is None or page.settled:
        return []
    chosen = kit.stopped(f"You chose {choices.answer_words(page, choice)}")
    return [kit.says(kit.bold(f"{chosen} "), "It counts once you confirm it, and may change until then.")]


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
    return [kit.button(next_text(page), ids.action(ids.NEXT, page.drawing.id), primary=True)]


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
