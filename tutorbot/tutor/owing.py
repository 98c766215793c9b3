"""What is owed: every kind of message and act by its name, and how it is asked for."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection

from tutorbot.records import deliveries, owed
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.tutor import Tutor

SAME_ASK = timedelta(seconds=10)

KEYED_BY_GESTURE = ("ask/", "next/", "note/", "typed/")
"""How the keys begin of what somebody asked for: the gesture stands in them, and none is made twice."""


class Show(StrEnum):
    """What a delivery shows (`post`), or does (`act`)."""

    COHORT_WELCOME = "cohort welcome"
    LESSON_CARD = "lesson card"
    THREAD_TEXT = "thread text"
    JOINED = "joined"
    LESSON_TEXT = "lesson text"
    EXERCISE_TEXT = "exercise text"
    PLACE = "place"
    TYPED_REPLY = "typed reply"
    NOTE = "note"
    EXAM_RESULT = "exam result"
    BADGE = "badge"
    MARKED = "marked"
    CLOSE_EXAM = "close exam"
    PACED_LESSON = "paced lesson"


def owe_learner(
    conn: Connection,
    tutor: Tutor,
    learner: Learner,
    key: str,
    what: dict[str, object],
    *,
    enrollment: Enrollment | None = None,
    after_id: int | None = None,
) -> int:
    """Owe a message to the learner's direct message, once for the key, and return its delivery's id."""
    now = tutor.now()
    return deliveries.owe(
        conn,
        key,
        what,
        team=learner.team,
        user=learner.user,
        due_at=now,
        now=now,
        enrollment_id=enrollment.id if enrollment else None,
        after_id=after_id,
    )


def asked_before(conn: Connection, tutor: Tutor, enrollment: Enrollment, purpose: str, gesture: str) -> bool:
    """Whether this is an ask that was heard before: the same gesture, or one of the last ten seconds.

    What is asked for is owed for the enrollment, with keys that begin with the purpose and the gesture.
    Call it after `reading.touch`, or ask again after that: on PostgreSQL two asks at once would else not
    know of each other.
    """
    now = tutor.now()
    since, until = now - SAME_ASK, now + SAME_ASK  # a clock that was put back leaves asks ahead of it
    return owed.was_asked(conn, enrollment.id, purpose, gesture, since=since, until=until)
