"""A course of ours in OLX, for Open edX.

Folders and files are those of https://docs.openedx.org/en/latest/educators/olx/directory-structure.html, the
grading policy that of …/olx/policies/grading.html.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from tutorbot.authoring import Loaded, PictureFile
from tutorbot.errors import BadInput
from tutorbot.exchange.given import Given, Left
from tutorbot.exchange.html.writing import AddressOf, tag
from tutorbot.exchange.olx import pages
from tutorbot.exchange.olx.outline import Outline
from tutorbot.exchange.tarballs import is_tarball, write_tarball
from tutorbot.lessons.course import Course, Part

ORGANISATION = "tutorbot"
_FILES = frozenset((".gz", ".xml", ".zip"))
RUN = "course"
"""The name of the course's run; whoever imports the course gives it the names that it has there."""


def write(loaded: Loaded, into: Path) -> Given:
    """Write the course into a new folder, or into a file where the path ends in `.tar.gz`.

    Raises BadInput when something is there already, which is never written over, or for a file of another
    kind, which Studio would not take.
    """
    if into.suffix in _FILES and not is_tarball(into):
        raise BadInput(
            f"`{into}` would be a folder. Name a new file that ends in `.tar.gz`, or a new folder."
        )
    given = give(loaded)
    if into.exists() and not (into.is_dir() and not is_tarball(into) and not any(into.iterdir())):
        raise BadInput(f"`{into}` is there already. Name a new folder, or a new file that ends in `.tar.gz`.")
    if is_tarball(into):
        write_tarball(into, given.files, RUN)
        return given
    for name, data in given.files.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return given


def give(loaded: Loaded) -> Given:
    """Return the files of the course in OLX, and what they cannot hold."""
    course = loaded.course
    names = _static_names(loaded.pictures)
    address_of: AddressOf = lambda digest: f"/static/{names[digest]}"  # noqa: E731 - typed, and used once
    outline = Outline(course, address_of)
    chapters = outline.write()
    texts = {**outline.files, **_course_files(course, chapters, outline, address_of)}
    files = {name: text.encode() for name, text in texts.items()}
    emblem = {course.badge.emblem.digest} if course.badge.emblem else set[str]()
    shown = "".join(texts.values())
    for digest, name in names.items():
        if digest not in emblem or f"/static/{name}" in shown:
            files[f"static/{name}"] = loaded.pictures[digest].data
    return Given(files, outline.questions, (*_left(course, outline), *outline.left()))


def _static_names(pictures: Mapping[str, PictureFile]) -> dict[str, str]:
    """Return a name for each picture: all lie in one folder."""
    names: dict[str, str] = {}
    for digest, picture in sorted(pictures.items(), key=lambda each: each[1].name):
        path = PurePosixPath(picture.name)
        taken = path.name in names.values()
        names[digest] = f"{path.stem}-{digest[:8]}{path.suffix}" if taken else path.name
    return names


def _course_files(
    course: Course, chapters: Iterable[str], outline: Outline, address_of: AddressOf
) -> dict[str, str]:
    inner = "".join(f"\n{chapter}" for chapter in chapters) + "\n"
    root = tag("course", url_name=RUN, org=ORGANISATION, course=course.id)
    return {
        "course.xml": root + "\n",
        f"course/{RUN}.xml": tag("course", inner, display_name=course.title) + "\n",
        f"policies/{RUN}/policy.json": _json({f"course/{RUN}": _settings(course, address_of)}),
        f"policies/{RUN}/grading_policy.json": _json(_grading(course, outline)),
        "policies/assets.json": _json({}),
        "about/overview.html": pages.overview(course, address_of),
        "about/short_description.html": course.tagline,
        "about/effort.html": course.effort,
        **({"tabs/policies.html": pages.policies(course.policies, address_of)} if course.policies else {}),
    }


def _settings(course: Course, address_of: AddressOf) -> dict[str, object]:
    tabs = [
        {"name": "Home", "type": "course_info"},
        {"name": "Course", "type": "courseware"},
        {"name": "Progress", "type": "progress"},
    ]
    if course.policies:
        tabs.append({"name": "Policies", "type": "static_tab", "url_slug": "policies"})
    return {
        "self_paced": True,
        "enable_timed_exams": bool(course.exam and course.exam.minutes),
        "learning_info": pages.learning(course),
        "instructor_info": pages.instructors(course, address_of),
        "tabs": tabs,
    }


def _grading(course: Course, outline: Outline) -> dict[str, object]:
    """Return the parts of the mark, each with as many assignments as it has lessons, exercises or exams."""
    return {
        "GRADER": [
            {
                "type": part.title,
                "short_label": part.title,
                "weight": part.weight / 100,
                "min_count": max(outline.graded[part.kind], 1),
                "drop_count": _dropped(part, outline),
            }
            for part in course.scheme.parts
        ],
        "GRADE_CUTOFFS": {"Pass": float(course.scheme.pass_mark / 100)},
    }


def _dropped(part: Part, outline: Outline) -> int:
    """Return how many assignments are dropped: never all, or there would be nothing to count."""
    return min(part.drop, max(outline.graded[part.kind] - 1, 0))


def _json(value: object) -> str:
    return json.dumps(value, indent=4, ensure_ascii=False, sort_keys=True) + "\n"


def _left(course: Course, outline: Outline) -> Iterable[Left]:
    """Yield what OLX cannot hold of the course itself."""
    of = f"the course `{course.id}`"
    yield Left(of, "it has no dates: learners see it from the day that is set as its start in Studio")
    yield Left(of, "the badge is left out; Open edX has certificates, which are set up there")
    if outline.questions:
        yield Left(of, "the level and the topic of questions have no place in OLX")
    if any(count > 1 for count in outline.graded.values()):
        yield Left(of, "each lesson or exercise counts alike within its part, however many points it has")
    for part in course.scheme.parts:
        if part.drop:
            what = (
                f"“{part.title}” drops whole lessons or exercises in OLX, {_dropped(part, outline)} of them"
            )
            yield Left(of, f"{what}, where {part.drop} of the questions should be")
        if part.due_days is not None:
            yield Left(of, f"“{part.title}” has no due date: OLX has fixed dates, to be set for each run")
    if any(exercise.after for exercise in course.exercises()):
        yield Left(of, "with which lesson an exercise opens is left out: chapters have dates, set in Studio")
    if course.exam:
        yield from _left_of_exam(course, outline, of)


def _left_of_exam(course: Course, outline: Outline, of: str) -> Iterable[Left]:
    exam = course.exam
    assert exam is not None, f"the course {course.id} has no exam"
    yield Left(
        of, "that the exam is taken once, as a whole, cannot be said in OLX: each question has its tries"
    )
    if any(name.startswith("library_content/") for name in outline.files):
        what = (
            "the exam draws from its questions as `library_content` without a library; keep it so in Studio"
        )
        yield Left(of, what)
    if exam.minutes:
        yield Left(of, "the time limit of the exam works where timed exams are switched on")
    drawn = {draw.topic for draw in exam.draws}
    if rest := [question.id for question in exam.pool if question.topic not in drawn]:
        yield Left(
            ", ".join(f"`{name}`" for name in rest), "no draw of the exam takes it, and it is left out"
        )
