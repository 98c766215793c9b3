"""What docs/write-a-course.md tells an author to type works as it says."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.house.places import ROOT
from tutorbot.authoring import check
from tutorbot.authoring.formats.course import CourseFile, StaffEntry
from tutorbot.authoring.formats.questions import ChoiceEntry, OptionEntry, PairEntry, ScaleEntry, WrittenEntry
from tutorbot.authoring.pages import MOST_TEXT
from tutorbot.authoring.yaml.entries import Key, keys_of
from tutorbot.authoring.yaml.values import Line, Markdown, Plain
from tutorbot.cli import main
from tutorbot.cli.demo import Demo
from tutorbot.lessons.patterns import LONGEST_PATTERN
from tutorbot.lessons.question import Kind

PAGE = (ROOT / "docs" / "write-a-course.md").read_text()
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = [
    line.removeprefix("tutorbot ")
    for language, _, block in BLOCK.findall(PAGE)
    if language == "console"
    for line in block.splitlines()
]
SAMPLES = {file: block for _, file, block in BLOCK.findall(PAGE) if file}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a new course in it, as the page begins, and with a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tutorbot.db'}")
    begun = run(COMMANDS[0])
    assert begun.exit_code == 0
    return Path("bread-basics")


def run(command: str) -> Result:
    return CliRunner().invoke(main, shlex.split(command))


def test_the_page_begins_with_a_new_course() -> None:
    assert COMMANDS[0] == "new-course bread-basics"


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS[1:] if not each.startswith(("demo ", "course "))]
)
def test_a_command_on_the_page_does_what_it_should(command: str, course: Path) -> None:
    result = run(command)

    assert result.exit_code == 0, result.output
    assert result.stdout


def test_the_commands_for_a_running_workspace_do_what_they_should(course: Path) -> None:
    commands = [each for each in COMMANDS if each.startswith("course ")]

    results = {command: run(command) for command in commands}

    assert len(results) == 4
    for command, result in results.items():
        assert result.exit_code == 0, (command, result.output)
        assert course.name in result.stdout


def test_what_changed_is_told_as_on_the_page(course: Path) -> None:
    for file, sample in SAMPLES.items():
        (course / file).write_text(sample)
    run("course add bread-basics")
    questions, lesson = "1-first-steps/one-idea.questions.yaml", "1-first-steps/one-idea.md"
    for file, old, new in (
        ("course.yaml", "pass-mark: 75", "pass-mark: 70"),
        (lesson, "Ada bakes two loaves", "Ada bakes two small loaves"),
        (questions, "more protein\n        right: true\n", "more protein\n"),
        (questions, "much hotter\n", "much hotter\n        right: true\n"),
    ):
        text = (course / file).read_text()
        assert old in text
        (course / file).write_text(text.replace(old, new))

    told = run("course add bread-basics").stdout

    digest, head_and_changes = r"[0-9a-f]{12}", slice(4)
    on_the_page = re.sub(digest, "…", text_block("whoever joins from now on takes version"))
    assert (
        re.sub(digest, "…", told).splitlines()[head_and_changes] == on_the_page.splitlines()[head_and_changes]
    )


def text_block(part: str) -> str:
    """Return the block of plain text on the page that has this part in it."""
    (block,) = (block for language, _, block in BLOCK.findall(PAGE) if language == "text" and part in block)
    return str(block)


def test_the_course_is_played_by_the_command_on_the_page(course: Path, tmp_path: Path) -> None:
    (command,) = (each for each in COMMANDS if each.startswith("demo "))
    name, *arguments = shlex.split(command)
    said = main.commands[name].make_context(name, arguments).params

    demo = Demo(tmp_path / "state", said["course"])
    demo.start(port=0)
    try:
        due = demo.next_due()
    finally:
        demo.stop()

    assert said["course"] == course
    assert due is not None
    assert due[1] == "lesson 1.1, One idea"


@pytest.mark.parametrize("file", SAMPLES)
def test_a_sample_on_the_page_has_no_faults(file: str, course: Path) -> None:
    assert (course / file).exists()

    (course / file).write_text(SAMPLES[file])

    assert check(course).faults == []


def test_the_page_shows_each_kind_once_and_names_it_in_its_table() -> None:
    sample = SAMPLES["1-first-steps/one-idea.questions.yaml"]

    assert sorted(re.findall(r"^    kind: (\w+)", sample, re.MULTILINE)) == sorted(Kind)
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(Kind)


def test_all_samples_together_are_a_course(course: Path) -> None:
    for file, sample in SAMPLES.items():
        (course / file).write_text(sample)

    report = check(course)

    assert report.faults == []
    assert len(SAMPLES) == 7


def test_the_tree_on_the_page_is_the_tree_of_a_new_course(course: Path) -> None:
    tree = next(block for language, _, block in BLOCK.findall(PAGE) if language == "text")
    told = {line.split()[0].rpartition("/")[2] or line.split()[0] for line in tree.splitlines()[1:]}
    there = {path.name + "/" * path.is_dir() for path in course.rglob("*") if ".schemas/" not in str(path)}

    assert told <= there
    assert {path for path in there if path.endswith((".md", "/"))} - told == {
        "a-question-that-teaches.md",
        "pictures/",
    }


def test_the_faults_on_the_page_are_told_so(course: Path) -> None:
    for file, right, wrong in (
        ("course.yaml", "tagline:", "taglien:"),
        ("1-first-steps/one-idea.md", "![A problem leads to an idea, and the idea to an example.]", "![]"),
    ):
        assert right in SAMPLES[file]
        (course / file).write_text(SAMPLES[file].replace(right, wrong))

    result = run("check bread-basics")

    assert result.exit_code == 1
    assert sorted(result.stdout.splitlines()) == sorted(text_block("taglien").splitlines())


def test_the_lengths_on_the_page_are_those_of_the_formats() -> None:
    choice = keys_of(ChoiceEntry)
    told = dict(re.findall(r"^\| (.+?) \| ([\d,]+) characters", PAGE, re.MULTILINE))

    assert {what: int(most.replace(",", "")) for what, most in told.items()} == {
        "a title": most_of(keys_of(CourseFile)["title"]),
        "the tagline, a topic's title, an accepted form, a criterion": most_of(
            keys_of(CourseFile)["tagline"]
        ),
        "a pattern": LONGEST_PATTERN,
        "an item of an order or a match, what belongs to it": most_of(keys_of(PairEntry)["match"]),
        "a summary, an option, a level of a rubric, a line of `gives`, the badge's text": most_of(
            keys_of(OptionEntry)["text"]
        ),
        "feedback, a hint": most_of(choice["hint"]),
        "a prompt, an explanation": most_of(choice["prompt"]),
        "a situation, a bio": most_of(keys_of(StaffEntry)["bio"]),
        "a model answer": most_of(keys_of(WrittenEntry)["model"]),
        "the ends of a scale": most_of(keys_of(ScaleEntry)["low"]),
        "a lesson": MOST_TEXT,
    }


def most_of(key: Key) -> int:
    """Return how long the value of a key may be."""
    assert isinstance(key.reader, Plain | Line | Markdown)
    return key.reader.most
