"""`tutorbot`, and how its commands fail."""

import click

from tutorbot.cli import authors, operators, staff
from tutorbot.cli.groups import Group
from tutorbot.errors import TutorError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(Group):
    """Tells what a person can mend as a sentence, without a traceback; the exit status is then 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is named."""
        from tutorbot.slack.failures import SlackError

        try:
            return super().invoke(ctx)
        except TutorError as error:
            raise click.ClickException(str(error)) from error
        except SlackError as error:
            told = f"A call to Slack failed: {error}. `tutorbot doctor` says what is wrong and what to do."
            raise click.ClickException(told) from error


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(package_name="tutorbot", prog_name="tutorbot")
def main() -> None:
    """A course tutor that lives in Slack.

    \b
    Try it in the browser, without Slack:   tutorbot demo
    Begin a course of your own:             tutorbot new-course my-course
    Check a course's files:                 tutorbot check my-course
    Run it for one workspace:               tutorbot run
    """


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes SHELL complete the commands and options of tutorbot.

    \b
    tutorbot completion bash >> ~/.bashrc
    tutorbot completion zsh >> ~/.zshrc
    tutorbot completion fish > ~/.config/fish/completions/tutorbot.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, f"click knows no {shell}"
    click.echo(kind(main, {}, "tutorbot", "_TUTORBOT_COMPLETE").source())


for each in (*authors.COMMANDS, *staff.COMMANDS, *operators.COMMANDS, completion):
    main.add_command(each)
