"""The files of a package that is a tar file, packed by gzip or not."""

import posixpath
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from gzip import GzipFile
from gzip import open as open_gzip
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import IO

from tutorbot.exchange.packages import MOST_BYTES, MOST_FILES, Package, reason_of
from tutorbot.exchange.taken import Place, Unreadable

MOST_UNPACKED = 200 * 1024 * 1024
"""Of all that is in the tar file, whether it is wanted or not."""

_BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error, ValueError, IndexError, KeyError, OverflowError)
_GZIP = b"\x1f\x8b"


def is_tarball(path: Path) -> bool:
    """Whether the file is called one."""
    return path.name.endswith((".tar.gz", ".tgz", ".tar"))


def read_tarball(path: Path, endings: tuple[str, ...]) -> Package:
    """Return the files with these endings; raises Unreadable.

    It is read once, from its beginning to its end; a link, a device and a name that leads out of the
    package are passed over.
    """
    try:
        with path.open("rb") as packed:
            is_zipped = packed.read(2) == _GZIP
        with open_gzip(path) if is_zipped else path.open("rb") as unpacked:
            found = dict(_files(_Bounded(unpacked), endings))
    except _BROKEN as error:
        raise Unreadable(Place(path.name), f"cannot be read ({reason_of(error)})") from None
    return Package(path.name, {name: partial(_head, data) for name, data in found.items()})


class _Bounded(RawIOBase):
    """A file that is no longer than MOST_UNPACKED: a small one may unpack to any size."""

    def __init__(self, file: "IO[bytes] | GzipFile") -> None:
        super().__init__()
        self._file = file
        self._left = MOST_UNPACKED

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises ValueError for the first beyond the bound."""
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ValueError(f"more than {MOST_UNPACKED // 2**20} MB are packed in it")
        return data


def _files(stream: _Bounded, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    count = 0
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            count += 1
            if count > MOST_FILES:
                raise ValueError(f"there are more than {MOST_FILES:,} files in it")
            name = posixpath.normpath(member.name.replace("\\", "/"))
            if not member.isreg() or name.startswith(("/", "..")) or not name.lower().endswith(endings):
                continue
            if member.size > MOST_BYTES:
                raise ValueError(f"`{name}` is larger than the {MOST_BYTES // 2**20} MB that are read")
            file = archive.extractfile(member)
            yield name, file.read() if file else b""


def _head(data: bytes, most: int) -> bytes:
    return data[: most + 1]


def write_tarball(path: Path, files: Mapping[str, bytes], folder: str) -> None:
    """Write the files, below a folder of this name, packed by gzip; the same files give the same bytes."""
    with (
        path.open("wb") as raw,
        GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in sorted(files):
            _add(archive, f"{folder}/{name}", files[name])


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, BytesIO(data))
