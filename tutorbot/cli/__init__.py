"""The commands of `tutorbot`; they parse and print, nothing else."""

from tutorbot.cli.main import main

__all__ = ["main"]
