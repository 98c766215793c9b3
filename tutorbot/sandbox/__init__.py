"""A small Slack in one process, for tests, the demo and benchmarks."""

from tutorbot.sandbox.faults import Fault
from tutorbot.sandbox.gestures import Answer, ImpossibleError
from tutorbot.sandbox.limits import Limits
from tutorbot.sandbox.panel import Mistake, Owed, Panel, Saved
from tutorbot.sandbox.persons import Person
from tutorbot.sandbox.sandbox import Sandbox
from tutorbot.sandbox.sent import Sent
from tutorbot.sandbox.service import Uploads
from tutorbot.sandbox.sight import Button, Input, Message, ViewSeen
from tutorbot.sandbox.traffic import Call

__all__ = [
    "Answer",
    "Button",
    "Call",
    "Fault",
    "ImpossibleError",
    "Input",
    "Limits",
    "Message",
    "Mistake",
    "Owed",
    "Panel",
    "Person",
    "Sandbox",
    "Saved",
    "Sent",
    "Uploads",
    "ViewSeen",
]
