"""Questions of every kind, as authors may write them."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from tutorbot.authoring.building.questions import Usual, questions_from
from tutorbot.authoring.faults import Fault, Faults, Source, Spot
from tutorbot.authoring.formats.questions import QuestionsFile
from tutorbot.authoring.names import Names
from tutorbot.authoring.pictures import Pictures
from tutorbot.authoring.yaml.entries import EntryOf
from tutorbot.authoring.yaml.nodes import compose
from tutorbot.authoring.yaml.readers import Reading
from tutorbot.lessons.question import (
    UNGRADED,
    Accepted,
    Criterion,
    Item,
    Kind,
    Level,
    NumberKey,
    Option,
    Question,
    RubricLevel,
    Target,
)
from tutorbot.lessons.text import Code, Listing, Paragraph, Prose, Quote, Span, Spans, plain

PICTURE = "p" * 64


class OnePicture(Pictures):
    """The one picture that questions show."""

    def __init__(self) -> None:
        self.by_digest = {}

    def digest(self, _path: str, _spot: Spot) -> str | None:
        """Return the digest."""
        return PICTURE


def read_questions(
    text: str, topic: str = "", usual: Usual | None = None
) -> tuple[list[Question], list[Fault]]:
    """Return what authoring reads in the text of a file of questions."""
    faults = Faults()
    node = compose(Source("any.questions.yaml", text), faults)
    assert node, faults.in_order()
    file = EntryOf(QuestionsFile).read(node, Reading(faults, Names(faults), OnePicture()))
    return list(questions_from(file, topic, usual or Usual(tries=2))), faults.in_order()


def joined(spans: list[Span]) -> Spans:
    """Return the spans as the parser would give them: neighbours of one style are one."""
    together: list[Span] = []
    for span in spans:
        if together and replace(together[-1], text="") == replace(span, text=""):
            together[-1] = replace(span, text=together[-1].text + span.text)
        else:
            together.append(span)
    return tuple(together)


WORDS = st.text(st.sampled_from("abcdeÄß 123 .,;:?!'\"-–*_~`[](){}<>#=+|\\&%@/€$^"), min_size=1, max_size=20)
TEXTS = WORDS.filter(lambda text: bool(text.strip())).map(lambda text: " ".join(text.split()))
STYLED = st.builds(
    Span,
    WORDS,
    bold=st.booleans(),
    italic=st.booleans(),
    strike=st.booleans(),
    link=st.sampled_from(["", "", "", "https://x.y", "https://x.y/(a)?b=1&copy=2"]),
)
CODES = st.builds(Span, WORDS, code=st.just(True))
LINES = (
    st.lists(st.one_of(st.builds(Span, WORDS), STYLED, CODES), min_size=1, max_size=4)
    .map(joined)
    .filter(lambda spans: bool(plain(spans).strip()))
)
PARAGRAPHS = LINES.map(Paragraph)
BLOCKS = st.one_of(
    PARAGRAPHS,
    st.builds(
        Code, st.sampled_from(["x = 1", "  a\n\n\tb: #c", "~~~\n```\n{=}"]), st.sampled_from(["", "python"])
    ),
    st.builds(Quote, st.tuples(PARAGRAPHS)),
    st.builds(
        Listing,
        st.booleans(),
        st.lists(st.lists(PARAGRAPHS, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
    ),
)
PROSE: st.SearchStrategy[Prose] = st.lists(BLOCKS, min_size=1, max_size=3).map(tuple)
NUMBERS = st.one_of(
    st.builds(Fraction, st.integers(-(10**6), 10**6), st.sampled_from([1, 2, 5, 100, 1000])),
    st.builds(Fraction, st.integers(-99, 99), st.integers(1, 99)),
)
CREDITS = st.lists(st.integers(0, 100), max_size=3).map(
    lambda percents: tuple(Fraction(percent, 100) for percent in sorted(percents, reverse=True))
)


def different(lines: list[Spans]) -> tuple[Spans, ...]:
    """Return the lines, each with a number of its own before it."""
    return tuple(joined([Span(f"{n} "), *each]) for n, each in enumerate(lines, start=1))


def lines(least: int, most: int) -> st.SearchStrategy[tuple[Spans, ...]]:
    """Give lines of which no two say the same."""
    return st.lists(LINES, min_size=least, max_size=most).map(different)


@st.composite
def questions(draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind)) -> Question:
    """Give a question of one of the kinds, with the id `q`."""
    kind = draw(st.sampled_from(kinds))
    question = Question("q", kind, "ripeness", None, draw(PROSE), (), tries=1, situation=draw(st.just(())))
    if kind not in UNGRADED:
        question = replace(
            question,
            level=draw(st.sampled_from(Level)),
            explanation=draw(PROSE),
            points=draw(st.integers(1, 3)),
            tries=draw(st.integers(1, 3)),
            credits=draw(CREDITS),
            hint=draw(st.one_of(st.just(()), PROSE)),
        )
    return _with_key(draw, question)


def _with_key(draw: st.DrawFn, question: Question) -> Question:
    match question.kind:
        case Kind.ONE | Kind.SEVERAL:
            return _choice(draw, question)
        case Kind.ORDER:
            items = tuple(Item(str(n), text) for n, text in enumerate(draw(lines(3, 5)), start=1))
            return _said(draw, replace(question, items=items))
        case Kind.MATCH:
            return _said(draw, _match(draw, question))
        case Kind.NUMBER:
            key = NumberKey(draw(NUMBERS), abs(draw(NUMBERS)), draw(st.sampled_from(["", "ms", "%", "a: b"])))
            return _said(draw, replace(question, number=key))
        case Kind.TEXT:
            accepted = draw(st.lists(_forms(), min_size=1, max_size=4).map(tuple))
            return _said(draw, replace(question, accepted=accepted))
        case Kind.WRITTEN:
            return replace(question, model=draw(PROSE), rubric=draw(st.sampled_from([(), RUBRIC])))
        case Kind.SCALE:
            ends = [(Span(draw(TEXTS)),), (), (Span(draw(TEXTS)),)]
            return replace(question, options=_options(ends), shuffle=False)
        case Kind.POLL:
            return replace(question, options=_options(draw(lines(2, 4))), shuffle=False)
        case Kind.COMMENT:
            return question


RUBRIC = (
    Criterion(
        "The cause: what is it?", (RubricLevel(0, (Span("None"),)), RubricLevel(2, (Span("- Named"),)))
    ),
)


def _options(texts: list[Spans] | tuple[Spans, ...]) -> tuple[Option, ...]:
    return tuple(Option(str(n), text) for n, text in enumerate(texts, start=1))


def _choice(draw: st.DrawFn, question: Question) -> Question:
    texts = draw(lines(2, 5))
    rights = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    first = draw(st.integers(0, len(texts) - 1))
    options = tuple(
        Option(str(n), text, n == first + 1 or (right and question.kind is Kind.SEVERAL), draw(PROSE))
        for n, (text, right) in enumerate(zip(texts, rights, strict=True), start=1)
    )
    return replace(question, options=options, shuffle=draw(st.booleans()))


def _match(draw: st.DrawFn, question: Question) -> Question:
    targets = tuple(Target(str(n), text) for n, text in enumerate(draw(lines(2, 4)), start=1))
    used = draw(st.integers(1, len(targets)))
    more = draw(st.lists(st.integers(1, used), max_size=3))
    matches = [*range(1, used + 1), *more]
    texts = draw(lines(max(2, len(matches)), max(2, len(matches))))
    matches += [1] * (len(texts) - len(matches))
    items = tuple(
        Item(str(n), text, str(match))
        for n, (text, match) in enumerate(zip(texts, matches, strict=True), start=1)
    )
    return replace(question, items=items, targets=targets)


def _forms() -> st.SearchStrategy[Accepted]:
    patterns = st.sampled_from(["(wild|natural) yeasts?", "a.*b", r"\d+ %"]).map(
        lambda pattern: Accepted(pattern, is_pattern=True)
    )
    return st.one_of(st.builds(Accepted, TEXTS, case=st.booleans(), spaces=st.booleans()), patterns)


def _said(draw: st.DrawFn, question: Question) -> Question:
    return replace(question, right=draw(PROSE), wrong=draw(PROSE))
