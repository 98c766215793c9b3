"""Finds what a call names, or refuses as Slack does."""

from __future__ import annotations

from tutorbot.sandbox.places import Channel, Kind, Member, Post
from tutorbot.sandbox.refusals import RefusedError, missing_scope
from tutorbot.sandbox.service import Service

SCOPE_OF_KIND = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.DM: "im"}


def visible_channel(service: Service, channel_id: str) -> Channel:
    """Return the conversation the bot knows by this id; ids are the only names.

    A private channel it is no member of, and a direct message never opened, are as if not there.
    """
    channel = service.workspace.channels.get(channel_id)
    if channel is None:
        raise RefusedError("channel_not_found")
    if channel.kind is Kind.PRIVATE and not is_member(service, channel):
        raise RefusedError("channel_not_found")
    if channel.kind is Kind.DM and not channel.opened:
        raise RefusedError("channel_not_found")
    return channel


def is_member(service: Service, channel: Channel) -> bool:
    """Say whether the bot is in the conversation."""
    return service.workspace.bot_user_id in channel.members


def postable_channel(service: Service, channel_id: str) -> Channel:
    """Return the conversation if the bot may post there; a person's id means their direct message."""
    if channel_id in service.workspace.people:
        channel = opened_dm(service, channel_id)
    else:
        channel = visible_channel(service, channel_id)
    if channel.archived:
        raise RefusedError("is_archived")
    if not is_member(service, channel):
        raise RefusedError("not_in_channel")
    if channel.kind is Kind.DM and service.workspace.people[channel.members[0]].deactivated:
        raise RefusedError("channel_not_found")
    return channel


def readable_channel(service: Service, channel_id: str) -> Channel:
    """Return the conversation if the bot may read what was said there."""
    channel = visible_channel(service, channel_id)
    needs_scope(service, f"{SCOPE_OF_KIND[channel.kind]}:history")
    if not is_member(service, channel):
        raise RefusedError("not_in_channel")
    return channel


def described_channel(service: Service, channel_id: str) -> Channel:
    """Return the conversation if the bot may know about it."""
    channel = visible_channel(service, channel_id)
    needs_scope(service, f"{SCOPE_OF_KIND[channel.kind]}:read")
    return channel


def needs_scope(service: Service, scope: str) -> None:
    """Refuse the call if the token lacks a scope."""
    if scope not in service.scopes:
        raise missing_scope([scope], service.scopes)


def known_person(service: Service, user_id: str) -> Member:
    """Return the person with this id."""
    person = service.workspace.people.get(user_id)
    if person is None:
        raise RefusedError("user_not_found")
    return person


def opened_dm(service: Service, user_id: str) -> Channel:
    """Return the direct message with a person, from now on open."""
    person = known_person(service, user_id)
    if person.is_bot:
        raise RefusedError("cannot_dm_bot")
    if person.deactivated:
        raise RefusedError("user_disabled")
    dm = service.workspace.dm_of(user_id)
    dm.opened = True
    return dm


def known_post(channel: Channel, ts: str, refusal: str = "message_not_found") -> Post:
    """Return the message with this `ts`; an ephemeral one is as if not there."""
    post = channel.posts.get(ts)
    if post is None or post.only_for is not None:
        raise RefusedError(refusal)
    return post
