"""Pictures, uploaded once and named by their file id from then on."""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from tutorbot.slack.failures import NotReady, Refused

_LOOKS = (0.2, 0.4, 0.8, 1.5, 3.0, 4.0)
"""Seconds before each look whether an upload is finished."""


def doubts_a_picture(refusal: Refused) -> bool:
    """Whether blocks may have been refused because a file that they name is gone, or not finished.

    The Web API tells so in its details; a response URL says `invalid_blocks` alone.
    """
    return refusal.code == "invalid_blocks" and (not refusal.detail or "slack file" in refusal.detail)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is uploaded: a file name with its extension, and the bytes."""

    name: str
    content: bytes


class Remembered(Protocol):
    """What was uploaded before, by the digest of the picture."""

    def find(self, digest: str) -> str | None:
        """Return the file id, or None."""

    def keep(self, digest: str, file_id: str) -> None:
        """Remember the file id."""

    def forget(self, digest: str) -> None:
        """Forget an upload that is gone."""


class InMemory:
    """What was uploaded by this process alone."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    def find(self, digest: str) -> str | None:
        """Return the file id, or None."""
        return self._files.get(digest)

    def keep(self, digest: str, file_id: str) -> None:
        """Remember the file id."""
        self._files[digest] = file_id

    def forget(self, digest: str) -> None:
        """Forget an upload that is gone."""
        self._files.pop(digest, None)


class Uploads:
    """Uploads each picture once. Two threads that want the same one share an upload."""

    def __init__(
        self,
        call: Callable[..., dict[str, Any]],
        post_bytes: Callable[[str, bytes], None],
        sleep: Callable[[float], None],
        remembered: Remembered,
        picture: Callable[[str], Picture],
    ) -> None:
        self._call = call
        self._post_bytes = post_bytes
        self._sleep = sleep
        self._remembered = remembered
        self._picture = picture
        self._guard = threading.Lock()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def ensure(self, digest: str, *, doubted: bool) -> str:
        """Return the file id under which Slack has the picture, finished.

        What was uploaded before is believed to be there unless it is `doubted`, because a block
        that named it was refused. Raise NotReady where Slack takes too long to finish it.
        """
        with self._guard:
            lock = self._locks[digest]
        with lock:
            file_id = self._remembered.find(digest)
            if file_id and not doubted:
                return file_id
            if file_id and self._is_there(file_id):
                return file_id
            if file_id:
                self._remembered.forget(digest)
            return self._upload(digest)

    def _upload(self, digest: str) -> str:
        picture = self._picture(digest)
        ticket = self._call("files.getUploadURLExternal", filename=picture.name, length=len(picture.content))
        file_id = str(ticket["file_id"])
        self._post_bytes(str(ticket["upload_url"]), picture.content)
        self._call("files.completeUploadExternal", files=[{"id": file_id, "title": picture.name}])
        self._remembered.keep(digest, file_id)
        self._is_there(file_id)
        return file_id

    def _is_there(self, file_id: str) -> bool:
        """Wait until the file can be shown; False where it is gone.

        An upload goes on after completeUploadExternal has answered; until Slack has looked at the
        bytes, the file has no mimetype and a block that names it is refused.
        """
        for seconds in (0.0, *_LOOKS):
            if seconds:
                self._sleep(seconds)
            try:
                file = self._call("files.info", file=file_id)["file"]
            except Refused as refusal:
                if refusal.code in ("file_not_found", "file_deleted"):
                    return False
                raise
            if file.get("mode") == "tombstone":
                return False
            if file.get("mimetype"):
                return True
        raise NotReady("files.info", f"{file_id} is not finished yet")
