"""The options of a question, and what is pressed to choose them."""

from collections.abc import Callable

from tutorbot.blocks import ids, kit
from tutorbot.blocks.kit import Block
from tutorbot.lessons import marking
from tutorbot.lessons.course import Kind, Option
from tutorbot.lessons.marking import Answer, Chosen, Typed
from tutorbot.lessons.text import plain
from tutorbot.tutor.pages import QuestionPage

CHOICES = (Kind.ONE, Kind.SEVERAL)
LONGEST_LABEL = 75
"""What Slack shows of a check box."""


def answer_words(page: QuestionPage, answer: Answer) -> str:
    """Return an answer as the learner saw it: its letters, or what was typed."""
    if isinstance(answer, Typed):
        return f"“{kit.cut(answer.text, 300)}”"
    order = page.drawing.shown_order
    return kit.listed(sorted(kit.letter(order.index(option)) for option in answer.ids if option in order))


def options(page: QuestionPage) -> list[Block]:
    """Return the options under their letters, in words marked once that gives nothing away."""
    if page.question.kind not in CHOICES or (_takes_boxes(page) and _fit_boxes(page)):
        return []
    elements: list[Block] = []
    for position, option in enumerate(shown_options(page)):
        runs = [kit.bold(f"{kit.letter(position)}  "), *option.text]
        if note := _option_note(page, option):
            runs.append(kit.bold(f" ({note})"))
        elements.append(kit.section(tuple(runs)))
    return [{"type": "rich_text", "elements": elements}]


def _option_note(page: QuestionPage, option: Option) -> str:
    notes = []
    if page.settled and not page.exam_open and option.right:
        notes.append("right answer")
    if any(isinstance(answer, Chosen) and option.id in answer.ids for answer in page.tried):
        notes.append("you chose this")
    choice = page.drawing.choice
    if page.exam_open and isinstance(choice, Chosen) and option.id in choice.ids:
        notes.append("chosen, not confirmed")
    return ", ".join(notes)


def shown_options(page: QuestionPage) -> list[Option]:
    """Return the options in the order in which this drawing shows them."""
    by_id = {option.id: option for option in page.question.options}
    return [by_id[option_id] for option_id in page.drawing.shown_order]


def letters(page: QuestionPage, target: Callable[[int], str]) -> list[Block]:
    """Return a button for each option that was not tried; `target` gives its id by its position."""
    tried = {option for answer in page.tried if isinstance(answer, Chosen) for option in answer.ids}
    return [
        kit.button(
            kit.letter(position),
            target(position),
            label=f"{kit.letter(position)}: {plain(option.text)}",
        )
        for position, option in enumerate(shown_options(page))
        if option.id not in tried
    ]


def confirm_target(page: QuestionPage, choice: Answer, verb: str) -> str:
    """Return the id of a button that confirms exactly the choice that is shown with it."""
    target = ids.action(verb, page.drawing.id, page.n)
    if isinstance(choice, Typed):
        return ids.action(target, ids.WRITTEN_CHOICE, marking.fingerprint(choice))
    order = page.drawing.shown_order
    positions = [order.index(option) for option in choice.ids if option in order]
    return ids.action(target, ids.positions_to_text(positions))


def _takes_boxes(page: QuestionPage) -> bool:
    return page.question.kind is Kind.SEVERAL and not page.settled


def _fit_boxes(page: QuestionPage) -> bool:
    """Whether the boxes can show every option whole, so that it need not stand above them as well."""
    return all(len(_box_label(n, option)) <= LONGEST_LABEL for n, option in enumerate(shown_options(page)))


def _box_label(position: int, option: Option) -> str:
    return f"{kit.letter(position)}  {plain(option.text)}"


def boxes(page: QuestionPage) -> list[Block]:
    """Return the check boxes of a question with several choices, while it takes answers."""
    if not _takes_boxes(page):
        return []
    shown = shown_options(page)
    labelled = [kit.option(_box_label(n, option), str(n)) for n, option in enumerate(shown)]
    chosen = page.drawing.choice if page.exam_open else None
    checked = [
        box
        for box, option in zip(labelled, shown, strict=True)
        if isinstance(chosen, Chosen) and option.id in chosen.ids
    ]
    return [kit.check_boxes(ids.action(ids.PICK, page.drawing.id, page.n), labelled, checked)]
