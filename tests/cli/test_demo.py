"""`tutorbot demo`: a workspace and the bot, a clock that jumps, and a state that is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tutorbot.cli import main
from tutorbot.cli.demo import CHANNEL, Demo, alone_in, forget
from tutorbot.sandbox import Message

A_DAY = timedelta(days=1, hours=2)
"""A day and some more: of 25 hours, when the clocks go back."""


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    demo = Demo(folder)
    demo.start(port=0)
    demo.sandbox.be_patient()
    try:
        yield demo
    finally:
        demo.stop()


def posts(demo: Demo) -> list[Message]:
    return demo.sandbox.person("anna").messages(CHANNEL)


def test_the_first_lesson_is_due_a_minute_from_the_start(tmp_path: Path) -> None:
    with running(tmp_path / "demo") as demo:
        due = demo.next_due()

        assert due is not None
        assert timedelta(0) < due[0] - demo.now() <= timedelta(minutes=1)
        assert due[1] == "lesson 1.1, The row that forgot"


def test_a_jump_passes_through_every_due_instant_on_the_way(tmp_path: Path) -> None:
    with running(tmp_path / "demo") as demo:
        demo.jump(demo.now() + timedelta(days=1) + A_DAY)

        lessons = [post for post in posts(demo) if post.text.startswith("Lesson")]
        assert [post.text[:10] for post in lessons] == ["Lesson 1.1", "Lesson 1.2", "Lesson 1.3"]
        days = [post.at[:10] for post in lessons]
        assert len(set(days)) == 3  # each was posted at its own instant of course time


def test_the_ledger_is_shown_with_words_the_latest_first(tmp_path: Path) -> None:
    with running(tmp_path / "demo") as demo:
        demo.jump(demo.now() + A_DAY)

        ledger = demo.ledger()

        assert [line.due for line in ledger] == sorted((line.due for line in ledger), reverse=True)
        by_key = {line.key: line for line in ledger}
        first = by_key["cohort/1/lesson/the-row-that-forgot"]
        assert (first.what, first.state) == ("lesson 1.1, The row that forgot", "posted")
        assert demo.sandbox.workspace.channels[first.place].name == "cqrs-autumn"
        assert ledger[0].state == "due"


def test_the_clock_goes_forward_alone(tmp_path: Path) -> None:
    with running(tmp_path / "demo") as demo, pytest.raises(ValueError, match="only goes forward"):
        demo.jump(demo.now() - timedelta(hours=1))


def test_everything_is_there_again_after_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with running(folder) as demo:
        demo.jump(demo.now() + A_DAY)
        before = [post.text for post in posts(demo)]
        time_before = demo.now()

    with running(folder) as demo:
        after = [post.text for post in posts(demo)]
        demo.jump(demo.now() + timedelta(days=1))
        later = [post.text for post in posts(demo)]

    assert after == before
    assert demo.now() > time_before
    assert len(later) == len(before) + 1


def test_a_second_demo_cannot_take_or_forget_the_state_of_one_that_runs(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with alone_in(folder), running(folder):
        second = CliRunner().invoke(main, ["demo", "--state", str(folder), "--fresh", "--no-browser"])

        assert second.exit_code == 1
        assert second.output.startswith(f"Error: Another demo runs, and keeps its state in {folder}.")
        assert (folder / "clock.json").exists()

    with alone_in(folder):
        pass  # it is free again


def test_a_fresh_start_forgets_a_demo_and_nothing_else(tmp_path: Path) -> None:
    with running(tmp_path / "demo"):
        pass
    other = tmp_path / "papers"
    other.mkdir()
    (other / "letter.txt").write_text("keep me")

    forget(tmp_path / "demo")
    forget(other)

    assert not (tmp_path / "demo").exists()
    assert (other / "letter.txt").exists()
