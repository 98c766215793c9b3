"""What is known of the people who talk to the bot."""

from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import ColumnElement, Connection, and_, select, union, update

from tutorbot.records.schema import insert_once
from tutorbot.records.tables import deliveries, enrollments, learners


@dataclass(frozen=True, slots=True)
class Learner:
    """A person in a workspace, by Slack's ids."""

    team: str
    user: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a learner; the name is empty until Slack was asked, the zone is an IANA name."""

    name: str = ""
    zone: str = "UTC"
    direct_channel: str | None = None
    last_course: str | None = None


def read_profile(conn: Connection, learner: Learner) -> Profile:
    """Return what is known of the learner."""
    row = conn.execute(select(learners).where(_is(learner))).first()
    return Profile() if row is None else Profile(row.name, row.zone, row.direct_channel, row.last_course)


def remember(conn: Connection, learner: Learner, **known: str) -> None:
    """Keep what was learnt of a learner: name, zone, direct_channel or last_course."""
    conn.execute(insert_once(conn.dialect, learners).values(team=learner.team, user=learner.user))
    conn.execute(update(learners).where(_is(learner)).values(**known))


def with_id(conn: Connection, user: str) -> list[Learner]:
    """Return everybody with this id about whom anything is stored: one in each workspace at the most."""
    known = union(
        *(
            select(table.c.team, table.c.user).where(table.c.user == user)
            for table in (learners, enrollments, deliveries)
        )
    )
    return sorted((Learner(row.team, row.user) for row in conn.execute(known)), key=attrgetter("team"))


def called(conn: Connection, name: str) -> list[Learner]:
    """Return everybody of this name, whatever its capitals."""
    wanted = name.casefold()
    return [learner for learner, known in names(conn).items() if known.casefold() == wanted]


def names(conn: Connection) -> dict[Learner, str]:
    """Return the names of all whose names are known."""
    rows = conn.execute(select(learners).where(learners.c.name != "").order_by(learners.c.user))
    return {Learner(row.team, row.user): row.name for row in rows}


def _is(learner: Learner) -> ColumnElement[bool]:
    return and_(learners.c.team == learner.team, learners.c.user == learner.user)
