"""Keeps tokens and secret addresses out of what is logged."""

import logging
import re

# Bot, user and app tokens; the secret half of response URLs and upload URLs; a Socket Mode ticket.
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app|oxe\.xox[a-z])-[\w.-]+")
_ADDRESS = re.compile(
    r"(?P<host>\b(?:https?|wss?)://[^\s/\"'?]+)/"
    r"(?:actions|app|commands|link|respond|response|services|upload|workflows)[/?][^\s\"'<>]*[\w/]"
)
_TICKET = re.compile(r"\b(?P<name>ticket|token)=[\w-]+")


def redact(text: str) -> str:
    """Return the text without tokens, response URLs and upload URLs."""
    text = _TOKEN.sub("(token)", text)
    text = _ADDRESS.sub(r"\g<host>/(secret)", text)
    return _TICKET.sub(r"\g<name>=(secret)", text)


class Redaction(logging.Filter):
    """A filter for handlers and loggers that redacts messages and tracebacks; it drops nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place."""
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True
