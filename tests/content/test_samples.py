"""The code that lessons and exercises show runs, and prints what they say."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tutorbot.app import bundled_courses

LAST_COMMENT = re.compile(r"\n\n((?:# .*\n)+)\Z")
WITH_CODE = [
    pytest.param(file, id=f"{file.parent.name}/{file.stem}")
    for folder in bundled_courses()
    for file in sorted(folder.rglob("*.md"))
    if "```python" in file.read_text()
]


@pytest.mark.parametrize("file", WITH_CODE)
def test_the_samples_of_a_text_run_and_print_what_it_says(file: Path, tmp_path: Path) -> None:
    tokens = MarkdownIt().enable("table").parse(file.read_text().split("---", 2)[2])
    program = "\n\n".join(token.content for token in tokens if token.info == "python")

    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 0, f"{file}\n{result.stderr}"
    for said in printed_by(tokens):
        assert said in result.stdout, f"{file} says it prints {said!r}, but it prints\n{result.stdout}"


def test_there_is_code_to_run() -> None:
    assert len(WITH_CODE) >= 6


def printed_by(tokens: list[Token]) -> Iterator[str]:
    """Yield what a text says its code prints: below it, in its last comment, or after "It prints"."""
    shown = [token for token in tokens if token.type in ("fence", "inline")]
    for token, below in zip_longest(shown, shown[1:]):
        said = token.content.startswith("It prints")
        if token.info == "python" and (comment := LAST_COMMENT.search(token.content)):
            yield re.sub(r"^# ", "", comment[1], flags=re.MULTILINE).strip()
        if below is not None and below.info == "text" and (said or token.info == "python"):
            yield below.content.strip()
        elif said:
            sentence = re.split(r"(?<=[.`])\s(?=[A-Z(])", token.content.replace("\n", " "))[0]
            yield from re.findall(r"`([^`]+)`", sentence)
