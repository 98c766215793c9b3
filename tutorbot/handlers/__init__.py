"""Slack in: a file per gesture; decide, acknowledge, draw."""
