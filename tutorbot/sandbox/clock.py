"""The machine clock of the sandbox's limits, which a test can step forward."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

STUCK_SECONDS = 10.0  # a sleeper that has not gone on by then is not waited for any longer


@dataclass(eq=False, slots=True)
class Sleeper:
    """Who waits, in an event loop, for the clock to show a time; `gone_on` once it was woken and went on."""

    deadline: float
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    stepped: asyncio.Event = field(default_factory=asyncio.Event)
    gone_on: threading.Event = field(default_factory=threading.Event)

    def look_again(self) -> None:
        """Let it look at the clock; from any thread."""
        if self.loop.is_closed():
            self.gone_on.set()
        else:
            self.loop.call_soon_threadsafe(self.stepped.set)


class SteppableClock:
    """The machine's time plus what tests have stepped it forward.

    Rate limits, trigger ids, response URLs, the three seconds to acknowledge, retries and late
    effects all run on it, so a test waits for none of them. It never goes back. Signatures and the
    `ts` of messages are of the real time, which the app under test shares.
    """

    def __init__(self) -> None:
        self._ahead = 0.0
        self._lock = threading.Lock()
        self._sleepers: set[Sleeper] = set()

    def time(self) -> float:
        """Return seconds since the epoch."""
        return time.time() + self._ahead

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def step(self, seconds: float) -> None:
        """Go forward at once; whatever falls due on the way happens before this returns.

        What it goes on to wait for (a request to the app) comes later. Within the event loop itself
        nothing can be waited for: there what falls due happens next.
        """
        if seconds < 0:
            raise ValueError("The sandbox's clock never goes back.")
        with self._lock:
            self._ahead += seconds
            now, sleepers = self.time(), list(self._sleepers)
        for sleeper in sleepers:
            sleeper.look_again()
        here = running_loop()
        for sleeper in sleepers:
            if sleeper.deadline <= now and sleeper.loop is not here:
                sleeper.gone_on.wait(STUCK_SECONDS)

    async def sleep_until(self, deadline: float) -> None:
        """Wait, in an event loop, until the clock shows the deadline."""
        sleeper = Sleeper(deadline)
        with self._lock:
            self._sleepers.add(sleeper)
        try:
            while (remaining := deadline - self.time()) > 0:
                sleeper.stepped.clear()
                try:
                    await asyncio.wait_for(sleeper.stepped.wait(), remaining)
                except TimeoutError:
                    continue
        finally:
            with self._lock:
                self._sleepers.discard(sleeper)
            # The loop's next turn: by then who slept has done what it did not have to wait for.
            sleeper.loop.call_soon(sleeper.gone_on.set)

    async def sleep(self, seconds: float) -> None:
        """Wait, in an event loop, for so many of the clock's seconds."""
        await self.sleep_until(self.time() + seconds)


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop that runs in this thread, if one does."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
