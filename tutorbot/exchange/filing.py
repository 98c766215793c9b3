"""What was taken, as files that go into a course."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tutorbot.authoring.faults import Faults, Source, Spot
from tutorbot.authoring.formats.questions import QuestionsFile
from tutorbot.authoring.names import Names
from tutorbot.authoring.pictures import Pictures
from tutorbot.authoring.yaml.entries import EntryOf
from tutorbot.authoring.yaml.nodes import compose
from tutorbot.authoring.yaml.readers import Reading, Refused
from tutorbot.exchange.albums import ending
from tutorbot.exchange.naming import slug, unused
from tutorbot.exchange.taken import Drafted, Missed, Taken
from tutorbot.exchange.yaml.writing import questions_yaml
from tutorbot.lessons.question import Question

MOST_IN_FILE = 500
"""As many questions as authoring/formats/questions.py allows in one file."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Files by their paths, how many questions are in them, and what was not taken as it was."""

    files: Mapping[str, bytes]
    questions: int
    missed: tuple[Missed, ...]


def filed(taken: Mapping[str, Taken]) -> Filed:
    """Return the files for what was taken, by the names of what it was taken from.

    The questions of a topic share a file that is named after it. Ids are unique in all files together. A
    question that a course could not be checked with is not in them, and told.
    """
    pictures = {digest: data for each in taken.values() for digest, data in each.pictures.items()}
    paths = {digest: f"pictures/{digest[:12]}{ending(data)}" for digest, data in pictures.items()}
    missed = [miss for each in taken.values() for miss in each.missed]
    groups: dict[tuple[str, str], list[Question]] = {}
    ids: set[str] = set()
    for name, each in taken.items():
        for draft in each.drafts:
            if fault := _fault(draft, paths):
                missed.append(fault)
                continue
            question = replace(draft.question, id=unused(draft.question.id, ids))
            ids.add(question.id)
            key = (question.topic or slug(name), question.topic)
            groups.setdefault(key, []).append(question)
    files: dict[str, bytes] = {}
    for (name, topic), questions in groups.items():
        files |= _files(name, topic, questions, paths)
    shown = b"".join(files.values())
    files |= {path: pictures[digest] for digest, path in paths.items() if path.encode() in shown}
    return Filed(files, sum(map(len, groups.values())), tuple(missed))


def _files(
    name: str, topic: str, questions: Sequence[Question], paths: Mapping[str, str]
) -> Iterable[tuple[str, bytes]]:
    for n, start in enumerate(range(0, len(questions), MOST_IN_FILE), start=1):
        part = questions[start : start + MOST_IN_FILE]
        ordinal = "" if n == 1 else f"-{n}"
        yield f"{name}{ordinal}.questions.yaml", questions_yaml(part, paths, topic).encode()


def _fault(draft: Drafted, paths: Mapping[str, str]) -> Missed | None:
    """Return why authoring would not read the question, if it would not."""
    faults = Faults()
    text = questions_yaml([draft.question], paths, draft.question.topic)
    node = compose(Source("questions.yaml", text), faults)
    try:
        if node:
            EntryOf(QuestionsFile).read(node, Reading(faults, Names(faults), _Shown(paths)))
    except Refused as refused:
        refused.note(faults, "the question")
    found = faults.in_order()
    return Missed(draft.place, f"the question is not taken: {found[0].what}") if found else None


class _Shown(Pictures):
    """The pictures that came with the questions, which are in no folder yet."""

    def __init__(self, paths: Mapping[str, str]) -> None:
        self._by_path = {path: digest for digest, path in paths.items()}

    def digest(self, path: str, _spot: Spot) -> str | None:
        """Return the picture's digest."""
        return self._by_path.get(path)
