"""Where a message may come to stand twice, though the ledger knows of one."""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple


class Surroundings(NamedTuple):
    """What one reading covers: a channel, or a thread in it by the `ts` of its first message."""

    channel: str
    thread: str | None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What was sent there `since` may be double; look from `look_at` on, and `at_last` (machine time)."""

    where: Surroundings
    since: datetime
    look_at: datetime
    at_last: datetime


@dataclass(slots=True)
class Suspicions:
    """What this process suspects; two for the same surroundings become one, so that a look serves both.

    A look that comes too early for the later one of them is not the last: new ones put off no look.

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
            self._kept[new.where] = Suspicion(
                new.where,
                min(new.since, old.since),
                min(new.look_at, old.look_at),
                max(new.at_last, old.at_last),
            )

    def take(self, *, machine: datetime) -> list[Suspicion]:
        """Return what is to be looked at by now, and forget it if that is the last time."""
        with self._lock:
            ripe = [each for each in self._kept.values() if each.look_at <= machine]
            for each in ripe:
                if each.at_last <= machine:
                    del self._kept[each.where]
                else:
                    self._kept[each.where] = replace(each, look_at=each.at_last)
            return ripe
