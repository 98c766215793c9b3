"""Questions in QTI 1.2 and 2.1 or 2.2: a file alone, a folder, or a package."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tutorbot.exchange.albums import Album, embedded
from tutorbot.exchange.drafting import Drafts
from tutorbot.exchange.html.blocks import FindPicture
from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.packages import Package, open_package
from tutorbot.exchange.qti.v1.questions import read_item
from tutorbot.exchange.qti.v2.questions import read_assessment_item
from tutorbot.exchange.taken import Place, Taken, Unreadable
from tutorbot.exchange.xml_tree import Element, read_xml

MOST_ELEMENTS = 3_000
"""How many elements a question may be made of: its rules are compared with all its parts."""

_ENDINGS = (".xml", ".dat", ".qti")
"""Blackboard calls its files of questions `res00001.dat`, and Canvas some of its own `….xml.qti`."""

_MANIFEST = "imsmanifest.xml"
_FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_CANVAS_BASE, _CANVAS_FILES = (
    re.compile(r"\$IMS[-_]CC[-_]FILE_?BASE\$/?"),
    "web_resources",
)
_BLACKBOARD_BASE = re.compile(r"@X@EmbeddedFile\.location@X@")
_DRAWN = ("sourcebank_ref", "itemref")


def read(path: Path) -> Taken:
    """Return the questions of the file, folder or package; raises Unreadable.

    What is no QTI in a package is passed over.
    """
    with open_package(path) as package:
        reading = _PackageReading(package)
        for name in _in_order(package):
            reading.read(name)
        return reading.taken(path.name)


class _PackageReading:
    """What was taken of a package so far."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._drafts = Drafts()
        self._album = Album()
        self._found: dict[str, str | None] = {}
        self._is_qti = False

    def read(self, name: str) -> None:
        """Take the questions of the file, if it holds some."""
        try:
            root = read_xml(self._package.read(name), self._package.place(name))
        except Unreadable as error:
            if not name:
                raise
            self._drafts.miss(error.place, str(error).removeprefix(f"{error.place}: "))
            return
        self._read_root(root, name)

    def taken(self, label: str) -> Taken:
        """Return all that was taken; raises Unreadable where there is no QTI."""
        if not self._is_qti:
            raise Unreadable(Place(label), "holds no questions in QTI 1.2, 2.1 or 2.2")
        return self._drafts.taken(self._album.pictures)

    def _read_root(self, root: Element, name: str) -> None:
        file = self._package.place(name)
        texts = HtmlTexts(file, self._drafts, self._finder(name))
        match root.name:
            case "questestinterop" | "item":
                self._is_qti = True
                self._tell_drawn(root, file)
                for item in _items(root):
                    if self._is_followed(item, file):
                        read_item(item, texts)
            case "assessmentItem":
                self._is_qti = True
                if self._is_followed(root, file):
                    read_assessment_item(root, texts)
            case "assessmentTest":
                what = "the order of a test, its times and its way of counting are not taken"
                self._drafts.miss(Place(file, root.line), what)
            case "qti-assessment-item" | "qti-assessment-test":
                self._drafts.miss(Place(file, root.line), "QTI 3 is not read; let it be saved as QTI 2.1")
            case _:
                pass

    def _is_followed(self, item: Element, file: str) -> bool:
        size = _size(item)
        if size > MOST_ELEMENTS:
            what = f"the question is not taken: it has {size:,} elements, and {MOST_ELEMENTS:,} are read"
            self._drafts.miss(Place(file, item.line), what)
        return size <= MOST_ELEMENTS

    def _tell_drawn(self, root: Element, file: str) -> None:
        for element in root.within(*_DRAWN):
            what = "questions of a bank that is not in this file are not taken"
            self._drafts.miss(Place(file, element.line), what)

    def _finder(self, beside: str) -> FindPicture:
        def find(address: str) -> str | None:
            for name in _possible(address, beside):
                if member := self._package.find(name, beside) or self._package.find(name):
                    return self._picture(member)
            data = embedded(address)
            return self._album.take(data) if data else None

        return find

    def _picture(self, name: str) -> str | None:
        if name not in self._found:
            try:
                self._found[name] = self._album.take(self._package.read(name))
            except Unreadable:
                self._found[name] = None
        return self._found[name]


def _items(element: Element) -> Iterator[Element]:
    if element.name == "item":
        yield element
    else:
        for child in element.elements:
            yield from _items(child)


def _size(element: Element) -> int:
    return 1 + sum(map(_size, element.elements))


def _possible(address: str, beside: str) -> Iterator[str]:
    """Yield the names that a picture may have in the package."""
    path = unquote(address).partition("?")[0]
    if _CANVAS_BASE.match(path):
        rest = _CANVAS_BASE.sub("", path)
        yield f"/{_CANVAS_FILES}/{rest}".removeprefix("/")
        yield rest
    elif _BLACKBOARD_BASE.match(path):
        folder = posixpath.splitext(posixpath.basename(beside))[0]
        yield posixpath.join(folder, _BLACKBOARD_BASE.sub("", path))
    elif path and not _FOREIGN.match(path):
        yield path


def _in_order(package: Package) -> list[str]:
    """Return the files that may hold questions, in the order of the manifest, then by name."""
    names = [name for name in package.names if not name or name.lower().endswith(_ENDINGS)]
    listed = {name: n for n, name in enumerate(dict.fromkeys(_manifest(package)))}
    names = [name for name in names if posixpath.basename(name) != _MANIFEST and not _is_double(name, names)]
    return sorted(names, key=lambda name: (listed.get(name, len(listed)), name))


def _is_double(name: str, names: list[str]) -> bool:
    """Whether Canvas wrote the same quiz twice: once as other producers know it, and once whole."""
    folder, base = posixpath.split(name)
    return base == "assessment_qti.xml" and f"non_cc_assessments/{folder}.xml.qti" in names


def _manifest(package: Package) -> list[str]:
    """Return the files in the order of the manifest, if there is one that can be read."""
    if _MANIFEST not in package.names:
        return []
    try:
        root = read_xml(package.read(_MANIFEST), package.place(_MANIFEST))
    except Unreadable:
        return []
    files = (each.get("href") or each.get("bb:file") for each in root.within("resource", "file"))
    return [name for file in files if (name := package.find(unquote(file)))]
