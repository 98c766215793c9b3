"""Where the parts of the house stand."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tutorbot"


def documents() -> list[Path]:
    """Return every document that people read."""
    return [
        *sorted(ROOT.glob("*.md")),
        *sorted((ROOT / "docs").rglob("*.md")),
        ROOT / "content" / "README.md",
    ]


def name_of(document: Path) -> str:
    """Return a document's path as people write it."""
    return str(document.relative_to(ROOT))
