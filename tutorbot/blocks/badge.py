"""The badge: its post, and its picture."""

from tutorbot.blocks import kit
from tutorbot.blocks.kit import Block, Drawn, Files
from tutorbot.tutor.passing import BadgePost


def badge(post: BadgePost, files: Files) -> Drawn:
    """Return the post of a badge; it names the learner by id, so that Slack shows the name of today."""
    award, course = post.award, post.course
    digest = badge_digest(award.id)
    name = award.name or "The learner"
    title = course.badge.title
    namesake = title == course.title  # the title is not said twice
    if post.own:
        yours = "This badge is yours." if namesake else f"This badge is yours: {title}."
        words: list[Block] = [kit.run(kit.bold(f"You have passed {course.title}. {yours}"))]
        text = f"You have passed {course.title}. Your badge: {title}."
    else:
        who: Block = {"type": "user", "user_id": post.learner.user}
        earned = "its badge" if namesake else f"the badge “{title}”"
        words = [who, kit.run(kit.bold(f" has passed {course.title} and earned {earned}."))]
        text = f"{name} has passed {course.title} and earned {earned}."
    alt = f"Badge “{title}”, awarded to {name} on {award.at:%Y-%m-%d} for passing the course {course.title}"
    picture = [kit.image(files[digest], alt)] if digest in files else []
    blocks: list[Block] = [
        kit.header(title),
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]},
        *picture,
        {"type": "rich_text", "elements": [kit.section(course.badge.text)]},
    ]
    return Drawn(text, blocks, (digest,))


def badge_digest(award_id: int) -> str:
    """Return the name under which a badge's picture is uploaded: it is drawn for one award."""
    return f"award:{award_id}"
