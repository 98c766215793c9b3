"""Messages that the app sends back: in the answer to a command, or to a response URL."""

from __future__ import annotations

from tutorbot.sandbox.places import Post
from tutorbot.sandbox.posting import judged_content, post, redraw, remove
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.tickets import ResponseUrl


def respond(service: Service, url: ResponseUrl, body: Json) -> Post | None:
    """Do what a body asks for: replace or delete the message that was clicked, or say something new.

    A command has no message to replace, so it always makes a new one. A replaced message loses its
    metadata.
    """
    channel = service.workspace.channels[url.channel]
    source = channel.posts.get(url.source) if url.source else None
    if url.source and (body.get("delete_original") or body.get("replace_original")):
        if source is None:
            raise RefusedError("message_not_found")
        if body.get("delete_original"):
            remove(service, source)
            return None
        content = judged_content(service, body.get("text"), body.get("blocks"))
        redraw(service, source, content, metadata=None)
        return source
    content = judged_content(service, body.get("text"), body.get("blocks"))
    public = body.get("response_type") == "in_channel"
    thread_ts = body.get("thread_ts")
    return post(service, channel, content, thread_ts=thread_ts, only_for=None if public else url.user)
