"""`--help` teaches by example, and shells complete what there is."""

from collections.abc import Iterator

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from tutorbot.cli import main


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield (*path, name), command


EVERY = dict(commands(main))


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_says_what_it_does(words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*words, "--help"])

    assert told.exit_code == 0
    assert len(EVERY[words].get_short_help_str(200)) > 20


@pytest.mark.parametrize("words", [w for w, c in EVERY.items() if c.params], ids=" ".join)
def test_every_command_that_takes_something_shows_how(words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*words, "--help"]).output

    assert any(line.strip().startswith(f"tutorbot {' '.join(words)} ") for line in told.splitlines())


@pytest.mark.parametrize("words", [(), ("course",), ("cohort",), ("deliveries",)], ids=" ".join)
def test_a_group_tells_what_each_of_its_commands_is_for_in_whole_sentences(words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*words, "--help"]).output

    listed = told.partition("Commands:\n")[2]
    assert listed
    assert "..." not in listed


def test_what_authors_do_is_told_before_what_operators_do() -> None:
    told = CliRunner().invoke(main, ["--help"]).output

    assert told.index("  new-course ") < told.index("  cohort ") < told.index("  backup ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell: str) -> None:
    told = CliRunner().invoke(main, ["completion", shell])

    assert "_TUTORBOT_COMPLETE" in told.output


def test_commands_are_completed() -> None:
    completed = BashComplete(main, {}, "tutorbot", "_TUTORBOT_COMPLETE").get_completions([], "deli")

    assert [each.value for each in completed] == ["deliveries"]
