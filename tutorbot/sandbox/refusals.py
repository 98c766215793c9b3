"""How the sandbox says no, in Slack's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]


class RefusedError(Exception):
    """A Web API call that Slack refuses.

    `problems` are what Slack explains, for example
    `must be less than 76 characters [json-pointer:/blocks/0/text/text]`; they come back twice, as
    `errors` and, with `[ERROR] ` before each, in `response_metadata.messages`.
    """

    def __init__(
        self,
        code: str,
        *,
        problems: Sequence[str] = (),
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.problems = tuple(problems)
        self.status = status
        self.headers = dict(headers or {})
        self.more = more

    def body(self) -> Json:
        """Return the reply as Slack words it."""
        body: Json = {"ok": False, "error": self.code, **self.more}
        if self.problems:
            body["errors"] = list(self.problems)
            body["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
        return body


def missing_argument(*names: str) -> RefusedError:
    """Return the refusal of a call that lacks required arguments."""
    return RefusedError("invalid_arguments", problems=[f"missing required field: {name}" for name in names])


def missing_scope(needed: Sequence[str], provided: set[str]) -> RefusedError:
    """Return the refusal of a call that the token is not allowed to make: any one of these would do."""
    return RefusedError("missing_scope", needed=",".join(needed), provided=",".join(sorted(provided)))
