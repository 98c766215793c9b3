"""The rules of the final exam."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from random import Random

from tutorbot.lessons.course import Exam
from tutorbot.lessons.question import Question
from tutorbot.lessons.text import Prose

FIRST_RUN = 1
"""The run of everything that is done once: review questions, exercises, the one sitting of the exam."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One run of the exam: what was drawn, in its order, and when it began, ends and was closed (UTC)."""

    id: int
    run: int
    digest: str
    questions: tuple[str, ...]
    started_at: datetime
    deadline: datetime | None = None
    closed_at: datetime | None = None

    def is_closed(self, now: datetime) -> bool:
        """Whether it takes no more answers: handed in, or past its deadline though nothing closed it yet."""
        return self.closed_at is not None or (self.deadline is not None and now >= self.deadline)


def draw_questions(exam: Exam, rng: Random) -> tuple[str, ...]:
    """Draw as many questions of each topic as the exam says and return their ids in a shuffled order.

    Questions that share a situation stay together, so that it is read once, in the author's
    order, as one may build on another.

    Raises ValueError if a topic has fewer questions than are drawn from it.
    """
    counts: Counter[str] = Counter()
    for draw in exam.draws:
        counts[draw.topic] += draw.count
    drawn: set[str] = set()
    for topic, count in counts.items():
        drawn.update(rng.sample([question.id for question in exam.pool if question.topic == topic], count))
    groups: dict[Prose | str, list[str]] = {}
    for question in exam.pool:
        if question.id in drawn:
            groups.setdefault(question.situation or question.id, []).append(question.id)
    order = list(groups.values())
    rng.shuffle(order)
    return tuple(chain.from_iterable(order))


def deadline(exam: Exam, started_at: datetime) -> datetime | None:
    """Return when a sitting that starts then closes by itself, if the exam has a time limit."""
    return None if exam.minutes is None else started_at + timedelta(minutes=exam.minutes)


def drawn_questions(exam: Exam, sitting: Sitting) -> Sequence[Question]:
    """Return the questions of a sitting in the order in which they were drawn."""
    pool = {question.id: question for question in exam.pool}
    return [pool[question_id] for question_id in sitting.questions]


def shuffled_order(question: Question, rng: Random) -> tuple[str, ...]:
    """Return the ids of what is lettered in the order in which one drawing shows it."""
    order = [each.id for each in question.lettered]
    if question.shuffle:
        rng.shuffle(order)
    return tuple(order)
