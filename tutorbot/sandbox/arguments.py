"""The arguments of a Web API call, as they come in a form or in JSON."""

from __future__ import annotations

import json
from typing import Any

from tutorbot.sandbox.refusals import Json, RefusedError, missing_argument


class Arguments:
    """Reads arguments in the types that methods need.

    A form carries everything as text: lists and objects as JSON, booleans as `1` or `true`.
    """

    def __init__(self, given: Json) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as text."""
        value = self.given.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def needed(self, name: str) -> str:
        """Return an argument as text, or refuse the call that lacks it."""
        if not self.text(name):
            raise missing_argument(name)
        return self.text(name)

    def flag(self, name: str) -> bool:
        """Return an argument as a boolean."""
        return self.given.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        """Return an argument as a whole number."""
        try:
            return int(self.given.get(name, default))
        except (TypeError, ValueError):
            problem = f"must be a valid number [json-pointer:/{name}]"
            raise RefusedError("invalid_arguments", problems=[problem]) from None

    def structure(self, name: str, *, malformed: str = "invalid_arguments") -> Any:
        """Return a list or object; one that is not JSON is refused with the code `malformed`."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise RefusedError(malformed) from None
