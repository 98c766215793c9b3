"""How a call to Slack can fail, told apart by what may have happened over there."""


class SlackError(Exception):
    """A call to Slack did not succeed."""

    def __init__(self, method: str, message: str) -> None:
        super().__init__(f"{method}: {message}")
        self.method = method


class Refused(SlackError):
    """Slack said no and did nothing; the same call would be refused again."""

    def __init__(self, method: str, code: str, detail: str = "") -> None:
        super().__init__(method, f"{code} ({detail})" if detail else code)
        self.code = code
        self.detail = detail


class RateLimited(SlackError):
    """The call was not taken; it may be made again after `retry_after` seconds."""

    def __init__(self, method: str, retry_after: float) -> None:
        super().__init__(method, f"too many calls, to be made again in {retry_after:g} s")
        self.retry_after = retry_after


class NotReady(SlackError):
    """A picture was uploaded, but Slack has not finished it yet."""


class NotSent(SlackError):
    """Slack could not be reached, so it has certainly not taken the call."""


class NoReply(SlackError):
    """The call was sent and nobody knows whether Slack took it."""


_RESULTS = {Refused: "refused", RateLimited: "rate limited", NotSent: "not sent", NoReply: "no reply"}


def result_of(failure: SlackError | None) -> str:
    """Return the word under which the result of a call is counted."""
    return "ok" if failure is None else _RESULTS.get(type(failure), "other")
