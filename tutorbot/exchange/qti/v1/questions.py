"""The questions of QTI 1.2, as Canvas, Blackboard, Respondus and others write them.

IMS QTI ASI Information Model and Best Practice Guide, version 1.2 (imsglobal.org/question/qtiv1p2).
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from tutorbot.authoring.building.questions import Usual
from tutorbot.exchange.bounds import OPTIONS, PAIRS, count_faults
from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.qti.item import ItemReading
from tutorbot.exchange.qti.v1.answers import accepted_forms, gives_parts, right_ranges
from tutorbot.exchange.qti.v1.feedback import with_feedback
from tutorbot.exchange.qti.v1.material import RESPONSES, asked, material, said_in
from tutorbot.exchange.qti.v1.metadata import kind_of, points_of
from tutorbot.exchange.qti.v1.rules import Rules, read_rules, value_of
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.question import Item, Kind, Option, Question, Target
from tutorbot.lessons.text import Prose, Spans, plain

_NOT_TAKEN = {
    "fill_in_multiple_blanks_question": "a question with several blanks",
    "multiple_dropdowns_question": "a question with several lists to choose from",
    "calculated_question": "a question with numbers drawn at random",
    "file_upload_question": "a question that is answered with a file",
    "text_only_question": "a text that asks nothing",
    "hot_spot_question": "a question for a place in a picture",
    "categorization_question": "a question that sorts into groups",
    "fill in the blank plus": "a question with several blanks",
    "jumbled sentence": "a question with several lists to choose from",
    "calculated": "a question with numbers drawn at random",
    "file upload": "a question that is answered with a file",
    "hot spot": "a question for a place in a picture",
    "quiz bowl": "a question that is answered with a question",
}
"""Kinds of Canvas and Blackboard that have no like among ours."""

_ESSAYS = ("essay_question", "essay", "short response", "cc.essay.v0p1")
_NUMBERS = ("numerical_question", "numeric", "numerical")
_YES_OR_NO = ("true/false", "either/or")
_RENDERED_NUMBERS = ("decimal", "integer", "scientific")


@dataclass(frozen=True, slots=True)
class _Reading(ItemReading):
    """An item while it is read, with what it says of right answers."""

    rules: Rules


def read_item(item: Element, texts: HtmlTexts) -> None:
    """Take the question, or tell why not."""
    reading = _Reading(item, texts, read_rules(item))
    kind = kind_of(item)
    presentation = item.first("presentation")
    if what := _NOT_TAKEN.get(kind):
        reading.miss(f"{what} is not taken")
    elif presentation is None:
        reading.miss("an item without a presentation is not taken")
    else:
        _read_presented(reading, presentation, kind)


def _read_presented(reading: _Reading, presentation: Element, kind: str) -> None:
    responses = list(presentation.within(*RESPONSES))
    title = reading.item.get("title") or reading.item.get("ident")
    question = Question(
        title, Kind.COMMENT, "", None, prompt=_prompt(reading, presentation, responses), explanation=()
    )
    read = _reader_of(responses, kind)
    if isinstance(read, str):
        reading.miss(f"{read} is not taken")
        return
    answered = read(reading, question, responses)
    if answered is None:
        return
    drafts = reading.texts.drafts
    points = drafts.whole_points(points_of(reading.item), reading.place)
    answered = replace(answered, points=points, tries=Usual().tries_for(answered))
    drafts.add(with_feedback(reading, reading.rules, answered), reading.place)


_Read = Callable[[_Reading, Question, Sequence[Element]], Question | None]


def _reader_of(responses: Sequence[Element], kind: str) -> _Read | str:
    """Return what reads such a question, or how it is called that none does."""
    names = {response.name for response in responses}
    if not responses:
        return "a text that asks nothing"
    if not names <= {"response_lid", "response_grp", "response_str", "response_num"}:
        return "a question for a place in a picture, or of a kind of its producer's own"
    if len(responses) > 1:
        return _read_match if names <= {"response_lid", "response_grp"} else "a question with several blanks"
    if names & {"response_str", "response_num"}:
        return _reader_of_typed(responses[0], kind)
    if responses[0].get("rcardinality").lower() == "ordered":
        return _read_order
    return _read_choice


def _reader_of_typed(response: Element, kind: str) -> _Read:
    rendered = {each.get("fibtype").lower() for each in response.within("render_fib")}
    if kind in _ESSAYS:
        return _read_written
    if response.name == "response_num" or kind in _NUMBERS or rendered & set(_RENDERED_NUMBERS):
        return _read_number
    return _read_text


def _prompt(reading: _Reading, presentation: Element, responses: Sequence[Element]) -> Prose:
    prompt = reading.texts.prose(asked(presentation))
    return (*prompt, *reading.texts.prose(said_in(responses[0]))) if len(responses) == 1 else prompt


def _read_choice(reading: _Reading, question: Question, responses: Sequence[Element]) -> Question | None:
    labels = {label.get("ident"): label for label in responses[0].within("response_label")}
    several = responses[0].get("rcardinality").lower() == "multiple"
    if _are_too_many(reading, "options", len(labels), OPTIONS):
        return None
    right, parts = reading.rules.best_choice(frozenset(labels), several=several)
    options = tuple(
        Option(ident, _option_text(reading, label), right=ident in right) for ident, label in labels.items()
    )
    kind = Kind.SEVERAL if several else Kind.ONE
    if not reading.rules.scoring:
        reading.miss("no option is called right: the question is taken as a poll")
        return replace(question, kind=Kind.POLL, options=options, shuffle=False)
    if parts:
        reading.miss("part of the points for part of the answer is not taken")
    return replace(question, kind=kind, options=options, shuffle=_shuffles(responses[0]))


def _are_too_many(reading: _Reading, things: str, count: int, allowed: range) -> bool:
    """Tell of too many things at once: comparing each with each rule would take long."""
    faults = list(count_faults(things, count, allowed))
    for fault in faults:
        reading.miss(f"the question is not taken: {fault}")
    return bool(faults)


def _option_text(reading: _Reading, label: Element) -> Spans:
    spans = reading.texts.line(material(label))
    if kind_of(reading.item) not in _YES_OR_NO:
        return spans
    words = plain(spans).rpartition(".")[2].capitalize()  # Blackboard writes `true` and `yes_no.yes`
    return tuple(replace(span, text=words) for span in spans[:1])


def _read_order(reading: _Reading, question: Question, responses: Sequence[Element]) -> Question | None:
    labels = {label.get("ident"): label for label in responses[0].within("response_label")}
    order = [ident for ident in reading.rules.values() if ident in labels]
    if set(order) != labels.keys():
        reading.miss("the question is not taken: its rules do not say the order of all items")
        return None
    for extension in responses[0].within("render_extension"):
        for label in (each for each in extension.elements if each.name == "material"):
            reading.miss("what stands above or below the items is not taken", label)
    items = tuple(Item(ident, reading.texts.line(material(labels[ident]))) for ident in order)
    return replace(question, kind=Kind.ORDER, items=items)


def _read_match(reading: _Reading, question: Question, responses: Sequence[Element]) -> Question | None:
    if _are_too_many(reading, "pairs", len(responses), PAIRS):
        return None
    known = {response.get("ident") for response in responses}
    elsewhere = _values_of_others(reading.rules, known)
    items: list[Item] = []
    texts: dict[str, Spans] = {}
    lists: set[tuple[Spans, ...]] = set()
    for n, response in enumerate(responses, start=1):
        labels = [label.get("ident") for label in response.within("response_label")]
        right = [ident for ident in reading.rules.values(response.get("ident")) if ident in labels]
        right = right or [ident for ident in labels if ident in elsewhere]
        if len(right) != 1:
            reading.miss("the question is not taken: its rules do not say one match for each item", response)
            return None
        matches = dict(zip(labels, _matches(reading, response), strict=False))
        lists.add(tuple(sorted(matches.values(), key=plain)))
        texts |= {plain(spans).casefold(): spans for spans in matches.values() if spans}
        match = plain(matches.get(right[0], ())).casefold()
        items.append(Item(str(n), reading.texts.line(_matched(reading.item, response)), match))
    if len(lists) > 1:
        reading.miss(f"{_NOT_TAKEN['multiple_dropdowns_question']} is not taken")
        return None
    targets = tuple(Target(ident, spans) for ident, spans in texts.items())
    return replace(question, kind=Kind.MATCH, items=tuple(items), targets=targets)


def _values_of_others(rules: Rules, known: Set[str]) -> set[str]:
    """Return what is asked of responses that are not there: Blackboard may call them by other names."""
    tests = (test for rule in rules.scoring for test in rule.named)
    return {value_of(test) for test in tests if test.get("respident") not in known}


def _matched(item: Element, response: Element) -> Element:
    """Return what is to be matched: it stands in the response or, in Blackboard, beside it."""
    within = said_in(response)
    if within.children:
        return within
    beside = [flow for flow in item.within("flow") if any(each is response for each in flow.elements)]
    return material(*(each for flow in beside for each in flow.elements if each is not response))


def _matches(reading: _Reading, response: Element) -> list[Spans]:
    """Return what may be matched: the texts of the labels or, in Blackboard, of a block of their own."""
    blocks = [flow for flow in reading.item.within("flow") if flow.get("class") == "RIGHT_MATCH_BLOCK"]
    each = [flow for block in blocks for flow in block.elements] or list(response.within("response_label"))
    return [reading.texts.line(material(element)) for element in each]


def _read_text(reading: _Reading, question: Question, responses: Sequence[Element]) -> Question | None:
    forms = {form.text if form.case else form.text.casefold(): form for form in accepted_forms(reading.rules)}
    if not forms:
        reading.miss("no answer is called right: the question is taken as written work, which staff mark")
        return _read_written(reading, question, responses)
    for rule in gives_parts(reading.rules):
        reading.miss("an answer that gives part of the points is not taken", rule.condition)
    return replace(question, kind=Kind.TEXT, accepted=tuple(forms.values()))


def _read_number(reading: _Reading, question: Question, _responses: Sequence[Element]) -> Question | None:
    ranges = right_ranges(reading.rules)
    if len(ranges) > 1:
        reading.miss(f"the question is not taken: {len(ranges)} numbers are right, where there can be one")
        return None
    for rule in gives_parts(reading.rules):
        reading.miss("a number that gives part of the points is not taken", rule.condition)
    if any(each.is_open for each in ranges):
        reading.miss("the end of a range of numbers was not right itself, and now it is")
    return replace(question, kind=Kind.NUMBER, number=ranges[0].key if ranges else None)


def _read_written(_reading: _Reading, question: Question, _responses: Sequence[Element]) -> Question | None:
    return replace(question, kind=Kind.WRITTEN)


def _shuffles(response: Element) -> bool:
    """Whether the options may be mixed: yes, unless it is said that they may not."""
    return all(each.get("shuffle").lower() != "no" for each in response.within("render_choice"))
