"""`tutorbot demo --course`: what an author saves is played at once, and what is wrong in it is told."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.wire.classroom import SMALL
from tutorbot.cli.demo import OWN_CHANNEL, Demo
from tutorbot.records import courses
from tutorbot.sandbox import Message, Mistake, Saved

LESSON = "1-flour/the-flat-loaf.md"
QUESTIONS = "1-flour/the-flat-loaf.questions.yaml"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Give a folder with a course that an author works on."""
    return Path(shutil.copytree(SMALL, tmp_path / "bread"))


@contextmanager
def playing(folder: Path, course: Path) -> Iterator[Demo]:
    demo = Demo(folder, course)
    demo.start(port=0)
    demo.sandbox.be_patient()
    try:
        yield demo
    finally:
        demo.stop()


@pytest.fixture
def demo(tmp_path: Path, course: Path) -> Iterator[Demo]:
    """Give a demo that plays that course."""
    with playing(tmp_path / "state", course) as running:
        yield running


def save(course: Path, file: str, was: str, now: str) -> None:
    """Save a file with something in it changed."""
    text = (course / file).read_text()
    assert was in text
    written = course / ".being-written"  # which the demo does not look at
    written.write_text(text.replace(was, now))
    written.replace(course / file)  # whole, and at once


def told(demo: Demo, *, after: Saved | None) -> Saved:
    """Wait until something new is told of the files."""
    number = after.number if after else 0
    found = demo.sandbox.wait_for(
        lambda: saved if (saved := demo.saved()) and saved.number > number else None
    )
    assert isinstance(found, Saved)
    return found


def told_without_faults(demo: Demo, *, after: Saved | None) -> Saved:
    """Wait until something new is told of the files, and there are no faults in them."""
    while (saved := told(demo, after=after)).mistakes:
        after = saved
    return saved


def reads_the_first_lesson(demo: Demo) -> None:
    """Let Anna join, and read the first lesson when it comes."""
    anna = demo.sandbox.person("anna")
    anna.command("/tutor", "join", OWN_CHANNEL)
    demo.jump(demo.now() + timedelta(minutes=2))
    anna.command("/tutor", "lesson 1.1")
    sees(demo, "One is flat")


def sees(demo: Demo, text: str) -> Message:
    """Wait until Anna sees a message with this text in the direct message; return the newest."""
    anna = demo.sandbox.person("anna")
    return demo.sandbox.wait_for(lambda: [post for post in anna.direct_messages() if text in post.plain])[-1]


def due(demo: Demo) -> list[str]:
    """Return what is still to come, one after the other, without letting it come."""
    found = []
    demo.jump(demo.now() + timedelta(minutes=2))
    while coming := demo.next_due():
        found.append(coming[1])
        demo.jump(coming[0])
    return found


def test_a_lesson_that_is_saved_is_drawn_again_where_it_stands(demo: Demo, course: Path) -> None:
    reads_the_first_lesson(demo)
    ts = sees(demo, "One is flat").ts

    save(course, LESSON, "**One is flat**", "**One is a brick**")

    assert sees(demo, "One is a brick").ts == ts
    saved = told(demo, after=None)
    assert saved.said == "The course was reloaded. Lesson 1.1 “The flat loaf”: text changed."
    assert (saved.mistakes, saved.shows) == ((), "Lesson 1.1: The flat loaf")


def test_a_card_in_the_channel_is_drawn_again(demo: Demo, course: Path) -> None:
    reads_the_first_lesson(demo)

    save(course, LESSON, "and one of them flat.", "and one of them a brick.")

    ben = demo.sandbox.person("ben")
    demo.sandbox.wait_for(lambda: any("them a brick" in post.plain for post in ben.messages(OWN_CHANNEL)))


def test_faults_are_told_with_their_place_and_the_course_goes_on_as_it_was(demo: Demo, course: Path) -> None:
    save(course, "course.yaml", "tagline:", "taglien:")

    saved = told(demo, after=None)

    assert saved.said == "The course has a fault. What is played is how it was before."
    assert saved.mistakes == (Mistake("course.yaml:4:1", "unknown key `taglien`", "did you mean `tagline`?"),)
    reads_the_first_lesson(demo)


def test_mended_faults_are_told_no_more(demo: Demo, course: Path) -> None:
    save(course, "course.yaml", "tagline:", "taglien:")
    faulty = told(demo, after=None)

    save(course, "course.yaml", "taglien:", "tagline:")
    mended = told(demo, after=faulty)

    assert mended.mistakes == ()
    assert mended.said == "No faults any more. The course is what it was before."


def test_a_demo_starts_with_faults_and_the_course_begins_when_they_are_mended(
    tmp_path: Path, course: Path
) -> None:
    save(course, "course.yaml", "tagline:", "taglien:")

    with playing(tmp_path / "state", course) as demo:
        faulty = told(demo, after=None)
        assert demo.next_due() is None
        save(course, "course.yaml", "taglien:", "tagline:")
        begun = told(demo, after=faulty)

        assert faulty.said == "The course has a fault. It begins once it is mended."
        assert begun.said.startswith("No faults any more. Bread, from the beginning begins")
        reads_the_first_lesson(demo)


def test_a_course_that_was_good_once_is_played_although_it_has_faults_at_the_start(
    tmp_path: Path, course: Path
) -> None:
    with playing(tmp_path / "state", course):
        pass
    save(course, "course.yaml", "tagline:", "taglien:")

    with playing(tmp_path / "state", course) as demo:
        saved = told(demo, after=None)

        assert saved.said == "The course has a fault. What is played is how it was before."
        reads_the_first_lesson(demo)


def test_what_was_saved_while_the_demo_was_stopped_is_played_from_the_start(
    tmp_path: Path, course: Path
) -> None:
    with playing(tmp_path / "state", course) as demo:
        reads_the_first_lesson(demo)
    save(course, LESSON, "**One is flat**", "**One is a brick**")

    with playing(tmp_path / "state", course) as demo:
        sees(demo, "One is a brick")


def test_what_changed_is_sent_to_whoever_asks_also_before_its_time(demo: Demo, course: Path) -> None:
    save(
        course,
        "2-time/the-dough-that-waited.md",
        "title: The dough that waited",
        "title: The dough that slept",
    )
    told(demo, after=None)

    demo.show(demo.sandbox.person("anna").id)

    sees(demo, "Lesson 2.1: The dough that slept")


def test_an_exercise_that_changed_is_sent_with_its_questions(demo: Demo, course: Path) -> None:
    file = "case-study/the-first-morning.md"
    save(course, file, (course / file).read_text().splitlines()[-1], "The oven is cold.")
    told(demo, after=None)

    demo.show(demo.sandbox.person("anna").id)

    sees(demo, "The oven is cold.")
    sees(demo, "Question 1 of")


def test_where_nothing_has_changed_there_is_nothing_to_show(demo: Demo) -> None:
    with pytest.raises(ValueError, match="Nothing has changed"):
        demo.show(demo.sandbox.person("anna").id)


def test_a_question_on_the_screen_is_drawn_again_and_keeps_what_was_answered(
    demo: Demo, course: Path
) -> None:
    reads_the_first_lesson(demo)
    anna = demo.sandbox.person("anna")
    anna.command("/tutor", "quiz 1.1")
    shown = sees(demo, "Question 1 of 2")
    anna.click(shown, "A")
    before = sees(demo, "you chose this")

    save(course, QUESTIONS, "A loaf from cake flour stays flat.", "A loaf from cake flour is a brick.")

    after = sees(demo, "A loaf from cake flour is a brick.")
    assert after.ts == shown.ts
    assert after.plain.replace("is a brick", "stays flat") == before.plain


def test_a_question_that_is_gone_gives_way_to_the_next_and_a_late_press_is_told_so(
    demo: Demo, course: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reads_the_first_lesson(demo)
    anna = demo.sandbox.person("anna")
    anna.command("/tutor", "quiz 1.1")
    old = sees(demo, "Question 1 of 2")

    *_, second = (course / QUESTIONS).read_text().split("  - id: ")
    (course / QUESTIONS).write_text(f"questions:\n  - id: {second}")
    new = sees(demo, "Question 1 of 1")
    anna.click(old, "A", as_seen=True)

    sees(demo, "That question is gone.")
    assert new.ts == old.ts
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_lesson_that_is_gone_leaves_its_questions_with_a_word_for_those_who_press(
    demo: Demo, course: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reads_the_first_lesson(demo)
    anna = demo.sandbox.person("anna")
    anna.command("/tutor", "quiz 1.1")
    old = sees(demo, "Question 1 of 2")

    save(course, "1-flour/module.yaml", "  - the-flat-loaf\n", "")
    for file in (LESSON, QUESTIONS):
        (course / file).unlink()
    shutil.rmtree(course / "1-flour/pictures")
    told_without_faults(demo, after=None)
    anna.click(old, "A", as_seen=True)

    sees(demo, "That question is gone.")
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_new_lesson_takes_the_next_day_and_one_that_is_gone_comes_no_more(demo: Demo, course: Path) -> None:
    demo.jump(demo.now() + timedelta(minutes=2))  # lesson 1.1 has come

    text = (course / LESSON).read_text().replace("title: The flat loaf", "title: The burnt loaf")
    (course / "1-flour/the-burnt-loaf.md").write_text(text)
    save(course, "1-flour/module.yaml", "  - a-cup-is-no-measure\n", "  - the-burnt-loaf\n")
    (course / "1-flour/a-cup-is-no-measure.md").unlink()
    (course / "1-flour/a-cup-is-no-measure.questions.yaml").unlink()
    told_without_faults(demo, after=None)

    assert due(demo) == ["lesson 1.2, The burnt loaf", "lesson 2.1, The dough that waited"]


def test_a_lesson_that_comes_back_is_owed_again(demo: Demo, course: Path) -> None:
    files = [course / "1-flour" / f"a-cup-is-no-measure{ending}" for ending in (".md", ".questions.yaml")]
    demo.jump(demo.now() + timedelta(minutes=2))

    save(course, "1-flour/module.yaml", "  - a-cup-is-no-measure\n", "")
    for file in files:
        file.rename(course / f".{file.name}")
    without = told_without_faults(demo, after=None)
    for file in files:
        (course / f".{file.name}").rename(file)
    save(course, "1-flour/module.yaml", "  - the-flat-loaf\n", "  - the-flat-loaf\n  - a-cup-is-no-measure\n")
    told_without_faults(demo, after=without)

    assert due(demo) == ["lesson 1.2, A cup is no measure", "lesson 2.1, The dough that waited"]


def test_a_course_with_another_id_is_another_course(demo: Demo, course: Path) -> None:
    save(course, "course.yaml", "id: bread\n", "id: bread-and-more\n")

    saved = told(demo, after=None)

    assert saved.said == "Another course is played now: Bread, from the beginning. Join it in the channel."
    reads_the_first_lesson(demo)


def test_versions_that_nothing_keeps_do_not_pile_up(demo: Demo, course: Path) -> None:
    saved = None
    for was, now in pairwise(["Ada bakes", "Ben bakes", "Eve bakes", "Sam bakes"]):
        save(course, LESSON, was, now)
        saved = told(demo, after=saved)

    with demo.bot.store.read() as conn:
        versions = [version for version in courses.all_versions(conn) if version.course_id == "bread"]
    assert len(versions) == 2  # the one that is played, and the one before it
