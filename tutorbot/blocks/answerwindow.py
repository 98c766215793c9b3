"""The window in which an answer is written, or put in order, or matched."""

from tutorbot.blocks import choices, ids, kit
from tutorbot.blocks.kit import Block
from tutorbot.blocks.prose import prose_blocks
from tutorbot.lessons.answers import Answer, Matched, Ordered, Typed
from tutorbot.lessons.question import Kind
from tutorbot.lessons.text import plain
from tutorbot.tutor.pages import QuestionPage

LONG = (Kind.WRITTEN, Kind.COMMENT)
_WANTS = {
    Kind.NUMBER: "A number",
    Kind.TEXT: "A word or a few",
    Kind.WRITTEN: "Your answer",
    Kind.COMMENT: "What you think",
}


def answer_window(page: QuestionPage) -> Block:
    """Return the modal for the question's kind, with what was chosen before in an open exam."""
    is_picked = page.question.kind in (Kind.ORDER, Kind.MATCH)
    return {
        "type": "modal",
        "callback_id": ids.action(ids.WRITTEN, page.drawing.id, page.n),
        "title": kit.plain_text("Your answer", 24),
        "submit": kit.plain_text("Keep" if page.exam_open else "Answer", 24),
        "close": kit.plain_text("Cancel", 24),
        "blocks": [
            *prose_blocks(page.question.prompt, {}, tables=False),
            *(_pickers(page) if is_picked else [_writing(page)]),
        ],
    }


def _writing(page: QuestionPage) -> Block:
    asked = page.question
    entry: Block = {
        "type": "plain_text_input",
        "action_id": ids.ANSWER_INPUT,
        "multiline": asked.kind in LONG,
        "max_length": 3_000 if asked.kind in LONG else 200,
        "focus_on_load": True,
    }
    if page.exam_open and isinstance(page.drawing.choice, Typed):
        entry["initial_value"] = page.drawing.choice.text
    unit = f" ({asked.number.unit})" if asked.number and asked.number.unit else ""
    return _input(ids.ANSWER_INPUT, f"{_WANTS[asked.kind]}{unit}", entry)


def _pickers(page: QuestionPage) -> list[Block]:
    """Return a menu for each place of an order, or each item of a match."""
    options = [
        kit.option(f"{kit.letter(position)}  {plain(each.text)}", str(position))
        for position, each in enumerate(choices.shown(page))
    ]
    items = page.question.items
    titles = (
        [f"Place {n}" for n in range(1, len(items) + 1)]
        if page.question.kind is Kind.ORDER
        else [f"{n}  {plain(item.text)}" for n, item in enumerate(items, 1)]
    )
    picked = _picked(page)
    return [
        _input(ids.place_input(n), title, _menu(ids.place_input(n), options, picked[n] if picked else None))
        for n, title in enumerate(titles)
    ]


def _menu(place: str, options: list[Block], picked: int | None) -> Block:
    menu = kit.select(place, "Choose", options)
    return menu if picked is None else menu | {"initial_option": options[picked]}


def _picked(page: QuestionPage) -> list[int]:
    """Return what was picked last for each place, by its position as shown; nothing before the first time."""
    last: Answer | None = page.drawing.choice if page.exam_open else None
    if last is None and page.tried:
        last = page.tried[-1]
    order = page.drawing.shown_order
    match last:
        case Ordered(ids=found):
            placed = list(found)
        case Matched(pairs=pairs):
            by_item = dict(pairs)
            placed = [by_item.get(item.id, "") for item in page.question.items]
        case _:
            return []
    known = len(placed) == len(page.question.items) and all(each in order for each in placed)
    return [order.index(each) for each in placed] if known else []


def _input(block_id: str, label: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": kit.plain_text(label, 2_000),
        "element": element,
    }
