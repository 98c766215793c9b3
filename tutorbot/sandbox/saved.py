"""State kept between runs: a JSON file, and the uploads beside it."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tutorbot.sandbox.places import Channel, File, Kind, Member, Notice, Post, View
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.workspace import Workspace

FORMAT = 1
PAUSE_SECONDS = 0.5


class Saver:
    """Writes the workspace soon after each change, whole or not at all."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.workspace = workspace
        self.path = path
        self.uploads = path.with_name(path.name + ".files")
        self._planned = False
        self._writing = threading.Lock()

    def watch(self, later: Callable[[float, Callable[[], None]], None]) -> None:
        """Save from now on half a second after a change."""

        def plan() -> None:
            if not self._planned:
                self._planned = True
                later(PAUSE_SECONDS, self.save)

        self.workspace.listeners.append(plan)

    def save(self) -> None:
        """Write everything now."""
        self._planned = False
        with self._writing:
            with self.workspace.lock:
                text = json.dumps(to_json(self.workspace), ensure_ascii=False)
                uploads = {file.id: file.data for file in self.workspace.files.values() if file.data}
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.uploads.mkdir(exist_ok=True)
            for file_id, data in uploads.items():
                if not (self.uploads / file_id).exists():
                    write_whole(self.uploads / file_id, data)
            write_whole(self.path, text.encode())

    def load(self) -> bool:
        """Read what was kept; return whether there was anything.

        Raises ValueError, with a sentence, if the file is not one of ours.
        """
        if not self.path.exists():
            return False
        try:
            kept = json.loads(self.path.read_bytes())
            if kept["format"] != FORMAT:
                raise ValueError("it was written by another version")
            from_json(self.workspace, kept)
        except (ValueError, KeyError, TypeError) as problem:
            sentence = f"The sandbox cannot read {self.path}: {problem}. Move it away to begin afresh."
            raise ValueError(sentence) from problem
        for file in self.workspace.files.values():
            upload = self.uploads / file.id
            file.data = upload.read_bytes() if upload.exists() else None
        return True


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, never half of it."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def to_json(workspace: Workspace) -> Json:
    """Return everything that outlives a run; trigger ids, response URLs and open modals do not."""
    homes = dict(workspace.homes)
    return {
        "format": FORMAT,
        "counter": workspace.counter,
        "people": [asdict(person) for person in workspace.people.values()],
        "channels": [channel_json(channel) for channel in workspace.channels.values()],
        "files": [{**asdict(file), "data": None} for file in workspace.files.values()],
        "views": [asdict(workspace.views[view_id]) for view_id in homes.values()],
        "homes": homes,
        "choices": workspace.choices,
        "warnings": workspace.warnings,
        "notices": {who: [asdict(n) for n in notices] for who, notices in workspace.notices.items()},
        "read_up_to": workspace.read_up_to,
    }


def channel_json(channel: Channel) -> Json:
    """Return a channel with its messages."""
    posts = [asdict(post) for post in channel.posts.values()]
    return {**asdict(channel), "kind": channel.kind.value, "posts": posts}


def from_json(workspace: Workspace, kept: Json) -> None:
    """Fill a workspace with what was kept."""
    workspace.counter = kept["counter"]
    workspace.people = {each["id"]: Member(**each) for each in kept["people"]}
    workspace.files = {each["id"]: File(**each) for each in kept["files"]}
    workspace.views = {each["id"]: View(**each) for each in kept["views"]}
    workspace.homes, workspace.choices = kept["homes"], kept["choices"]
    workspace.warnings, workspace.read_up_to = kept["warnings"], kept["read_up_to"]
    workspace.notices = {who: [Notice(**n) for n in each] for who, each in kept["notices"].items()}
    for each in kept["channels"]:
        posts = {post["ts"]: Post(**post) for post in each["posts"]}
        channel = Channel(**{**each, "kind": Kind(each["kind"]), "posts": posts})
        workspace.channels[channel.id] = channel
        for ts in posts:
            workspace.resume_after(ts)
