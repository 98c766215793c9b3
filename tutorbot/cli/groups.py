"""Commands that hold others, and how these are told of."""

import click

SENTENCE = 200


class Group(click.Group):
    """Tells of its commands in their order, each with its whole first sentence; click would cut it off."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Return the names of its commands in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each is for, on several lines where one is not enough."""
        told = ((name, self.commands[name]) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(limit=SENTENCE)) for name, command in told]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
