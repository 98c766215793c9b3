"""The files of a course's folder."""

import os
import posixpath
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tutorbot.authoring.faults import Faults, Source, Spot, nearest

Count = Callable[[int, int], object]
"""Is told how many files were read, and how many there are."""

MOST_TEXT = 256 * 1024
MOST_PICTURE = 2 * 1024 * 1024
MOST_FILES = 2_000

COURSE = "course.yaml"
CODE = "code"
"""The folder for programs that lessons quote, with their tests: authors run them, the course does without."""

_BOM = "\ufeff"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NEW = "name a folder that has it, or begin a course with `tutorbot new-course`"
# What YAML cannot hold, what nobody sees, and what YAML counts as the end of a line and editors do not.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Files:
    """A course's folder: only plain files that lie in it are read.

    Hidden files, READMEs and the folder `code/` do not count as part of the course.
    """

    def __init__(self, folder: Path, faults: Faults, count: Count | None = None) -> None:
        self._root = folder
        self._count = count
        self._faults = faults
        self._paths: dict[str, Path] = {}
        self._read: dict[str, bytes] = {}
        self._meant: set[str] = set()
        if folder.is_dir():
            self._list(folder, "")

    def _list(self, folder: Path, prefix: str) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._faults.add_file(prefix or "./", f"cannot be read ({error.strerror})", "let it be readable")
            return
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith((".", "README")) or entry.name.endswith("~") or name == CODE:
                continue
            if len(self._paths) >= MOST_FILES:
                self._faults.add_file(
                    ".", f"more than {MOST_FILES:,} files", "keep only the course's own files here"
                )
                return
            if entry.is_symlink():
                self._faults.add_file(name, "a symbolic link", "put the file itself here")
            elif entry.is_dir():
                self._list(folder / entry.name, name + "/")
            elif entry.is_file():
                self._paths[name] = folder / entry.name
            else:
                self._faults.add_file(name, "not a plain file", "take it out of the folder")

    def __contains__(self, name: str) -> bool:
        return name in self._paths

    def folders(self) -> set[str]:
        """Return the names of the folders right below the course's."""
        return {name.partition("/")[0] for name in self._paths if "/" in name}

    def has_folder(self, name: str) -> bool:
        """Whether there are files in the folder of this name, which lies right below the course's."""
        return name in self.folders()

    def within(self, folder: str, ending: str) -> list[str]:
        """Return the names of the files right in the folder that end so, in order."""
        paths = sorted(
            path.removeprefix(folder + "/") for path in self._paths if path.startswith(folder + "/")
        )
        return [path for path in paths if path.endswith(ending) and "/" not in path]

    def text(self, name: str, wanted_at: Spot | None = None) -> Source | None:
        """Return a text file; None, with its fault noted, when it is missing or unreadable."""
        data = self._bytes(name, MOST_TEXT, wanted_at)
        return None if data is None else self._decoded(name, data)

    def picture(self, name: str, wanted_at: Spot) -> bytes | None:
        """Return a picture's bytes; None, with its fault noted, when it is missing or unreadable."""
        return self._bytes(name, MOST_PICTURE, wanted_at)

    def beside(self, path: str, wanted_at: Spot) -> str | None:
        """Return the name of the file at a path as the author wrote it, seen from the file that says so."""
        if "://" in path or path.startswith("data:"):
            self._faults.add(
                wanted_at, f"`{path[:60]}` is not in the course's folder", "put the file into `pictures/`"
            )
            return None
        folder = posixpath.dirname(wanted_at.source.name)
        name = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
        if name.startswith(("../", "/")):
            self._faults.add(
                wanted_at, f"`{path[:60]}` leaves the course's folder", "put the file into `pictures/`"
            )
            return None
        return name

    def unused(self) -> list[str]:
        """Return the names of the files that nothing asked for, nor seems to have meant."""
        return [name for name in self._paths if name not in self._read and name not in self._meant]

    def read_all(self) -> None:
        """Read every file there is; a course without faults asks for all of them."""
        for name, path in self._paths.items():
            self._read[name] = path.read_bytes()

    def stamps(self) -> frozenset[tuple[str, int, int]]:
        """Return name, time of the last change (in ns) and size of every file there is."""
        return frozenset((name, *_stamp(path)) for name, path in self._paths.items())

    def digest(self) -> str:
        """Return the SHA-256 (hex) over names and contents of the files that were read."""
        whole = sha256()
        for name in sorted(self._read):
            for part in (name.encode(), self._read[name]):
                whole.update(len(part).to_bytes(8, "big") + part)
        return whole.hexdigest()

    def _bytes(self, name: str, most: int, wanted_at: Spot | None) -> bytes | None:
        if name in self._read:
            return self._read[name]
        if name not in self._paths:
            if near := self._note_missing(name, wanted_at):
                self._meant.add(near)
            return None
        self._read[name] = b""
        if self._count:
            self._count(len(self._read), len(self._paths))
        try:
            with self._paths[name].open("rb") as file:
                data = file.read(most + 1)
        except OSError as error:
            self._faults.add_file(name, f"cannot be read ({error.strerror})", "let it be readable")
            return None
        if len(data) > most:
            self._faults.add_file(name, f"larger than {most // 1024} KB", "make it smaller, or split it")
            return None
        self._read[name] = data
        return data

    def _note_missing(self, name: str, wanted_at: Spot | None) -> str | None:
        """Note that there is no such file; return the one that was likely meant."""
        if wanted_at is None:
            mend = self._where_a_course_is() if name == COURSE else "write it"
            self._faults.add_file(name, "there is no such file", mend)
            return None
        folder = posixpath.dirname(name)
        near = nearest(name, (path for path in self._paths if posixpath.dirname(path) == folder))
        mend = f"did you mean `{near}`?" if near else "write this file, or mend its name"
        self._faults.add(wanted_at, f"there is no file `{name}`", mend)
        return near

    def _where_a_course_is(self) -> str:
        above = self._root.parent
        return f"did you mean the folder `{above}`?" if (above / COURSE).is_file() else _NEW

    def _decoded(self, name: str, data: bytes) -> Source | None:
        if data.startswith(_UTF_16):
            self._faults.add_file(name, "written in UTF-16", "save it as UTF-8")
            return None
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            so_far = Source(name, data[: error.start].decode())
            spot = Spot(so_far, len(so_far.text))
            self._faults.add(
                spot, f"the byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8"
            )
            return None
        source = Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
        return source if self._is_clean(source) else None

    def _is_clean(self, source: Source) -> bool:
        if source.text.startswith(_BOM):
            self._faults.add(Spot(source), "a byte order mark", "save the file as UTF-8 without one")
            return False
        odd = list(_ODD.finditer(source.text))
        for match in odd:
            what = f"an invisible character, U+{ord(match[0]):04X}"
            self._faults.add(Spot(source, match.start()), what, "delete it")
        return not odd


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:  # it is gone since the folder was listed
        return 0, 0
    return status.st_mtime_ns, status.st_size
