"""What to do about the files of a course that nothing uses."""

from collections.abc import Collection, Iterator

QUESTIONS = ".questions.yaml"
"""How the names of files with the questions of a lesson or exercise end."""

_MODULE = "/module.yaml"


def leftovers(unused: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give the files to tell, each with its mend.

    What belongs to an unused module or lesson is not told beside it: that is one fault.
    """
    for name in unused:
        module = name.partition("/")[0] + _MODULE
        lesson = name.removesuffix(QUESTIONS) + ".md" if name.endswith(QUESTIONS) else ""
        if lesson not in unused and (name == module or module not in unused):
            yield name, _mend(name)


def _mend(name: str) -> str:
    if name.endswith(_MODULE):
        return f"list `{name.removesuffix(_MODULE)}` under `modules` in course.yaml, or delete it"
    if name.endswith(".md"):
        return "list it in the `.yaml` file of its folder, or delete it"
    if name.endswith(QUESTIONS):
        return "give it the name of its lesson, or delete it"
    return "use it, mend its name, or delete it"
