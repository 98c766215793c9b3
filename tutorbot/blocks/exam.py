"""The final exam: before it, before handing in, and after it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tutorbot.blocks import ids, kit
from tutorbot.blocks.grades import badge_place, grade_lines
from tutorbot.blocks.kit import Block, Drawn
from tutorbot.blocks.nextsteps import PASSED, next_button, next_words
from tutorbot.blocks.prose import one_line
from tutorbot.lessons.grading import show_percent
from tutorbot.lessons.timewords import wall_time
from tutorbot.tutor.exams import ExamResult
from tutorbot.tutor.pages import ExamEnd, ExamOverview, ExamStart
from tutorbot.tutor.standing import CourseStanding


def start(page: ExamStart) -> Drawn:
    """Return the rules of the exam and what is still unanswered, and ask."""
    standing = page.standing
    exam = standing.course.exam
    assert exam is not None
    total = sum(draw.count for draw in exam.draws)
    rules = [
        "You have one attempt at this exam. A question may have several tries.",
        "Until you hand in you are told only whether an answer was right, and how many tries are left.",
        "Choose, then confirm: a choice that you did not confirm does not count.",
        "You can leave at any time and go on later, also on another device.",
        "When you hand in, questions without a confirmed answer count nothing.",
    ]
    if exam.minutes:
        rules.insert(
            1, f"It closes by itself {exam.minutes} minutes after you start, and counts what you answered."
        )
    sure = kit.asks("Start the exam?", "There is one attempt. You can leave it and come back.", "Start")
    blocks = [
        kit.header(f"Final exam: {standing.course.title}"),
        kit.says(kit.bold(f"{kit.count(total, 'question')}"), f", {_weight(standing)} % of the course mark."),
        _list(rules),
        kit.says(kit.bold(_unanswered(standing))),
        *badge_place(standing),
        *kit.actions(
            kit.button("Start the exam", ids.action(ids.START, page.place_id), primary=True, confirm=sure),
            *(next_button(standing, primary=False) if standing.unanswered else []),
        ),
    ]
    return Drawn(f"Final exam: {total} questions, one attempt. {_unanswered(standing)}", blocks)


def overview(page: ExamOverview) -> Drawn:
    """Return which questions are answered and which are not, and ask before handing in."""
    standing = page.standing
    rows = [
        ("Answered", page.settled),
        ("Tried, with a try left", page.tried),
        ("Chosen but not confirmed (counts nothing yet)", page.chosen),
        ("Not answered", page.untouched),
    ]
    total = sum(len(numbers) for _, numbers in rows)
    lines = [f"{name}: {_numbers(numbers, total)}" for name, numbers in rows if numbers or name == "Answered"]
    open_questions = sorted({*page.tried, *page.chosen, *page.untouched})
    sure = kit.asks(
        "Hand in the exam?",
        f"{kit.count(len(open_questions), 'question')} still open. After this nothing can be changed."
        if open_questions
        else "After this nothing can be changed.",
        "Hand in",
    )
    deadline = standing.sitting.deadline if standing.sitting else None
    closes = (
        [kit.small(f"The exam closes by itself on {wall_time(deadline, standing.zone)}.")] if deadline else []
    )
    blocks = [
        kit.header("Before you hand in"),
        *closes,
        _list(lines),
        *_jump(page, open_questions),
        *badge_place(standing),
        *kit.actions(
            kit.button("Hand in", ids.action(ids.HAND_IN, page.place_id), primary=True, confirm=sure),
            kit.button("Back to the questions", ids.action(ids.SHOW_QUESTION, page.place_id, 0)),
        ),
    ]
    return Drawn(f"Before you hand in. {'. '.join(lines)}.", blocks)


def end(page: ExamEnd) -> Drawn:
    """Return that the exam is closed, and the way to what was answered."""
    text = f"The final exam is closed. {next_words(page.standing)}"
    look = kit.button("Look at the questions", ids.action(ids.SHOW_QUESTION, page.place_id, 1))
    progress = kit.button("Progress", ids.action(ids.PROGRESS, page.standing.enrollment.id))
    return Drawn(text, [kit.header("Final exam"), kit.says(text), *kit.actions(look, progress)])


def result(result: ExamResult) -> Drawn:
    """Return how the exam went, a line for each question, and what it means for the course."""
    standing = result.standing
    right = sum(state.right is True for _, state in result.questions)
    total = len(result.questions)
    how = (
        "The time was over, and what you had confirmed counts." if result.by_deadline else "You handed it in."
    )
    passed = standing.grade.passed
    decided = (
        f"You have passed the course with {show_percent(standing.grade.mark)}."
        if passed
        else f"Your course mark is {show_percent(standing.grade.mark)} now; "
        f"{show_percent(standing.grade.pass_mark)} is the pass mark."
    )
    most = standing.grade.reachable
    may_rise = not passed and most > standing.grade.mark
    reach = f"You can still reach {show_percent(most)}. " if may_rise else ""
    following = next_words(standing).removeprefix(PASSED)
    lines = [
        f"{_outcome(state.right, state.used)}: {one_line(question.prompt, 110)}"
        for question, state in result.questions
    ]
    blocks = [
        kit.header(f"Final exam: {right} of {total} right"),
        kit.says(how, " ", kit.bold(decided), " ", reach + following),
        *grade_lines(standing),
        kit.divider(),
        *_pages_of(lines),
        *kit.actions(
            *next_button(standing),
            kit.button("Look at the exam again", ids.action(ids.EXAM, standing.enrollment.id)),
        ),
    ]
    return Drawn(f"Final exam: {right} of {total} right. {decided}", blocks)


def _outcome(right: bool | None, used: int) -> str:
    return "Right" if right else "Not right" if used else "Not answered"


def _pages_of(lines: Sequence[str]) -> list[Block]:
    return [_list(lines[start : start + 20], ordered_from=start + 1) for start in range(0, len(lines), 20)]


def _list(lines: Sequence[str], *, ordered_from: int = 0) -> Block:
    piece: Block = {
        "type": "rich_text_list",
        "style": "ordered" if ordered_from else "bullet",
        "indent": 0,
        "elements": [kit.section(kit.spans(line)) for line in lines],
    }
    if ordered_from > 1:
        piece["offset"] = ordered_from - 1
    return {"type": "rich_text", "elements": [piece]}


def _jump(page: ExamOverview, open_questions: Sequence[int]) -> list[Block]:
    """Return a button for each of the first open questions: a number, so that a phone has room for a row."""
    numbered = [
        kit.button(
            str(number), ids.action(ids.SHOW_QUESTION, page.place_id, number), label=f"Question {number}"
        )
        for number in open_questions[:20]
    ]
    return [kit.says("Go to question"), *kit.actions(*numbered)] if numbered else []


def _numbers(numbers: Sequence[int], total: int) -> str:
    """Return which questions, by their numbers."""
    if not numbers:
        return "none yet"
    if len(numbers) == total > 1:
        return f"all {total}"
    return kit.listed([f"{first} to {last}" if last else str(first) for first, last in _runs(numbers)])


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield three or more numbers in a row as their ends, and others alone, with 0."""
    for _, same in groupby(enumerate(numbers), lambda each: each[1] - each[0]):
        run = [number for _, number in same]
        yield from [(run[0], run[-1])] if len(run) > 2 else [(number, 0) for number in run]


def _weight(standing: CourseStanding) -> int:
    return next((p.part.weight for p in standing.grade.parts if p.part.kind == "final exam"), 0)


def _unanswered(standing: CourseStanding) -> str:
    coming = sum(not state.is_open for state in standing.lessons)
    left = [f"{kit.count(coming, 'lesson')} still to come"] if coming else []
    if standing.unanswered:
        left.append(f"{kit.count(standing.unanswered, 'question')} of lessons and the case study still open")
    if not left:
        return "Everything before the exam is answered."
    verb = "answer" if standing.unanswered else "take"
    return f"{', and '.join(left)}; you can {verb} them after the exam too."
