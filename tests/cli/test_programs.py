"""`--json`: every command tells programs what it found, and all in the same form."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.conftest import Run
from tests.cli.test_help import EVERY
from tests.wire.classroom import SMALL
from tutorbot.cli import main
from tutorbot.sandbox import Sandbox

COURSE = "cqrs-event-sourcing"
PEOPLE = {("export",), ("erase",)}
"""What is told of a person needs one: tests/wire/test_people.py runs these."""

TOLD: dict[tuple[str, ...], tuple[str, ...]] = {
    ("check",): ("--report", str(SMALL)),
    ("course", "add"): (str(SMALL),),
    ("course", "list"): (),
    ("course", "show"): (COURSE,),
    ("import",): ("quiz.gift", "--into", "questions"),
    ("export-course",): (str(SMALL), "--to", "gift", "--into", "course.gift"),
    ("cohort", "start"): (
        *("--course", COURSE, "--channel", "spring", "--from", "2099-03-02"),
        *("--zone", "Europe/Zurich", "--yes"),
    ),
    ("cohort", "list"): (),
    ("mark",): (),
    ("opinions",): (COURSE,),
    ("doctor",): (),
    ("settings",): (),
    ("deliveries",): ("--all",),
    ("backup",): ("copy.db",),
    ("restore",): ("kept.db",),
}
"""Every command that tells programs something, and with what it is run here."""

EMPTY = {("mark",)}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@pytest.fixture
def place(run: Run, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give an installation in which there is something to tell, and let its folder be the present one."""
    monkeypatch.chdir(tmp_path)
    sandbox.add_channel("autumn")
    sandbox.add_channel("spring")
    words = ("--course", COURSE, "--channel", "autumn", "--from", "2099-03-02", "--zone", "Europe/Zurich")
    assert run("cohort", "start", *words, "--yes").exit_code == 0
    assert run("backup", "kept.db").exit_code == 0
    (tmp_path / "quiz.gift").write_text("::Ripe::The dent stays. {=Too late ~Too cold}\n")


def within(value: object) -> Iterator[tuple[str, object]]:
    """Yield each key with its value, at every depth."""
    for key, each in value.items() if isinstance(value, dict) else ():
        yield key, each
        yield from within(each)
    for each in value if isinstance(value, list) else ():
        yield from within(each)


def test_every_command_that_lists_or_reports_tells_programs() -> None:
    telling = {
        words for words, command in EVERY.items() if "as_json" in {each.name for each in command.params}
    }

    assert telling == set(TOLD) | PEOPLE


@pytest.mark.parametrize("words", [*TOLD, *sorted(PEOPLE)], ids=" ".join)
def test_the_help_shows_how_a_program_asks(words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*words, "--help"]).output

    examples = re.sub(r" \\\n +", " ", told).splitlines()
    assert [line for line in examples if line.strip().startswith("tutorbot ") and "--json" in line]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("words", TOLD, ids=" ".join)
def test_a_program_reads_one_object_with_keys_and_instants_of_one_form(
    run: Run, words: tuple[str, ...]
) -> None:
    result = run(*words, *TOLD[words], "--json")

    told = json.loads(result.stdout)
    assert isinstance(told, dict)
    for key, value in within(told):
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", key), key
        if isinstance(value, str) and INSTANT.match(value):
            assert value.endswith("+00:00"), key
    assert any(told.values()) or words in EMPTY


@pytest.mark.usefixtures("place")
def test_a_cohort_is_told_with_its_schedule(run: Run) -> None:
    [cohort] = json.loads(run("cohort", "list", "--json").stdout)["cohorts"]

    assert (cohort["cohort"], cohort["course"], cohort["days"]) == (1, COURSE, [1, 2, 3, 4, 5])
    assert (cohort["at"], cohort["zone"]) == ("09:00", "Europe/Zurich")
    assert cohort["next_at"] == "2099-03-02T08:00:00+00:00"
    assert cohort["stopped_at"] is None


@pytest.mark.usefixtures("place")
def test_what_a_person_is_asked_does_not_stand_between_what_a_program_reads(run: Run) -> None:
    words = [word for word in TOLD["cohort", "start"] if word != "--yes"]

    result = run("cohort", "start", *words, "--json", says="y\n")

    told = json.loads(result.stdout)
    assert told["cohort"] == 2
    assert told["lessons"][0]["opens_at"] == "2099-03-02T08:00:00+00:00"
    assert "Start this cohort?" in result.stderr


@pytest.mark.usefixtures("place")
def test_the_deliveries_are_told_with_their_state(run: Run) -> None:
    told = json.loads(run("deliveries", "--json").stdout)

    assert [each["key"] for each in told["pressing"]] == ["cohort/1/welcome"]
    assert told["coming"][0]["due_at"] == "2099-03-02T08:00:00+00:00"
    assert len(told["coming"]) < told["counts"]["due"]  # the limit is for people and programs alike
    assert told["over"] == []


def test_what_keeps_a_command_from_working_is_a_sentence_also_for_programs(run: Run) -> None:
    result = run("course", "show", "nothing", "--json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: There is no course")
