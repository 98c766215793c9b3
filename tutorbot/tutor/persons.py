"""Which person is meant by whoever runs the bot."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from sqlalchemy import Connection

from tutorbot.errors import BadInput
from tutorbot.records import people
from tutorbot.records.people import Learner
from tutorbot.tutor.tutor import Tutor

_ID = re.compile(r"(?:<@)?(?:(?P<team>[TE][A-Z0-9]+)/)?(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>?")


MOST_NEAR = 3


class NobodyKnown(BadInput):
    """Nothing is stored about that person."""


def is_at_home(tutor: Tutor, learner: Learner, channel: str) -> bool:
    """Return whether a channel is their direct message with us, where all is sent that is asked for.

    Before anything was sent there it is not known, and any direct message is taken for it.
    """
    with tutor.store.read() as conn:
        known = people.read_profile(conn, learner).direct_channel
    return channel == known if known else channel.startswith("D")


def find_person(conn: Connection, text: str) -> Learner:
    """Return the person with this id of Slack, or of this name, whatever its capitals.

    Raise NobodyKnown where nothing is stored about one, and BadInput where there are several or one of
    nearly that name, with what to write instead.
    """
    wanted = text.strip()
    written = _ID.fullmatch(wanted)
    if written:
        found = [
            each for each in people.with_id(conn, written["user"]) if written["team"] in (None, each.team)
        ]
    else:
        found = people.called(conn, wanted)
        if not found and (near := _near(wanted, people.names(conn))):
            raise BadInput(f"Nothing is stored about {wanted}. Did you mean {near}?")
    if not found:
        raise NobodyKnown(f"Nothing is stored about {wanted}.")
    if len(found) > 1:
        ids = " or ".join(f"{each.team}/{each.user}" if written else each.user for each in found)
        raise BadInput(f"There are {len(found)} people called {wanted}. Write {ids} instead.")
    return found[0]


def _near(wanted: str, names: Mapping[Learner, str]) -> str:
    """Return those who may be meant: a name has every word that was written, or is nearly the same."""
    written = wanted.casefold()
    near = [
        f"{name} ({learner.user})"
        for learner, name in names.items()
        if set(written.split()) <= set(name.casefold().split())
        or get_close_matches(written, [name.casefold()], cutoff=0.8)
    ]
    return " or ".join(near[:MOST_NEAR])
