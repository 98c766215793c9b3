"""The ids of actions: what a button carries back, defined once for those who draw and those who listen.

No id says which answer is right: it names a drawing, a try and a position as shown, and all
is looked up again when it is pressed. Ids with "below" stand in replies to what was typed, the others of a
question in its own message.
"""

import re
from collections.abc import Sequence
from re import Pattern

ANSWER = "answer"
PICK = "pick"
SUBMIT = "submit"
WRITE = "write"
WRITTEN = "written"
HINT = "hint"
NEXT = "next"
NEXT_BELOW = "next-below"
CHOOSE = "choose"
CONFIRM = "confirm"
CONFIRM_BELOW = "confirm-below"
START = "start-exam"
OVERVIEW = "exam-overview"
SHOW_QUESTION = "exam-question"
HAND_IN = "hand-in"
BADGE_PLACE = "badge-place"
READ = "read"
QUIZ = "quiz"
OPEN_LESSON = "open-lesson"
NEXT_LESSON = "next-lesson"
CASE = "case"
EXAM = "exam"
PROGRESS = "progress"
SYLLABUS = "syllabus"
ABOUT = "about"
JOIN_COURSE = "join-course"
COHORT_JOIN = "cohort-join"
COHORT_READ = "cohort-read"
COHORT_QUIZ = "cohort-quiz"

KEPT_CHOICE = "kept"
ANSWER_INPUT = "answer-text"
PLACED = "answer-place"
DELIVERY_EVENT = "tutorbot_delivery"
"""The type of the metadata in which a message carries the key of its delivery."""

IN_CHANNEL = "channel"
DIRECT = "direct"


def action(verb: str, *parts: object) -> str:
    """Return the id of an action: the verb and what it is about."""
    return ":".join([verb, *map(str, parts)])


def listens(verb: str) -> Pattern[str]:
    """Return the pattern of all ids of a verb, for Bolt."""
    return re.compile(rf"^{re.escape(verb)}(:|$)")


def parts_of(action_id: str) -> list[str]:
    """Return what an action is about."""
    return action_id.split(":")[1:]


def numbers_of(action_id: str) -> list[int]:
    """Return what an action is about, where that is numbers; ValueError for an id we did not make."""
    return [int(part) for part in parts_of(action_id)]


def place_input(place: int) -> str:
    """Return the id of the input for a place of an order, or an item of a match, from 0."""
    return action(PLACED, place)


def positions_to_text(positions: Sequence[int]) -> str:
    """Return several positions as one part of an id."""
    return "-".join(map(str, positions))


def positions_from_text(text: str) -> list[int]:
    """Return the positions of such a part."""
    return [int(part) for part in text.split("-") if part]
