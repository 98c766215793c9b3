"""A learner passes: the award is recorded in the transaction in which the grade reaches the pass mark."""

from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import Nothing
from tutorbot.lessons.course import Course, PartKind
from tutorbot.lessons.grading import Grade
from tutorbot.lessons.sitting import FIRST_RUN
from tutorbot.records import attempts, awards, cohorts, deliveries, enrollments, people, sittings
from tutorbot.records.awards import Award
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.choosing import own_enrollment
from tutorbot.tutor.duedates import due_dates
from tutorbot.tutor.owing import Show, owe_learner
from tutorbot.tutor.standing import grade_from
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class BadgePost:
    """The post of a badge; `own` for the learner's own copy in the direct message."""

    award: Award
    course: Course
    learner: Learner
    own: bool


def current_grade(conn: Connection, tutor: Tutor, enrollment: Enrollment) -> Grade:
    """Return the grade as it is recorded now."""
    tried = attempts.attempts_of(conn, enrollment.id, FIRST_RUN)
    sitting = sittings.read_sitting(conn, enrollment.id, FIRST_RUN)
    course = tutor.course(conn, enrollment.digest)
    due = due_dates(conn, course, enrollment.id)
    return grade_from(tutor, conn, course, tried, sitting, due=due, now=tutor.now())


def award_if_passed_by(
    conn: Connection, tutor: Tutor, enrollment_id: int, digest: str, *, exam_begun: bool
) -> None:
    """Do what `award_if_passed` does, after an answer; nothing while the exam is wanting.

    Most answers are given before the exam, and most courses cannot be passed without it.
    """
    scheme = tutor.course(conn, digest).scheme
    without_exam = sum(part.weight for part in scheme.parts if part.kind is not PartKind.EXAM)
    if exam_begun or without_exam >= scheme.pass_mark:
        award_if_passed(conn, tutor, enrollments.read_enrollment(conn, enrollment_id))


def award_if_passed(conn: Connection, tutor: Tutor, enrollment: Enrollment) -> None:
    """Record the award, once, and owe its posts, if the grade reaches the pass mark.

    The enrollment must be locked (see `lock_enrollment`).
    """
    grade = current_grade(conn, tutor, enrollment)
    if not grade.passed or awards.award_of(conn, enrollment.id):
        return
    name = people.read_profile(conn, enrollment.learner).name
    award_id = awards.add_award(
        conn, enrollment.id, FIRST_RUN, enrollment.digest, name, grade.mark, now=tutor.now()
    )
    if award_id is not None:
        _owe_badge(conn, tutor, enrollment, award_id)


def choose_badge_place(tutor: Tutor, learner: Learner, enrollment_id: int, *, in_channel: bool) -> Enrollment:
    """Keep where the badge is to go; Nothing after the pass, when it is posted already."""

    def work(conn: Connection) -> Enrollment:
        enrollment = own_enrollment(conn, learner, enrollment_id)
        enrollments.lock_enrollment(conn, enrollment_id)
        if awards.award_of(conn, enrollment_id):
            raise Nothing("You have passed, and your badge is posted already. It stays where it is.")
        enrollments.set_badge_place(conn, enrollment_id, in_channel=in_channel)
        return enrollment

    return tutor.store.write(work)


def badge_channel(conn: Connection, tutor: Tutor, enrollment: Enrollment) -> str | None:
    """Return the channel that a badge can go to: the cohort's, else the one named in the settings."""
    cohort = cohorts.read_cohort(conn, enrollment.cohort_id) if enrollment.cohort_id else None
    return cohort.channel if cohort else tutor.badge_channel or None


def _owe_badge(conn: Connection, tutor: Tutor, enrollment: Enrollment, award_id: int) -> None:
    now, learner = tutor.now(), enrollment.learner
    key = f"award/{enrollment.id}/{FIRST_RUN}"  # the same when it is given again after a restored backup
    channel = badge_channel(conn, tutor, enrollment)
    if channel and enrollment.badge_in_channel is not False:
        deliveries.owe(
            conn,
            key,
            {"show": Show.BADGE, "award": award_id, "own": False},
            team=learner.team,
            channel=channel,
            enrollment_id=enrollment.id,
            due_at=now,
            now=now,
        )
    owe_learner(
        conn,
        tutor,
        learner,
        f"{key}/own",
        {"show": Show.BADGE, "award": award_id, "own": True},
        enrollment=enrollment,
    )
