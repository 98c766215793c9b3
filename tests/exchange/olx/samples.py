"""Small files in OLX, and what is taken of them."""

from pathlib import Path

from tutorbot.exchange.olx.reading import read
from tutorbot.lessons.question import Question


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_one(tmp_path: Path, problem: str) -> tuple[list[Question], list[str]]:
    taken = read(written(tmp_path, {"asked.xml": problem}) / "asked.xml")
    return [draft.question for draft in taken.drafts], [str(missed) for missed in taken.missed]


def only(questions: list[Question]) -> Question:
    assert len(questions) == 1
    return questions[0]
