"""Measures what an answer costs: `python -m benchmarks`, or `make bench`."""
