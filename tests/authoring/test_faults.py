"""Each mistake is told once, where it stands, with what would be right."""

from pathlib import Path

import pytest

from tests.authoring.spoiling import assert_told_once
from tutorbot.authoring import CourseFaults, check, load

COURSE = "course.yaml"
MODULE = "1-flour/module.yaml"
LESSON = "1-flour/the-flat-loaf.md"
CHOICES = "1-flour/the-flat-loaf.questions.yaml"
TYPED = "1-flour/a-cup-is-no-measure.questions.yaml"
SITUATION = "2-time/the-dough-that-waited.questions.yaml"
EXERCISE = "case-study/the-first-morning.md"
CASE = "case-study/the-first-morning.questions.yaml"
EXAM = "exam/exam.yaml"
POOL = "exam/gluten.yaml"
SVG = "1-flour/pictures/two-loaves.svg"

QUOTE = "put the text between quotes"
QUOTE_ALL = "put the whole text between quotes, or on lines of its own after `|`"

MISTAKES = {
    "a misspelt key": (COURSE, "tagline:", "¦tagine:", "unknown key `tagine`; did you mean `tagline`?"),
    "a key nobody knows": (
        COURSE,
        "effort:",
        "¦price: 3\neffort:",
        "unknown key `price`; the keys here are `format`",
    ),
    "text after quotes": (
        COURSE,
        "effort: ",
        'effort: "about" ¦',
        f'text follows a value that began with `"`; {QUOTE_ALL}',
    ),
    "text after brackets": (
        CHOICES,
        "hint: Think",
        "hint: [Think] ¦it over; think",
        f"text follows a value that began with `[`; {QUOTE_ALL}",
    ),
    "a missing key": (COURSE, "format: 1\nid", "¦id", "`format` is missing; write `format: …` here"),
    "a key that stands twice": (
        COURSE,
        "effort:",
        "¦title: x\neffort:",
        "the key `title` stands twice, first in line 3",
    ),
    "a misspelt key in front matter": (
        LESSON,
        "minutes:",
        "¦minute:",
        "unknown key `minute`; did you mean `minutes`?",
    ),
    "a key of another kind": (
        TYPED,
        "tries: 3",
        "¦shuffle: true",
        "`shuffle` has no place in a question of the kind",
    ),
    "a missing kind": (
        CHOICES,
        "- id: the-flat-loaf-1\n    kind: one",
        "- ¦id: the-flat-loaf-1",
        "`kind` is missing",
    ),
    "a misspelt kind": (CHOICES, "kind: one", "kind: ¦on", "`kind` is `on`; did you mean `one`?"),
    "a misspelt level": (CHOICES, "level: apply", "level: ¦aply", "`level` is `aply`; did you mean `apply`?"),
    "a word that is none of the few": (
        COURSE,
        "text-in: direct",
        "text-in: ¦mail",
        "write `thread` or `direct`",
    ),
    "an empty text": (COURSE, "effort: about one hour", 'effort: ¦""', "`effort` is empty; write a text"),
    "a value left out": (COURSE, "effort: about one hour", "effort:¦", "`effort` is empty; write a text"),
    "blanks for a text": (COURSE, "effort: about one hour", 'effort: ¦"  "', "`effort` is empty"),
    "a text on two lines": (
        COURSE,
        "effort: about one hour",
        "effort: ¦|\n  a\n  b",
        "`effort` has several lines",
    ),
    "a text that is too long": (
        COURSE,
        "about one hour",
        "¦" + "x" * 101,
        "`effort` has 101 characters; at most 100",
    ),
    "a list for a text": (
        COURSE,
        "effort: about one hour",
        "effort: ¦[a, b]",
        "`effort` is a list; write a text",
    ),
    "a text for a list": (
        COURSE,
        "gives:\n  - You can say **why** a dough rises.\n  - You can mend one that does not.",
        "gives: ¦all",
        "`gives` is not a list; begin each item with `- `",
    ),
    "keys for a text": (
        COURSE,
        "- You can mend",
        "- ¦Note: You can mend",
        "holds keys and values; write a text; where",
    ),
    "a text for keys": (
        TYPED,
        "feedback:\n      right: So it is.\n      wrong: It stands in most kitchens.",
        "feedback: ¦so",
        "`feedback` holds no keys",
    ),
    "a number that is none": (
        TYPED,
        "answer: 70",
        "answer: ¦seventy",
        "`answer` is `seventy`; write a number such as 42",
    ),
    "a number with a zero before it": (TYPED, "answer: 70", "answer: ¦070", "`answer` is `070`"),
    "a number with no end": (TYPED, "answer: 70", "answer: ¦1" + "0" * 99, "`answer` is `1000"),
    "a time for a number": (COURSE, "pass-mark: 75", "pass-mark: ¦1:30", "`pass-mark` is `1:30`"),
    "a division by zero": (TYPED, "answer: 70", "answer: ¦1/0", "`answer` is `1/0`"),
    "a tolerance below zero": (
        TYPED,
        "tolerance: 0.5",
        "tolerance: ¦-1",
        "`tolerance` is `-1`; write a number",
    ),
    "a pass mark of nothing": (COURSE, "pass-mark: 75", "pass-mark: ¦0", "`pass-mark` is `0`"),
    "a pass mark finer than grades are shown": (
        COURSE,
        "pass-mark: 75",
        "pass-mark: ¦66.667",
        "`pass-mark` is `66.667`",
    ),
    "a pass mark above everything": (COURSE, "pass-mark: 75", "pass-mark: ¦100.5", "`pass-mark` is `100.5`"),
    "no minutes": (
        LESSON,
        "minutes: 5",
        "minutes: ¦0",
        "`minutes` is `0`; write a whole number from 1 to 60",
    ),
    "too many minutes": (
        LESSON,
        "minutes: 5",
        "minutes: ¦61",
        "`minutes` is `61`; write a whole number from 1 to 60",
    ),
    "yes for true": (CHOICES, "right: true", "right: ¦yes", "`right` is `yes`; write `true` or `false`"),
    "a colour that is a comment": (
        COURSE,
        '"#7c4a03"',
        "#7c4a03",
        "`colour` is empty; write a colour such as",
    ),
    "a colour by name": (COURSE, '"#F5C26B"', "¦gold", "`accent` is `gold`; write a colour such as"),
    "a newer format": (
        COURSE,
        "format: 1",
        "format: ¦2",
        "the course is in format `2`; this program reads up to 1; upgrade",
    ),
    # names
    "an id with capitals": (
        COURSE,
        "id: gluten",
        "id: ¦Gluten",
        "`id` is `Gluten`; use small letters, digits",
    ),
    "a second question of a name": (
        CHOICES,
        "id: the-flat-loaf-2",
        "id: ¦the-flat-loaf-1",
        "`the-flat-loaf-1` names another question already",
    ),
    "a second question of a name, in another file": (
        "exam/proving.yaml",
        "id: exam-proving-1",
        "id: ¦exam-gluten-1",
        "`exam-gluten-1` names another question already",
    ),
    "a lesson listed twice": (
        MODULE,
        "- a-cup-is-no-measure",
        "- a-cup-is-no-measure\n  - ¦the-flat-loaf",
        "`the-flat-loaf` names another",
    ),
    "a misspelt topic": (
        LESSON,
        "topic: gluten",
        "topic: ¦glutten",
        "there is no topic `glutten`; did you mean `gluten`?",
    ),
    "a topic from nowhere": (
        LESSON,
        "topic: gluten",
        "topic: ¦sugar",
        "there is no topic `sugar`; use one of `gluten`",
    ),
    "a misspelt lesson that an exercise opens with": (
        EXERCISE,
        "minutes: 6",
        "minutes: 6\nafter: ¦the-flat-loave",
        "there is no lesson `the-flat-loave`; did you mean `the-flat-loaf`?",
    ),
    "an exercise that opens with an exercise": (
        EXERCISE,
        "minutes: 6",
        "minutes: 6\nafter: ¦the-first-morning",
        "there is no lesson `the-first-morning`; use one of `the-flat-loaf`, `a-cup-is-no-measure`",
    ),
    "a misspelt situation": (
        SITUATION,
        "situation: the-late-guest",
        "situation: ¦the-late-gest",
        "did you mean `the-late-guest`?",
    ),
    "a situation that nothing uses": (
        SITUATION,
        "situations:\n",
        "situations:\n  ¦noon: |\n    It is noon.\n",
        "no question uses the situation `noon`",
    ),
    "a misspelt lesson": (
        MODULE,
        "- a-cup-is-no-measure",
        "- ¦a-cup-is-no-mesure",
        "did you mean `1-flour/a-cup-is-no-measure.md`?",
    ),
    "a lesson with its ending": (
        MODULE,
        "- a-cup-is-no-measure",
        "- ¦a-cup-is-no-measure.md",
        "leave the file's ending out",
    ),
    "a misspelt module": (
        COURSE,
        "- 2-time",
        "- ¦2-tine",
        "there is no folder `2-tine`; did you mean `2-time`?",
    ),
    "a module that the syllabus lacks": (
        COURSE,
        "id: time\n",
        "id: thyme\n",
        "there is no module of the syllabus `time`",
    ),
    # questions
    "no right option": (
        CHOICES,
        "- text: The flour, for one with *more* protein\n        right: true",
        "¦- text: The flour, for one with *more* protein",
        "no option is right; write `right: true` in the one",
    ),
    "a second right option": (
        CHOICES,
        "- text: The oven, which should be hotter\n",
        "- text: The oven, which should be hotter\n        right: ¦true\n",
        "a second right option, where one is to be",
    ),
    "an option without feedback": (
        CHOICES,
        "- text: Butter\n        feedback: Fat comes between the proteins.",
        "- ¦text: Butter",
        "`feedback` is missing",
    ),
    "an option that stands twice": (
        CHOICES,
        "The salt, of which there was too little",
        "¦the oven,  which should be hotter",
        "stands twice in the question",
    ),
    "one option": (
        SITUATION,
        "\n      - text: Onto the heater\n        feedback: Warmth makes it",
        " It keeps until it",
        "`options` has 1 item; write from 2 to 8",
    ),
    "an option that is too long": (
        CHOICES,
        "text: Butter",
        "text: ¦" + "x" * 301,
        "`text` has 301 characters; at most 300",
    ),
    "an option of two paragraphs": (
        CHOICES,
        "text: Butter",
        "text: |\n          ¦Butter\n\n          or lard",
        "`text` is not one paragraph of text",
    ),
    "no accepted form": (
        TYPED,
        "accept:\n      - scale\n      - a scale\n      - scales\n",
        "accept:¦\n",
        "`accept` is empty; begin each item",
    ),
    "a case study question without a topic": (
        CASE,
        "- id: the-first-morning-1\n    kind: one\n    level: analyse\n    topic: gluten",
        "- ¦id: the-first-morning-1\n    kind: one\n    level: analyse",
        "`topic` is missing; write `topic: …` here, one of",
    ),
    # the whole
    "weights that are too much": (
        COURSE,
        "weight: 40",
        "weight: ¦50",
        "the weights add up to 110; let the weights of all",
    ),
    "a part that stands twice": (
        COURSE,
        "part: case study",
        "part: ¦review questions",
        "`review questions` stands twice",
    ),
    "a misspelt part": (
        COURSE,
        "part: case study",
        "part: ¦case-study",
        "`part` is `case-study`; did you mean `case study`?",
    ),
    "a draw above the pool": (
        EXAM,
        "count: 2",
        "count: ¦5",
        "`count` is 5, and the pool has 4; draw fewer, or add",
    ),
    "a draw from a topic without a pool": (
        EXAM,
        "topic: proving",
        "topic: ¦weighing",
        "there is no file `exam/weighing.yaml`",
    ),
    "a draw from a misspelt topic": (
        EXAM,
        "topic: proving",
        "topic: ¦provin",
        "there is no topic `provin`; did you mean",
    ),
    "a topic drawn twice": (
        EXAM,
        "count: 1",
        "count: 1\n  - topic: ¦gluten\n    count: 1",
        "`gluten` stands twice in the list",
    ),
    "a pool question of another topic": (
        POOL,
        "kind: one",
        "kind: one\n    topic: ¦proving",
        "the topic of this file is `gluten`; take `topic` out",
    ),
    # pictures
    "a picture without alt text": (
        LESSON,
        "picture: pictures/two-loaves.svg\nalt: A high loaf beside a flat one.",
        "picture: ¦pictures/two-loaves.svg",
        "`picture` has no `alt`; write `alt: …` beside it",
    ),
    "alt text without a picture": (
        LESSON,
        "picture: pictures/two-loaves.svg\nalt: ",
        "alt: ¦",
        "`alt` without `picture`; write `picture: …`",
    ),
    "a picture in the text without alt text": (
        LESSON,
        "![A high loaf beside a flat one.]",
        "¦![]",
        "a picture without alt text; write between the brackets",
    ),
    "a misspelt picture": (
        LESSON,
        "picture: pictures/two-loaves.svg",
        "picture: ¦pictures/two-loafs.svg",
        "did you mean `1-flour/pictures/two-",
    ),
    "a picture from the web": (
        LESSON,
        "one.](pictures/two-loaves.svg)",
        "one.](https://example.org/a.png)",
        "is not in the course's folder",
    ),
    "a picture from elsewhere": (
        LESSON,
        "picture: pictures/two-loaves.svg",
        "picture: ¦../../two-loaves.svg",
        "leaves the course's folder",
    ),
    "a picture that is none": (
        LESSON,
        "picture: pictures/two-loaves.svg",
        "picture: ¦module.yaml",
        "is no picture; use SVG",
    ),
    "a script in a picture": (SVG, '  <text x="110"', '  ¦<script/><text x="110"', "`<script>` in a drawing"),
    "a picture that loads another": (
        SVG,
        '  <text x="110"',
        '  ¦<image href="https://example.org/a.png"/><text x="110"',
        "`href` refers to something outside",
    ),
    "a picture that is cut off": (SVG, "</svg>\n", "¦", "not XML (no element found)"),
    # YAML
    "a tab": (COURSE, "effort:", "¦\teffort:", "a tab; indent with spaces"),
    "a tab in a block of text": (COURSE, "  Bread is", "¦\tBread is", "a tab; indent with spaces"),
    "a colon within a text": (
        COURSE,
        "effort: about one hour",
        "effort: about¦: one",
        f"a colon with a space after it begins a value; {QUOTE}",
    ),
    "a key that is indented too far": (
        COURSE,
        "\ntagline: ",
        "\n tagline¦: ",
        "`tagline` stands too far in to be a key; let it begin in the same column as the keys beside it",
    ),
    "a key of an item that is indented too far": (
        COURSE,
        "    role: ",
        "      role¦: ",
        "`role` stands too far in to be a key",
    ),
    "an asterisk at the beginning": (COURSE, "- You can mend", "- ¦**You** can mend", f"or anchor; {QUOTE}"),
    "an alias": (COURSE, "effort: about one hour", "effort: ¦*hour", f"an alias in YAML; {QUOTE}"),
    "an anchor": (COURSE, "effort: about one hour", "effort: ¦&hour one", f"an anchor in YAML; {QUOTE}"),
    "a tag": (COURSE, "effort: about one hour", "effort: ¦!!int 3", f"a tag in YAML; {QUOTE}"),
    "a bracket at the beginning": (
        COURSE,
        "effort: about one hour",
        "effort: ¦[one",
        f"is a list in YAML; {QUOTE}",
    ),
    "an at sign at the beginning": (
        COURSE,
        "effort: about one hour",
        "effort: ¦@one",
        f"cannot begin with `@`; {QUOTE}",
    ),
    "quotes that are left open": (
        COURSE,
        "effort: about one hour",
        'effort: ¦"one',
        "quotes that are not closed where",
    ),
    "quotes that swallow the next keys": (
        COURSE,
        "text: Knows what time does to a dough.\n  colour",
        'text: ¦"Knows what time does to a dough.\n  colour',
        "quotes that are not closed where",
    ),
    "a line without a key": (
        COURSE,
        "effort: about one hour",
        "¦effort",
        "a line without a key; write `key: value`",
    ),
    "a line that is indented too little": (
        CHOICES,
        "        feedback: Fat",
        "   ¦feedback: Fat",
        "this line",
    ),
    "a second document": (COURSE, "effort:", "¦---\neffort:", "a second document begins here"),
    "an invisible character": (
        COURSE,
        "effort: about one",
        "effort: about¦\u2028one",
        "an invisible character, U+2028",
    ),
    "text without front matter": (
        LESSON,
        "---\ntitle",
        "¦title",
        "there is no front matter; write it between two lines",
    ),
    # Markdown
    "raw HTML": (
        LESSON,
        "`gluten` is",
        "gluten is ¦<br>",
        "raw HTML, `<br>`; write it in Markdown, or between backticks",
    ),
    "raw HTML that also stands in code": (LESSON, "`gluten` is", "`<br>` is ¦<br>", "raw HTML, `<br>`"),
    "a block of HTML": (LESSON, "```python", "¦<details>\n\n```python", "raw HTML, `<details>`"),
    "a comment": (LESSON, "```python", "¦<!-- later -->\n\n```python", "raw HTML, `<!-- later -->`"),
    "raw HTML in a table": (LESSON, "| Bread |", "| Bread ¦<i> |", "raw HTML, `<i>`"),
    "raw HTML in a block scalar": (
        CHOICES,
        "      A loaf from",
        "      A loaf\n      from ¦<u> a",
        "raw HTML, `<u>`",
    ),
    "raw HTML in a folded scalar": (
        CHOICES,
        "hint: Think of",
        "hint: >\n      Think\n      ¦<u> of",
        "raw HTML, `<u>`",
    ),
    "raw HTML in single quotes": (
        CHOICES,
        "hint: Think of the net.",
        "hint: 'It''s\n      ¦<u> a net'",
        "raw HTML, `<u>`",
    ),
    "raw HTML in double quotes": (
        CHOICES,
        "hint: Think of the net.",
        'hint: "\\u00e9 \\"a\\" ¦<u>"',
        "raw HTML, `<u>`",
    ),
    "raw HTML on a second line": (
        CHOICES,
        "hint: Think of the net.",
        "hint: Think\n      of ¦<u> it",
        "raw HTML, `<u>`",
    ),
    "a footnote": (
        LESSON,
        "`gluten` is",
        "gluten¦[^1] is",
        "footnotes cannot be shown in Slack; put it into the text",
    ),
    "a footnote with its text": (
        LESSON,
        "`gluten` is",
        "gluten[^1] is why.\n\n¦[^1]: flour\n\nIt is",
        "footnotes cannot be shown in Slack",
    ),
    "the text of a footnote": (
        LESSON,
        "More in",
        "¦[^1]: Note\n\nMore in",
        "footnotes cannot be shown in Slack",
    ),
    "a link to a file": (
        LESSON,
        "> A net",
        "> A ¦[net](net.md)",
        "the link leads to `net.md`; a link begins with",
    ),
    "a link that runs a script": (
        LESSON,
        "(https://example.org/bread)",
        "(javascript:f)",
        "the link leads to `javascript:f`",
    ),
    "a link with a title": (
        LESSON,
        "More in [a book on bread](https://example.org/bread)",
        'More in ¦[a book](https://example.org/bread "Bread")',
        "a link with a title, which Slack cannot show",
    ),
    "a link that is not finished": (
        LESSON,
        "> A net",
        "> ¦A [net](net a b",
        "a link or picture that is not finished",
    ),
    "a link definition nobody uses": (
        LESSON,
        "More in",
        "¦[x]: https://a.example\n\nMore in",
        "the link definition `x` is not used",
    ),
    "a picture within a line": (
        LESSON,
        "> A net",
        "> A ¦![net](pictures/two-loaves.svg)",
        "a picture in the middle of a text",
    ),
    "a table in a quote": (
        LESSON,
        "> A net",
        "¦> | a |\n> | --- |\n>\n> A net",
        "a table inside a list or quote",
    ),
    "an empty item": (LESSON, "   - it holds.", "   ¦-\n", "an empty item of a list"),
    "a heading without words": (LESSON, "## What holds the gas", "¦##", "a heading without words"),
    "a block of code without code": (
        LESSON,
        "```python\n",
        "¦```\n```\n\n```python\n",
        "a block of code with nothing in it",
    ),
    "a paragraph that is too long": (
        LESSON,
        "> A net",
        "¦" + "word " * 700 + "\n\n> A net",
        "3,499 characters in one piece",
    ),
    # mentions
    "everybody in the channel": (
        LESSON,
        "> A net that",
        "> A net ¦<!channel> that",
        "`<!channel>` would call people",
    ),
    "everybody who is here": (
        LESSON,
        "   - it holds.",
        "   - it ¦@here holds.",
        "`@here` would call people in Slack",
    ),
    "everybody, in code": (
        LESSON,
        "strong = [",
        "strong = ¦@everyone[",
        "`@everyone` would call people in Slack",
    ),
    "everybody, in a title": (
        LESSON,
        "title: The flat",
        "title: The ¦@channel flat",
        "`@channel` would call people",
    ),
    "everybody, escaped": (
        LESSON,
        "   - it holds.",
        "   - it \\¦@here holds.",
        "`@here` would call people in Slack",
    ),
    "a person": (
        CHOICES,
        "      Which of these",
        "      Which\n      of ¦<@U12345> these",
        "`<@U12345>` would call people",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_at_its_place(name: str, copy: Path) -> None:
    assert_told_once(copy, MISTAKES[name])


def test_all_mistakes_in_all_files_are_told_in_one_run(copy: Path) -> None:
    said = []
    for file, right, wrong, what in (
        MISTAKES["a misspelt key"],
        MISTAKES["raw HTML"],
        MISTAKES["too many minutes"],
        MISTAKES["no right option"],
        MISTAKES["an option without feedback"],
        MISTAKES["a division by zero"],
        MISTAKES["a misspelt situation"],
        MISTAKES["a case study question without a topic"],
        MISTAKES["a draw above the pool"],
        MISTAKES["a script in a picture"],
    ):
        text = (copy / file).read_text()
        (copy / file).write_text(text.replace(right, wrong.replace("¦", ""), 1))
        said.append(what)

    told = [str(fault) for fault in check(copy).faults]

    assert len(told) == len(said)
    assert all(any(what in line for line in told) for what in said)


@pytest.mark.parametrize("index", [COURSE, MODULE, "case-study/case-study.yaml", EXAM])
def test_a_file_that_cannot_be_read_hides_no_mistake_in_the_others(index: str, copy: Path) -> None:
    (copy / index).write_text("modules: [")
    for page in copy.rglob("*.md"):
        page.write_text(page.read_text() + "\n<b>\n")
    for file in [*copy.rglob("*.questions.yaml"), *copy.glob("exam/g*.yaml"), *copy.glob("exam/p*.yaml")]:
        file.write_text(file.read_text().replace("level: a", "level: z", 1))

    told = sorted(fault.file for fault in check(copy).faults)

    pages, questions, pools = 4, 4, 2
    assert len(told) == len(set(told)) == 1 + pages + questions + pools


def test_loading_raises_what_checking_tells(copy: Path) -> None:
    (copy / COURSE).write_text((copy / COURSE).read_text().replace("weight: 40", "weight: 41"))

    with pytest.raises(CourseFaults) as raised:
        load(copy)

    assert raised.value.faults == check(copy).faults
    assert str(raised.value) == (
        "course.yaml:26:15: the weights add up to 101; let the weights of all parts add up to 100"
    )


def test_a_folder_that_is_not_there_is_told_as_one_fault(tmp_path: Path) -> None:
    faults = check(tmp_path / "nowhere").faults

    assert list(map(str, faults)) == [
        (
            "course.yaml:1:1: there is no such file; "
            "name a folder that has it, or begin a course with `tutorbot new-course`"
        ),
    ]


def test_a_part_without_anything_in_it_is_told(copy: Path) -> None:
    for file in (copy / "exam").iterdir():
        file.unlink()

    (fault,) = check(copy).faults

    assert str(fault).startswith("course.yaml:30:13: the course has nothing for its part `final exam`")


def test_what_counts_for_nothing_is_told(copy: Path) -> None:
    course = (copy / COURSE).read_text()
    without = course.replace("    - part: final exam\n      title: Final exam\n      weight: 30\n", "")
    (copy / COURSE).write_text(without.replace("weight: 40", "weight: 70"))

    (fault,) = check(copy).faults

    assert fault.what == "no weight is given to `final exam`, which the course has"
