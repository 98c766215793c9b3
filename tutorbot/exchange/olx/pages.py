"""The pages about a course, for OLX."""

from collections.abc import Iterable

from tutorbot.exchange.html.writing import AddressOf, line_to_html, tag, to_html, written
from tutorbot.lessons.course import Course, Information, Person, SyllabusModule
from tutorbot.lessons.text import Prose, Spans, plain, plain_text


def overview(course: Course, address_of: AddressOf) -> str:
    """Return the page that tells of the course, in the parts that Open edX shows on it."""
    parts = [
        _part("about", "About this course", to_html(course.about, address_of)),
        _part("gives", "What you will learn", _list(map(line_to_html, course.gives))),
        _part("syllabus", "Syllabus", "".join(_syllabus(course))),
        *(_part("prerequisites", each.title, to_html(each.text, address_of)) for each in course.information),
        _part("course-staff", "Course staff", "".join(_person(each, address_of) for each in course.staff)),
        *(_part("policy", each.title, to_html(each.text, address_of)) for each in course.policies),
    ]
    return "\n".join(filter(None, parts)) + "\n"


def policies(said: Iterable[Information], address_of: AddressOf) -> str:
    """Return the page of the course's policies."""
    parts = (tag("h2", written(each.title)) + "\n" + to_html(each.text, address_of) for each in said)
    return "\n".join(parts) + "\n"


def instructors(course: Course, address_of: AddressOf) -> dict[str, object]:
    """Return the staff as the settings of the course hold them, in plain text."""
    return {
        "instructors": [
            {
                "name": person.name,
                "title": person.role,
                "organization": "",
                "image": address_of(person.picture.digest) if person.picture else "",
                "bio": plain_text(person.bio),
            }
            for person in course.staff
        ]
    }


def learning(course: Course) -> list[str]:
    """Return what the course gives as its settings hold it, in plain text."""
    return [plain(line) for line in course.gives]


def lesson(summary: Spans, minutes: int, picture: Prose, text: Prose, address_of: AddressOf) -> str:
    """Return the page of a lesson."""
    about = tag("p", tag("em", line_to_html(summary))) if summary else ""
    time = tag("p", f"About {minutes} minute{'' if minutes == 1 else 's'}.")
    return (
        "\n".join(filter(None, (about, time, to_html(picture, address_of), to_html(text, address_of)))) + "\n"
    )


def page(text: Prose, address_of: AddressOf) -> str:
    """Return any other page."""
    return to_html(text, address_of) + "\n"


def _part(name: str, title: str, html: str) -> str:
    return tag("section", "\n" + tag("h2", written(title)) + "\n" + html + "\n", class_=name) if html else ""


def _list(lines: Iterable[str]) -> str:
    items = "".join(tag("li", line) for line in lines)
    return tag("ul", items) if items else ""


def _syllabus(course: Course) -> Iterable[str]:
    summaries = {module.id: module.summary for module in course.modules}
    for module in course.syllabus:
        yield tag("h3", written(module.title))
        if summary := summaries.get(module.id):
            yield tag("p", line_to_html(summary))
        yield _topics(module)


def _topics(module: SyllabusModule) -> str:
    return _list(written(topic.title) for topic in module.topics)


def _person(person: Person, address_of: AddressOf) -> str:
    picture = to_html((person.picture,), address_of) if person.picture else ""
    named = tag("h3", written(person.name)) + tag("p", written(person.role))
    return tag("article", picture + named + to_html(person.bio, address_of), class_="teacher")
