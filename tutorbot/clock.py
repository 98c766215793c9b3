"""What time it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]


def machine_now() -> datetime:
    """Return the machine's time, aware and in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks: `course` time may be jumped, `machine` time never is.

    Course time says what is due and what people see; machine time bounds claims, retries,
    pacing towards Slack and signatures.
    """

    course: Now = machine_now
    machine: Now = machine_now


@dataclass(slots=True)
class OffsetClock:
    """Course time that runs `offset` ahead of the machine's."""

    offset: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Return the course time, aware and in UTC."""
        return machine_now() + self.offset
