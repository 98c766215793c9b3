"""Grades, progress and the badge's way, for the learner alone."""

from fractions import Fraction

from tutorbot.blocks import ids, kit
from tutorbot.blocks.kit import Block, Drawn
from tutorbot.blocks.nextsteps import next_button, next_words
from tutorbot.blocks.prose import one_line, prose_blocks
from tutorbot.lessons.grading import PartGrade, show_percent
from tutorbot.lessons.question import Question
from tutorbot.lessons.text import Span
from tutorbot.tutor.staffmarking import Marked
from tutorbot.tutor.standing import CourseStanding

BAR_LENGTH = 10


def bar(percent: Fraction) -> str:
    """Return a bar for a percentage; the figure always stands beside it."""
    full = min(BAR_LENGTH, int(percent * BAR_LENGTH // 100))
    return "▰" * full + "▱" * (BAR_LENGTH - full)


def grade_lines(standing: CourseStanding) -> list[Block]:
    """Return the grade: each part, the total and, where that may still rise, the most that can be reached."""
    grade = standing.grade
    may_rise = grade.reachable > grade.mark
    most: list[Span | str] = (
        [kit.bold("Still to be reached: "), f"{show_percent(grade.reachable)}. "] if may_rise else []
    )
    total: list[Span | str] = [
        kit.bold("Course mark so far: " if may_rise else "Course mark: "),
        f"{show_percent(grade.mark)}. ",
        *most,
        kit.bold("Pass mark: "),
        f"{show_percent(grade.pass_mark)}{_out_of_reach(standing)}.",
    ]
    parts = [_part_line(part) for part in grade.parts]
    listing: Block = {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": parts}
    return [{"type": "rich_text", "elements": [listing]}, kit.says(*total)]


def _out_of_reach(standing: CourseStanding) -> str:
    """Say that the pass mark cannot be reached by what is left and the due dates there are."""
    grade = standing.grade
    return "" if standing.award or grade.reachable >= grade.pass_mark else ", out of reach as things stand"


def _part_line(part: PartGrade) -> Block:
    counted = (
        f"{part.settled} of {kit.count(part.questions, 'question')} settled"
        if part.questions
        else "not begun"
    )
    pending = f", {kit.count(part.pending, 'answer')} waiting to be marked" if part.pending else ""
    worst = "lowest does" if part.dropped == 1 else f"{part.dropped} lowest do"
    dropped = f"; the {worst} not count" if part.dropped else ""
    return kit.section(
        kit.spans(
            kit.bold(part.part.title),
            f" ({part.part.weight} % of the course mark): ",
            f"{bar(part.percent)} {show_percent(part.percent)}, {counted}{pending}{dropped}",
        )
    )


def progress(standing: CourseStanding) -> Drawn:
    """Return where the learner stands in a course."""
    course = standing.course
    read = sum(state.read for state in standing.lessons)
    facts = f"{read} of {kit.count(len(standing.lessons), 'lesson')} read. {_waiting(standing)}"
    paused = (
        []
        if standing.enrollment.active
        else [kit.sentence("You have paused this course. `/tutor join` resumes it.")]
    )
    blocks = [
        kit.header(f"Progress: {course.title}"),
        *paused,
        kit.says(facts),
        *grade_lines(standing),
        *award_lines(standing),
        kit.says(kit.bold(next_words(standing))),
        *kit.actions(*next_button(standing), syllabus_button(standing)),
        *badge_place(standing),
    ]
    text = f"{course.title}: {show_percent(standing.grade.mark)} of the course mark so far. {facts}"
    return Drawn(text, blocks)


def marked(mark: Marked) -> Drawn:
    """Return what a learner is told of a written answer that staff have marked."""
    given, question = mark.mark, mark.question
    text = f"Your written answer is marked: {show_percent(given.credit * 100)} of its points."
    asked = one_line(question.prompt, 300)
    comment = [kit.says(kit.bold("Comment: "), given.comment)] if given.comment else []
    model = prose_blocks(question.model, {}, tables=False)
    shown = [kit.says(kit.bold("A model answer")), *model] if model else []
    blocks = [kit.says(kit.bold(text)), kit.small(asked), *_levels(question, given.levels), *comment, *shown]
    return Drawn(text, blocks)


def _levels(question: Question, levels: tuple[int, ...] | None) -> list[Block]:
    """Return which level of each criterion the answer reached."""
    lines = []
    for criterion, points in zip(question.rubric, levels or (), strict=False):
        reached = [level.text for level in criterion.levels if level.points == points]
        text = reached[0] if reached else ()
        lines.append(
            kit.section((kit.bold(criterion.title), Span(f" ({points} of {criterion.most}): "), *text))
        )
    listing: Block = {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": lines}
    return [{"type": "rich_text", "elements": [listing]}] if lines else []


def award_lines(standing: CourseStanding) -> list[Block]:
    """Return that the badge is earned, and when."""
    if standing.award is None:
        return []
    at = standing.award.at
    mark = show_percent(standing.award.mark)
    return [
        kit.says(kit.bold(f"Badge earned: {standing.course.badge.title}"), f", {at:%Y-%m-%d}, with {mark}.")
    ]


def badge_place(standing: CourseStanding) -> list[Block]:
    """Return the choice of where the badge goes: until the pass, where there is a channel."""
    if standing.award or not standing.badge_channel:
        return []
    channel = kit.option("To the channel, for all to see", ids.IN_CHANNEL)
    direct = kit.option("To me alone, in the direct message", ids.DIRECT)
    chosen = direct if standing.enrollment.badge_in_channel is False else channel
    question: Block = {
        "type": "rich_text_section",
        "elements": [
            kit.run(kit.bold("When you pass, where shall your badge be posted? The channel is ")),
            {"type": "channel", "channel_id": standing.badge_channel},
            kit.run(kit.bold(".")),
        ],
    }
    radio = kit.radio_buttons(ids.action(ids.BADGE_PLACE, standing.enrollment.id), [channel, direct], chosen)
    return [{"type": "rich_text", "elements": [question]}, *kit.actions(radio)]


def syllabus_button(standing: CourseStanding) -> Block:
    """Return the button that shows the syllabus."""
    return kit.button("Syllabus", ids.action(ids.SYLLABUS, standing.enrollment.id))


def _waiting(standing: CourseStanding) -> str:
    if not standing.unanswered:
        return "Nothing open is unanswered."
    return f"{kit.count(standing.unanswered, 'question')} open and unanswered."
