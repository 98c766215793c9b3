"""Courses as files: YAML and Markdown in, a course or its faults out."""

from tutorbot.authoring.check import Report, Summary, check
from tutorbot.authoring.faults import CourseFaults, Fault
from tutorbot.authoring.load import Loaded, digest_of, load, stamps_of
from tutorbot.authoring.pictures import PictureFile
from tutorbot.authoring.unwritten import Unwritten, unwritten_in

__all__ = [
    "CourseFaults",
    "Fault",
    "Loaded",
    "PictureFile",
    "Report",
    "Summary",
    "Unwritten",
    "check",
    "digest_of",
    "load",
    "stamps_of",
    "unwritten_in",
]
