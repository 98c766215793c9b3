"""Tests of every message, pure: no store, no clock, no Slack."""
