"""Tests of the rules, which need pytest, hypothesis and freezegun alone."""
