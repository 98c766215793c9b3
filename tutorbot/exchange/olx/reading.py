"""Questions in OLX: a course's folder, what Open edX exports (`.tar.gz`), a library, or one problem.

The topic of a question is the sequential (Studio calls it a subsection) that it stands in: a lesson of ours.
https://docs.openedx.org/en/latest/educators/olx/directory-structure.html
"""

import posixpath
import re
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from urllib.parse import unquote

from tutorbot.exchange.albums import Album, embedded
from tutorbot.exchange.drafting import Drafts
from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.naming import slug
from tutorbot.exchange.olx.assessment_in import read_assessment
from tutorbot.exchange.olx.problem_in import UNLIMITED, Asked, name_of, read_problem
from tutorbot.exchange.packages import Package, open_package
from tutorbot.exchange.taken import Place, Taken, Unreadable
from tutorbot.exchange.tarballs import is_tarball, read_tarball
from tutorbot.exchange.xml_tree import Element, read_xml

_ENDINGS = (".xml", ".svg", ".png", ".jpg", ".jpeg", ".gif")
_ROOTS = ("course.xml", "library.xml")
_QUESTIONS = frozenset(("problem", "openassessment"))
_HOLDERS = frozenset(
    (
        *("chapter", "conditional", "course", "itembank", "library", "library_content", "problemset"),
        *("randomize", "sequential", "split_test", "unit", "vertical", "wrapper"),
    )
)
_SILENT = frozenset(("about", "error", "wiki", "source_label", "show_reset_button", "textbook"))
_NAMES = {
    "html": "pages of text",
    "video": "videos",
    "discussion": "discussions",
    "drag-and-drop-v2": "drag-and-drop questions",
    "poll": "polls",
    "survey": "surveys",
    "word_cloud": "word clouds",
    "lti": "tools of others",
    "lti_consumer": "tools of others",
}
_ASSET = re.compile(
    r"(?:^|/)asset-v1:[^@]+@asset\+block@|^/c4x/[^/]+/[^/]+/asset/|^/assets/courseware/.*?block@"
)
_MOST_STEPS = 50_000
_DEEPEST = 100


def read(path: Path) -> Taken:
    """Return the questions of the course, library or problem; raises Unreadable."""
    opened: AbstractContextManager[Package]
    opened = nullcontext(read_tarball(path, _ENDINGS)) if is_tarball(path) else open_package(path)
    with opened as package:
        reading = _PackageReading(package)
        reading.read_all(path)
        return reading.taken()


class _PackageReading:
    """What was taken of a package so far."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._drafts = Drafts()
        self._album = Album()
        self._base = ""
        self._found: dict[str, str | None] = {}
        self._seen: set[str] = set()
        self._others: Counter[str] = Counter()
        self._lesson = ""
        self._unlimited: list[Place] = []
        self._steps = 0
        self._depth = 0

    def read_all(self, path: Path) -> None:
        """Take the questions as the course shows them; without a course, by the names of the files."""
        if "" in self._package.names:
            self._walk(self._xml(""), "", Path(path).stem)
            return
        root = self._root()
        if root is None:
            self._read_loose(path)
            return
        self._base = posixpath.dirname(root)
        self._walk_file(root, posixpath.splitext(posixpath.basename(root))[0])
        self._tell_others(root)

    def taken(self) -> Taken:
        """Return what was taken and missed."""
        if self._unlimited:
            first, *others = self._unlimited
            more = f", like {len(others)} more" if others else ""
            self._drafts.miss(first, f"it may be tried without end{more}, and has the usual tries here")
        return self._drafts.taken(self._album.pictures)

    def _root(self) -> str | None:
        """Return the file that the course or library begins with: the one that lies highest."""
        found = [name for name in self._package.names if posixpath.basename(name) in _ROOTS]
        return min(found, key=lambda name: (name.count("/"), name), default=None)

    def _read_loose(self, path: Path) -> None:
        names = [name for name in self._package.names if name.endswith(".xml")]
        if not names:
            raise Unreadable(Place(path.name), "holds no OLX: there is no `course.xml`, and no problem")
        for name in names:
            self._base = posixpath.dirname(posixpath.dirname(name))
            self._walk_file(name, posixpath.splitext(posixpath.basename(name))[0])
        self._tell_others(names[0])

    def _walk_file(self, name: str, called: str) -> None:
        if name in self._seen:
            return
        self._seen.add(name)
        try:
            root = self._xml(name)
        except Unreadable as error:
            self._drafts.miss(error.place, error.what)
            return
        self._walk(root, name, called)

    def _xml(self, name: str) -> Element:
        return read_xml(self._package.read(name), self._package.place(name))

    def _walk(self, element: Element, file: str, called: str = "") -> None:
        """Take what the element holds or points to."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Unreadable(
                Place(self._package.place(file)), f"has more than {_MOST_STEPS:,} parts; split it"
            )
        if self._depth > _DEEPEST:
            what = f"what lies more than {_DEEPEST} parts within one another is not taken"
            self._drafts.miss(Place(self._package.place(file), element.line), what)
            return
        self._depth += 1
        self._take_what_is_in(element, file, called)
        self._depth -= 1

    def _take_what_is_in(self, element: Element, file: str, called: str) -> None:
        name = element.get("url_name") or element.get("filename")
        if _is_pointer(element) and name and not self._is_root_of(element, name, file):
            self._follow(element, name, file)
        elif element.name in _QUESTIONS:
            self._take(Asked(element, self._package.place(file), called or name, self._lesson))
        elif element.name in _HOLDERS:
            before = self._lesson
            if element.name == "sequential" and (named := name_of(element, called)):
                self._lesson = slug(named)
            for child in element.elements:
                self._walk(child, file)
            self._lesson = before
        elif element.name not in _SILENT:
            self._others[_NAMES.get(element.name, f"`{element.name}`")] += 1

    def _path(self, element: Element, name: str) -> str:
        return posixpath.join(self._base, element.name, f"{name.replace(':', '/')}.xml")

    def _is_root_of(self, element: Element, name: str, file: str) -> bool:
        return self._package.find(self._path(element, name)) == file

    def _follow(self, element: Element, name: str, file: str) -> None:
        """Take what is in the file that the element stands for."""
        pointed = self._package.find(self._path(element, name))
        if pointed:
            self._walk_file(pointed, name)
        elif element.name in _QUESTIONS:
            place = Place(self._package.place(file), element.line)
            self._drafts.miss(place, f"there is no file `{element.name}/{name[:80]}.xml`")

    def _take(self, asked: Asked) -> None:
        texts = HtmlTexts(asked.file, self._drafts, self._find)
        if asked.element.name == "problem":
            if asked.element.get("max_attempts") in UNLIMITED:
                self._unlimited.append(asked.place)
            read_problem(asked, texts)
        else:
            read_assessment(asked, texts)

    def _find(self, address: str) -> str | None:
        """Return the digest of a picture: pictures lie in the folder `static`."""
        if address not in self._found:
            data = embedded(address) or self._static(address)
            self._found[address] = self._album.take(data) if data else None
        return self._found[address]

    def _static(self, address: str) -> bytes:
        name = unquote(_ASSET.sub("/static/", address.partition("?")[0])).removeprefix("/static/").lstrip("/")
        file = self._package.find(posixpath.join(self._base, "static", name))
        if file is None or not posixpath.normpath(file).startswith(posixpath.join(self._base, "static/")):
            return b""
        try:
            return self._package.read(file)
        except Unreadable as error:
            self._drafts.miss(error.place, error.what)
            return b""

    def _tell_others(self, file: str) -> None:
        """Tell what else is there: only questions are taken, and of a course those that it shows."""
        place = Place(self._package.place(file))
        if self._others:
            listed = ", ".join(f"{name} ({count})" for name, count in sorted(self._others.items()))
            self._drafts.miss(place, f"only questions are taken, and not {listed}")
        folder = posixpath.join(self._base, "problem/")
        hidden = [name for name in self._package.names if name.startswith(folder) and name not in self._seen]
        if hidden:
            self._drafts.miss(place, f"problems that the course does not show are not taken ({len(hidden)})")


def _is_pointer(element: Element) -> bool:
    """Whether the element has no content of its own, and so stands for a file of its kind and name."""
    return element.name in _QUESTIONS | _HOLDERS and not element.elements and not element.text.strip()
