"""Slack out: what the use cases return, as Block Kit; pure."""
