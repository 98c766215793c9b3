"""What several commands can be told."""

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
