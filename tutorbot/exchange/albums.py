"""The pictures that come with the questions."""

import base64
import binascii
from collections.abc import Mapping
from hashlib import sha256
from itertools import islice

from tutorbot.authoring.files import MOST_PICTURE
from tutorbot.pictures import svg_faults

_ENDINGS = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif"}
"""How a file of each kind is called, by how its bytes begin."""

_MOST_IN_ALL = 100 * 1024 * 1024


class Album:
    """The pictures taken so far, of the kinds that our courses show."""

    def __init__(self) -> None:
        self._pictures: dict[str, bytes] = {}
        self._left = _MOST_IN_ALL

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """The pictures by their SHA-256 (hex)."""
        return self._pictures

    def take(self, data: bytes) -> str | None:
        """Return the picture's SHA-256 (hex), or None for what is no picture that can be shown."""
        if len(data) > MOST_PICTURE or not _is_shown(data):
            return None
        digest = sha256(data).hexdigest()
        if digest not in self._pictures:
            self._left -= len(data)
            if self._left < 0:
                return None
            self._pictures[digest] = data
        return digest


def ending(data: bytes) -> str:
    """Return how a picture's name ends."""
    return next((said for begins, said in _ENDINGS.items() if data.startswith(begins)), ".svg")


def embedded(address: str) -> bytes:
    """Return what an address of the kind `data:image/png;base64,…` holds; nothing for any other."""
    kind, comma, data = address.partition(",")
    if not comma or not kind.startswith("data:image/") or not kind.endswith(";base64"):
        return b""
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_shown(data: bytes) -> bool:
    if data.startswith(tuple(_ENDINGS)):
        return True
    return b"<svg" in data[:4096] and not any(islice(svg_faults(data), 1))
