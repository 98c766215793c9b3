"""How somebody sits the exam of the bread course, for tests."""

from tests.wire.classroom import Pupil
from tutorbot.sandbox import Message


def place(pupil: Pupil) -> Message:
    """Return the newest message of the exam as it stands now."""
    return next(post for post in reversed(pupil.posts()) if "exam" in post.text or "uestion" in post.plain)


def start(pupil: Pupil) -> None:
    """Start the exam; its first question stands where it was started, and not in an earlier exam."""
    offer = pupil.sees("You have one attempt at this exam.")
    assert isinstance(offer, Message)
    pupil.press("Start the exam")
    pupil.room.sandbox.wait_for(lambda: "Question 1 of 3" in pupil.person.now(offer).plain)


def confirm(pupil: Pupil, *, right: bool = True) -> None:
    """Choose and confirm, and see what came of it."""
    number = pupil.question().number
    pupil.chooses_and_confirms(right=right)
    pupil.sees(f"Question {number} of 3", "Right." if right else "Not right")


def sit(pupil: Pupil, *, right: bool = True) -> None:
    """Answer all questions, and stop before handing in."""
    start(pupil)
    for number in (1, 2, 3):
        pupil.sees(f"Question {number} of 3")
        confirm(pupil, right=right)
        if not right:
            confirm(pupil, right=False)
        pupil.press("Next question" if number < 3 else "To the overview")
    pupil.sees("Before you hand in")
