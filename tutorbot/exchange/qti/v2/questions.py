"""The questions of QTI 2.1 and 2.2.

IMS Question & Test Interoperability Assessment Test, Section and Item Information Model 2.1
(imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tutorbot.authoring.building.questions import Usual
from tutorbot.exchange.answers import between
from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.qti.numbers import number
from tutorbot.exchange.qti.v2.feedback import with_feedback
from tutorbot.exchange.qti.v2.material import Reading
from tutorbot.exchange.qti.v2.responses import Response, read_response, sides_of
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.question import Accepted, Item, Kind, Option, Question, Target

_NOT_TAKEN = {
    "associateInteraction": "a question for pairs among one set",
    "inlineChoiceInteraction": "a question with a list to choose from within its text",
    "gapMatchInteraction": "a question for words put into gaps",
    "hottextInteraction": "a question for words in a text",
    "sliderInteraction": "a question with a slider",
    "uploadInteraction": "a question that is answered with a file",
    "drawingInteraction": "a question that is answered with a drawing",
    "mediaInteraction": "a question with a recording",
    "endAttemptInteraction": "a question with a button of its own",
    "customInteraction": "a question of its producer's own kind",
    **dict.fromkeys(
        (
            *("hotspotInteraction", "selectPointInteraction", "positionObjectInteraction"),
            *("graphicOrderInteraction", "graphicAssociateInteraction", "graphicGapMatchInteraction"),
        ),
        "a question for a place in a picture",
    ),
}
"""Kinds that have no like among ours."""

_Read = Callable[[Reading, Question, Element, Response], Question | None]


def read_assessment_item(item: Element, texts: HtmlTexts) -> None:
    """Take the question, or tell why not."""
    reading, drafts = Reading(item, texts), texts.drafts
    body = item.first("itemBody")
    if body is None:
        reading.miss("an item without a body is not taken")
        return
    interactions = list(body.within(*_READERS, *_NOT_TAKEN))
    what = _not_taken(item, interactions)
    if what:
        reading.miss(f"{what} is not taken")
        return
    response = read_response(item, interactions[0].get("responseIdentifier"))
    title = item.get("title") or item.get("identifier")
    points = drafts.whole_points(_points(item), reading.place)
    question = Question(title, Kind.COMMENT, "", None, reading.prose(body), explanation=(), points=points)
    answered = _READERS[interactions[0].name](reading, question, interactions[0], response)
    if answered is not None:
        if response.gives_parts:
            reading.miss("part of the points for part of the answer is not taken")
        answered = replace(answered, tries=Usual().tries_for(answered))
        drafts.add(with_feedback(reading, answered), reading.place)


def _not_taken(item: Element, interactions: Sequence[Element]) -> str:
    """Return how a question is called that has no like among ours, or nothing."""
    if item.first("templateDeclaration"):
        return "a question with values drawn at random"
    if not interactions:
        return "a text that asks nothing"
    if len(interactions) > 1:
        return "a question with several things to answer"
    return _NOT_TAKEN.get(interactions[0].name, "")


def _read_choice(reading: Reading, question: Question, asked: Element, response: Response) -> Question | None:
    several = response.cardinality == "multiple" or (
        not response.cardinality and asked.get("maxChoices") != "1"
    )
    choices = [each for each in asked.elements if each.name == "simpleChoice"]
    right = response.right
    options = tuple(
        Option(each.get("identifier"), reading.line(each), right=each.get("identifier") in right)
        for each in choices
    )
    shuffle = asked.get("shuffle").lower() == "true"
    if not right:
        return _without_answer(reading, replace(question, options=options))
    return replace(question, kind=Kind.SEVERAL if several else Kind.ONE, options=options, shuffle=shuffle)


def _without_answer(reading: Reading, question: Question) -> Question | None:
    if reading.item.first("responseProcessing") is None:
        reading.miss("no option is called right: the question is taken as a poll")
        return replace(question, kind=Kind.POLL, shuffle=False)
    reading.miss("the question is not taken: what is right is left to rules that are not read")
    return None


def _read_order(reading: Reading, question: Question, asked: Element, response: Response) -> Question | None:
    choices = {each.get("identifier"): each for each in asked.elements if each.name == "simpleChoice"}
    if sorted(response.correct) != sorted(choices):
        reading.miss("the question is not taken: it does not say the order of all items")
        return None
    items = tuple(Item(name, reading.line(choices[name])) for name in response.correct)
    return replace(question, kind=Kind.ORDER, items=items)


def _read_match(reading: Reading, question: Question, asked: Element, response: Response) -> Question | None:
    sets = [
        {
            choice.get("identifier"): choice
            for choice in each.elements
            if choice.name == "simpleAssociableChoice"
        }
        for each in asked.elements
        if each.name == "simpleMatchSet"
    ]
    named = [pair.split() for pair in response.right]
    pairs = [(pair[0], pair[1]) for pair in named if len(pair) == 2]
    for items, targets, matches in _ways(sets, pairs):
        if sorted(matches) == sorted(items) and len(pairs) == len(matches):
            return replace(
                question,
                kind=Kind.MATCH,
                items=tuple(Item(name, reading.line(each), matches[name]) for name, each in items.items()),
                targets=tuple(Target(name, reading.line(each)) for name, each in targets.items()),
            )
    reading.miss("the question is not taken: it does not say one match for each item")
    return None


_Choices = Mapping[str, Element]


def _ways(
    sets: Sequence[_Choices], pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[_Choices, _Choices, dict[str, str]]]:
    """Yield the two ways to call one of two sets the items: each with its targets and its matches."""
    if len(sets) == 2:
        yield sets[0], sets[1], dict(pairs)
        yield sets[1], sets[0], {second: first for first, second in pairs}


def _read_entry(reading: Reading, question: Question, asked: Element, response: Response) -> Question | None:
    if response.base in ("float", "integer"):
        return _read_number(reading, question, asked, response)
    forms = (Accepted(text, case=text not in response.any_case) for text in response.right)
    accepted = tuple(dict.fromkeys(forms))
    if not accepted:
        reading.miss("no answer is called right: the question is taken as written work, which staff mark")
        return replace(question, kind=Kind.WRITTEN)
    return replace(question, kind=Kind.TEXT, accepted=accepted)


def _read_number(reading: Reading, question: Question, asked: Element, response: Response) -> Question | None:
    values = {value for text in response.right if (value := number(text)) is not None}
    if len(values) != 1:
        reading.miss("the question is not taken: it does not say one right number")
        return None
    value = values.pop()
    below, above = sides_of(reading.item, asked.get("responseIdentifier"), value)
    if below != above:
        reading.miss("the right number is the middle of its range now: it was not in the middle")
    return replace(question, kind=Kind.NUMBER, number=between(value - below, value + above))


def _read_written(
    reading: Reading, question: Question, asked: Element, response: Response
) -> Question | None:
    said = [Element("p", asked.line, {}, (text,)) for text in response.correct]
    for_markers = [
        each for each in reading.item.within("rubricBlock") if "scorer" in each.get("view").split()
    ]
    model = tuple(block for each in (*said, *for_markers) for block in reading.prose(each))
    return replace(question, kind=Kind.WRITTEN, model=model)


_READERS: dict[str, _Read] = {
    "choiceInteraction": _read_choice,
    "orderInteraction": _read_order,
    "matchInteraction": _read_match,
    "textEntryInteraction": _read_entry,
    "extendedTextInteraction": _read_written,
}


def _points(item: Element) -> Fraction | None:
    """Return the most that the item gives, as far as it says so."""
    outcomes = {each.get("identifier"): each for each in item.elements if each.name == "outcomeDeclaration"}
    most = outcomes["MAXSCORE"].first("value") if "MAXSCORE" in outcomes else None
    if most is not None:
        return number(most.text)
    return number(outcomes["SCORE"].get("normalMaximum")) if "SCORE" in outcomes else None
