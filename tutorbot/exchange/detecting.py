"""Which format a file, folder or package of questions is in."""

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from tutorbot.exchange.gift.reading import read as read_gift
from tutorbot.exchange.olx.reading import read as read_olx
from tutorbot.exchange.packages import Package, open_package
from tutorbot.exchange.qti.reading import read as read_qti
from tutorbot.exchange.taken import Place, Taken, Unreadable
from tutorbot.exchange.tarballs import is_tarball


class Format(StrEnum):
    """The formats that are read."""

    GIFT = "gift"
    OLX = "olx"
    QTI = "qti"


READERS: dict[Format, Callable[[Path], Taken]] = {
    Format.GIFT: read_gift,
    Format.OLX: read_olx,
    Format.QTI: read_qti,
}

_HEAD = 8_192
_PASSED_OVER = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)
_ROOT = re.compile(rb"\s*<(?:[\w.-]+:)?([\w.-]+)")
_QTI_ROOTS = frozenset(
    (b"questestinterop", b"assessmentItem", b"assessmentTest", b"assessmentSection", b"manifest")
)
_OLX_ROOTS = frozenset(
    (b"course", b"library", b"problem", b"openassessment", b"chapter", b"sequential", b"vertical")
)
_ANSWER = re.compile(rb"\{[^{}]*\}")


def detect(path: Path) -> Format:
    """Return the format, by name and content; raises Unreadable where it cannot be told."""
    if path.suffix.lower() == ".gift":
        return Format.GIFT
    if is_tarball(path):
        return Format.OLX
    with open_package(path) as package:
        found = _of_file(package.read("")) if "" in package.names else _of_package(package)
    if found is None:
        raise Unreadable(Place(path.name), "holds nothing that is known; say what it is with `--format`")
    return found


def _of_package(package: Package) -> Format | None:
    """Return the format of a folder or zip file: by what a list of its own is called, else by any file."""
    names = {name.rpartition("/")[2]: name for name in reversed(package.names)}
    if "imsmanifest.xml" in names:
        return Format.QTI
    if "course.xml" in names or "library.xml" in names:
        return Format.OLX
    documents = (name for name in package.names if name.endswith((".xml", ".dat", ".qti")))
    return next((found for name in documents if (found := _of_file(package.read(name)))), None)


def _of_file(data: bytes) -> Format | None:
    head = _utf_8(data[:_HEAD])
    if b"\0" in head:
        return None  # a picture, a document of Word …
    if not head.lstrip().startswith(b"<"):
        return Format.GIFT if _ANSWER.search(_utf_8(data)) else None
    root = _ROOT.match(_PASSED_OVER.sub(b"", head))
    if root and root[1] in _QTI_ROOTS:
        return Format.QTI
    if root and root[1] in _OLX_ROOTS:
        return Format.OLX
    return Format.GIFT if _ANSWER.search(head) else None


def _utf_8(data: bytes) -> bytes:
    """Return the text in UTF-8 and without a mark of its encoding, whatever it is in."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return data.decode(encoding, errors="replace").encode()
