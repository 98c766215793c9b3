"""In the exam an order or a match is kept, changed and confirmed; a part may leave out and be due."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.authoring.every_kind import EVERY_KIND, with_exam
from tests.wire.classroom import CHANNEL, Classroom, Pupil
from tests.wire.kinds import pick, picks, right_ids, typed
from tutorbot.lessons.answers import Matched, Ordered
from tutorbot.lessons.course import Course, Draw
from tutorbot.tutor import cohorts, overview

OPENS = {"exam-order-1": "Put in order", "exam-match-1": "Match"}
MONDAY = date(2026, 11, 2)


def asking(course: Course, question_id: str) -> Course:
    """Return the course with an exam that asks this question alone."""
    exam = with_exam(course).exam
    assert exam is not None
    pool = tuple(question for question in exam.pool if question.id == question_id)
    return replace(with_exam(course), exam=replace(exam, pool=pool, draws=(Draw(pool[0].topic, 1),)))


@pytest.fixture(params=OPENS)
def anna(room: Classroom, anna: Pupil, request: pytest.FixtureRequest) -> Pupil:
    """Give somebody at the one question of an exam: an order, then a match."""
    room.offer(EVERY_KIND)
    room.offer_changed(lambda course: asking(course, request.param), "proofing")
    anna.takes("proofing")
    anna.command("exam")
    room.let_happen()
    anna.press("Start the exam")
    anna.sees("Question 1 of 1")
    return anna


def test_what_was_picked_is_kept_changed_and_confirmed(anna: Pupil) -> None:
    question = anna.question().question
    right = right_ids(question)
    pick(anna, OPENS[question.id], picks(anna, [*right[1:], right[0]]))
    message = anna.sees("You chose", "It counts once you confirm it, and may change until then.")
    assert "Hint" not in [button.text for button in message.buttons]
    assert anna.attempts() == []

    pick(anna, "Change your answer", picks(anna, right))
    chosen = typed(anna, right=True)
    anna.sees(f"You chose {chosen}.")
    anna.press(f"Confirm {chosen}")

    message = anna.sees("Right.", f"You answered {chosen}")
    assert "(place" not in message.plain
    assert "(belongs to" not in message.plain
    (attempt,) = anna.attempts()
    assert isinstance(attempt.answer, Ordered | Matched)


def test_after_a_wrong_answer_nothing_is_told_but_that(anna: Pupil) -> None:
    anna.person.type(typed(anna, right=False))
    anna.sees("Type “confirm” to let it count.")
    anna.person.type("confirm")

    message = anna.sees(
        "Question 1 of 1. 3 tries.", "Not right. 2 tries left. A right answer now counts 50 %."
    )

    assert "in place" not in message.plain
    assert "matched right" not in message.plain
    assert len(anna.attempts()) == 1


def test_a_stale_confirm_button_confirms_nothing_else(anna: Pupil) -> None:
    question = anna.question().question
    right = right_ids(question)
    pick(anna, OPENS[question.id], picks(anna, [*right[1:], right[0]]))
    wrong = typed(anna, right=False)
    stale = anna.sees(f"You chose {wrong}.")
    pick(anna, "Change your answer", picks(anna, right))
    anna.sees(f"You chose {typed(anna, right=True)}.")

    anna.person.click(stale, f"Confirm {wrong}", as_seen=True)

    anna.sees("Your answer was changed meanwhile.")
    assert anna.attempts() == []


# Due dates


@pytest.fixture
def member(room: Classroom) -> Pupil:
    """Give somebody in a cohort whose first lesson opens on Monday at nine."""
    room.offer(EVERY_KIND)
    room.clock.forward(hours=-1)
    room.start_cohort("proofing")
    pupil = room.pupil("ben")
    pupil.command("join proofing", channel=CHANNEL)
    room.at(MONDAY, time(9))
    return pupil


def ask_first(pupil: Pupil) -> None:
    """Show the first question that is graded."""
    pupil.command("quiz 1.1", channel=CHANNEL)
    pupil.room.let_happen()
    pupil.press("Skip")
    pupil.sees("Question 2 of 9")


DUE = "Due on Monday 9 November 2026, 09:00 (Europe/Zurich). A later answer counts 50 %."


def test_a_question_says_by_when_its_answer_is_due(room: Classroom, member: Pupil) -> None:
    member.command("quiz 1.1", channel=CHANNEL)
    room.let_happen()
    scale = member.sees("Question 1 of 9. Not graded.")
    assert "Due on" not in scale.plain

    member.press("Skip")

    member.sees("Question 2 of 9. 3 tries.", DUE)
    member.answers()
    assert "Due on" not in member.sees("Question 2 of 9", "Right.").plain
    room.later(minutes=1)
    member.command("case", channel=CHANNEL)
    room.let_happen()
    member.sees("Due on Monday 16 November 2026, 09:00 (Europe/Zurich). A later answer does not count.")


@pytest.mark.parametrize(("day", "hour", "mark"), [(9, time(9), "20 %"), (9, time(9, 1), "10 %")])
def test_an_answer_counts_whole_until_that_instant(
    room: Classroom, member: Pupil, day: int, hour: time, mark: str
) -> None:
    ask_first(member)
    room.at(date(2026, 11, day), hour)

    member.answers()

    member.sees("Right.")
    assert f"{mark}, 1 of 6 questions settled; the lowest does not count" in member.reply("progress")


def test_a_question_that_is_late_says_so_and_what_it_counts(room: Classroom, member: Pupil) -> None:
    room.at(date(2026, 11, 10), time(9))

    ask_first(member)

    member.sees("It was due on Monday 9 November 2026, 09:00 (Europe/Zurich). An answer now counts 50 %.")
    member.answers(right=False)
    member.sees("Not right. 2 tries left. A right answer now counts 25 %.")
    member.answers()
    member.sees("Right. It counts 25 %.")


def test_after_the_due_date_less_can_be_reached(room: Classroom, member: Pupil) -> None:
    before = member.reply("progress", channel=CHANNEL)
    assert "Still to be reached: 100 %. Pass mark: 60 %." in before

    room.at(date(2026, 11, 10), time(9))

    after = member.reply("progress", channel=CHANNEL)
    assert "Still to be reached: 70 %. Pass mark: 60 %." in after  # 60 / 2 + 40


def test_nothing_is_late_once_the_cohort_was_stopped(room: Classroom, member: Pupil) -> None:
    ask_first(member)
    room.at(date(2026, 11, 10), time(9))
    (line,) = cohorts.list_cohorts(room.bot.tutor)
    cohorts.stop_cohort(room.bot.tutor, line.cohort.id)

    member.answers()

    member.sees("Right.")
    assert "20 %, 1 of 6 questions settled" in member.reply("progress")


def test_leaving_the_cohort_and_joining_it_again_puts_no_answer_off(room: Classroom, member: Pupil) -> None:
    ask_first(member)
    room.at(date(2026, 11, 10), time(9))
    member.answers()
    before = overview.standing_in(room.bot.tutor, member.learner)

    member.command("leave", channel=CHANNEL)
    member.command("join", channel=CHANNEL)

    after = overview.standing_in(room.bot.tutor, member.learner)
    assert (after.due, after.grade) == (before.due, before.grade)


def test_who_learns_alone_has_no_due_dates(room: Classroom, anna_alone: Pupil) -> None:
    assert "Due on" not in anna_alone.sees("Question 2 of 9").plain


@pytest.fixture
def anna_alone(room: Classroom) -> Pupil:
    """Give somebody who takes the course at their own pace, before its first graded question."""
    room.offer(EVERY_KIND)
    pupil = room.pupil("ben")
    pupil.takes("proofing")
    ask_first(pupil)
    return pupil
