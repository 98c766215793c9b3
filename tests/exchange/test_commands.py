"""`tutorbot import` and `tutorbot export-course`, as authors run them."""

import json
import re
import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.house.places import ROOT
from tutorbot.app import bundled_courses
from tutorbot.authoring import check
from tutorbot.authoring.starting import start_course
from tutorbot.cli import main
from tutorbot.exchange.detecting import READERS, Format

EVERY_KIND = ROOT / "tests" / "authoring" / "courses" / "every-kind"
QUIZ = "::Ripe::The dent stays. {=Too late#Yes. ~Too cold#No. ####It tells.}\n\nOnly a text.\n"
PROBLEM = """\
<problem>
  <multiplechoiceresponse>
    <label>The dent stays.</label>
    <choicegroup>
      <choice correct="true">Too late</choice>
      <choice correct="false">Too cold</choice>
    </choicegroup>
  </multiplechoiceresponse>
</problem>
"""
ITEM = """\
<questestinterop><item ident="i1" title="Ripe"><presentation>
  <material><mattext>The dent stays.</mattext></material>
  <response_lid ident="r1"><render_choice>
    <response_label ident="a"><material><mattext>Too late</mattext></material></response_label>
    <response_label ident="b"><material><mattext>Too cold</mattext></material></response_label>
  </render_choice></response_lid></presentation>
  <resprocessing><outcomes><decvar/></outcomes><respcondition>
    <conditionvar><varequal respident="r1">a</varequal></conditionvar><setvar action="Set">100</setvar>
  </respcondition></resprocessing></item></questestinterop>
"""


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def test_questions_are_taken_and_what_is_not_is_told() -> None:
    Path("quiz.gift").write_text(QUIZ)

    told = run("import", "quiz.gift")

    assert told.exit_code == 0
    assert "quiz.gift:3: a text that asks nothing is not taken\n" in told.stdout
    assert "1 question in 1 new file:\n  quiz.questions.yaml\n" in told.stdout
    assert "  - id: ripe\n    kind: one\n" in Path("quiz.questions.yaml").read_text()


def test_what_is_the_same_in_many_questions_is_told_once_to_people_and_whole_to_programs() -> None:
    Path("quiz.gift").write_text("\n\n".join(f"Is it {n}?{{=yes#Yes. ~no}}" for n in range(1, 16)))
    Path("more.gift").write_text("Is it so?{=yes ~no#No.}")

    told = run("import", "more.gift", "quiz.gift", "--into", "new").stdout
    as_json = json.loads(run("import", "more.gift", "quiz.gift", "--json", "--into", "newer").stdout)

    places = "more.gift:1, quiz.gift:1, 3, 5, 7, 9, 11, 13 and 8 more"
    assert f"{places}: feedback is missing; write it" in told
    assert told.count("feedback is missing") == 1
    assert sum("feedback is missing" in each["what"] for each in as_json["missed"]) == 16


def test_programs_are_told_in_json() -> None:
    Path("quiz.gift").write_text(QUIZ)

    told = json.loads(run("import", "--json", "quiz.gift", "--into", "new").stdout)

    assert told["files"] == ["quiz.questions.yaml"]
    assert told["questions"] == 1
    assert told["missed"][0] == {
        "file": "quiz.gift",
        "line": 3,
        "what": "a text that asks nothing is not taken",
    }
    assert told["unread"] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", QUIZ), ("a.gift", QUIZ), ("a.xml", PROBLEM), ("a.txt", PROBLEM), ("a.xml", ITEM)],
)
def test_the_format_is_told_by_name_and_content(name: str, content: str) -> None:
    Path(name).write_text(content)

    told = run("import", name)

    assert told.exit_code == 0, told.output
    assert "text: Too late" in Path("a.questions.yaml").read_text()


@pytest.mark.parametrize(
    "files",
    [
        {"imsmanifest.xml": "<manifest/>", "quiz.xml": ITEM},
        {"quiz.xml": ITEM},
        {"course/course.xml": "<course><chapter/></course>", "course/problem/a.xml": PROBLEM},
        {"problem/a.xml": PROBLEM},
    ],
)
@pytest.mark.parametrize("is_packed", [True, False])
def test_the_format_of_a_package_or_folder_is_told_by_its_files(
    files: dict[str, str], is_packed: bool
) -> None:
    for name, content in files.items():
        path = Path("package", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    if is_packed:
        with zipfile.ZipFile("package.zip", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)

    told = json.loads(run("import", "--json", "package.zip" if is_packed else "package").stdout)

    assert told["unread"] == []


def test_files_of_one_name_and_questions_of_one_id_are_kept_apart() -> None:
    for folder in ("one", "two"):
        Path(folder).mkdir()
        Path(folder, "quiz.gift").write_text(QUIZ)

    told = run("import", "one/quiz.gift", "two/quiz.gift")

    assert told.exit_code == 0
    assert "- id: ripe\n" in Path("quiz.questions.yaml").read_text()
    assert "- id: ripe-2\n" in Path("quiz-2.questions.yaml").read_text()


def test_nothing_is_written_over() -> None:
    Path("quiz.gift").write_text(QUIZ)
    Path("quiz.questions.yaml").write_text("mine")

    told = run("import", "quiz.gift")

    assert told.exit_code == 1
    assert "`quiz.questions.yaml` is there already." in told.stderr
    assert Path("quiz.questions.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x00\xff\xfe", "a.bin:1: holds nothing that is known; say what it is with `--format`"),
        (b"<problem><", "a.bin:1: "),
        (b"", "a.bin:1: holds nothing that is known"),
        (b"\x89PNG\r\n\x1a\n\0\0\0{}", "a.bin:1: holds nothing that is known"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_taken(content: bytes, what: str) -> None:
    Path("a.bin").write_bytes(content)
    Path("quiz.gift").write_text(QUIZ)

    told = run("import", "a.bin", "quiz.gift")

    assert told.exit_code == 1
    assert what in told.stdout
    assert Path("quiz.questions.yaml").exists()


def test_every_format_that_is_read_can_be_named() -> None:
    (option,) = (each for each in main.commands["import"].params if each.name == "form")

    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(Format)
    assert list(READERS) == list(Format)


def test_a_folder_that_cannot_be_written_to_is_told() -> None:
    Path("quiz.gift").write_text(QUIZ)
    Path("new").write_text("a file")

    told = run("import", "quiz.gift", "--into", "new/deeper")

    assert told.exit_code == 1
    assert "`new/deeper/quiz.questions.yaml` cannot be written (" in told.stderr


def test_when_nothing_can_be_taken_that_is_told() -> None:
    Path("quiz.gift").write_text("Only a text.")

    told = run("import", "quiz.gift", "--into", "new")

    assert told.exit_code == 1
    assert told.stderr == "There is no question that could be taken.\n"
    assert not Path("new").exists()


@pytest.mark.parametrize(
    "words", [["import"], ["import", "none.gift"], ["export-course", ".", "--to", "word"]]
)
def test_what_cannot_be_understood_has_a_status_of_its_own(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_a_course_goes_out_as_gift_and_what_is_lost_is_told() -> None:
    told = run("export-course", EVERY_KIND, "--to", "gift", "--into", "out/bread.gift")

    assert told.exit_code == 0
    assert "`order-1`: not written: GIFT has no questions of the kind order\n" in told.stdout
    assert told.stdout.endswith("6 questions in out/bread.gift.\n")
    assert "[id:number-1] [tag:apply]" in Path("out/bread.gift").read_text()


def test_a_course_goes_out_as_olx_and_comes_in_again() -> None:
    gone = run("export-course", EVERY_KIND, "--to", "olx", "--into", "bread.tar.gz")
    back = run("import", "bread.tar.gz")

    assert (gone.exit_code, back.exit_code) == (0, 0)
    assert "- id: one-1\n" in Path("when-it-is-ripe.questions.yaml").read_text()


@pytest.mark.parametrize("name", ["bread.zip", "bread.gz", "bread.xml"])
def test_a_file_that_studio_would_not_take_is_not_written_as_a_folder(name: str) -> None:
    told = run("export-course", EVERY_KIND, "--to", "olx", "--into", name)

    assert told.exit_code == 1
    assert "Name a new file that ends in `.tar.gz`, or a new folder." in told.stderr
    assert not Path(name).exists()


def test_the_folder_in_which_one_is_has_a_name() -> None:
    Path("quiz.txt").write_text("Only a text.")

    told = run("import", ".")

    assert (
        told.stdout == f"{Path.cwd().name}:1: holds nothing that is known; say what it is with `--format`\n"
    )


def test_a_course_is_not_written_over_a_file() -> None:
    Path("bread.gift").write_text("mine")

    told = run("export-course", EVERY_KIND, "--to", "gift", "--into", "bread.gift")

    assert told.exit_code == 1
    assert Path("bread.gift").read_text() == "mine"


def test_a_course_with_faults_stays() -> None:
    Path("course").mkdir()
    Path("course/course.yaml").write_text("id: Bread!")

    told = run("export-course", "course", "--to", "gift", "--into", "bread.gift")
    as_json = json.loads(run("export-course", "course", "--to", "olx", "--into", "o", "--json").stdout)

    assert told.exit_code == 1
    assert "course/course.yaml:1:5: `id` is `Bread!`" in told.stdout
    assert as_json["faults"]
    assert not Path("bread.gift").exists()


def test_what_is_left_of_many_questions_is_told_once_to_people_and_whole_to_programs() -> None:
    out = ["export-course", str(bundled_courses()[0]), "--to", "olx"]

    told = run(*out, "--into", "a.tar.gz").stdout.splitlines()
    as_json = json.loads(run(*out, "--into", "b.tar.gz", "--json").stdout)

    what = "a number has no feedback to wrong answers in OLX"
    (line,) = [line for line in told if line.endswith(what)]
    questions = [each["of"] for each in as_json["left"] if each["what"] == what]
    assert line == f"{', '.join(questions[:8])} and {len(questions) - 8} more: {what}"


def test_programs_are_told_what_went_out_in_json() -> None:
    told = json.loads(run("export-course", EVERY_KIND, "--to", "gift", "--into", "b.gift", "--json").stdout)

    assert told["files"] == ["b.gift"]
    assert told["questions"] == 6
    assert {"of": "`number-1`", "what": "its unit is not written"} in told["left"]


def test_what_is_taken_passes_the_check_of_a_course() -> None:
    course = Path("bread-basics")
    start_course(course)
    lesson = next(course.glob("1-*/*.questions.yaml"))
    Path("quiz.gift").write_text(QUIZ)

    run("import", "quiz.gift", "--into", "new")
    lesson.write_text(Path("new/quiz.questions.yaml").read_text())

    assert check(course).faults == []


def test_what_an_import_left_to_write_is_told_by_the_check_until_it_is_written() -> None:
    course = Path("bread-basics")
    start_course(course)
    lesson = next(course.glob("1-*/*.questions.yaml"))
    Path("quiz.gift").write_text("::Ripe::The dent stays. {=Too late#Yes. ~Too cold}\n")
    run("import", "quiz.gift", "--into", "new")
    lesson.write_text(Path("new/quiz.questions.yaml").read_text())
    lines = lesson.read_text().splitlines()

    checked = run("check", course)
    as_json = json.loads(run("check", course, "--json").stdout)

    told = [(each["line"], each["what"]) for each in as_json["unwritten"]]
    assert checked.exit_code == 0
    assert [what for _, what in told] == [
        "feedback is still to be written",
        "the explanation is still to be written",
    ]
    for line, what in told:
        column = lines[line - 1].lower().index(what) + 1
        assert f"{lesson}:{line}:{column}: {what}\n" in checked.stdout
    assert checked.stdout.endswith(
        "2 places are still to be written; learners would see what stands there.\n"
    )

    lesson.write_text(re.sub("Feedback is.*|The explanation is.*", "It is cold.", lesson.read_text()))
    written = run("check", course)

    assert "still to be written" not in written.stdout
