"""The tests of the rules need nothing but pytest, hypothesis and freezegun."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALLOWED = {"pytest", "hypothesis", "freezegun", "tutorbot"}
NEEDED_BY_THEM = {
    "attrs",
    "iniconfig",
    "packaging",
    "pluggy",
    "pygments",
    "python-dateutil",
    "six",
    "sortedcontainers",
    "tzdata",
    "colorama",
    "exceptiongroup",
    "tomli",
}

GUARD = """
import sys
from importlib.abc import MetaPathFinder

class Absent(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in FORBIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
"""


@pytest.mark.timeout(660)
def test_the_rules_are_tested_without_any_other_package(tmp_path: Path) -> None:
    forbidden = sorted(
        module
        for module, owners in packages_distributions().items()
        if not {owner.lower() for owner in owners} & (ALLOWED | NEEDED_BY_THEM) and module != "_pytest"
    )
    (tmp_path / "absent.py").write_text(f"FORBIDDEN = {set(forbidden)!r}\n{GUARD}")

    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "absent", "-q", "-x", "tests/lessons"],
        cwd=ROOT,
        env={
            "PYTHONPATH": str(tmp_path),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PATH": "",
            "HOME": str(tmp_path),
            "CI": "true",  # hypothesis then searches alike each time
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert "sqlalchemy" in forbidden
    assert result.returncode == 0, result.stdout[-3_000:] + result.stderr[-3_000:]
