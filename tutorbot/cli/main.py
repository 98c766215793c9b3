"""`tutorbot`, and how its commands fail."""

import click

from tutorbot.cli import authors, operators, staff
from tutorbot.cli.failing import INTERRUPTED, sentence_for
from tutorbot.cli.groups import Group

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(Group):
    """Tells what a person can mend as a sentence, without a traceback; the exit status is then 1.

    Ctrl-C ends every command, without a word.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is named."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None
        except click.Abort as end:  # what a question raises
            if isinstance(end.__context__, KeyboardInterrupt):
                raise SystemExit(INTERRUPTED) from None
            raise click.ClickException("Nobody answered, so nothing was done. --yes asks nobody.") from None
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:
            if says := sentence_for(error):
                raise click.ClickException(says) from error
            raise


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
