"""What every use case needs."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutorbot.clock import Clocks
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import Question
from tutorbot.records import courses

if TYPE_CHECKING:
    from tutorbot.store import Store


@dataclass(frozen=True, slots=True)
class Tutor:
    """The store, the clocks and chance; `badge_channel` is where badges go of those who learn alone."""

    store: "Store"
    clocks: Clocks = field(default_factory=Clocks)
    chance: Random = field(default_factory=SystemRandom)
    badge_channel: str = ""
    _courses: dict[str, Course] = field(default_factory=dict)
    _questions: dict[str, dict[str, Question]] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return the course time, in UTC."""
        return self.clocks.course()

    def course(self, conn: Connection, digest: str) -> Course:
        """Return a pinned course; what was read once is kept, since a digest never changes its meaning."""
        if digest not in self._courses:
            self._courses[digest] = courses.read_course(conn, digest)
        return self._courses[digest]

    def forget(self, digest: str) -> None:
        """Let go of a pinned course that is stored no more."""
        self._courses.pop(digest, None)
        self._questions.pop(digest, None)

    def question(self, conn: Connection, digest: str, question_id: str) -> Question:
        """Return a question of a pinned course; KeyError when it has none with this id."""
        if digest not in self._questions:
            self._questions[digest] = self.course(conn, digest).questions()
        return self._questions[digest][question_id]
