"""The wheel, installed elsewhere, is the whole program."""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.house.places import ROOT

COURSE = "cqrs-event-sourcing"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An environment in which tutorbot is installed from its wheel, and a folder to work in."""

    environment: Path
    folder: Path

    def command(self, *arguments: str | Path) -> list[str | Path]:
        """Return the command line of the installed `tutorbot`."""
        return [self.environment / "bin" / "tutorbot", *arguments]

    def run(self, *command: str | Path) -> str:
        """Run a command to its end, and return what it printed."""
        done = subprocess.run(
            command, cwd=self.folder, env=self._variables(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def evaluate(self, expression: str) -> str:
        """Return what a Python expression about `tutorbot` prints there."""
        program = f"import sys, tutorbot; print({expression})"
        return self.run(self.environment / "bin" / "python", "-c", program).strip()

    @contextmanager
    def running(self, command: Sequence[str | Path]) -> Iterator["subprocess.Popen[str]"]:
        """Run a command while the block runs, and be rid of it afterwards."""
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=self._variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def _variables(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**kept, "HOME": str(self.folder)}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """Build the wheel and install it in a new environment.

    The libraries come from the environment that runs the tests, by a line in a .pth file: Python
    does not follow the lines of further .pth files there, so the sources are out of reach.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = folder / "venv"
    venv.create(environment, with_pip=False, symlinks=True)
    libraries = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    site_packages = next(environment.glob("lib/python*/site-packages"))
    (site_packages / "libraries.pth").write_text("\n".join(sorted(libraries)))
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-index", "--no-deps"]
    _do([*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", folder, ROOT])
    wheel = next(folder.glob("tutorbot-*.whl"))
    _do([*pip, "--python", environment / "bin" / "python", "install", *offline, "--force-reinstall", wheel])
    return Elsewhere(environment, folder)


def _do(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_sources_are_out_of_reach_there(elsewhere: Elsewhere) -> None:
    package = Path(elsewhere.evaluate("tutorbot.__file__"))
    searched = elsewhere.evaluate("sys.path")

    assert package.is_relative_to(elsewhere.environment)
    assert repr(str(ROOT)) not in searched


def test_the_installed_command_knows_its_version(elsewhere: Elsewhere) -> None:
    said = elsewhere.run(*elsewhere.command("--version"))

    assert version("tutorbot") in said


def test_the_wheel_carries_the_course_and_says_that_it_is_typed(elsewhere: Elsewhere) -> None:
    package = Path(elsewhere.evaluate("tutorbot.__file__")).parent

    said = elsewhere.run(*elsewhere.command("check", package / "content" / COURSE))

    assert "No faults." in said
    assert (package / "py.typed").exists()


def test_the_installed_demo_answers_and_stops_cleanly(elsewhere: Elsewhere) -> None:
    state = elsewhere.folder / "state"

    with elsewhere.running(
        elsewhere.command("demo", "--no-browser", "--port", "0", "--state", state)
    ) as demo:
        assert demo.stdout is not None
        first = demo.stdout.readline()
        assert first.startswith("The workspace is at")
        address = first.split()[-1]
        shown = _fetch(f"{address}page/state")
        page = _fetch(address)
        demo.send_signal(signal.SIGINT)
        said, _ = demo.communicate(timeout=60)

    assert demo.returncode == 0, said
    assert "Traceback" not in said
    assert json.loads(shown)["clock"] is not None
    assert b"<html" in page
    assert (state / "tutorbot.db").exists()


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        content: bytes = answer.read()
    return content
