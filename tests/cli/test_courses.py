"""`tutorbot course`: a course comes into a running workspace, and nobody loses what they have begun."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.wire.classroom import SMALL, Classroom, Pupil, classroom
from tutorbot import app, authoring
from tutorbot.cli import main
from tutorbot.settings import Settings
from tutorbot.tutor import versions

CUP = "1-flour/a-cup-is-no-measure.md"
HIGH = ("1-flour/the-flat-loaf.md", "title: The flat loaf", "title: The high loaf")
EASIER = ("course.yaml", "pass-mark: 75", "pass-mark: 70")
HARDER = ("course.yaml", "pass-mark: 70", "pass-mark: 75")

Run = Callable[..., Result]
Change = tuple[str, str, str]


@pytest.fixture
def run(sqlite_url: str) -> Run:
    """Give a function that runs `tutorbot course …` on a database."""

    def run(*words: str | Path) -> Result:
        said = ["course", *map(str, words)]
        return CliRunner().invoke(main, said, env={"DATABASE_URL": sqlite_url})

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a course without faults."""
    return Path(shutil.copytree(SMALL, tmp_path / "bread"))


def changed(folder: Path, *changes: Change) -> Path:
    """Change files of the course in the folder."""
    for file, old, new in changes:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))
    return folder


def short(folder: Path) -> str:
    """Return the digest of the course in the folder, as people are told it."""
    return authoring.digest_of(folder)[: versions.SHORT]


def listed(run: Run) -> dict[str, Any]:
    """Return all courses by their ids, as programs are told of them."""
    return {course["course"]: course for course in json.loads(run("list", "--json").stdout)["courses"]}


def test_a_course_that_is_new_is_offered_and_listed(run: Run, folder: Path) -> None:
    before, added, after = run("list"), run("add", folder), run("list")

    assert before.output.startswith("There is no course yet.")
    assert added.output == (
        f"Bread, from the beginning (bread) is new here. Whoever joins it takes version {short(folder)}.\n"
    )
    head, line = after.output.splitlines()
    assert head.split()[:4] == ["course", "title", "version", "added"]
    assert line.startswith(f"bread   Bread, from the beginning  {short(folder)}")


def test_what_is_still_to_be_written_is_told_and_stands_in_nobodys_way(run: Run, folder: Path) -> None:
    file = "1-flour/the-flat-loaf.questions.yaml"
    explanation = "Protein makes gluten, and gluten holds the gas."
    changed(folder, (file, explanation, "The explanation is still to be written."))

    added = run("add", folder)
    told = json.loads(run("add", folder, "--json").stdout)

    assert added.exit_code == 0
    (place,) = told["unwritten"]
    assert (place["file"], place["what"]) == (file, "the explanation is still to be written")
    assert added.output.endswith("\n1 place is still to be written; `tutorbot check` says where.\n")


def test_what_changes_is_told_and_whoever_joins_takes_it(run: Run, folder: Path) -> None:
    first = short(folder)
    run("add", folder)

    result = run("add", changed(folder, HIGH, EASIER))

    head, *told = result.output.splitlines()
    assert result.exit_code == 0
    assert head == (
        "Bread, from the beginning (bread): "
        f"whoever joins from now on takes version {short(folder)} instead of {first}."
    )
    assert told == [
        "  The grading: pass mark changed from 75 % to 70 %.",
        "  Lesson 1.1 “The high loaf”: it was called “The flat loaf”.",
        "Nobody has begun another version.",
    ]
    assert listed(run)["bread"]["digest"] == authoring.digest_of(folder)


def test_a_course_with_faults_is_not_stored_and_they_are_printed_as_by_check(run: Run, folder: Path) -> None:
    changed(folder, ("course.yaml", "tagline:", "taglien:"), ("exam/exam.yaml", "count: 2", "count: 9"))

    result, checked = run("add", folder), CliRunner().invoke(main, ["check", str(folder)])

    assert (result.exit_code, result.stdout, result.stderr) == (1, checked.stdout, checked.stderr)
    assert len(result.stdout.splitlines()) == 2
    assert listed(run) == {}


def test_programs_read_the_faults_as_by_check(run: Run, folder: Path) -> None:
    changed(folder, ("course.yaml", "tagline:", "taglien:"))

    result, checked = run("add", "--json", folder), CliRunner().invoke(main, ["check", "--json", str(folder)])

    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"] == json.loads(checked.stdout)["faults"]


def test_the_same_version_again_changes_nothing(run: Run, folder: Path) -> None:
    run("add", folder)
    before = listed(run)

    again = run("add", folder)

    assert again.exit_code == 0
    assert again.output.endswith(
        f" is offered in this very version, {short(folder)}, already. Nothing changes.\n"
    )
    assert listed(run) == before


def test_a_version_in_which_only_a_comment_changed_is_told_so(run: Run, folder: Path) -> None:
    run("add", folder)

    result = run("add", changed(folder, ("course.yaml", "format: 1", "format: 1 # the first")))

    assert "  Nothing that anybody sees: comments, or how its files are written." in result.output
    assert listed(run)["bread"]["digest"] == authoring.digest_of(folder)


def test_a_dry_run_tells_what_would_change_and_stores_nothing(run: Run, folder: Path) -> None:
    run("add", folder)
    before = listed(run)

    result = run("add", "--dry-run", changed(folder, EASIER))

    assert f"would take version {short(folder)}" in result.output
    assert "pass mark changed from 75 % to 70 %" in result.output
    assert result.output.endswith("This was a dry run: nothing was stored.\n")
    assert listed(run) == before


def test_a_dry_run_on_an_empty_database_leaves_it_empty(run: Run, folder: Path) -> None:
    result = run("add", "--dry-run", "--json", folder)

    assert json.loads(result.stdout) == {
        "faults": [],
        "unwritten": [],
        "course": "bread",
        "title": "Bread, from the beginning",
        "digest": authoring.digest_of(folder),
        "replaces": None,
        "changes": [],
        "kept": [],
        "stored": False,
    }
    assert listed(run) == {}


def test_an_earlier_version_that_is_added_again_is_taken_again(run: Run, folder: Path) -> None:
    first = authoring.digest_of(folder)
    run("add", folder)
    run("add", changed(folder, EASIER))
    second = authoring.digest_of(folder)

    result = run("add", "--json", changed(folder, HARDER))

    told = json.loads(result.stdout)
    assert (told["digest"], told["replaces"], told["stored"]) == (first, second, True)
    assert told["changes"] == ["The grading: pass mark changed from 70 % to 75 %."]
    assert [(each["digest"], each["current"]) for each in listed(run)["bread"]["versions"]] == [
        (first, True),
        (second, False),
    ]


def test_who_has_begun_keeps_a_version_and_who_joins_later_takes_the_new_one(
    run: Run, sqlite_url: str, folder: Path
) -> None:
    first = short(folder)
    run("add", folder)
    with classroom(sqlite_url, courses=(), over_http=True) as room:
        anna, ben = room.pupil("anna"), room.pupil("ben")
        anna.takes("bread")

        result = run("add", changed(folder, HIGH))
        ben.takes("bread")

        assert f"1 person has begun version {first} and keeps it." in result.output
        assert "The flat loaf" in first_lesson(anna)
        assert "The high loaf" in first_lesson(ben)
        told = listed(run)["bread"]
        assert [(each["people"], each["current"]) for each in told["versions"]] == [(1, False), (1, True)]
        (line,) = (line for line in run("list").output.splitlines() if line.startswith("bread"))
        assert line.split()[-3:] == ["1", "1", "none"]


def first_lesson(pupil: Pupil) -> str:
    """Read the next lesson, and return all that is posted of it."""
    before = len(pupil.posts())
    pupil.command("next")
    return "\n".join(post.plain for post in pupil.posts()[before:])


def test_a_cohort_that_runs_keeps_its_version_for_those_who_join_it_later(
    run: Run, sqlite_url: str, folder: Path
) -> None:
    first = short(folder)
    run("add", folder)
    with classroom(sqlite_url, courses=(), over_http=True) as room:
        cohort = room.start_cohort("bread")

        result = run("add", changed(folder, HIGH))
        joined_in_channel(room, "anna")

        assert f"Cohort {cohort} keeps version {first}, also for those who join it later." in result.output
        before, after = listed(run)["bread"]["versions"]
        assert (before["people"], before["cohorts"]) == (1, [cohort])
        assert (after["people"], after["cohorts"]) == (0, [])
        assert f"Version {first}: " in run("show", "bread", first[:5]).output
        assert f", 1 person, cohort {cohort}." in run("show", "bread", first[:5]).output


def joined_in_channel(room: Classroom, name: str) -> None:
    """Let somebody join in the channel of the cohort."""
    room.pupil(name).command("join", channel=room.channel)
    room.let_happen()


def test_a_course_is_shown_with_its_facts_and_what_changed_from_version_to_version(
    run: Run, folder: Path
) -> None:
    first = short(folder)
    run("add", folder)
    second = short(changed(folder, HIGH))
    run("add", folder)

    shown = run("show", "bread").output.splitlines()

    assert shown[:2] == ["Bread, from the beginning (bread)", "Flour, water, salt and time."]
    assert "Review questions 40 %, Case study 30 %, Final exam 30 %. Passed at 75 %." in shown
    assert shown[-5].startswith(f"Version {second}: added on ")
    assert shown[-5].endswith(" UTC, 0 people, new enrollments take it.")
    assert shown[-4] == "  Lesson 1.1 “The high loaf”: it was called “The flat loaf”."
    assert shown[-2].startswith(f"Version {first}: ")
    assert shown[-1] == "  The first one."


def test_one_version_is_shown_as_it_was(run: Run, folder: Path) -> None:
    first = short(folder)
    run("add", folder)
    run("add", changed(folder, EASIER))

    shown = run("show", "bread", first).output

    assert "Passed at 75 %." in shown
    assert f"Version {short(folder)}" not in shown


def test_programs_read_the_history(run: Run, folder: Path) -> None:
    run("add", folder)
    run("add", changed(folder, EASIER))

    told = json.loads(run("show", "bread", "--json").stdout)

    assert (told["pass_mark"], told["weights"]["final_exam"], told["questions"]) == (70, 30, 13)
    assert told["lessons"] == ["the-flat-loaf", "a-cup-is-no-measure", "the-dough-that-waited"]
    assert [version["changes"] for version in told["versions"]] == [
        None,
        ["The grading: pass mark changed from 75 % to 70 %."],
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "braed"), "There is no course “braed”. Did you mean `bread`?"),
        (("show", "bread", "zz"), "There is no version that begins with “zz”. There are: "),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    run: Run, folder: Path, words: tuple[str, ...], told: str
) -> None:
    run("add", folder)

    result = run(*words)

    assert result.exit_code == 1
    assert told in result.output


def start(database_url: str, *folders: Path) -> None:
    """Start a program with which these courses come."""
    tutor = app.open_tutor(Settings(database_url=database_url), offer=False)
    app.offer_bundled(tutor, folders)
    tutor.store.close()


def test_an_upgrade_brings_its_course_to_those_who_took_it_as_it_came(
    run: Run, sqlite_url: str, folder: Path
) -> None:
    start(sqlite_url, folder)

    start(sqlite_url, changed(folder, HIGH))

    assert listed(run)["bread"]["digest"] == authoring.digest_of(folder)
    assert [version["bundled"] for version in listed(run)["bread"]["versions"]] == [True, True]


@pytest.mark.parametrize("starts", [1, 2])
def test_a_version_added_by_hand_stays_start_by_start(
    run: Run, sqlite_url: str, folder: Path, tmp_path: Path, starts: int
) -> None:
    own = changed(Path(shutil.copytree(folder, tmp_path / "own")), EASIER)
    start(sqlite_url, folder)
    run("add", own)

    for _ in range(starts):
        start(sqlite_url, folder)

    assert listed(run)["bread"]["digest"] == authoring.digest_of(own)


def test_an_upgrade_is_stored_beside_a_version_added_by_hand_until_it_is_added_too(
    run: Run, sqlite_url: str, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = changed(Path(shutil.copytree(folder, tmp_path / "own")), EASIER)
    start(sqlite_url, folder)
    run("add", own)

    start(sqlite_url, changed(folder, HIGH))
    start(sqlite_url, folder)

    assert listed(run)["bread"]["digest"] == authoring.digest_of(own)
    assert f"`tutorbot course add {folder}` lets them take this one" in caplog.text
    assert len([record for record in caplog.records if record.name == "tutorbot.app"]) == 1

    run("add", folder)
    start(sqlite_url, changed(folder, (CUP, "Fill a cup", "Fill the cup")))

    assert listed(run)["bread"]["digest"] == authoring.digest_of(folder)


def test_a_version_added_by_hand_before_the_first_start_stays(
    run: Run, sqlite_url: str, folder: Path, tmp_path: Path
) -> None:
    own = changed(Path(shutil.copytree(folder, tmp_path / "own")), EASIER)
    run("add", own)

    start(sqlite_url, folder)

    assert listed(run)["bread"]["digest"] == authoring.digest_of(own)


def test_the_start_of_the_bot_leaves_a_version_added_by_hand(
    run: Run, sqlite_url: str, tmp_path: Path
) -> None:
    bundled, *_ = app.bundled_courses()
    own = changed(Path(shutil.copytree(bundled, tmp_path / "own")), EASIER)
    settings = Settings(database_url=sqlite_url)
    app.open_tutor(settings).store.close()
    run("add", own)

    app.open_tutor(settings).store.close()

    (course,) = listed(run).values()
    assert course["digest"] == authoring.digest_of(own)
    assert [version["bundled"] for version in course["versions"]] == [True, False]
