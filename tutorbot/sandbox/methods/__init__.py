"""The Web API methods that the sandbox knows."""

from tutorbot.sandbox.methods import chat, conversations, files, people, views
from tutorbot.sandbox.methods.registry import Method

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **views.METHODS,
}

__all__ = ["METHODS", "Method"]
