"""The only way out to Slack."""

from tutorbot.slack.door import Identity, Reply, Slack
from tutorbot.slack.failures import NoReply, NotReady, NotSent, RateLimited, Refused, SlackError
from tutorbot.slack.redaction import Redaction, redact
from tutorbot.slack.uploads import InMemory, Picture, Remembered, doubts_a_picture

__all__ = [
    "Identity",
    "InMemory",
    "NoReply",
    "NotReady",
    "NotSent",
    "Picture",
    "RateLimited",
    "Redaction",
    "Refused",
    "Remembered",
    "Reply",
    "Slack",
    "SlackError",
    "doubts_a_picture",
    "redact",
]
