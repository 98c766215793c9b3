"""A course tutor that lives in Slack."""
