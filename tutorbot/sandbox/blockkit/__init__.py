"""Slack's rules for blocks."""

from tutorbot.sandbox.blockkit.judge import elements_of, judge_message, judge_view

__all__ = ["elements_of", "judge_message", "judge_view"]
