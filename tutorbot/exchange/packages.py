"""The files of a package: a zip file, a folder, or one file alone."""

import os
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from tutorbot.exchange.taken import Place, Unreadable

MOST_FILES = 5_000
MOST_BYTES = 10 * 1024 * 1024
"""Of one file."""
MOST_BYTES_IN_ALL = 200 * 1024 * 1024
"""Of all that is read of a package, and of the zip file itself."""
MOST_DIRECTORY = 4 * 1024 * 1024
"""Of the list of files in a zip file."""

_END, _END_64, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", b"PK\x06\x07", 22, 65_535
_PLAIN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others may ask for any amount of memory

_Read = Callable[[int], bytes]
"""Returns a file's bytes, up to one more than it is given."""


class Package:
    """Files by their names: relative to the package, with `/`. Nothing outside it is ever read."""

    def __init__(self, label: str, files: Mapping[str, _Read]) -> None:
        self._label = label
        self._files = files
        self._left = MOST_BYTES_IN_ALL

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files, sorted."""
        return tuple(sorted(self._files))

    def place(self, name: str) -> str:
        """Return what messages call the file."""
        return f"{self._label}/{name}" if name else self._label

    def find(self, name: str, beside: str = "") -> str | None:
        """Return the file that is meant by this name, seen from the folder of the file `beside`."""
        seen_from = posixpath.join(posixpath.dirname(beside), name.replace("\\", "/"))
        path = posixpath.normpath(seen_from)
        return path if path in self._files else None

    def read(self, name: str) -> bytes:
        """Return the file's bytes; raises Unreadable."""
        most = min(MOST_BYTES, self._left)
        try:
            data = self._files[name](most)
        except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
            raise Unreadable(Place(self.place(name)), f"cannot be read ({reason_of(error)})") from None
        if len(data) > most:
            raise Unreadable(
                Place(self.place(name)), f"is larger than the {most // 2**20} MB that are read of it"
            )
        self._left -= len(data)
        return data


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Give the files of a zip file or a folder, or a file alone (its name is then empty).

    Raises Unreadable.
    """
    with ExitStack() as opened:
        try:
            files = _files(path, opened)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise Unreadable(Place(path.name), f"cannot be read ({reason_of(error)})") from None
        yield Package(path.name, files)


def _files(path: Path, opened: ExitStack) -> dict[str, _Read]:
    if path.is_dir():
        return _in_folder(path)
    if not zipfile.is_zipfile(path):
        return {"": partial(_head, path)}
    _check_directory(path)
    return _in_archive(opened.enter_context(zipfile.ZipFile(path)), path.name)


def reason_of(error: Exception) -> str:
    """Return why a file cannot be read, in a few words."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or "it is cut off"


def _in_folder(folder: Path) -> dict[str, _Read]:
    files: dict[str, _Read] = {}
    for at, _folders, names in os.walk(folder):  # follows no link to a folder
        for path in (Path(at, name) for name in names):
            if path.is_file() and not path.is_symlink():
                files[path.relative_to(folder).as_posix()] = partial(_head, path)
            if len(files) > MOST_FILES:
                raise Unreadable(Place(folder.name), f"has more than {MOST_FILES:,} files")
    return files


def _in_archive(archive: zipfile.ZipFile, label: str) -> dict[str, _Read]:
    """Return its files; one whose name would lead out of the package is not among them."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_FILES:
        raise Unreadable(Place(label), f"has more than {MOST_FILES:,} files")
    names = ((info, info.filename.replace("\\", "/")) for info in infos)
    return {name: partial(_unzipped, archive, info) for info, name in names if _stays_inside(name)}


def _stays_inside(name: str) -> bool:
    return not name.startswith("/") and posixpath.normpath(name) == name and not name.startswith("..")


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    if info.compress_type not in _PLAIN_WAYS:
        raise ValueError("it is packed in an unusual way")
    with archive.open(info) as file:
        return file.read(most + 1)


def _head(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most + 1)


def _check_directory(path: Path) -> None:
    """Refuse a zip file whose list of files would fill the memory: `zipfile` reads it whole.

    The list's size stands in the record at the end of the file (APPNOTE 4.3.16); a large one is told by
    another record before it (4.3.15).
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - len(_END_64) * 5))
        tail = file.read()
    end = tail.rfind(_END, 0, len(tail) - _END_SIZE + len(_END))
    directory = int.from_bytes(tail[end + 12 : end + 16], "little")
    if end < 0 or _END_64 in tail[:end][-20:] or directory > MOST_DIRECTORY or size > MOST_BYTES_IN_ALL:
        raise Unreadable(Place(path.name), "is a zip file with more in it than is read")
