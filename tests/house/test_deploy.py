"""What the image, the unit and the locks say fits the program."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.places import ROOT
from tutorbot.cli import main
from tutorbot.settings import SETTINGS

LOCKS = ("requirements.lock", "requirements-run.lock")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNIT = (ROOT / "deploy" / "tutorbot.service").read_text()


def locked(name: str) -> dict[str, str]:
    """Return what a lock holds: the rest of its entry, hashes included, by the name of the package."""
    entries = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    return {entry.partition("==")[0]: " ".join(entry.split()) for entry in entries if "==" in entry}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_hashes_and_names_no_host(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()
    assert all("--hash=sha256:" in entry for entry in locked(name).values())


def test_what_is_locked_to_run_is_what_the_tests_run_with() -> None:
    everything, to_run = (locked(name) for name in LOCKS)

    assert {name: everything.get(name) for name in to_run} == to_run


def test_what_is_locked_to_run_is_all_that_running_needs_and_no_tool() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed, tools = (
        {re.split(r"[\[<>=;]", line)[0].strip().lower() for line in lines}
        for lines in (project["project"]["dependencies"], project["dependency-groups"]["dev"])
    )
    to_run = {name.partition("[")[0] for name in locked("requirements-run.lock")}

    assert needed <= to_run
    assert not to_run & tools


def test_the_image_is_made_of_what_is_there_and_let_in() -> None:
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = {
        source
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in sources.split()
    }

    assert copied == let_in
    assert all((ROOT / source).exists() for source in copied)


def test_the_image_runs_as_nobody_in_particular_and_looks_after_itself() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]

    assert int(re.findall(r"^USER (\d+)$", last, re.MULTILINE)[0]) > 0
    assert "HEALTHCHECK" in last
    assert re.findall(r'^CMD \["(\w+)"\]$', last, re.MULTILINE)[0] in main.commands
    assert "pip install" not in last


def test_every_installation_in_the_image_is_locked() -> None:
    installed = re.findall(r"pip install (.+?)(?: \\)?$", DOCKERFILE, re.MULTILINE)

    assert installed
    assert all("--require-hashes" in words or "--no-deps --no-index" in words for words in installed)


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT], ids=["Dockerfile", "unit"])
def test_every_setting_that_is_given_is_one(text: str) -> None:
    given = set(re.findall(r"\b((?:TUTORBOT|SLACK)_[A-Z_]+)\b", text))

    assert given
    assert given <= {setting.name for setting in SETTINGS.values()}


def test_the_unit_runs_a_command_that_exists() -> None:
    command = re.findall(r"^ExecStart=\S+/tutorbot (\w+)$", UNIT, re.MULTILINE)

    assert command == ["run"]
    assert command[0] in main.commands


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "tutorbot.service"
    unit.write_text(UNIT.replace("/srv/tutorbot/.venv/bin/tutorbot", sys.executable))

    verified = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, timeout=60, check=False
    )

    assert "tutorbot.service:" not in verified.stderr
