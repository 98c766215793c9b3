"""The `files.*` methods: an upload in three steps, and what became of it."""

from __future__ import annotations

from typing import Any

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.events import file_json
from tutorbot.sandbox.limits import Tier
from tutorbot.sandbox.methods.lookup import known_post, postable_channel
from tutorbot.sandbox.methods.registry import Method
from tutorbot.sandbox.places import File
from tutorbot.sandbox.posting import Content, post
from tutorbot.sandbox.refusals import Json, RefusedError, missing_argument
from tutorbot.sandbox.scopes import FILES, UPLOADING
from tutorbot.sandbox.service import Service


def get_upload_url(service: Service, args: Arguments) -> Json:
    """Promise a place for a file's bytes."""
    name = args.needed("filename")
    length = args.number("length", 0)
    if length <= 0:
        raise missing_argument("length")
    with service.workspace.changing():
        file = File(service.workspace.next_id("F"), name, length, alt_text=args.text("alt_txt"))
        service.workspace.files[file.id] = file
    return {"upload_url": f"{service.base_url}upload/{file.id}", "file_id": file.id}


def complete_upload(service: Service, args: Arguments) -> Json:
    """Finish uploads, and share them in a channel if one is named."""
    entries: Any = args.structure("files")
    if not isinstance(entries, list) or not entries:
        raise missing_argument("files")
    files = [uploaded_file(service, entry) for entry in entries]
    channel = postable_channel(service, args.text("channel_id")) if args.text("channel_id") else None
    thread_ts = args.text("thread_ts") or None
    if channel is not None and thread_ts:
        known_post(channel, thread_ts, "thread_not_found")
    with service.workspace.changing():
        for file, entry in zip(files, entries, strict=True):
            file.title = entry.get("title") or file.name
            file.completed_at = service.clock.time()
            if channel is not None:
                file.channels.append(channel.id)
    if channel is not None:
        content = Content(args.text("initial_comment"))
        post(service, channel, content, thread_ts=thread_ts, files=[file.id for file in files])
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def uploaded_file(service: Service, entry: Any) -> File:
    """Return the file that an entry of `files` names, whose bytes have come."""
    file = service.workspace.files.get(entry.get("id", "")) if isinstance(entry, dict) else None
    if file is None or file.data is None:
        raise RefusedError("file_not_found")
    if file.completed_at is not None:
        raise RefusedError("file_update_failed")
    return file


def completed_file(service: Service, args: Arguments) -> File:
    """Return the file that the call names, once its upload was completed."""
    file = service.workspace.files.get(args.needed("file"))
    if file is None or file.completed_at is None:
        raise RefusedError("file_not_found")
    return file


def info(service: Service, args: Arguments) -> Json:
    """Describe a file; each look counts towards its being finished."""
    file = completed_file(service, args)
    file.polls += 1
    return {"file": file_json(service, file.id), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(service: Service, args: Arguments) -> Json:
    """Delete a file; messages that show it keep a gap."""
    file = completed_file(service, args)
    with service.workspace.changing():
        del service.workspace.files[file.id]
    return {}


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, Tier.FOUR, UPLOADING, reads_json=False),
    "files.completeUploadExternal": Method(complete_upload, Tier.FOUR, UPLOADING),
    "files.info": Method(info, Tier.FOUR, FILES, reads_json=False),
    "files.delete": Method(delete, Tier.THREE, UPLOADING),
}
