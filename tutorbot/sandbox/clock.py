"""The machine clock of the sandbox's limits, which a test can step forward."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime


class SteppableClock:
    """The machine's time plus what tests have stepped it forward.

    Rate limits, trigger ids, response URLs, the three seconds to acknowledge, retries and late
    effects all run on it, so a test waits for none of them. It never goes back. Signatures and the
    `ts` of messages are of the real time, which the app under test shares.
    """

    def __init__(self) -> None:
        self._ahead = 0.0
        self._lock = threading.Lock()
        self._wakers: set[Callable[[], None]] = set()

    def time(self) -> float:
        """Return seconds since the epoch."""
        return time.time() + self._ahead

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def step(self, seconds: float) -> None:
        """Go forward at once; whatever falls due on the way happens now."""
        if seconds < 0:
            raise ValueError("The sandbox's clock never goes back.")
        with self._lock:
            self._ahead += seconds
            wakers = list(self._wakers)
        for wake in wakers:
            wake()

    async def sleep_until(self, deadline: float) -> None:
        """Wait, in an event loop, until the clock shows the deadline."""
        loop, stepped = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(stepped.set)

        with self._lock:
            self._wakers.add(wake)
        try:
            while (remaining := deadline - self.time()) > 0:
                stepped.clear()
                try:
                    await asyncio.wait_for(stepped.wait(), remaining)
                except TimeoutError:
                    continue
        finally:
            with self._lock:
                self._wakers.discard(wake)

    async def sleep(self, seconds: float) -> None:
        """Wait, in an event loop, for so many of the clock's seconds."""
        await self.sleep_until(self.time() + seconds)
