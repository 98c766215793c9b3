"""Where a message to a person goes."""

from sqlalchemy import Connection

from tutorbot.records import claims
from tutorbot.records.deliveries import Delivery
from tutorbot.records.people import Learner, read_profile, remember
from tutorbot.slack import Slack
from tutorbot.store import Store


def direct_channel(store: Store, slack: Slack, delivery: Delivery) -> str:
    """Return the direct message of the user, and write it to what is to go there.

    It must be known before anything is sent: history cannot be read without it. Raise SlackError; where
    Slack opens no more at this moment, at once: a claim would run out meanwhile, and a thread be held up.
    """
    user = delivery.user or ""
    learner = Learner(delivery.team, user)
    with store.read() as conn:
        known = read_profile(conn, learner).direct_channel
    channel = known or str(slack.call("conversations.open", patience=0, users=user)["channel"]["id"])

    def keep(conn: Connection) -> None:
        if not known:
            remember(conn, learner, direct_channel=channel)
        claims.keep_direct_channel(conn, delivery.team, user, channel)

    store.write(keep)
    return channel
