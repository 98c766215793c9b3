"""What is told when a command could not do what it was asked."""

import errno

from tutorbot.errors import TutorError

INTERRUPTED = 130
"""The exit status of what Ctrl-C has ended, as shells have it: 128 and the number of the signal."""


def sentence_for(error: Exception) -> str | None:
    """Return an error as a person can act on it; None for one that is a fault of the program."""
    from sqlalchemy.exc import DBAPIError

    from tutorbot.slack.failures import SlackError

    match error:
        case TutorError():
            return str(error)
        case SlackError():
            return f"A call to Slack failed: {error}. `tutorbot doctor` says what is wrong and what to do."
        case DBAPIError(orig=cause):
            words = " ".join(str(cause).split())
            return f"The database cannot be used: {words}. `tutorbot doctor` says more."
        case OSError(errno=errno.EPIPE):
            return None  # whoever read what was printed has had enough, and click ends quietly
        case OSError(filename=str(name), strerror=str(why)):
            return f"{name}: {why}."
        case OSError(strerror=str(why)):
            return f"Something could not be read or written: {why}."
        case _:
            return None
