"""What our own files can hold of a question, where others hold more."""

from collections.abc import Iterator

from tutorbot.authoring.mentions import find_ping
from tutorbot.lessons.question import Kind, Question
from tutorbot.lessons.text import Spans, plain, plain_text

# As many characters and things as authoring/formats/questions.py allows.
MOST_PROMPT, MOST_EXPLANATION, MOST_FEEDBACK, MOST_MODEL = 1_500, 1_500, 1_000, 3_000
_MOST_OPTION, _MOST_ITEM, _MOST_FORM = 300, 150, 150
OPTIONS, _ITEMS, PAIRS, _FORMS = range(2, 9), range(3, 9), range(2, 9), range(1, 51)
_MOST_EXTRA = 6
_MOST_POINTS = 100
_MOST_SIGNS = 30


def question_faults(question: Question) -> Iterator[str]:
    """Yield what keeps the question out of our files."""
    length = len(plain_text(question.prompt))
    if not question.prompt:
        yield "it asks nothing"
    if length > MOST_PROMPT:
        yield f"what it asks has {length:,} characters, and {MOST_PROMPT:,} can be shown"
    if not 1 <= question.points <= _MOST_POINTS:
        yield f"it has {question.points} points, and 1 to {_MOST_POINTS} are possible"
    match question.kind:
        case Kind.ONE | Kind.SEVERAL | Kind.POLL:
            yield from _choice_faults(question)
        case Kind.ORDER:
            yield from count_faults("items", len(question.items), _ITEMS)
            yield from _line_faults("an item", [item.text for item in question.items], _MOST_ITEM)
        case Kind.MATCH:
            yield from _match_faults(question)
        case Kind.NUMBER:
            yield from _number_faults(question)
        case Kind.TEXT:
            yield from count_faults("accepted forms", len(question.accepted), _FORMS)
            if any(not form.text.strip() or len(form.text) > _MOST_FORM for form in question.accepted):
                yield f"an accepted form is empty or longer than {_MOST_FORM} characters"
            if any(find_ping(form.text) for form in question.accepted):
                yield "an accepted form would call people in Slack"
        case _:
            pass


def _choice_faults(question: Question) -> Iterator[str]:
    yield from count_faults("options", len(question.options), OPTIONS)
    yield from _line_faults("an option", [option.text for option in question.options], _MOST_OPTION)
    right = sum(option.right for option in question.options)
    if question.is_graded and not right:
        yield "no option is right"
    if question.kind is Kind.ONE and right > 1:
        yield f"{right} options are right, where one is to be chosen"


def _match_faults(question: Question) -> Iterator[str]:
    yield from count_faults("pairs", len(question.items), PAIRS)
    yield from _line_faults("an item", [item.text for item in question.items], _MOST_ITEM)
    yield from _line_faults("a match", [target.text for target in question.targets], _MOST_ITEM)
    used = {item.match for item in question.items}
    targets = {target.id for target in question.targets}
    if not used <= targets:
        yield "an item has no match"
    elif len(targets) < 2:
        yield "all items have the same match"
    if len(targets - used) > _MOST_EXTRA:
        yield f"{len(targets - used)} matches belong to no item, and at most {_MOST_EXTRA} may"


def _number_faults(question: Question) -> Iterator[str]:
    if question.number is None:
        yield "no number is right"
    elif max(len(str(question.number.value)), len(str(question.number.tolerance))) > _MOST_SIGNS:
        yield f"its number has more than {_MOST_SIGNS} signs"


def count_faults(things: str, count: int, allowed: range) -> Iterator[str]:
    """Yield that there are too few or too many of these things, where there are."""
    if count not in allowed:
        yield f"it has {count} {things}, and {allowed[0]} to {allowed[-1]} are possible"


def _line_faults(thing: str, lines: list[Spans], most: int) -> Iterator[str]:
    words = [" ".join(plain(line).casefold().split()) for line in lines]
    if not all(words):
        yield f"{thing} has no text"
    longest = max((len(plain(line)) for line in lines), default=0)
    if longest > most:
        yield f"{thing} has {longest} characters, and {most} can be shown"
    if len(set(words)) < len(words):
        yield f"{thing} stands there twice"
