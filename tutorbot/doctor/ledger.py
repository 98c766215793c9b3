"""Whether what is owed is sent."""

from collections.abc import Iterator
from datetime import timedelta

from tutorbot.doctor.findings import Finding, Part, fault, ok, warning
from tutorbot.records.deliveries import State
from tutorbot.records.lateness import Owed


def judge_ledger(owed: Owed, late_after: timedelta) -> Iterator[Finding]:
    """Yield what is late, and what waits for staff."""
    parked = owed.states[State.PARKED]
    if owed.late > late_after:
        minutes = owed.late // timedelta(minutes=1)
        yield fault(
            Part.DELIVERIES,
            f"{_deliveries(owed.overdue)} overdue, the first for {minutes} minutes.",
            "Start `tutorbot run`, or `tutorbot worker` beside `tutorbot web`; if it runs, read its log.",
        )
    if parked:
        yield warning(
            Part.DELIVERIES,
            f"{_deliveries(parked)} parked: Slack did not take {'it' if parked == 1 else 'them'}.",
            "`tutorbot deliveries` tells why; mend that, then `tutorbot deliveries retry NUMBER`.",
        )
    if not parked and owed.late <= late_after:
        yield ok(Part.DELIVERIES, "Nothing is late and nothing is parked.")


def _deliveries(number: int) -> str:
    return "1 delivery is" if number == 1 else f"{number} deliveries are"
