"""Courses: what they are, who is welcomed, what is open, and the menu."""

from collections.abc import Sequence

from tutorbot.blocks import ids, kit
from tutorbot.blocks.grades import progress
from tutorbot.blocks.kit import Block, Drawn
from tutorbot.blocks.nextsteps import next_button, next_words
from tutorbot.blocks.prose import prose_blocks
from tutorbot.lessons.course import Course
from tutorbot.lessons.grading import show_percent
from tutorbot.lessons.timewords import bare_wall_time, describe_days, wall_time
from tutorbot.tutor.cohorts import CohortWelcome
from tutorbot.tutor.joining import Joined, Left, PaceSet
from tutorbot.tutor.offering import About
from tutorbot.tutor.overview import Overview
from tutorbot.tutor.reading import NoLesson, Sent
from tutorbot.tutor.standing import CourseStanding, ExerciseState, LessonState

COMMANDS = (
    ("join [course]", "join the cohort of this channel, or take a course at your own pace"),
    ("next", "read the next lesson"),
    ("lesson [number or name]", "read a lesson again, as often as you like"),
    ("quiz [lesson]", "answer a lesson's review questions"),
    ("answer <letters, number or words>", "answer the open question, for example `/tutor answer B`"),
    ("case [number]", "work on the case study"),
    ("exam", "sit the final exam, or go on with it"),
    ("progress", "see your grade, what is open, and where your badge will go"),
    ("syllabus", "see all lessons, done and open"),
    ("pace <days> <hour>", "get lessons by themselves, for example `/tutor pace mon-fri 09:00`"),
    ("about", "what the course is, who made it, how it is graded"),
    ("leave", "pause the course; nothing is lost"),
    ("help", "this list"),
)


def welcome(welcome: CohortWelcome) -> Drawn:
    """Return the first message in a cohort's channel, with the button to join."""
    course, schedule = welcome.course, welcome.schedule
    zone = schedule.zone.key
    lessons = kit.count(len(list(course.lessons())), "lesson")
    rhythm = f"{lessons}, {describe_days(schedule.days)} at {schedule.at:%H:%M}."
    dates = f"From {wall_time(welcome.first_at, zone)} to {wall_time(welcome.last_at, zone)}."
    blocks = [
        kit.header(course.title),
        kit.says(course.tagline),
        kit.says(
            kit.bold("A cohort of this course begins in this channel. "),
            f"{rhythm} {dates} {course.effort[:1].upper()}{course.effort[1:]}.",
        ),
        *kit.actions(
            kit.button("Join", ids.action(ids.COHORT_JOIN, welcome.cohort_id), primary=True),
            kit.button("About the course", ids.action(ids.ABOUT, course.id)),
        ),
    ]
    return Drawn(
        f"A cohort of {course.title} begins here. {rhythm} Press Join, or write /tutor join.", blocks
    )


def joined(joined: Joined) -> Drawn:
    """Return the message that welcomes a learner in the direct message."""
    standing = joined.standing
    course = standing.course
    hello = f"Welcome back to {course.title}" if joined.resumed else f"Welcome to {course.title}"
    how = (
        f"Lessons are posted in your cohort's channel, {describe_days(standing.cohort.schedule.days)} at "
        f"{standing.cohort.schedule.at:%H:%M} ({standing.zone}). Questions come here, for you alone."
        if standing.cohort
        else "You go at your own pace: ask for the next lesson whenever you like."
    )
    blocks = [
        kit.header(hello),
        kit.says(how),
        kit.says(kit.bold("Graded by "), _grading(course)),
        kit.says(kit.bold(next_words(standing))),
        *kit.actions(
            *next_button(standing),
            kit.button("About the course", ids.action(ids.ABOUT, course.id)),
            kit.button("Syllabus", ids.action(ids.SYLLABUS, standing.enrollment.id)),
        ),
        kit.small("You can type answers right here, for example B. Write /tutor help for all commands."),
    ]
    return Drawn(f"{hello}. {next_words(standing)}", blocks)


def joined_briefly(joined: Joined) -> Drawn:
    """Return what is said where somebody joined; the welcome goes to the direct message."""
    title, alone = joined.standing.course.title, joined.standing.cohort is None
    if joined.already:
        how = "at your own pace" if alone else "with your cohort"
        text = f"You take {title} already, {how}. {next_words(joined.standing)}"
    else:
        how = "at your own pace" if alone else "with this channel's cohort"
        text = f"You take {title} now, {how}. What to do first stands in our direct message."
    return Drawn(text, [kit.says(text), *kit.actions(*next_button(joined.standing))])


def sent(sent: Sent) -> Drawn:
    """Return where to find what was asked for."""
    text = f"You find it in our direct message: {sent.title}"
    return Drawn(text, [kit.says(text)])


def left(left: Left) -> Drawn:
    """Return that a course is paused."""
    text = (
        f"You have paused {left.course.title}. What you did is kept, what was open stays open, "
        "and /tutor join takes it up again."
    )
    return Drawn(text, [kit.says(text)])


def pace(pace: PaceSet) -> Drawn:
    """Return when the next lesson will come by itself."""
    if pace.days is None or pace.next_at is None:
        text = f"Lessons of {pace.course.title} come when you ask for them: /tutor next."
    else:
        text = (
            f"Lessons of {pace.course.title} come by themselves now: {describe_days(pace.days)}, "
            f"the next on {wall_time(pace.next_at, pace.zone)}. /tutor pace off ends that."
        )
    return Drawn(text, [kit.says(text)])


def no_lesson(missing: NoLesson) -> Drawn:
    """Return what fits instead of a next lesson."""
    text = f"There is no unread lesson open. {next_words(missing.standing)}"
    return Drawn(text, [kit.says(text), *kit.actions(*next_button(missing.standing))])


def about(about: About) -> Drawn:
    """Return what a course is: its purpose, staff, grading and general information."""
    course = about.course
    blocks = [
        kit.header(course.title),
        kit.says(course.tagline),
        *prose_blocks(course.about, {}, tables=False),
        kit.says(kit.bold("What it gives you")),
        {"type": "rich_text", "elements": [_bullets([kit.section(given) for given in course.gives])]},
        kit.says(kit.bold("Effort: "), course.effort),
        kit.says(kit.bold("Grading: "), _grading(course)),
        kit.says(kit.bold("Staff")),
    ]
    for person in course.staff:
        blocks += [
            kit.says(kit.bold(person.name), f", {person.role}"),
            *prose_blocks(person.bio, {}, tables=False),
        ]
    for information in (*course.information, *course.policies):
        blocks += [kit.says(kit.bold(information.title)), *prose_blocks(information.text, {}, tables=False)]
    if not about.joined:
        target = (
            ids.action(ids.COHORT_JOIN, about.cohort.id)
            if about.cohort
            else ids.action(ids.JOIN_COURSE, course.id)
        )
        blocks += kit.actions(kit.button("Join", target, primary=True))
    return Drawn(f"{course.title}: {course.tagline} Graded by {_grading(course)}", blocks)


def syllabus(standing: CourseStanding) -> Drawn:
    """Return all modules and lessons, done and open, with a menu to read one."""
    blocks: list[Block] = [kit.header(f"Syllabus: {standing.course.title}")]
    if standing.next_opening and standing.next_opening.opens_at:
        blocks.append(kit.small(f"Times are those of {standing.zone}."))
    states = {state.lesson.id: state for state in standing.lessons}
    written = {module.id: module for module in standing.course.modules}
    by_title = {module.title: module for module in standing.course.modules}
    for number, planned in enumerate(standing.course.syllabus, 1):
        module = written.get(planned.id) or by_title.get(planned.title)
        blocks.append(kit.says(kit.bold(f"{number}. {planned.title}")))
        lines = (
            [_lesson_line(states[lesson.id], standing) for lesson in module.lessons]
            if module
            else [kit.section(kit.spans(f"{topic.title} (to come)")) for topic in planned.topics]
        )
        blocks.append({"type": "rich_text", "elements": [_bullets(lines)]})
    blocks += _case_study(standing)
    readable = [state for state in standing.lessons if state.is_open]
    if readable:
        options = [kit.option(f"{state.number} {state.lesson.title}", state.lesson.id) for state in readable]
        menu = kit.select(ids.action(ids.OPEN_LESSON, standing.enrollment.id), "Read a lesson", options)
        blocks += kit.actions(menu)
    read = sum(state.read for state in standing.lessons)
    text = f"Syllabus of {standing.course.title}: {read} of {len(standing.lessons)} lessons read."
    return Drawn(text, blocks)


def menu(overview: Overview) -> Drawn:
    """Return what fits where one stands: the answer to `/tutor` alone."""
    blocks: list[Block] = []
    texts: list[str] = []
    if overview.cohort and all(s.enrollment.cohort_id != overview.cohort.id for s in overview.standings):
        texts.append("A cohort runs in this channel. Join it with /tutor join.")
        blocks += [
            kit.says(texts[-1]),
            *kit.actions(kit.button("Join", ids.action(ids.COHORT_JOIN, overview.cohort.id), primary=True)),
        ]
    for standing in overview.standings:
        mark = show_percent(standing.grade.mark)
        texts.append(f"{standing.course.title}: {mark} so far. {next_words(standing)}")
        blocks += [
            kit.says(kit.bold(standing.course.title), f": {mark} so far. {next_words(standing)}"),
            *kit.actions(
                *next_button(standing),
                kit.button("Progress", ids.action(ids.PROGRESS, standing.enrollment.id)),
                kit.button("Syllabus", ids.action(ids.SYLLABUS, standing.enrollment.id)),
            ),
        ]
    blocks += _offers(overview.offered)
    if not texts:
        texts = [f"{course.title}: {course.tagline}" for course in overview.offered] or [
            "There is no course here yet. Whoever runs this bot adds one."
        ]
        blocks = blocks or [kit.says(texts[0])]
    blocks.append(kit.small("/tutor help lists all commands."))
    return Drawn(" ".join(texts), blocks)


def home(overview: Overview) -> Block:
    """Return the App Home: where one is in each course, and one button to go on."""
    blocks: list[Block] = []
    for standing in overview.standings:
        blocks += [*progress(standing).blocks, kit.divider()]
    blocks += _offers(overview.offered)
    if not blocks:
        blocks = [kit.says("There is no course here yet. Whoever runs this bot adds one.")]
    blocks.append(
        kit.small("Write /tutor help anywhere for all commands, or type answers in the messages tab.")
    )
    return {"type": "home", "blocks": blocks[:100]}


def help_() -> Drawn:
    """Return the list of commands."""
    lines = [kit.section(kit.spans(kit.code(f"/tutor {usage}"), f"  {what}")) for usage, what in COMMANDS]
    blocks = [kit.header("What you can write"), {"type": "rich_text", "elements": [_bullets(lines)]}]
    return Drawn("/tutor followed by: " + ", ".join(usage for usage, _ in COMMANDS), blocks)


def _offers(offered: Sequence[Course]) -> list[Block]:
    blocks: list[Block] = []
    for course in offered:
        blocks += [
            kit.says(kit.bold(course.title), f": {course.tagline} ({course.effort})"),
            *kit.actions(
                kit.button("Begin at your own pace", ids.action(ids.JOIN_COURSE, course.id), primary=True),
                kit.button("About the course", ids.action(ids.ABOUT, course.id)),
            ),
        ]
    return blocks


def _bullets(sections: Sequence[Block]) -> Block:
    return {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": list(sections)}


def _grading(course: Course) -> str:
    parts = kit.listed([f"{part.title.lower()} {part.weight} %" for part in course.scheme.parts])
    return f"{parts}; the pass mark is {show_percent(course.scheme.pass_mark)}."


def _case_study(standing: CourseStanding) -> list[Block]:
    """Return the exercises, and with which lesson those open that are still to come."""
    case = standing.course.case_study
    if case is None:
        return []
    lines = [_exercise_line(state) for state in standing.exercises]
    return [
        kit.says(kit.bold(f"Case study: {case.title}")),
        {"type": "rich_text", "elements": [_bullets(lines)]},
    ]


def _exercise_line(state: ExerciseState) -> Block:
    if state.opens_with and not state.is_open:
        note = f"opens with lesson {state.opens_with.number}"
    else:
        note = f"open{_settled(state)}"
    return kit.section(kit.spans(kit.bold(f"{state.number} {state.exercise.title}"), f" ({note})"))


def _settled(state: LessonState | ExerciseState) -> str:
    """Return how many of the questions that count are settled."""
    return f", {state.settled} of {kit.count(state.graded, 'question')} settled" if state.graded else ""


def _lesson_line(state: LessonState, standing: CourseStanding) -> Block:
    if not state.is_open and state.opens_at:
        note = f"opens on {bare_wall_time(state.opens_at, standing.zone)}"
    elif not state.is_open:
        note = "not open yet"
    else:
        note = f"{'read' if state.read else 'open'}{_settled(state)}"
    return kit.section(kit.spans(kit.bold(f"{state.number} {state.lesson.title}"), f" ({note})"))
