"""How a problem in OLX is answered, and which answers are right."""

import re
from collections.abc import Iterable
from dataclasses import replace

from tutorbot.exchange.answers import between
from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.olx.answers import read_form, read_number, read_range, read_tolerance
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.patterns import BadPattern, check_pattern
from tutorbot.lessons.question import Accepted, Item, Kind, NumberKey, Option, Question, Target
from tutorbot.lessons.text import Prose, Span, Spans, plain

RESPONSES = (
    *("multiplechoiceresponse", "truefalseresponse", "choiceresponse", "optionresponse"),
    *("numericalresponse", "stringresponse"),
)
UNKNOWN_RESPONSES = {
    "annotationresponse": "an annotation",
    "choicetextresponse": "a choice with fields to fill in",
    "coderesponse": "a program to write",
    "customresponse": "an answer that a script judges",
    "externalresponse": "an answer that another program judges",
    "formularesponse": "a formula to write",
    "imageresponse": "a place to find in a picture",
    "javascriptresponse": "an answer that a script judges",
    "schematicresponse": "a circuit to draw",
    "symbolicresponse": "a formula to write",
}

_HINTS = ("choicehint", "optionhint")
_ESCAPED = re.compile(r"\\(.)")
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")


class Responses:
    """Reads the responses of a file's problems; what is missed goes to the drafts at once."""

    def __init__(self, texts: HtmlTexts) -> None:
        self._texts = texts

    def are_matches(self, responses: list[Element]) -> bool:
        """Whether these are drop-down lists that all have the same options."""
        if any(response.name != "optionresponse" for response in responses):
            return False
        fields = [field for response in responses for field in response.within("optioninput")]
        names = {tuple(plain(option.text) for option in self._listed(field)) for field in fields}
        return len(fields) > 1 and len(names) == 1

    def match(self, fields: list[Element], items: list[Spans], blank: Question) -> Question:
        """Return the question that puts an item before each of the drop-down lists."""
        targets = tuple(Target(str(n), each.text) for n, each in enumerate(self._listed(fields[0]), start=1))
        keys = [next((n for n, each in enumerate(self._listed(f), 1) if each.right), 0) for f in fields]
        matched = tuple(
            Item(str(n), text, str(key))
            for n, (text, key) in enumerate(zip(items, keys, strict=False), start=1)
        )
        return replace(blank, kind=Kind.MATCH, items=matched, targets=targets)

    def read(self, response: Element, blank: Question) -> Question | None:
        """Return the question with its key; None, which is told, when no answer can be right here."""
        if response.get("partial_credit", "false").lower() not in ("", "false"):
            self._texts.miss(response, "an answer that is partly right counts nothing here")
        match response.name:
            case "multiplechoiceresponse":
                return self._choice(response, blank, Kind.ONE)
            case "choiceresponse":
                is_one = response.first("radiogroup") is not None
                return self._choice(response, blank, Kind.ONE if is_one else Kind.SEVERAL)
            case "truefalseresponse":
                return self._choice(response, blank, Kind.SEVERAL)
            case "optionresponse":
                return self._list(response, blank)
            case "numericalresponse":
                return self._number(response, blank)
            case _:
                return self._text(response, blank)

    def _choice(self, response: Element, blank: Question, kind: Kind) -> Question:
        group = response.first("choicegroup", "checkboxgroup", "radiogroup") or response
        if group.get("answer-pool", "0") != "0":
            self._texts.miss(group, "all options are shown here, not some that are drawn for each learner")
        for hint in group.within("compoundhint"):
            self._texts.miss(hint, "feedback to a combination of options is not taken")
        options = [self._option(n, choice) for n, choice in enumerate(group.within("choice"), start=1)]
        shuffle = group.get("shuffle").lower() == "true"
        return replace(blank, kind=kind, options=tuple(options), shuffle=shuffle)

    def _option(self, number: int, choice: Element) -> Option:
        feedback: Prose = ()
        for hint in choice.within(*_HINTS):
            if hint.get("selected").lower() == "false":
                self._texts.miss(hint, "feedback to leaving an option out is not taken")
            else:
                feedback += self._texts.prose(hint)
        if choice.get("correct").lower() == "partial":
            self._texts.miss(choice, "an option that is partly right is wrong here")
        said = tuple(each for each in choice.children if isinstance(each, str) or each.name not in _HINTS)
        text = self._texts.line(replace(choice, children=said))
        return Option(str(number), text, choice.get("correct").lower() == "true", feedback)

    def _list(self, response: Element, blank: Question) -> Question:
        fields = list(response.within("optioninput"))
        if len(fields) > 1:
            self._texts.miss(
                response, "of several drop-down lists with options of their own, only the first is taken"
            )
        options = self._listed(fields[0]) if fields else ()
        return replace(blank, kind=Kind.ONE, options=options, shuffle=False)

    def _listed(self, field: Element) -> tuple[Option, ...]:
        """Return the options of a drop-down list, in the new form or the one that is an attribute."""
        options = list(field.within("option"))
        if options:
            return tuple(self._option(n, option) for n, option in enumerate(options, start=1))
        named = [_ESCAPED.sub(r"\1", one or two) for one, two in _QUOTED.findall(field.get("options"))]
        right = field.get("correct")
        return tuple(
            Option(str(n), (Span(" ".join(name.split())),), name.strip() == right)
            for n, name in enumerate(named, start=1)
            if name.strip()
        )

    def _number(self, response: Element, blank: Question) -> Question | None:
        key = self._number_key(response)
        if key is None:
            self._texts.miss(
                response,
                f"the question is not taken: its answer is a formula, `{response.get('answer')[:50]}`",
            )
            return None
        for other in response.within("additional_answer"):
            self._texts.miss(other, "a second right number is not taken")
        field = response.first("formulaequationinput", "textline")
        unit = " ".join((field.get("trailing_text") if field else "").split())[:30]
        return replace(blank, kind=Kind.NUMBER, number=replace(key, unit=unit), right=self._right(response))

    def _number_key(self, response: Element) -> NumberKey | None:
        answer = response.get("answer")
        if ends := read_range(answer):
            low, high, both = ends
            if not both:
                self._texts.miss(response, f"the ends of the range `{answer}` are right here too")
            return between(low, high)
        value = read_number(answer)
        if value is None:
            return None
        for param in response.within("responseparam"):
            if param.get("type") == "tolerance":
                tolerance = read_tolerance(param.get("default"), value)
                if tolerance is None:
                    self._texts.miss(
                        param, f"the tolerance `{param.get('default')[:50]}` is a formula and is not taken"
                    )
                return NumberKey(value, tolerance or NumberKey(value).tolerance)
        return NumberKey(value)

    def _text(self, response: Element, blank: Question) -> Question | None:
        forms = [form for form in self._forms(response) if self._is_usable(form, response)]
        if not forms:
            self._texts.miss(response, "the question is not taken: no form of the answer can be used")
            return None
        for hint in response.within("stringequalhint", "hintpart"):
            self._texts.miss(hint, "feedback to a certain wrong answer is not taken")
        wrong: Prose = ()
        for hint in response.within("regexphint"):
            if hint.get("answer") == ".*":
                wrong = self._texts.prose(hint)
            else:
                self._texts.miss(hint, "feedback to certain wrong answers is not taken")
        unique = tuple(dict.fromkeys(forms))
        return replace(blank, kind=Kind.TEXT, accepted=unique, right=self._right(response), wrong=wrong)

    def _forms(self, response: Element) -> Iterable[Accepted]:
        kind, answer = response.get("type"), response.get("answer")
        if "_or_" in answer.lower():
            return [read_form(each, kind.replace("regexp", "")) for each in answer.split("_or_")]
        others = [each.get("answer") or each.text for each in response.within("additional_answer")]
        return [read_form(each, kind) for each in (answer, *others)]

    def _is_usable(self, form: Accepted, response: Element) -> bool:
        if not form.is_pattern:
            return bool(form.text)
        try:
            check_pattern(form.text)
        except BadPattern as bad:
            self._texts.miss(response, f"the pattern `{form.text[:60]}` cannot be used: {bad}")
            return False
        return bool(form.text)

    def _right(self, response: Element) -> Prose:
        hints = list(response.within("correcthint"))
        said = [self._texts.prose(hint) for hint in hints]
        if any(each != said[0] for each in said):
            self._texts.miss(hints[1], "only the feedback to the first right answer is taken")
        return said[0] if said else ()
