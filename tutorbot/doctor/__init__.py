"""Whether an installation is well, and what to do where it is not; looking changes nothing."""

from tutorbot.doctor.examination import Look, examine
from tutorbot.doctor.findings import Finding, Level, Part

__all__ = ["Finding", "Level", "Look", "Part", "examine"]
