"""What several commands can be told."""

import click

NUMBER = click.IntRange(1, 2**31 - 1)
"""What the database numbers."""

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
