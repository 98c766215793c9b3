"""`tutorbot schema`: what editors complete and check by."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tutorbot.authoring.formats.schema import FILES, schema_of
from tutorbot.cli import main


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_of_a_kind_of_file_is_printed(kind: str) -> None:
    result = CliRunner().invoke(main, ["schema", kind])

    assert result.exit_code == 0
    assert json.loads(result.stdout) == schema_of(kind)


def test_all_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--into", str(tmp_path / "schemas")])

    assert result.exit_code == 0
    written = {file.name: json.loads(file.read_text()) for file in (tmp_path / "schemas").iterdir()}
    assert written == {f"{kind}.schema.json": schema_of(kind) for kind in FILES}
    assert f"{tmp_path}/schemas/exam.schema.json: exam/exam.yaml" in result.stdout


def test_the_help_names_every_kind() -> None:
    result = CliRunner().invoke(main, ["schema", "--help"])

    assert all(kind in result.stdout for kind in FILES)


@pytest.mark.parametrize("words", [[], ["lessons"], ["lesson", "--into", "there"]])
def test_what_cannot_be_understood_is_a_wrong_call(words: list[str]) -> None:
    result = CliRunner().invoke(main, ["schema", *words])

    assert result.exit_code == 2
    assert result.stdout == ""


def test_a_kind_that_there_is_not_is_answered_by_those_there_are() -> None:
    result = CliRunner().invoke(main, ["schema", "lessons"])

    assert "the kinds are course, module, lesson, questions, case-study, exercise, exam" in result.stderr
