"""A message that somebody pressed is there, whatever became of the reply to its post."""

from sqlalchemy import update

from tests.wire.classroom import Classroom, Pupil
from tutorbot.records.deliveries import Delivery, State, list_deliveries
from tutorbot.records.tables import deliveries


def asked(room: Classroom, pupil: Pupil) -> Delivery:
    """Let somebody have a question, and return the delivery that brought it."""
    pupil.takes("bread")
    pupil.command("quiz 1.1")
    room.let_happen()
    pupil.sees("Question 1 of")
    return newest(room)


def newest(room: Classroom) -> Delivery:
    with room.bot.store.read() as conn:
        return list_deliveries(conn, backwards=True, limit=1)[0]


def forget_the_post(room: Classroom, delivery: Delivery) -> None:
    """Leave the ledger as a process leaves it that is killed after the post and before its mark."""
    lost = {"state": State.UNKNOWN.value, "posted_ts": None, "claimed_by": "killed"}
    room.bot.store.write(
        lambda conn: conn.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(lost))
    )


def test_what_was_pressed_is_not_posted_again_though_its_redraw_carries_no_key(
    room: Classroom, anna: Pupil
) -> None:
    posted = asked(room, anna)
    forget_the_post(room, posted)

    anna.answers(right=False)
    redrawn = anna.sees("1 try left")
    room.let_happen()

    (message,) = [post for post in anna.posts() if "Question 1 of" in post.plain]
    assert message == redrawn
    assert message.metadata is None
    assert (newest(room).state, newest(room).posted_ts) == (State.POSTED, posted.posted_ts)
    assert message.ts == posted.posted_ts
