"""What the grading scheme says of a course's parts, held against what the course has."""

from collections.abc import Mapping

from tutorbot.authoring.faults import Faults
from tutorbot.authoring.formats.course import CourseFile, GradingEntry, PartEntry
from tutorbot.lessons.course import Course, PartKind
from tutorbot.lessons.grading import part_questions


def check_parts(file: CourseFile, course: Course, there: Mapping[PartKind, bool], faults: Faults) -> None:
    """Note a part that nothing belongs to, what belongs to no part, and a part that drops all it has."""
    grading = file.grading
    if "grading" in file.at.failed or "parts" in grading.at.failed:
        return
    for entry in grading.parts:
        if "part" in entry.at.failed:
            continue
        if entry.weight and not there[entry.part]:
            what = f"the course has nothing for its part `{entry.part}`"
            faults.add(entry.at.of("part"), what, "write it, or take the part out")
        else:
            _check_drop(entry, course, faults)
    said = {entry.part for entry in grading.parts}
    if len(said) < len(grading.parts) or any("part" in entry.at.failed for entry in grading.parts):
        return
    for part, is_there in there.items():
        if is_there and part not in said:
            _say_missing(part, grading, faults)


def _check_drop(entry: PartEntry, course: Course, faults: Faults) -> None:
    asked = len(part_questions(course, entry.part))
    if entry.part is PartKind.EXAM:
        asked = sum(draw.count for draw in course.exam.draws) if course.exam else 0
    if entry.drop and entry.drop >= asked and not faults:  # with faults it is not known how many there are
        what = f"`drop` leaves out {entry.drop} of {asked} questions"
        faults.add(entry.at.of("drop"), what, "let at least one question count")


def _say_missing(part: PartKind, grading: GradingEntry, faults: Faults) -> None:
    what = f"no weight is given to `{part}`, which the course has"
    faults.add(grading.at.of("parts"), what, f"add `- part: {part}` with its title and weight")
