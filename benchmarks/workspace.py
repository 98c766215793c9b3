"""A sandbox in a process of its own: `python -m benchmarks.workspace PEOPLE TIMES`.

It shares no interpreter with what is measured. `TIMES` is how many times Slack's own limits are allowed.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tutorbot.sandbox import Limits, Sandbox
from tutorbot.sandbox.methods.lookup import opened_dm

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The sandbox of another process: `people` are users' ids, with those of their direct messages."""

    api_url: str
    bot_token: str
    app_token: str
    team: str
    people: dict[str, str]
    process: subprocess.Popen[str]

    def counted(self) -> tuple[int, int]:
        """Return how many posts were taken, and how many were refused for the pace, by now."""
        assert self.process.stdin
        assert self.process.stdout
        print("count", file=self.process.stdin, flush=True)
        taken, refused = json.loads(self.process.stdout.readline())
        return taken, refused


@contextmanager
def workspace(people: int, *, times: int = 1) -> Iterator[Workspace]:
    """Run a sandbox with so many people in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.workspace", str(people), str(times)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield Workspace(**json.loads(process.stdout.readline()), process=process)
        process.communicate()  # the end of what it reads is its end


def _main(people: int, times: int) -> None:
    with Sandbox(limits=Limits().times(times)) as sandbox:
        added = [sandbox.add_person(f"learner-{n}") for n in range(people)]
        about = {
            "api_url": sandbox.api_url,
            "bot_token": sandbox.bot_token,
            "app_token": sandbox.app_token,
            "team": sandbox.team,
            "people": {person.id: opened_dm(sandbox.service, person.id).id for person in added},
        }
        print(json.dumps(about), flush=True)
        for _ in sys.stdin:
            posts = [call for call in sandbox.calls if call.method == "chat.postMessage"]
            refused = sum(call.error == "ratelimited" for call in sandbox.calls)
            print(json.dumps([sum(not call.error for call in posts), refused]), flush=True)


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
