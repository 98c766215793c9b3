"""What Slack refused, for staff who are to mend it."""

import re

from tutorbot.blocks import kit
from tutorbot.blocks.kit import Block, Drawn
from tutorbot.lessons.text import Span
from tutorbot.tutor.messages import ParkedNotice

_TOKEN = "Slack does not take the bot's token; `tutorbot doctor` says more"  # noqa: S105 - no token
_PERSON = "Slack lets nobody write to this person, who may have left"
_MEANINGS = {
    "account_inactive": _TOKEN,
    "cannot_dm_bot": _PERSON,
    "channel_not_found": "the channel is gone, or is private and the bot is not in it",
    "invalid_auth": _TOKEN,
    "is_archived": "the channel is archived",
    "missing_scope": "the app lacks a scope; `tutorbot doctor` names it",
    "not_authed": _TOKEN,
    "not_in_channel": "the bot is not in the channel; invite it there",
    "restricted_action": "the workspace's settings keep the bot from posting there",
    "token_expired": _TOKEN,
    "token_revoked": _TOKEN,
    "user_disabled": _PERSON,
    "user_not_found": _PERSON,
}
_CODE = re.compile(rf"\b({'|'.join(_MEANINGS)})\b")


def parked(notice: ParkedNotice) -> Drawn:
    """Return what staff are told of a delivery that could not be made."""
    delivery, reason = notice.delivery, in_words(notice.delivery.reason or "unknown")
    text = (
        f"A message could not be delivered: {delivery.key}. Reason: {reason}. "
        f"When it is mended, run `tutorbot deliveries retry {delivery.id}`; "
        f"`tutorbot deliveries drop {delivery.id}` lets it go. "
        "`tutorbot deliveries` lists all that wait."
    )
    where = [] if delivery.user or not delivery.channel else [_to_channel(delivery.channel)]
    return Drawn(text.replace("`", ""), [kit.sentence(text), *where])


def _to_channel(channel: str) -> Block:
    said: list[Block] = [
        kit.run(Span("It was for ")),
        {"type": "channel", "channel_id": channel},
        kit.run(Span(".")),
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": said}]}


def in_words(reason: str) -> str:
    """Return why a delivery is parked with what that means first, where a refusal of Slack's says why."""
    code = _CODE.search(reason)
    return f"{_MEANINGS[code[1]]} ({reason})" if code else reason
