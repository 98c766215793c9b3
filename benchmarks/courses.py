"""Measures checking a course against parsing its files and no more: `python -m benchmarks.courses`."""

import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import yaml
from markdown_it import MarkdownIt

from tutorbot.app import bundled_courses
from tutorbot.authoring import check
from tutorbot.authoring.files import CODE

LESSONS = 30
ROUNDS = 15
MOST_TIMES = 3
MOST_SECONDS = 2

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PROSE = {
    *(
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
    )
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


def seconds(work: Callable[[Path], object], folder: Path) -> float:
    """Return how long the work takes."""
    began = time.perf_counter()
    work(folder)
    return time.perf_counter() - began


def main() -> None:
    """Measure in turns and print the middle of each, and of the ratios; fail above what is promised."""
    with tempfile.TemporaryDirectory() as name:
        folder = long_course(Path(name))
        report = check(folder)
        assert report.summary, report.faults
        rounds = [(seconds(parse, folder), seconds(check, folder)) for _ in range(ROUNDS)]
    parsing, checking = (statistics.median(times) for times in zip(*rounds, strict=True))
    times = statistics.median(checked / parsed for parsed, checked in rounds)
    print(
        f"{report.summary.lessons} lessons, {len(report.faults)} faults: parsed in {parsing * 1000:.0f} ms, "
        f"checked in {checking * 1000:.0f} ms, {times:.2f} times as long."
    )
    if times > MOST_TIMES or checking > MOST_SECONDS:
        raise SystemExit(f"More than {MOST_TIMES} times, or {MOST_SECONDS} s.")


if __name__ == "__main__":
    main()
