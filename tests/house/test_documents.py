"""What the documents say is true."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from tests.house.places import PACKAGE, ROOT, documents, name_of
from tutorbot.cli import main
from tutorbot.settings import SETTINGS
from tutorbot.slack.scopes import bot_scopes

DOCUMENTS = pytest.mark.parametrize("document", documents(), ids=name_of)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
OUR_MACHINE = re.compile(r"(?<![\w.…/])/(?:home|mnt|opt|root|tmp|Users|work)/")


def headings(document: Path) -> set[str]:
    """Return the anchors that the headings of a document make."""
    titles = re.findall(r"^#+ +(.+)$", FENCE.sub("", document.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def code_in(document: Path) -> Iterable[str]:
    """Return what stands in backquotes, and every line of the blocks of code."""
    text = document.read_text()
    blocks = "".join(FENCE.findall(text)).splitlines()
    return [*CODE.findall(FENCE.sub("", text)), *blocks]


@DOCUMENTS
def test_every_link_within_the_house_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(FENCE.sub("", document.read_text())):
        path, _, anchor = unquote(link).partition("#")
        target = document.parent / path if path else document

        assert target.exists(), link
        assert not anchor or anchor in headings(target), link


@DOCUMENTS
def test_no_document_names_a_path_of_the_machine_it_was_written_on(document: Path) -> None:
    text = document.read_text()

    assert not OUR_MACHINE.search(text)
    assert str(ROOT) not in text


@DOCUMENTS
def test_every_module_that_is_named_exists(document: Path) -> None:
    named = {path for code in code_in(document) for path in re.findall(r"^[a-z_/]+\.py$", code.strip())}

    assert not [
        path for path in sorted(named) if not (PACKAGE / path).exists() and not (ROOT / path).exists()
    ]


@DOCUMENTS
def test_every_command_that_is_named_exists(document: Path) -> None:
    named = {
        words
        for code in code_in(document)
        for words in re.findall(r"^tutorbot ([a-z][a-z-]*)(?: ([a-z]+))?", code)
    }

    for name, rest in named:
        command = main.commands.get(name)
        assert command is not None, name
        if rest and isinstance(command, click.Group):
            assert rest in command.commands, f"{name} {rest}"


@DOCUMENTS
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for code in code_in(document) for target in re.findall(r"^make ([a-z]+)", code)}

    assert named <= targets


def test_every_room_stands_in_the_map() -> None:
    rooms = {
        path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    the_map = (ROOT / "docs" / "architecture.md").read_text()

    missing = [
        room for room in sorted(rooms - {"__init__.py"}) if not re.search(rf"^  {room}/? ", the_map, re.M)
    ]

    assert missing == []


def test_the_layers_are_drawn_as_they_are_held_to() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (held,) = (each["layers"] for each in project["tool"]["importlinter"]["contracts"] if "layers" in each)
    shape = (ROOT / "docs" / "architecture.md").read_text().partition("## The shape")[2]
    drawn = shape.partition("```text\n")[2].partition("```")[0].splitlines()

    assert [set(line.split()) for line in drawn] == [set(line.split(" | ")) for line in held]


def test_every_dependency_has_its_line_and_no_other_has() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=;]", line)[0].strip() for line in wanted}

    lines = re.findall(r"^\| `([\w-]+)` \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE)

    assert sorted(lines) == sorted(names)


def test_every_setting_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operate.md").read_text(), re.MULTILINE)

    assert sorted(explained) == sorted(
        [*(setting.name for setting in SETTINGS.values()), "TUTORBOT_ENV_FILE"]
    )


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()

    assert "://" not in lock
    assert "index-url" not in lock


def test_every_scope_of_the_manifest_is_explained() -> None:
    explained = re.findall(
        r"^\| `([a-z]+:[a-z]+|commands)` \|", (ROOT / "docs" / "operate.md").read_text(), re.M
    )

    assert explained == list(bot_scopes())
