"""The outline of a course in OLX: chapters, sequentials, verticals, and what stands in these."""

from collections import Counter
from collections.abc import Iterable

from tutorbot.exchange.given import Left
from tutorbot.exchange.html_out import AddressOf, tag
from tutorbot.exchange.olx_pages import lesson as lesson_page
from tutorbot.exchange.olx_pages import page
from tutorbot.exchange.olx_problem_out import component_of
from tutorbot.lessons.course import CaseStudy, Course, Exam, Exercise, Lesson, Module, Part, PartKind
from tutorbot.lessons.question import Question

_MOST_NAMED = 5


class Outline:
    """The files of the outline so far, by their paths."""

    def __init__(self, course: Course, address_of: AddressOf) -> None:
        self.files: dict[str, str] = {}
        self.questions = 0
        self.graded: Counter[PartKind] = Counter()
        self._course = course
        self._address_of = address_of
        self._asking: set[str] = set()
        self._told: dict[str, list[str]] = {}
        self._titles = {topic.id: topic.title for module in course.syllabus for topic in module.topics}

    def write(self) -> list[str]:
        """Write all chapters; return their names, in order."""
        chapters = [self._module(module) for module in self._course.modules]
        if self._course.case_study:
            chapters.append(self._case_study(self._course.case_study))
        if self._course.exam:
            chapters.append(self._exam(self._course.exam))
        return chapters

    def left(self) -> list[Left]:
        """Return what OLX cannot hold of the questions: each thing once, with the questions it is about."""
        return [Left(_named(questions), what) for what, questions in self._told.items()]

    def part(self, kind: PartKind) -> Part | None:
        """Return the part of the mark, if the course has it."""
        return next((part for part in self._course.scheme.parts if part.kind is kind), None)

    def _module(self, module: Module) -> str:
        lessons = [self._lesson(lesson) for lesson in module.lessons]
        return self._holder("chapter", f"module-{module.id}", module.title, "sequential", lessons)

    def _lesson(self, lesson: Lesson) -> str:
        picture = (lesson.picture,) if lesson.picture else ()
        html = lesson_page(lesson.summary, lesson.minutes, picture, lesson.text, self._address_of)
        units = [self._page(lesson.id, lesson.title, html), *self._asked(lesson.id, lesson.questions)]
        return self._sequential(lesson.id, lesson.title, units, PartKind.REVIEW)

    def _case_study(self, case: CaseStudy) -> str:
        story = self._page(f"{case.id}-story", case.title, page(case.text, self._address_of))
        pages = [self._sequential(f"{case.id}-story", case.title, [story], PartKind.CASE)]
        pages += [self._exercise(exercise) for exercise in case.exercises]
        return self._holder("chapter", case.id, case.title, "sequential", pages)

    def _exercise(self, exercise: Exercise) -> str:
        html = lesson_page((), exercise.minutes, (), exercise.text, self._address_of)
        units = [self._page(exercise.id, exercise.title, html), *self._asked(exercise.id, exercise.questions)]
        return self._sequential(exercise.id, exercise.title, units, PartKind.CASE)

    def _exam(self, exam: Exam) -> str:
        part = self.part(PartKind.EXAM)
        title = part.title if part else "Final exam"
        units = []
        for draw in exam.draws:
            pool = [question for question in exam.pool if question.topic == draw.topic]
            name, topic = f"exam-{draw.topic}", self._titles.get(draw.topic, draw.topic)
            parts = self._components(pool)
            if 0 < draw.count < len(parts):
                drawn = self._holder_of(parts, display_name=topic, max_count=str(draw.count))
                self.files[f"library_content/{name}.xml"] = tag("library_content", drawn[0], **drawn[1])
                parts = [("library_content", name)]
            units.append(self._vertical(name, topic, parts, asks=bool(parts)))
        pages = [self._sequential("exam", title, units, PartKind.EXAM, exam.minutes)]
        return self._holder("chapter", "final-exam", title, "sequential", pages)

    def _sequential(
        self, name: str, title: str, units: list[str], kind: PartKind, minutes: int | None = None
    ) -> str:
        """Write what counts as one assignment of the part, if it asks something."""
        part = self.part(kind)
        counts = part is not None and not self._asking.isdisjoint(units)
        self.graded[kind] += counts
        return self._holder(
            "sequential",
            name,
            title,
            "vertical",
            units,
            format=part.title if part and counts else None,
            graded="true" if counts else None,
            is_time_limited="true" if minutes else None,
            default_time_limit_minutes=str(minutes) if minutes else None,
        )

    def _page(self, name: str, title: str, html: str) -> str:
        self.files[f"html/{name}.html"] = html
        self.files[f"html/{name}.xml"] = tag("html", filename=name, display_name=title)
        return self._vertical(name, title, [("html", name)])

    def _asked(self, page: str, questions: Iterable[Question]) -> list[str]:
        """Write the unit with the questions that go with a page, if OLX can hold any."""
        parts = self._components(questions)
        return [self._vertical(f"{page}-questions", "Questions", parts, asks=True)] if parts else []

    def _components(self, questions: Iterable[Question]) -> list[tuple[str, str]]:
        """Write each question that OLX can hold; return their kinds and names."""
        parts = []
        for number, question in enumerate(questions, start=1):
            told: list[str] = []
            component = component_of(question, f"Question {number}", self._address_of, told.append)
            for what in told:
                self._told.setdefault(what, []).append(question.id)
            if component:
                self.files[f"{component.kind}/{question.id}.xml"] = component.xml
                parts.append((component.kind, question.id))
        self.questions += len(parts)
        return parts

    def _vertical(self, name: str, title: str, parts: list[tuple[str, str]], *, asks: bool = False) -> str:
        if asks:
            self._asking.add(name)
        inner, said = self._holder_of(parts, display_name=title)
        self.files[f"vertical/{name}.xml"] = tag("vertical", inner, **said)
        return name

    def _holder(
        self, kind: str, name: str, title: str, child: str, names: Iterable[str], **said: str | None
    ) -> str:
        inner, named = self._holder_of([(child, each) for each in names], display_name=title)
        self.files[f"{kind}/{name}.xml"] = tag(kind, inner, **named, **said)
        return name

    @staticmethod
    def _holder_of(parts: Iterable[tuple[str, str]], **said: str) -> tuple[str, dict[str, str]]:
        lines = [f"  {tag(kind, url_name=name)}" for kind, name in parts]
        return ("\n" + "\n".join(lines) + "\n" if lines else ""), said


def _named(questions: list[str]) -> str:
    named = ", ".join(f"`{name}`" for name in questions[:_MOST_NAMED])
    more = len(questions) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
