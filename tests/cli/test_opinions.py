"""`tutorbot opinions`: what people think is told, and nobody is named."""

import json
from pathlib import Path

from click.testing import CliRunner

from tests.wire.classroom import classroom, play
from tutorbot.cli import main

EVERY_KIND = Path(__file__).parents[1] / "authoring/courses/every-kind"


def test_opinions_are_counted_and_comments_listed_without_names(sqlite_url: str) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["opinions", *words], env={"DATABASE_URL": sqlite_url})
        assert result.exit_code == 0, result.output
        return result.output

    with classroom(sqlite_url) as room:
        room.offer(EVERY_KIND)
        for name, how_sure in (("anna", "2"), ("ben", "5")):
            pupil = room.pupil(name)
            play(
                pupil,
                (pupil.writes("join proofing"), "Welcome to"),
                (pupil.writes("quiz 1.1"), "Question 1 of"),
            )
            pupil.person.type(how_sure)
            room.let_happen()

    told, data = run("proofing"), json.loads(run("proofing", "--json"))

    assert "before: 2 answers, 3.5 on average" in told
    assert "   1  ████████████████████  5 quite sure" in told
    assert "poll-1: no answers yet\n" in told
    assert "   0  " not in told.partition("poll-1")[2]
    assert "Anna" not in told
    assert [question["answered"] for question in data["questions"]] == [2, 0, 0]
    assert data["questions"][0]["chosen"][4] == {"option": "quite sure", "times": 1}


def test_a_course_that_asks_nothing_so_says_so(sqlite_url: str) -> None:
    with classroom(sqlite_url):
        pass

    result = CliRunner().invoke(main, ["opinions", "bread"], env={"DATABASE_URL": sqlite_url})

    assert result.output == "“Bread, from the beginning” asks nothing that is not graded.\n"
