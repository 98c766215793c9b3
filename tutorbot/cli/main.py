"""`tutorbot`, and how its commands fail."""

from importlib.metadata import version

import click

from tutorbot.cli import authors, operators, staff
from tutorbot.errors import TutorError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """Tells what a person can mend as a sentence, without a traceback; the exit status is then 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is named."""
        from tutorbot.slack.failures import SlackError

        try:
            return super().invoke(ctx)
        except (TutorError, SlackError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(version("tutorbot"), prog_name="tutorbot")
def main() -> None:
    """A course tutor that lives in Slack.

    \b
    Try it in the browser, without Slack:   tutorbot demo
    Begin a course of your own:             tutorbot new-course my-course
    Check a course's files:                 tutorbot check my-course
    Run it for one workspace:               tutorbot run
    """


for each in (*authors.COMMANDS, *staff.COMMANDS, *operators.COMMANDS):
    main.add_command(each)
