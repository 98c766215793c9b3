"""The pictures of a course."""

from hashlib import sha256
from pathlib import PurePosixPath
from typing import NamedTuple

from tutorbot.authoring.faults import Faults, Source, Spot
from tutorbot.authoring.files import Files
from tutorbot.authoring.lettering import small_text
from tutorbot.pictures import svg_faults

_KINDS = {
    ".svg": ("image/svg+xml", b""),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".gif": ("image/gif", b"GIF8"),
}


class PictureFile(NamedTuple):
    """A picture as it lies in the folder."""

    name: str
    media_type: str
    data: bytes


class Pictures:
    """The pictures that the course's texts ask for, each read and judged once."""

    def __init__(self, files: Files, faults: Faults) -> None:
        self._files = files
        self._faults = faults
        self._digests: dict[str, str | None] = {}
        self.by_digest: dict[str, PictureFile] = {}

    def digest(self, path: str, spot: Spot) -> str | None:
        """Return the SHA-256 (hex) of the picture at the path, seen from the file that asks for it."""
        name = self._files.beside(path, spot)
        if name is None:
            return None
        if name not in self._digests or name not in self._files:  # every use of a missing one is a fault
            self._digests[name] = self._read(name, spot)
        return self._digests[name]

    def _read(self, name: str, spot: Spot) -> str | None:
        media_type, beginning = _KINDS.get(PurePosixPath(name).suffix, ("", b""))
        if not media_type:
            self._faults.add(spot, f"`{name}` is no picture", "use SVG, PNG, JPEG or GIF")
            return None
        data = self._files.picture(name, spot)
        if data is None:
            return None
        if not data.startswith(beginning):
            self._faults.add_file(name, f"its content is not {media_type}", "save it again, or rename it")
            return None
        if media_type == "image/svg+xml" and not self._is_sound(name, data):
            return None
        digest = sha256(data).hexdigest()
        self.by_digest[digest] = PictureFile(name, media_type, data)
        return digest

    def _is_sound(self, name: str, svg: bytes) -> bool:
        faults = list(svg_faults(svg)) or list(small_text(svg))
        source = Source(name, svg.decode(errors="replace"))
        for fault in faults:
            self._faults.add(Spot(source, fault.offset(source.text)), fault.what, fault.mend)
        return not faults
