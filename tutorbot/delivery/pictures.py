"""A picture as it is uploaded: one of a course, or the badge of an award."""

from tutorbot.badges.drawing import badge_svg
from tutorbot.errors import Nothing
from tutorbot.pictures import svg_to_png
from tutorbot.records import courses
from tutorbot.slack import Picture
from tutorbot.tutor import messages
from tutorbot.tutor.tutor import Tutor

PICTURE_WIDTH = 1_200
BADGE_WIDTH = 1_000


def draw_picture(tutor: Tutor, digest: str) -> Picture:
    """Return a picture as it is uploaded: a course's, or the badge of an award; LookupError for another."""
    if digest.startswith("award:"):
        return _draw_badge(tutor, int(digest.removeprefix("award:")))
    with tutor.store.read() as conn:
        found = courses.read_picture(conn, digest)
    if found is None:
        raise LookupError(f"no picture {digest}")
    media_type, content = found
    if media_type == "image/svg+xml":
        return Picture(f"{digest[:12]}.png", svg_to_png(content, PICTURE_WIDTH))
    return Picture(f"{digest[:12]}.{media_type.rpartition('/')[2]}", content)


def _draw_badge(tutor: Tutor, award_id: int) -> Picture:
    with tutor.store.read() as conn:  # drawing takes longer than anybody should wait for a commit
        post = messages.badge_post(conn, tutor, award_id, own=True)
        if post is None:
            raise Nothing(f"There is no award {award_id}.")
        badge = post.course.badge
        emblem = courses.read_picture(conn, badge.emblem.digest) if badge.emblem else None
    drawing = badge_svg(
        badge,
        course=post.course.title,
        name=post.award.name,
        on=post.award.at.date(),
        emblem=emblem[1] if emblem and emblem[0] == "image/svg+xml" else None,
    )
    return Picture(f"badge-{award_id}.png", svg_to_png(drawing, BADGE_WIDTH))
