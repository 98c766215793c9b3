"""Tests of the house itself: what is built from it, what its documents say, and its rooms."""
