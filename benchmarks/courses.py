"""Measures checking a course against parsing its files and no more."""

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.parsers import expat

import yaml
from markdown_it import MarkdownIt

from benchmarks.report import Figure, Section
from benchmarks.turns import in_turns, middle, middle_ratio, seconds
from tutorbot.app import bundled_courses
from tutorbot.authoring import check
from tutorbot.authoring.files import CODE

LESSONS = 30

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PROSE = {
    "about",
    "bio",
    "explanation",
    "feedback",
    "hint",
    "model",
    "prompt",
    "right",
    "summary",
    "text",
    "wrong",
}


def long_course(folder: Path, lessons: int = LESSONS) -> Path:
    """Make a course of so many lessons in the folder, of those of the course that comes with the program."""
    beside = shutil.ignore_patterns(CODE, "README*", ".*")
    shutil.copytree(bundled_courses()[0], folder, dirs_exist_ok=True, ignore=beside)
    modules = sorted(path.parent for path in folder.glob("*/module.yaml"))
    module = modules[0]
    given = sorted(path.stem for path in module.glob("*.md"))
    there = sum(len(list(path.glob("*.md"))) for path in modules)
    added = [(given[n % len(given)], n) for n in range(lessons - there)]
    for name, n in added:
        for ending in (".md", ".questions.yaml"):
            text = (module / (name + ending)).read_text(encoding="utf-8")
            text = re.sub(r"^(  - id: .*)$", rf"\1-copy-{n}", text, flags=re.MULTILINE)
            (module / f"{name}-copy-{n}{ending}").write_text(text, encoding="utf-8")
    with (module / "module.yaml").open("a", encoding="utf-8") as listing:
        listing.writelines(f"  - {name}-copy-{n}\n" for name, n in added)
    return folder


def parse(folder: Path) -> None:
    """Read the files of a course and parse them: YAML with libyaml, Markdown, SVG; look at nothing."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        match file.suffix:
            case ".yaml":
                _parse_prose(yaml.load(file.read_bytes(), yaml.CSafeLoader))
            case ".md":
                _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
                _parse_prose(yaml.load(head, yaml.CSafeLoader))
                _MARKDOWN.parse(body)
            case ".svg":
                expat.ParserCreate().Parse(file.read_bytes(), True)


def _parse_prose(data: object, key: str = "") -> None:
    match data:
        case dict():
            for name, value in data.items():
                _parse_prose(value, name)
        case list():
            for value in data:
                _parse_prose(value, key)
        case str() if key in _PROSE:
            _MARKDOWN.parse(data)


def measure(folder: Path, *, rounds: int) -> Section:
    """Check a long course, in turns with parsing its files."""
    with TemporaryDirectory(dir=folder) as name:
        course = long_course(Path(name))
        report = check(course)
        assert report.summary, report.faults
        turns = in_turns(
            rounds, lambda: seconds(lambda: parse(course)), lambda: seconds(lambda: check(course))
        )
    checking = middle(turns, 1)
    return Section(
        figures=[
            Figure("checking a course, of parsing its files", middle_ratio(turns), 3),
            Figure(f"checking a course of {LESSONS} lessons", checking, 2, unit=" s", digits=2),
        ],
        how=f"A course of {report.summary.lessons} lessons: its YAML parsed with libyaml, its Markdown and "
        f"its SVG, in turns with `check`; medians of {rounds} rounds.",
        details=f"- Parsed in {middle(turns, 0) * 1e3:.0f} ms, checked in {checking * 1e3:.0f} ms.",
    )
