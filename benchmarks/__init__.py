"""Measures what the bot costs: `python -m benchmarks`, or `make bench`."""
