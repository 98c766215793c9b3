"""Where a message may come to stand twice, though the ledger knows of one."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Surroundings(NamedTuple):
    """What one reading covers: a channel, or a thread in it by the `ts` of its first message."""

    channel: str
    thread: str | None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What was sent there `since` may be double; look from `look_at` on (machine time)."""

    where: Surroundings
    since: datetime
    look_at: datetime


@dataclass(slots=True)
class Suspicions:
    """What this process suspects; two for the same surroundings become one.

    There are two reasons. A message was looked for, not found and sent again: Slack may still take
    the first one. A process slept after it had looked at its claim, sent what another had sent
    meanwhile, and got no reply. They are kept in memory alone: that the process dies too, within
    minutes, is left to the next reading of that channel.
    """

    _kept: dict[Surroundings, Suspicion] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, new: Suspicion) -> None:
        """Suspect that something is double."""
        with self._lock:
            old = self._kept.get(new.where, new)
            since, look_at = min(new.since, old.since), max(new.look_at, old.look_at)
            self._kept[new.where] = Suspicion(new.where, since, look_at)

    def take(self, *, machine: datetime) -> list[Suspicion]:
        """Return, and forget, what is to be looked at by now."""
        with self._lock:
            ripe = [each for each in self._kept.values() if each.look_at <= machine]
            for each in ripe:
                del self._kept[each.where]
            return ripe
