"""Mistakes in what only some kinds of questions, and some schemes of grading, have."""

from pathlib import Path

import pytest

from tests.authoring.spoiling import assert_told_once
from tutorbot.authoring import check, load

COURSE = "course.yaml"
QUESTIONS = "1-proof/when-it-is-ripe.questions.yaml"
CASE = "case-study/the-cold-room.questions.yaml"
NOTHING = "points: 0\n            text: Nothing that can be done\n"
ORDER = "      - Mix\n      - Let it rise\n      - Shape\n      - Bake\n"

MISTAKES = {
    # an order
    "too few to put in order": (
        QUESTIONS,
        f"items:\n{ORDER}",
        "items:\n      ¦- Mix\n      - Bake\n",
        "`items` has 2 items; write from 3 to 8",
    ),
    "the same step twice": (
        QUESTIONS,
        "- Bake\n    feedback",
        "- ¦mix\n    feedback",
        "`mix` stands twice in the question; let each say something else",
    ),
    "a step with keys": (QUESTIONS, "- Mix", "- ¦text: Mix", "holds keys and values; write a text"),
    "a step that is too long": (QUESTIONS, "- Mix", "- ¦M" + "i" * 150, "151 characters; at most 150"),
    "an order without feedback": (
        QUESTIONS,
        "    feedback:\n      right: That is a loaf.\n      wrong: Think of what the oven ends.\n",
        "",
        "`feedback` is missing",
    ),
    "an order with options": (
        QUESTIONS,
        "    items:\n",
        "    ¦options:\n      - text: x\n    items:\n",
        "`options` has no place in a question of the kind `order`",
    ),
    # a match
    "a pair without a match": (
        QUESTIONS,
        "- item: It comes back slowly\n        match: bake\n",
        "- ¦item: It comes back slowly\n",
        "`match` is missing",
    ),
    "the same item twice": (
        QUESTIONS,
        "- item: It stays",
        "- item: ¦It springs back at once",
        "stands twice in the question",
    ),
    "an extra that belongs to an item": (
        QUESTIONS,
        "- add flour",
        "- ¦Wait",
        "belongs to an item; take it out of `extra`",
    ),
    "the same extra twice": (
        QUESTIONS,
        "- add flour",
        "- add flour\n      - ¦add  flour",
        "stands twice in the question",
    ),
    "too many extras": (
        QUESTIONS,
        "extra:\n      - add flour",
        "extra:\n      ¦- a\n      - b\n      - c\n      - d\n      - e\n      - f\n      - g",
        "`extra` has 7 items; write from 1 to 6",
    ),
    # a short text
    "a form with neither text nor pattern": (
        QUESTIONS,
        "- text: S. cerevisiae\n        case: true",
        "- ¦case: true",
        "holds no form, or two; write either `text: …` or `pattern: …`",
    ),
    "a form with both": (
        QUESTIONS,
        "- text: S. cerevisiae",
        "- ¦text: S. cerevisiae\n        pattern: S.*",
        "holds no form, or two",
    ),
    "a misspelt key of a form": (
        QUESTIONS,
        "        case: true",
        "        ¦cases: true",
        "did you mean `case`?",
    ),
    "a pattern that is never closed": (
        QUESTIONS,
        "pattern: (wild|natural) yeasts?",
        "pattern: ¦(wild|natural yeasts?",
        "cannot be used: this `(` is never closed; write a regular expression",
    ),
    "a pattern that looks around": (
        QUESTIONS,
        "pattern: (wild|natural) yeasts?",
        "pattern: wild ¦(?=yeast)",
        "of the groups that begin with `(?` there is only `(?:…)`",
    ),
    "a pattern with an anchor": (
        QUESTIONS,
        "pattern: (wild|natural) yeasts?",
        "pattern: '¦^yeast'",
        "the whole answer is compared: leave `^` and `$` out",
    ),
    "a pattern without end": (
        QUESTIONS,
        "pattern: (wild|natural) yeasts?",
        "pattern: ¦" + "a" * 151,
        "the pattern is longer than 150 characters",
    ),
    # a number
    "a tolerance that is neither": (
        QUESTIONS,
        "tolerance: 5 %",
        "tolerance: ¦5 percent",
        "`tolerance` is `5 percent`; write a number such as 0.5, or a percentage of the answer such as 2 %",
    ),
    # credit by the try
    "credit that grows": (
        COURSE,
        "  credit:\n    - 100\n    - 50",
        "  credit:\n    ¦- 50\n    - 100",
        "the credit grows with the tries; let a later try count at most",
    ),
    "credit of a question that grows": (
        QUESTIONS,
        "    items:\n",
        "    credit:\n      ¦- 0\n      - 100\n    items:\n",
        "the credit grows with the tries",
    ),
    "credit above all": (
        COURSE,
        "    - 100\n",
        "    - ¦101\n",
        "is `101`; write a number such as 42, 0.5 or 3/4, from 0 to 100",
    ),
    "credit with too many decimals": (COURSE, "    - 50\n", "    - ¦33.333\n", "is `33.333`"),
    "credit that is no list": (
        COURSE,
        "credit:\n    - 100\n    - 50",
        "credit: ¦100",
        "`credit` is not a list; begin each item with `- `",
    ),
    # parts: what is left out, and when answers are due
    "a part that leaves out all": (
        COURSE,
        "drop: 1",
        "drop: ¦6",
        "`drop` leaves out 6 of 6 questions; let at least one question count",
    ),
    "a part that leaves out less than nothing": (COURSE, "drop: 1", "drop: ¦-1", "`drop` is `-1`"),
    "late without a due date": (
        COURSE,
        "      due-days: 7\n      late: 50",
        "      late: ¦50",
        "`late` without `due-days`; say when answers are due, or take it out",
    ),
    "due at once": (
        COURSE,
        "due-days: 7",
        "due-days: ¦0",
        "`due-days` is `0`; write a whole number from 1 to 365",
    ),
    "late above all": (COURSE, "late: 50", "late: ¦150", "`late` is `150`"),
    # a rubric
    "two levels with the same points": (
        CASE,
        "- points: 2\n",
        "- points: ¦1\n",
        "`points: 1` stands twice in the criterion; let each level have points of its own",
    ),
    "levels without any points": (
        CASE,
        f"- {NOTHING}          - points: 1\n",
        f"¦- {NOTHING}          - points: 0\n",
        "no level has points; give the best level points",
    ),
    "one level alone": (
        CASE,
        "          - points: 0\n            text: Nothing that can be done\n",
        "",
        "`levels` has 1 item; write from 2 to 6",
    ),
    "a criterion without a title": (
        CASE,
        "- title: The cause\n        levels",
        "- ¦levels",
        "`title` is missing",
    ),
    "a rubric where staff mark nothing": (
        QUESTIONS,
        "    items:\n",
        "    ¦rubric:\n      - title: x\n    items:\n",
        "`rubric` has no place in a question of the kind `order`",
    ),
    # what is not graded
    "an opinion with points": (
        QUESTIONS,
        "    low: not at all",
        "    ¦points: 2\n    low: not at all",
        "`points` has no place in a question of the kind `scale`",
    ),
    "an opinion that is right": (
        QUESTIONS,
        "- At home",
        "- ¦text: At home\n        right: true",
        "holds keys and values; write a text",
    ),
    "an opinion of a level": (
        QUESTIONS,
        "    kind: comment\n",
        "    kind: comment\n    ¦level: recall\n",
        "`level` has no place in a question of the kind `comment`",
    ),
    "the same choice twice in a poll": (
        QUESTIONS,
        "- For a living",
        "- ¦at home",
        "stands twice in the question",
    ),
    "a scale of one step": (
        QUESTIONS,
        "    low: not at all",
        "    steps: ¦1\n    low: not at all",
        "`steps` is `1`; write a whole number from 2 to 10",
    ),
    "a scale that says nothing of its end": (QUESTIONS, "    high: quite sure\n", "", "`high` is missing"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_at_its_place(name: str, every_kind: Path) -> None:
    assert_told_once(every_kind, MISTAKES[name])


@pytest.mark.parametrize("kind", ["scale", "poll", "comment"])
def test_an_exam_asks_nothing_that_is_not_graded(kind: str, copy: Path) -> None:
    own = {"scale": "    low: bad\n    high: good\n", "poll": "    options: [a, b]\n", "comment": ""}
    more = f"\n  - id: opinion\n    kind: {kind}\n    prompt: How was it?\n{own[kind]}"
    pool = copy / "exam" / "gluten.yaml"
    text = pool.read_text().rstrip("\n")
    before, situations, after = text.partition("\nsituations:")
    pool.write_text(f"{before}{more}{situations}{after}")

    (fault,) = check(copy).faults

    assert fault.what == f"an exam has no questions of the kind `{kind}`, which are not graded"
    assert pool.read_text().splitlines()[fault.line - 1] == f"    kind: {kind}"


def test_an_exam_is_not_due(copy: Path) -> None:
    course = copy / COURSE
    course.write_text(
        course.read_text().replace("      weight: 30\n", "      weight: 30\n      due-days: 7\n")
    )

    (fault,) = check(copy).faults

    assert fault.what == "the final exam has no lesson to be due after"


def test_items_that_all_belong_to_the_same_are_told(every_kind: Path) -> None:
    file = every_kind / QUESTIONS
    begin, _, rest = file.read_text().partition("    extra:\n      - add flour\n")
    same = begin.replace("match: bake at once, and do better tomorrow", "match: wait").replace(
        "match: bake\n", "match: wait\n"
    )
    file.write_text(same + rest)

    (fault,) = check(every_kind).faults

    assert fault.what == "all items belong to the same"


def test_items_may_share_what_belongs_to_them(every_kind: Path) -> None:
    file = every_kind / QUESTIONS
    file.write_text(file.read_text().replace("match: bake\n", "match: wait\n"))

    question = load(every_kind).course.questions()["match-1"]

    assert [item.match for item in question.items] == ["1", "1", "2"]
    assert [target.id for target in question.targets] == ["1", "2", "3"]
