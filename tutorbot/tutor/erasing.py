"""A person's data is erased."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.records import erasing, people
from tutorbot.records.people import Learner
from tutorbot.tutor.persons import find_person
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored about a person: who it is, and how many rows, by table."""

    learner: Learner
    name: str
    rows: Mapping[str, int]


def what_is_stored(tutor: Tutor, text: str) -> Stored:
    """Return what is stored about the person who is meant; NobodyKnown where it is nothing."""
    with tutor.store.read() as conn:
        learner = find_person(conn, text)
        name = people.read_profile(conn, learner).name
        return Stored(learner, name, erasing.count_rows(conn, learner))


def erase(tutor: Tutor, learner: Learner, *, by: str) -> dict[str, int]:
    """Delete everything about a person, and note that somebody was erased; return how many rows, by table.

    What is due to them is not sent any more. They may join again, as somebody new.
    """

    def work(conn: Connection) -> dict[str, int]:
        rows = erasing.erase_rows(conn, learner)
        erasing.note_erasure(conn, rows, by=by, now=tutor.now())
        return rows

    return tutor.store.write(work)
