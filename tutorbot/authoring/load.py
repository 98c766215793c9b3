"""A course's folder, read whole."""

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from tutorbot.authoring.building.course import case_from, course_from, exam_from, exercise_from, lesson_from
from tutorbot.authoring.building.questions import Usual, questions_from
from tutorbot.authoring.faults import CourseFaults, Fault, Faults, Source, Spot, nearest, shown
from tutorbot.authoring.files import Count, Files
from tutorbot.authoring.formats.course import (
    FORMAT,
    CaseFile,
    CourseFile,
    DrawEntry,
    ExamFile,
    ExerciseHead,
    LessonHead,
    ModuleFile,
)
from tutorbot.authoring.formats.questions import QuestionsFile
from tutorbot.authoring.leftovers import QUESTIONS, leftovers
from tutorbot.authoring.names import Names
from tutorbot.authoring.pages import Page, read_page
from tutorbot.authoring.parts import check_parts
from tutorbot.authoring.pictures import PictureFile, Pictures
from tutorbot.authoring.yaml.entries import EntryOf, S
from tutorbot.authoring.yaml.nodes import Mapping, Node, Scalar, compose
from tutorbot.authoring.yaml.readers import At, Reading, Refused
from tutorbot.authoring.yaml.values import is_above
from tutorbot.lessons.course import CaseStudy, Course, Exam, Exercise, Lesson, Module, PartKind
from tutorbot.lessons.question import UNGRADED, Question

CASE = "case-study"
EXAM = "exam"

_ORDINAL = re.compile(r"^\d+-")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A course without faults, its files' digest (SHA-256, hex) and its pictures by theirs."""

    course: Course
    digest: str
    pictures: dict[str, PictureFile]


def load(folder: Path, count: Count | None = None) -> Loaded:
    """Return the course in the folder; raises CourseFaults, with every fault there is."""
    folder_read = read_folder(folder, count)
    if folder_read.faults or folder_read.loaded is None:
        raise CourseFaults(folder_read.faults)
    return folder_read.loaded


def digest_of(folder: Path) -> str:
    """Return the digest that `load` would give the course in the folder, if it has no faults.

    It costs a hundredth of loading, and is enough to see that nothing has changed.
    """
    files = Files(folder.resolve(), Faults())
    files.read_all()
    return files.digest()


def stamps_of(folder: Path) -> object:
    """Return something that is equal as long as nothing was saved in the folder; nothing is read for it."""
    faults = Faults()
    return Files(folder.resolve(), faults).stamps(), faults.in_order()


@dataclass(frozen=True, slots=True)
class FolderRead:
    """What came of reading a folder; with faults, the course may lack parts."""

    faults: list[Fault]
    loaded: Loaded | None


def read_folder(folder: Path, count: Count | None = None) -> FolderRead:
    """Return the course in the folder, as far as it can be read, and every fault there is."""
    faults = Faults()
    files = Files(folder.resolve(), faults, count)
    pictures = Pictures(files, faults)
    names = Names(faults)
    reader = _FolderReader(files, Reading(faults, names, pictures))
    course = reader.course()
    names.check()
    if course is None:
        return FolderRead(faults.in_order(), None)
    reader.check_leftovers()
    return FolderRead(faults.in_order(), Loaded(course, files.digest(), pictures.by_digest))


class _FolderReader:
    """Reads the files of a course in the order in which they name one another."""

    def __init__(self, files: Files, reading: Reading) -> None:
        self._files = files
        self._reading = reading
        self._faults = reading.faults
        self._usual = Usual()
        self._passed_over: set[str] = set()

    def course(self) -> Course | None:
        """Return the course; None when what it is cannot be read, or is not for this program."""
        node = self._node("course.yaml")
        if node and self._is_too_new(node):
            return None
        file = self._entry(EntryOf(CourseFile), node) if node else None
        if file is None and not self._files.folders():
            return None
        said = file or EntryOf(CourseFile).blank
        self._usual = Usual(said.grading.tries, said.grading.credit)
        if "syllabus" in said.at.failed or any("topics" in entry.at.failed for entry in said.syllabus):
            self._reading.names.distrust("topic")
            self._reading.names.distrust("module of the syllabus")
        modules = tuple(module for name in self._folders(said) if (module := self._module(name)))
        case_study = self._case_study() if self._files.has_folder(CASE) else None
        exam = self._exam() if self._files.has_folder(EXAM) else None
        course = course_from(said, modules, case_study, exam)
        check_parts(said, course, self._there(course), self._faults)
        return course if file else None

    def _there(self, course: Course) -> dict[PartKind, bool]:
        """Return for which parts the course has something, also where that has faults."""
        return {
            PartKind.REVIEW: any(lesson.questions for lesson in course.lessons()),
            PartKind.CASE: self._files.has_folder(CASE),
            PartKind.EXAM: self._files.has_folder(EXAM),
        }

    def _folders(self, file: CourseFile) -> tuple[At[str], ...]:
        """Return the folders of the modules: those that are there, where it is not known which are meant."""
        if "modules" not in file.at.failed:
            return file.modules
        self._passed_over.add("")
        there = (name for name in sorted(self._files.folders()) if f"{name}/module.yaml" in self._files)
        return tuple(At(name, _within(f"{name}/module.yaml")) for name in there)

    def _pages(self, listed: tuple[At[str], ...], is_sound: bool, folder: str) -> tuple[At[str], ...]:
        """Return the names of a folder's lessons or exercises, in the same way."""
        if is_sound:
            return listed
        self._passed_over.add(f"{folder}/")
        there = self._files.within(folder, ".md")
        return tuple(At(name.removesuffix(".md"), _within(f"{folder}/{name}")) for name in there)

    def check_leftovers(self) -> None:
        """Note the files and situations that nothing uses."""
        for name, mend in leftovers(self._files.unused()):
            if not name.startswith(tuple(self._passed_over)):
                self._faults.add_file(name, "no part of the course uses this file", mend)
        for name, spot in self._reading.names.unused("situation"):
            self._faults.add(
                spot, f"no question uses the situation `{name}`", f"write `situation: {name}` in one"
            )

    def _module(self, folder: At[str]) -> Module | None:
        names = self._reading.names
        names.define("folder of a module", folder.value, folder.spot)
        if not self._files.has_folder(folder.value):
            self._miss_folder(folder)
            return None
        name = _ORDINAL.sub("", folder.value)
        names.use("module of the syllabus", name, folder.spot)
        file = self._file(EntryOf(ModuleFile), f"{folder.value}/module.yaml", folder.spot)
        is_sound = file is not None and "lessons" not in file.at.failed
        pages = self._pages(file.lessons if file else (), is_sound, folder.value)
        lessons = tuple(lesson for each in pages if (lesson := self._lesson(folder.value, each)))
        return Module(name, file.title, file.summary, lessons) if file else None

    def _miss_folder(self, folder: At[str]) -> None:
        near = nearest(folder.value, self._files.folders())
        mend = f"did you mean `{near}`?" if near else "make it, with a `module.yaml`"
        self._faults.add(folder.spot, f"there is no folder `{folder.value}`", mend)
        self._pass_over_if(near is not None, near or "")
        self._reading.names.distrust("lesson")

    def _lesson(self, folder: str, name: At[str]) -> Lesson | None:
        names = self._reading.names
        if not names.is_defined("lesson", name.value):  # of a second one it is said as a page
            names.define("lesson", name.value, name.spot)
        page = self._page(EntryOf(LessonHead), folder, name)
        asked = f"{folder}/{name.value}{QUESTIONS}"
        file = self._questions(asked) if asked in self._files else None
        if f"{folder}/{name.value}.md" not in self._files:
            names.distrust("lesson")
        if page is None or page.head is None:
            return None
        questions = questions_from(file, page.head.topic, self._usual) if file else ()
        return lesson_from(name.value, page.head, page.text, questions)

    def _case_study(self) -> CaseStudy | None:
        file = self._file(EntryOf(CaseFile), f"{CASE}/case-study.yaml")
        is_sound = file is not None and "exercises" not in file.at.failed
        pages = self._pages(file.exercises if file else (), is_sound, CASE)
        exercises = tuple(exercise for name in pages if (exercise := self._exercise(name)))
        return case_from(CASE, file, exercises) if file else None

    def _exercise(self, name: At[str]) -> Exercise | None:
        page = self._page(EntryOf(ExerciseHead), CASE, name)
        file = self._questions(f"{CASE}/{name.value}{QUESTIONS}", name.spot)
        for entry in file.questions if file else ():
            if not entry.topic and "topic" not in entry.at.keys:
                self._faults.add(
                    entry.at.spot, "`topic` is missing", "write `topic: …` here, one of the syllabus"
                )
        if page is None or page.head is None or file is None:
            return None
        return exercise_from(name.value, page.head, page.text, questions_from(file, "", self._usual))

    def _exam(self) -> Exam | None:
        file = self._file(EntryOf(ExamFile), f"{EXAM}/exam.yaml")
        if file is None or "draws" in file.at.failed:
            self._passed_over.add(f"{EXAM}/")
            for name in self._files.within(EXAM, ".yaml"):
                if name != "exam.yaml":
                    self._questions(f"{EXAM}/{name}")
            return None
        pool = tuple(question for draw in file.draws for question in self._pool(draw))
        return exam_from(file, pool)

    def _pool(self, draw: DrawEntry) -> tuple[Question, ...]:
        """Return the questions of a topic; what is drawn has to be there."""
        topic, name = draw.topic, f"{EXAM}/{draw.topic}.yaml"
        is_known = self._reading.names.is_defined("topic", topic)
        if "topic" in draw.at.failed or not (is_known or name in self._files):
            self._passed_over.add(f"{EXAM}/")
            return ()
        file = self._questions(name, draw.at.of("topic"))
        if file is None:
            return ()
        for entry in file.questions:
            if entry.kind in UNGRADED and "kind" not in entry.at.failed:
                what = f"an exam has no questions of the kind `{entry.kind}`, which are not graded"
                self._faults.add(entry.at.of("kind"), what, "move it to a lesson or an exercise")
            if entry.topic not in ("", topic):
                what = f"the topic of this file is `{topic}`"
                self._faults.add(
                    entry.at.of("topic"), what, "take `topic` out, or move the question to its topic's file"
                )
        if draw.count > len(file.questions) and not {"questions", "count"} & (
            file.at.failed | draw.at.failed
        ):
            what = f"`count` is {draw.count}, and the pool has {len(file.questions)}"
            self._faults.add(
                draw.at.of("count"), what, f"draw fewer, or add questions to `{EXAM}/{topic}.yaml`"
            )
        return questions_from(file, topic, self._usual)

    def _questions(self, name: str, wanted_at: Spot | None = None) -> QuestionsFile | None:
        return self._file(EntryOf(QuestionsFile), name, wanted_at)

    def _page(self, head: EntryOf[S], folder: str, name: At[str]) -> Page[S] | None:
        """Return a Markdown file, as far as it can be read."""
        self._reading.names.define("lesson or exercise", name.value, name.spot)
        source = self._files.text(f"{folder}/{name.value}.md", name.spot)
        page = read_page(source, head, self._reading) if source else None
        self._pass_over_if(page is None, folder)
        return page

    def _pass_over_if(self, is_spoilt: bool, folder: str) -> None:
        """Leave the folder's unused files alone when it cannot be known what uses them."""
        if is_spoilt:
            self._passed_over.add(f"{folder}/")

    def _is_too_new(self, node: Node) -> bool:
        for key, value in node.pairs if isinstance(node, Mapping) else ():
            if key.value == "format" and isinstance(value, Scalar) and is_above(value.value, FORMAT):
                what = f"the course is in format {shown(value.value)}; this program reads up to {FORMAT}"
                self._faults.add(value.spot, what, "upgrade tutorbot")
                return True
        return False

    def _node(self, name: str, wanted_at: Spot | None = None) -> Node | None:
        source = self._files.text(name, wanted_at)
        node = compose(source, self._faults) if source else None
        self._pass_over_if(node is None, posixpath.dirname(name))
        return node

    def _entry(self, reader: EntryOf[S], node: Node) -> S | None:
        try:
            return reader.read(node, self._reading)
        except Refused as refused:
            refused.note(self._faults, "the file")
            self._pass_over_if(True, posixpath.dirname(node.source.name))
            return None

    def _file(self, reader: EntryOf[S], name: str, wanted_at: Spot | None = None) -> S | None:
        node = self._node(name, wanted_at)
        return self._entry(reader, node) if node else None


def _within(name: str) -> Spot:
    """Return the beginning of a file that nothing read so far names."""
    return Spot(Source(name, ""))
