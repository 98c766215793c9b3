"""The outline of a course in OLX: chapters, sequentials, verticals, and what stands in these."""

from collections import Counter
from collections.abc import Iterable

from tutorbot.exchange.given import Left
from tutorbot.exchange.html.writing import AddressOf, tag
from tutorbot.exchange.naming import unused
from tutorbot.exchange.olx.components import component_of
from tutorbot.exchange.olx.pages import lesson as lesson_page
from tutorbot.exchange.olx.pages import page
from tutorbot.lessons.course import CaseStudy, Course, Draw, Exam, Exercise, Lesson, Module, Part, PartKind
from tutorbot.lessons.question import Question


class Outline:
    """The files of the outline so far, by their paths."""

    def __init__(self, course: Course, address_of: AddressOf) -> None:
        self.files: dict[str, str] = {}
        self.questions = 0
        self.graded: Counter[PartKind] = Counter()
        self._course = course
        self._address_of = address_of
        self._names = {*course.questions()}
        self._told: dict[str, list[str]] = {}
        self._titles = {topic.id: topic.title for module in course.syllabus for topic in module.topics}

    def write(self) -> list[str]:
        """Write all chapters; return an element for each, in order."""
        chapters = [self._module(module) for module in self._course.modules]
        if self._course.case_study:
            chapters.append(self._case_study(self._course.case_study))
        if self._course.exam:
            chapters.append(self._exam(self._course.exam))
        return chapters

    def left(self) -> list[Left]:
        """Return what OLX cannot hold of the questions, by what that is."""
        return [Left(f"`{name}`", what) for what, questions in self._told.items() for name in questions]

    def part(self, kind: PartKind) -> Part | None:
        """Return the part of the mark, if the course has it."""
        return next((part for part in self._course.scheme.parts if part.kind is kind), None)

    def _module(self, module: Module) -> str:
        lessons = [self._lesson(lesson) for lesson in module.lessons]
        return self._file("chapter", f"module-{module.id}", lessons, display_name=module.title)

    def _lesson(self, lesson: Lesson) -> str:
        picture = (lesson.picture,) if lesson.picture else ()
        html = lesson_page(lesson.summary, lesson.minutes, picture, lesson.text, self._address_of)
        return self._sequential(lesson.id, lesson.title, html, lesson.questions, PartKind.REVIEW)

    def _case_study(self, case: CaseStudy) -> str:
        story = page(case.text, self._address_of)
        pages = [self._sequential(f"{case.id}-story", case.title, story, (), PartKind.CASE)]
        pages += [self._exercise(exercise) for exercise in case.exercises]
        return self._file("chapter", case.id, pages, display_name=case.title)

    def _exercise(self, exercise: Exercise) -> str:
        html = lesson_page((), exercise.minutes, (), exercise.text, self._address_of)
        return self._sequential(exercise.id, exercise.title, html, exercise.questions, PartKind.CASE)

    def _exam(self, exam: Exam) -> str:
        part = self.part(PartKind.EXAM)
        title = part.title if part else "Final exam"
        topics = [self._topic(draw, exam) for draw in exam.draws]
        units = [unit for unit in topics if unit]
        pages = [self._assignment("exam", title, units, PartKind.EXAM, bool(units), exam.minutes)]
        return self._file("chapter", "final-exam", pages, display_name=title)

    def _topic(self, draw: Draw, exam: Exam) -> str:
        """Write the unit with the questions of a topic, if OLX can hold any; some of them may be drawn."""
        name, title = f"exam-{draw.topic}", self._titles.get(draw.topic, draw.topic)
        parts = self._components(question for question in exam.pool if question.topic == draw.topic)
        if 0 < draw.count < len(parts):
            said = {"display_name": title, "max_count": str(draw.count)}
            parts = [self._file("library_content", f"{name}-draw", parts, **said)]
        return self._file("vertical", name, parts, display_name=title) if parts else ""

    def _sequential(
        self, name: str, title: str, html: str, questions: Iterable[Question], kind: PartKind
    ) -> str:
        """Write a unit to read, and one with the questions about it, if OLX can hold any."""
        text = self._page(f"{name}-text", title, html)
        units = [self._file("vertical", f"{name}-page", [text], display_name=title)]
        if parts := self._components(questions):
            units.append(self._file("vertical", f"{name}-questions", parts, display_name="Questions"))
        return self._assignment(name, title, units, kind, bool(parts), None)

    def _assignment(
        self, name: str, title: str, units: list[str], kind: PartKind, asks: bool, minutes: int | None
    ) -> str:
        """Write what counts as one assignment of the part, if it asks something."""
        part = self.part(kind) if asks else None
        self.graded[kind] += part is not None
        return self._file(
            "sequential",
            name,
            units,
            display_name=title,
            format=part.title if part else None,
            graded="true" if part else None,
            is_time_limited="true" if minutes else None,
            default_time_limit_minutes=str(minutes) if minutes else None,
        )

    def _page(self, name: str, title: str, html: str) -> str:
        name = self._free(name)
        self.files[f"html/{name}.html"] = html
        self.files[f"html/{name}.xml"] = tag("html", filename=name, display_name=title)
        return tag("html", url_name=name)

    def _components(self, questions: Iterable[Question]) -> list[str]:
        """Write each question that OLX can hold; return what stands for it in its unit."""
        parts = []
        for number, question in enumerate(questions, start=1):
            told: list[str] = []
            component = component_of(question, f"Question {number}", self._address_of, told.append)
            for what in told:
                self._told.setdefault(what, []).append(question.id)
            if component is None:
                continue
            if component.is_inline:
                parts.append(component.xml)
            else:
                self.files[f"problem/{question.id}.xml"] = component.xml
                parts.append(tag("problem", url_name=question.id))
        self.questions += len(parts)
        return parts

    def _file(self, kind: str, name: str, parts: Iterable[str], **said: str | None) -> str:
        """Write a file with these parts; return the element that stands for it elsewhere."""
        name = self._free(name)
        self.files[f"{kind}/{name}.xml"] = (
            tag(kind, "".join(f"\n{part}" for part in parts) + "\n", **said) + "\n"
        )
        return tag(kind, url_name=name)

    def _free(self, wanted: str) -> str:
        """Return the name, or one like it, that nothing of any kind has."""
        name = unused(wanted, self._names)
        self._names.add(name)
        return name
