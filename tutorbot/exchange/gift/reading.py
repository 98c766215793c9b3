"""Questions in GIFT, Moodle's text format, as ours.

What a question is follows from its answer, in the order in which Moodle's `readquestion` asks
(question/format/gift/format.php): nothing, `#`, `~`, `->`, true or false, `=`.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from tutorbot.authoring.building.questions import Usual
from tutorbot.exchange.drafting import Drafts
from tutorbot.exchange.gift.answers import accepted_form, number_key, numbers_as_forms
from tutorbot.exchange.gift.prose_in import Format, Texts, quiet
from tutorbot.exchange.gift.syntax import MOST_BYTES, Answer, Chunk, Passage, answers, decoded, passages
from tutorbot.exchange.naming import slug
from tutorbot.exchange.taken import Place, Taken, Unreadable
from tutorbot.lessons.question import Item, Kind, Level, Option, Question, Target
from tutorbot.lessons.text import Prose, Span

MOST_QUESTIONS = 5_000
MOST_CHARACTERS = 50_000
"""Of a question, with all its answers."""

_BLANK = "_____"
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")


class _NotTaken(Exception):
    """The question cannot be taken; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as far as all kinds are alike, and its answer, which is None in a mere text."""

    question: Question
    format: Format
    answer: Chunk | None


def read(path: Path) -> Taken:
    """Return what can be taken of the file; raises Unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(Place(path.name), f"cannot be read ({error.strerror})") from None
    return read_bytes(data, path.name)


def read_bytes(data: bytes, file: str) -> Taken:
    """Return what can be taken of the bytes of a file of this name; raises Unreadable."""
    drafts = Drafts()
    reader = _Reader(file, drafts)
    for n, passage in enumerate(passages(decoded(data, file)), start=1):
        place = Place(file, passage.chunk.line)
        if n > MOST_QUESTIONS:
            drafts.miss(place, f"what stands behind the first {MOST_QUESTIONS:,} questions is not read")
            break
        try:
            question = reader.question(passage, n)
            drafts.add(replace(question, tries=Usual().tries_for(question)), place)
        except _NotTaken as reason:
            drafts.miss(place, str(reason))
    return drafts.taken({})


class _Reader:
    """Reads one passage after the other; what is not taken as it was is told to the drafts."""

    def __init__(self, file: str, drafts: Drafts) -> None:
        self._file = file
        self._drafts = drafts
        self._texts = Texts(file, drafts)

    def question(self, passage: Passage, n: int) -> Question:
        """Return the question in the passage; raises _NotTaken."""
        if len(passage.chunk.text) > MOST_CHARACTERS:
            raise _NotTaken(f"a question of more than {MOST_CHARACTERS:,} characters is not taken")
        asked = self._asked(passage, n)
        answer = asked.answer
        if answer is None:
            raise _NotTaken("a text that asks nothing is not taken")
        if not answer:
            return replace(asked.question, kind=Kind.WRITTEN)
        if answer.text.startswith("#"):
            return self._number(asked, answer.part(1))
        if "~" in answer.text:
            return self._choice(asked, answer)
        return self._match_or_text(asked, answer)

    def _match_or_text(self, asked: _Asked, answer: Chunk) -> Question:
        word = answer.halves("#")[0].text
        if word in (*_TRUE, *_FALSE):
            return self._true_or_false(asked, answer, is_true=word in _TRUE)
        found = answers(answer, "=")
        if all(each.sign and "->" in each.text.text for each in found):
            return self._match(asked, found)
        return self._text(asked, found)

    def _asked(self, passage: Passage, n: int) -> _Asked:
        """Return what stands around the answer: name, text and general feedback."""
        title, chunk = _title(passage.chunk)
        before, answer, after = _parts(chunk)
        form, text = self._texts.split(before, Format.MOODLE)
        is_gap = answer is not None and bool(after)
        if is_gap:
            text = Chunk(" ".join(filter(None, [text.text, _BLANK, after.text])), text.line)
        answer, explanation = _general_feedback(answer)
        levels = [Level(tag) for tag in passage.tags if tag in list(Level)]
        question = Question(
            id=passage.id or title or f"{passage.category or Path(self._file).stem}-{n}",
            kind=Kind.TEXT,
            topic=slug(passage.category) if passage.category else "",
            level=levels[0] if levels else None,
            prompt=self._texts.prose(text, form),
            explanation=self._texts.prose(explanation, form),
        )
        return _Asked(question, form, answer)

    def _choice(self, asked: _Asked, answer: Chunk) -> Question:
        found = answers(answer, "=~")
        is_one = any(each.sign == "=" for each in found)
        parts = [each for each in found if each.weight and each.sign != "=" and abs(each.weight) < 100]
        if parts and is_one:
            self._miss(parts[0], "an answer that counts in part is taken as a wrong one")
        elif not is_one:
            self._miss(found[0], "percentages are not taken: an answer counts when it is right as a whole")
        options = tuple(
            Option(
                id=str(n),
                text=self._texts.line(each.text, asked.format),
                right=each.sign == "=" or (not is_one and (each.weight or 0) > 0),
                feedback=self._texts.prose(each.feedback, asked.format),
            )
            for n, each in enumerate(found, start=1)
        )
        return replace(asked.question, kind=Kind.ONE if is_one else Kind.SEVERAL, options=options)

    def _true_or_false(self, asked: _Asked, answer: Chunk, *, is_true: bool) -> Question:
        """Return a question with two options; what is said to a wrong answer stands before the other."""
        _, said = answer.halves("#")
        wrong, right = said.halves("#") if said else (None, None)
        feedback = {
            True: self._texts.prose(right, asked.format),
            False: self._texts.prose(wrong, asked.format),
        }
        options = (
            Option("1", (Span("True"),), is_true, feedback[is_true]),
            Option("2", (Span("False"),), not is_true, feedback[not is_true]),
        )
        return replace(asked.question, kind=Kind.ONE, options=options, shuffle=False)

    def _match(self, asked: _Asked, found: list[Answer]) -> Question:
        """Return a question with pairs; a match without an item belongs to none."""
        halves = [(each, *each.text.halves("->")) for each in found]
        words = [(item, quiet(match.plain) if match else "") for _, item, match in halves]
        targets = {
            text: Target(str(n), (Span(text),))
            for n, text in enumerate(dict.fromkeys(t for _, t in words), 1)
        }
        items = [(item, targets[text].id) for item, text in words if item]
        for each in found:
            if each.feedback:
                self._miss(each, "feedback to a pair is not taken")
        return replace(
            asked.question,
            kind=Kind.MATCH,
            items=tuple(
                Item(str(n), self._texts.line(item, asked.format), match)
                for n, (item, match) in enumerate(items, start=1)
            ),
            targets=tuple(targets.values()),
        )

    def _number(self, asked: _Asked, answer: Chunk) -> Question:
        found = answers(answer, "=~")
        right = [each for each in found if each.sign != "~" and each.weight in (None, 100)]
        wrong = [each for each in found if each.sign == "~" or (each.weight == 0 and each.text.plain == "*")]
        self._tell_of_parts([each for each in found if each not in right + wrong])
        key = number_key(right)
        accepted = () if key else numbers_as_forms(right)
        if key is None and not accepted:
            raise _NotTaken("a numerical question without one range of right numbers is not taken")
        if accepted:
            self._miss(right[0], "several numbers are right: they are taken as forms of a short text")
        kind = Kind.NUMBER if key else Kind.TEXT
        return self._with_feedback(
            replace(asked.question, kind=kind, number=key, accepted=accepted), asked.format, right, wrong
        )

    def _text(self, asked: _Asked, found: list[Answer]) -> Question:
        right = [each for each in found if each.weight in (None, 100)]
        wrong = [each for each in found if each.weight == 0 and each.text.plain == "*"]
        self._tell_of_parts([each for each in found if each not in right + wrong])
        accepted = []
        for each in right:
            if form := accepted_form(each.text):
                accepted.append(form)
            else:
                self._miss(each, "a form that is too long is not taken")
        question = replace(asked.question, kind=Kind.TEXT, accepted=tuple(dict.fromkeys(accepted)))
        return self._with_feedback(question, asked.format, right, wrong)

    def _with_feedback(
        self, question: Question, form: Format, right: list[Answer], wrong: list[Answer]
    ) -> Question:
        return replace(question, right=self._said(right, form), wrong=self._said(wrong, form))

    def _said(self, found: list[Answer], form: Format) -> Prose:
        """Return the first feedback of the answers; that others have other feedback is told."""
        said = [each.feedback for each in found if each.feedback]
        for other in said[1:]:
            if other.plain != said[0].plain:
                self._drafts.miss(self._texts.place(other), "feedback to one form alone is not taken")
        return self._texts.prose(said[0], form) if said else ()

    def _tell_of_parts(self, found: list[Answer]) -> None:
        if found:
            self._miss(found[0], "answers that count in part, or not at all, are not taken")

    def _miss(self, answer: Answer, what: str) -> None:
        self._drafts.miss(self._texts.place(answer.text), what)


def _title(chunk: Chunk) -> tuple[str, Chunk]:
    """Return the name between `::`, if there is one, and what stands behind it."""
    if not chunk.text.startswith("::"):
        return "", chunk
    end = chunk.text.find("::", 2)
    if end < 0:
        return "", chunk.part(2)
    return chunk.part(2, end).plain, chunk.part(end + 2)


def _parts(chunk: Chunk) -> tuple[Chunk, Chunk | None, Chunk]:
    """Return what stands before, between and behind the braces; raises _NotTaken."""
    start, end = chunk.text.find("{"), chunk.text.find("}")
    if start < 0 and end < 0:
        return chunk, None, Chunk("", chunk.line)
    if start < 0 or end < start:
        raise _NotTaken("a question in which `{` and `}` do not belong together is not taken")
    after = chunk.part(end + 1)
    if "{" in after.text or "}" in after.text:
        raise _NotTaken(
            "a question with more than one answer in braces is not taken; an empty line parts two questions"
        )
    return chunk.part(0, start), chunk.part(start + 1, end), after


def _general_feedback(answer: Chunk | None) -> tuple[Chunk | None, Chunk | None]:
    at = answer.text.rfind("####") if answer else -1
    if answer is None or at < 0:
        return answer, None
    return answer.part(0, at), answer.part(at + 4)
