"""Every message there is keeps within Slack's limits, reads well, and calls nobody."""

from collections.abc import Iterator
from typing import Any

from tests.blocks.conftest import draw_all
from tests.blocks.samples import Sample, dialogs, homes
from tutorbot.blocks import kit
from tutorbot.handlers.windows import window
from tutorbot.lessons.course import Course
from tutorbot.sandbox.blockkit.judge import judge_message, judge_view
from tutorbot.sandbox.refusals import RefusedError
from tutorbot.sandbox.wording import pings

Drawn = tuple[Sample, ...]
VERDICTS = ("Right.", "Not right", "Your answer is recorded", "Thank you.")


def refusal(blocks: Any, *, view: bool = False, home: bool = False) -> str:
    """Return why Slack would refuse this, or nothing."""
    try:
        if view or home:
            judge_view(blocks, lambda _: True, home=home)
        else:
            judge_message(blocks, lambda _: True)
    except RefusedError as refused:
        return f"{refused.code} {refused.problems[:2]}"
    return ""


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object within."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from walk(each)
    elif isinstance(value, list):
        for each in value:
            yield from walk(each)


def elements(sample: Sample, kind: str) -> list[dict[str, Any]]:
    """Return the elements of a kind."""
    return [each for each in walk(sample.drawn.blocks) if each.get("type") == kind]


def test_slack_takes_every_message(drawn: Drawn) -> None:
    refused = {sample.name: why for sample in drawn if (why := refusal(sample.drawn.blocks))}

    assert refused == {}


def test_slack_takes_every_message_while_pictures_are_missing(without_pictures: Drawn) -> None:
    refused = {sample.name: why for sample in without_pictures if (why := refusal(sample.drawn.blocks))}

    assert refused == {}


def test_slack_takes_every_home(course: Course) -> None:
    assert [refusal(home, home=True) for home in homes(course)] == [""] * 5


def test_slack_takes_every_window_in_which_answers_are_written(course: Course) -> None:
    refused = [why for dialog in dialogs(course) if (why := refusal(dialog, view=True))]

    assert refused == []


def test_slack_takes_as_a_window_what_home_shows_in_one(drawn: Drawn) -> None:
    shown = {"about", "progress", "syllabus", "no lesson", "joined briefly", "sent", "note"}
    refused = {
        sample.name: why
        for sample in drawn
        if sample.name in shown and (why := refusal(window(sample.drawn), view=True))
    }

    assert refused == {}


def test_every_message_has_a_text_for_notifications_and_screen_readers(drawn: Drawn) -> None:
    odd = [
        sample.name
        for sample in drawn
        if not sample.drawn.text.strip()
        or "\n" in sample.drawn.text
        or len(kit.escape(sample.drawn.text)) > 4_000
        or "None" in sample.drawn.text.split()
    ]

    assert odd == []


def test_no_message_calls_anybody(drawn: Drawn) -> None:
    calling = {
        sample.name: found
        for sample in drawn
        if sample.name != "badge" and (found := pings(kit.escape(sample.drawn.text), sample.drawn.blocks))
    }

    assert calling == {}


def test_the_badge_names_the_learner_and_nobody_else(drawn: Drawn) -> None:
    own, public = (sample.drawn for sample in drawn if sample.name == "badge")

    assert pings(kit.escape(own.text), own.blocks) == []
    assert pings(kit.escape(public.text), public.blocks) == ["@U0ANNA"]


def test_every_picture_says_what_it_shows(drawn: Drawn) -> None:
    silent = [
        sample.name
        for sample in drawn
        if not all(picture["alt_text"].strip() for picture in elements(sample, "image"))
    ]

    assert silent == []


def test_a_picture_that_is_missing_is_told_in_words() -> None:
    (text,) = [s.drawn for s in draw_all("small", pictures=False) if s.name == "the-flat-loaf, part 1 alone"]

    words = [each["text"] for each in walk(text.blocks) if isinstance(each.get("text"), str)]
    assert "Picture: A high loaf beside a flat one." in words


def test_nothing_is_told_by_an_emoji(drawn: Drawn) -> None:
    assert [sample.name for sample in drawn if elements(sample, "emoji")] == []


def test_a_row_has_one_button_that_stands_out_at_the_most(drawn: Drawn) -> None:
    loud = [
        sample.name
        for sample in drawn
        for row in elements(sample, "actions")
        if sum(element.get("style") == "primary" for element in row["elements"]) > 1
    ]

    assert loud == []


def test_buttons_with_a_letter_say_their_option_to_a_screen_reader(drawn: Drawn) -> None:
    silent = [
        sample.name
        for sample in drawn
        for button in elements(sample, "button")
        if len(button["text"]["text"]) == 1 and len(button.get("accessibility_label", "")) < 4
    ]

    assert silent == []


def test_every_id_is_short_and_made_of_a_verb_and_what_it_is_about(drawn: Drawn) -> None:
    odd = {
        element["action_id"]
        for sample in drawn
        for element in walk(sample.drawn.blocks)
        if "action_id" in element and not element["action_id"].replace(":", "").replace("-", "").isalnum()
    }

    assert odd == set()


def test_a_message_that_is_too_long_is_cut_and_keeps_its_buttons() -> None:
    (about,) = [s.drawn for s in draw_all("largest") if s.name == "about" and elements(s, "button")]

    assert about.blocks[-1]["type"] == "actions"
    assert about.blocks[-2] == kit.small(kit.CUT_SHORT)
    assert about.blocks[0]["type"] == "header"


def test_a_message_that_fits_is_not_cut() -> None:
    blocks = [kit.says("x" * 100) for _ in range(50)]

    assert kit.fitted(blocks) == blocks
    assert kit.fitted([*blocks, kit.divider()])[-1] == kit.small(kit.CUT_SHORT)


def test_no_question_loses_its_options_or_what_its_answer_was_worth() -> None:
    wrong = [s for s in draw_all("largest") if ", answered" in s.name and "reply" not in s.name]

    assert wrong
    for sample in wrong:
        words = [each["text"] for each in walk(sample.drawn.blocks) if isinstance(each.get("text"), str)]
        assert any(word.startswith(VERDICTS) for word in words), sample.name


def test_nothing_of_the_small_course_or_the_bundled_ones_is_cut(name: str) -> None:
    cut = [
        sample.name
        for sample in draw_all(name)
        if any(each == kit.plain_text(kit.CUT_SHORT, 3_000) for each in walk(sample.drawn.blocks))
    ]

    assert cut == [] or name == "largest"
