"""What a question shows under letters, and what is pressed to choose it."""

from collections.abc import Callable

from tutorbot.blocks import ids, kit
from tutorbot.blocks.kit import Block
from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered, Typed, fingerprint
from tutorbot.lessons.question import CHOICES, Item, Kind, Option, Target
from tutorbot.lessons.text import Spans, plain
from tutorbot.tutor.pages import QuestionPage

Lettered = Option | Item | Target
LONGEST_LABEL = 75
"""What Slack shows of a check box."""


def shown(page: QuestionPage) -> list[Lettered]:
    """Return what is lettered, in the order in which this drawing shows it."""
    by_id = {each.id: each for each in page.question.lettered}
    return [by_id[each_id] for each_id in page.drawing.shown_order]


def name(page: QuestionPage, position: int) -> str:
    """Return under which letter a position is shown; on a scale it is a number."""
    return str(position + 1) if page.question.kind is Kind.SCALE else kit.letter(position)


def answer_words(page: QuestionPage, answer: Answer) -> str:
    """Return an answer as the learner saw it: its letters, or what was typed."""
    order = page.drawing.shown_order
    names = {each_id: name(page, position) for position, each_id in enumerate(order)}
    match answer:
        case Typed(text=text):
            return f"“{kit.cut(text, 300)}”"
        case Chosen(ids=chosen):
            return kit.listed(sorted(names[each] for each in chosen if each in names))
        case Ordered(ids=ordered):
            return " ".join(names.get(each, "?") for each in ordered)
        case Matched(pairs=pairs):
            numbers = {item.id: n for n, item in enumerate(page.question.items, 1)}
            return " ".join(f"{numbers.get(item, '?')}{names.get(target, '?')}" for item, target in pairs)


def options(page: QuestionPage) -> list[Block]:
    """Return what is lettered, in words marked once that gives nothing away, after the items to match."""
    if not page.question.lettered or (_takes_boxes(page) and _fit_boxes(page)):
        return []
    items = page.question.items if page.question.kind is Kind.MATCH else ()
    numbered = [_line(str(number), item.text, _item_note(page, item)) for number, item in enumerate(items, 1)]
    lettered = [
        _line(name(page, position), each.text, _note(page, each))
        for position, each in enumerate(shown(page))
        if each.text or page.question.kind is not Kind.SCALE  # between its ends the buttons say enough
    ]
    return [{"type": "rich_text", "elements": lines} for lines in (numbered, lettered) if lines]


def _line(name: str, text: Spans, note: str) -> Block:
    return kit.section((kit.bold(f"{name}  "), *text, *([kit.bold(f" ({note})")] if note else [])))


def right_letters(page: QuestionPage) -> str:
    """Return the right answer by its letters; nothing where it has none."""
    asked = page.question
    if not asked.is_graded or not asked.lettered:
        return ""
    if asked.kind is Kind.ORDER:
        return answer_words(page, Ordered(tuple(item.id for item in asked.items)))
    if asked.kind is Kind.MATCH:
        return answer_words(page, Matched(tuple((item.id, item.match) for item in asked.items)))
    return answer_words(page, Chosen(tuple(option.id for option in asked.options if option.right)))


def tell_what_was_chosen(page: QuestionPage) -> bool:
    """Whether the options stand there with a note in each that was chosen; most of a scale does not."""
    return page.question.kind in CHOICES - {Kind.SCALE} and bool(options(page))


def _item_note(page: QuestionPage, item: Item) -> str:
    """Return what belongs to an item, once that gives nothing away."""
    return f"belongs to {name(page, page.drawing.shown_order.index(item.match))}" if _may_tell(page) else ""


def _may_tell(page: QuestionPage) -> bool:
    return page.settled and not page.exam_open


def _note(page: QuestionPage, each: Lettered) -> str:
    """Return what was chosen and, once that gives nothing away, what is right."""
    match each:
        case Option():
            return _option_note(page, each)
        case Item() if _may_tell(page):
            return f"place {page.question.items.index(each) + 1}"
        case _:
            return ""


def _option_note(page: QuestionPage, option: Option) -> str:
    notes = []
    if _may_tell(page) and option.right:
        notes.append("right answer")
    if any(isinstance(answer, Chosen) and option.id in answer.ids for answer in page.tried):
        notes.append("you chose this")
    choice = page.drawing.choice
    if page.exam_open and isinstance(choice, Chosen) and option.id in choice.ids:
        notes.append("chosen, not confirmed")
    return ", ".join(notes)


def letters(page: QuestionPage, target: Callable[[int], str]) -> list[Block]:
    """Return a button for each option that was not tried; `target` gives its id by its position."""
    tried = {option for answer in page.tried if isinstance(answer, Chosen) for option in answer.ids}
    return [
        kit.button(
            name(page, position),
            target(position),
            label=f"{name(page, position)}: {plain(option.text) or 'between the two'}",
        )
        for position, option in enumerate(shown(page))
        if option.id not in tried
    ]


def confirm_target(page: QuestionPage, choice: Answer, verb: str) -> str:
    """Return the id of a button that confirms exactly the choice that is shown with it."""
    target = ids.action(verb, page.drawing.id, page.n)
    if not isinstance(choice, Chosen):
        return ids.action(target, ids.KEPT_CHOICE, fingerprint(choice))
    order = page.drawing.shown_order
    positions = [order.index(option) for option in choice.ids if option in order]
    return ids.action(target, ids.positions_to_text(positions))


def _takes_boxes(page: QuestionPage) -> bool:
    return page.question.kind is Kind.SEVERAL and not page.settled


def _fit_boxes(page: QuestionPage) -> bool:
    """Whether the boxes can show every option whole, so that it need not stand above them as well."""
    return all(len(_box_label(n, option)) <= LONGEST_LABEL for n, option in enumerate(shown(page)))


def _box_label(position: int, option: Lettered) -> str:
    return f"{kit.letter(position)}  {plain(option.text)}"


def boxes(page: QuestionPage) -> list[Block]:
    """Return the row of check boxes of a question with several choices, while it takes answers.

    What somebody has checked stays, where the message is redrawn meanwhile, as long as the row has the
    same id: it is another one for every try and for every choice that is kept.
    """
    if not _takes_boxes(page):
        return []
    labelled = [kit.option(_box_label(n, option), str(n)) for n, option in enumerate(shown(page))]
    chosen = page.drawing.choice if page.exam_open else None
    checked = [
        box
        for box, option in zip(labelled, shown(page), strict=True)
        if isinstance(chosen, Chosen) and option.id in chosen.ids
    ]
    pick = ids.action(ids.PICK, page.drawing.id, page.n)
    kept = ids.positions_to_text([labelled.index(box) for box in checked])
    return kit.actions(kit.check_boxes(pick, labelled, checked), block_id=ids.action(pick, kept))
