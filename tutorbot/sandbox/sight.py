"""What a person sees: messages, modals and Homes, as tests read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tutorbot.sandbox.events import message_json
from tutorbot.sandbox.gestures import ImpossibleError
from tutorbot.sandbox.places import Post, View
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.selections import choices_now, chosen_value, usable
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.wording import pings, readable, unescape


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, what a screen reader says, and what it carries."""

    text: str
    action_id: str
    block_id: str
    value: str | None = None
    url: str | None = None
    label: str | None = None
    style: str | None = None

    def answers_to(self, wanted: str) -> bool:
        """Say whether somebody who asks for this means the button."""
        return wanted in (self.text, self.label, self.action_id)


@dataclass(frozen=True, slots=True)
class Input:
    """A box, menu or input, with what is chosen or written in it now and the labels of its options."""

    type: str
    action_id: str
    block_id: str
    label: str
    value: Any
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A message as somebody saw it at one moment; a later redraw does not change it.

    `metadata` is None for ephemeral messages. `plain` is all that can be read in it: the blocks if it
    has any, else the text. `pings` lists whom it would have notified. `warning` is the sign that
    stands on it after a click that did not work.
    """

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json]
    thread_ts: str | None
    ephemeral: bool
    metadata: Json | None
    edited: bool
    at: str
    warning: str | None
    buttons: list[Button]
    inputs: list[Input]
    pings: list[str]
    files: list[str]

    @property
    def plain(self) -> str:
        """Return all that can be read in it, a line for each piece."""
        return readable(self.blocks) if self.blocks else unescape(self.text)


@dataclass(frozen=True, slots=True)
class ViewSeen:
    """A modal or a Home as somebody saw it at one moment. `errors`: text under inputs, by block id."""

    id: str
    type: str
    title: str
    callback_id: str
    private_metadata: str
    blocks: list[Json]
    errors: dict[str, str]
    hash: str
    submit: str | None
    buttons: list[Button]
    inputs: list[Input]

    @property
    def plain(self) -> str:
        """Return all that can be read in it, a line for each piece."""
        return "\n".join(piece for piece in (self.title, readable(self.blocks), self.submit) if piece)


def see_message(service: Service, person_id: str, post: Post) -> Message:
    """Return a message as this person sees it now."""
    workspace = service.workspace
    changed = workspace.chosen(person_id, post.place)
    shown = message_json(service, post, whole_metadata=True)
    return Message(
        ts=post.ts,
        channel=post.channel,
        user=post.user,
        text=post.text,
        blocks=post.blocks,
        thread_ts=post.thread_ts,
        ephemeral=post.only_for is not None,
        metadata=shown.get("metadata"),
        edited=post.edited is not None,
        at=post.at,
        warning=workspace.warnings.get(f"{person_id} {post.place}"),
        buttons=buttons_in(post.blocks),
        inputs=inputs_in(post.blocks, changed),
        pings=pings(post.text, post.blocks),
        files=list(post.files),
    )


def see_view(service: Service, person_id: str, view: View | None) -> ViewSeen | None:
    """Return a modal or a Home as this person sees it now."""
    if view is None:
        return None
    fields = view.fields
    return ViewSeen(
        id=view.id,
        type=view.type,
        title=(fields.get("title") or {}).get("text", ""),
        callback_id=fields.get("callback_id") or "",
        private_metadata=fields.get("private_metadata") or "",
        blocks=view.blocks,
        errors=dict(view.errors),
        hash=view.hash,
        submit=(fields.get("submit") or {}).get("text"),
        buttons=buttons_in(view.blocks),
        inputs=inputs_in(view.blocks, service.workspace.chosen(person_id, view.id)),
    )


def buttons_in(blocks: list[Json]) -> list[Button]:
    """Return the buttons, from top to bottom."""
    return [
        Button(
            text=element["text"]["text"],
            action_id=element["action_id"],
            block_id=block["block_id"],
            value=element.get("value"),
            url=element.get("url"),
            label=element.get("accessibility_label"),
            style=element.get("style"),
        )
        for block, element in usable(blocks)
        if element["type"] == "button"
    ]


def inputs_in(blocks: list[Json], changed: dict[str, dict[str, Json]]) -> list[Input]:
    """Return everything but buttons that people choose or write in, from top to bottom."""
    choices = choices_now(blocks, changed)
    return [
        Input(
            type=element["type"],
            action_id=element["action_id"],
            block_id=block["block_id"],
            label=(block.get("label") or {}).get("text", ""),
            value=chosen_value(choices.get(block["block_id"], {}).get(element["action_id"], {})),
            options=tuple(option["text"]["text"] for option in element.get("options", [])),
        )
        for block, element in usable(blocks)
        if element["type"] != "button"
    ]


def the_button(buttons: Sequence[Button], wanted: str) -> Button:
    """Return the one button that is meant; what it is not clear says which there are."""
    found = [button for button in buttons if button.answers_to(wanted)]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{button.text!r} ({button.action_id})" for button in buttons) or "no buttons at all"
    how_many = "There are several buttons" if found else "There is no button"
    raise ImpossibleError(f"{how_many} {wanted!r}; there are: {there}.")


def the_input(inputs: Sequence[Input], action_id: str) -> Input:
    """Return the box, menu or input with this action id, or with this label."""
    found = [each for each in inputs if action_id in (each.action_id, each.label)]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{each.label!r} ({each.action_id})" for each in inputs) or "nothing to fill in"
    raise ImpossibleError(f"There is no single {action_id!r}; there are: {there}.")
