"""What answers an answer that was typed."""

from tutorbot.blocks import choices, ids, kit
from tutorbot.blocks.kit import Block, Drawn, Files
from tutorbot.blocks.prose import needed
from tutorbot.blocks.verdicts import explanation, feedback, verdict_words
from tutorbot.tutor.pages import QuestionPage


def reply(page: QuestionPage, files: Files, *, chosen: bool, beside: bool) -> Drawn:
    """Return the answer to what was typed: what it was taken for, what it was worth, and how to go on.

    Where it stands `beside` the question, that one shows feedback and explanation, and they are left out.
    """
    about = kit.small(f"{page.title}, question {page.number} of {page.total}")
    if chosen and page.drawing.choice is not None:
        return _to_confirm(page, about)
    given = choices.answer_words(page, page.tried[-1]) if page.tried else ""
    words = f"{kit.stopped(f'You answered {given}')} {verdict_words(page)}" if given else verdict_words(page)
    blocks = [about, kit.says(kit.bold(words))]
    if not (beside or page.exam_open or page.verdict is None):
        blocks += feedback(page, files)
        if page.settled:
            blocks += [*_right_letters(page), *explanation(page.question, files)]
    if page.settled:
        go_on = kit.button(next_text(page), ids.action(ids.NEXT_BELOW, page.drawing.id), primary=True)
        blocks += kit.actions(go_on)
    return Drawn(words, blocks, () if beside else needed(page.question.explanation))


def _to_confirm(page: QuestionPage, about: Block) -> Drawn:
    choice = page.drawing.choice
    assert choice is not None
    chosen = kit.stopped(f"You chose {choices.answer_words(page, choice)}")
    words = f"{chosen} Type “confirm” to let it count."
    confirm = kit.button("Confirm", choices.confirm_target(page, choice, ids.CONFIRM_BELOW), primary=True)
    return Drawn(words, [about, kit.says(words), *kit.actions(confirm)])


def _right_letters(page: QuestionPage) -> list[Block]:
    """Return what would have been right by its letters: the question itself stands elsewhere."""
    if page.standing.right or not (letters := choices.right_letters(page)):
        return []
    return [kit.says(kit.bold("The answer: "), letters)]


def next_text(page: QuestionPage) -> str:
    """Return what stands on the button that goes on from a question."""
    if page.number < page.total:
        return "Next question"
    return "To the overview" if page.exam_open else "How it went"
