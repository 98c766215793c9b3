"""What Slack refuses in blocks, and in which words."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.sandbox.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    home,
    modal,
    mrkdwn,
    option,
    plain,
    radios,
    rich,
    section,
    text,
    text_input,
)
from tests.sandbox.conftest import code, refusal
from tutorbot.sandbox import Person

SELECT: Block = {"type": "static_select", "action_id": "menu", "options": [option("a")]}
TABLE: Block = {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}]]}
PICTURE: Block = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A picture"}


def problems(slack: WebClient, channel: str, *blocks: Block) -> list[str]:
    refused = refusal(lambda: slack.chat_postMessage(channel=channel, text="x", blocks=list(blocks)))
    assert refused.response["error"] == "invalid_blocks", refused.response["error"]
    told = refused.response["response_metadata"]["messages"]
    assert told == [f"[ERROR] {problem}" for problem in refused.response["errors"]]
    return [problem.removeprefix("[ERROR] ") for problem in told]


GOOD: list[list[Block]] = [
    [section("x" * 3000), {"type": "divider"}, {"type": "header", "text": plain("x" * 150)}],
    [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 2, "accessory": button()}],
    [section("Picture", accessory={**PICTURE})],
    [PICTURE, {"type": "context", "elements": [mrkdwn("x"), PICTURE, plain("y")]}],
    [actions(*(button(f"Button {n}", f"b{n}") for n in range(25)))],
    [actions(button("x" * 75, value="v" * 2000, style="primary", accessibility_label="Say " * 18))],
    [actions(button(confirm={"title": plain("Sure?"), "text": mrkdwn("Really?"), "confirm": plain("Yes")}))],
    [actions(checkboxes("a", "b", initial_options=[option("a", "A")]), radios("a"), SELECT)],
    [actions({**SELECT, "options": [option(str(n)) for n in range(100)]})],
    [rich(text("Hello"), {"type": "link", "url": "https://example.org"}, {"type": "emoji", "name": "tada"})],
    [{"type": "markdown", "text": "# Title\n" + "x" * 11_000}],
    [{**TABLE, "column_settings": [{"align": "right"}]}],
    [text_input(optional=True)],
    [section(str(n)) for n in range(50)],
]


@pytest.mark.parametrize("blocks", GOOD, ids=lambda blocks: str(blocks[0]["type"]))
def test_what_slack_takes_is_taken(slack: WebClient, channel: str, blocks: list[Block]) -> None:
    assert slack.chat_postMessage(channel=channel, text="x", blocks=blocks)["ok"]


BAD: dict[str, tuple[Block, str]] = {
    "section too long": (section("x" * 3001), "must be less than 3001 characters [json-pointer:/text/text]"),
    "empty text": (section(""), "must be more than 0 characters [json-pointer:/text/text]"),
    "section without words": (
        {"type": "section"},
        "must define either `text` or `fields` [json-pointer:/type]",
    ),
    "field too long": (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/fields/0/text]",
    ),
    "eleven fields": (
        {"type": "section", "fields": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/fields]",
    ),
    "header too long": (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/text/text]",
    ),
    "header in mrkdwn": (
        {"type": "header", "text": mrkdwn("x")},
        "unsupported type: mrkdwn [json-pointer:/text/type]",
    ),
    "button too long": (
        actions(button("x" * 76)),
        "must be less than 76 characters [json-pointer:/elements/0/text/text]",
    ),
    "button value too long": (
        actions(button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/elements/0/value]",
    ),
    "button of another style": (
        actions(button(style="green")),
        "must be one of the allowed values: primary, danger [json-pointer:/elements/0/style]",
    ),
    "button in mrkdwn": (
        actions({"type": "button", "action_id": "b", "text": mrkdwn("x")}),
        "unsupported type: mrkdwn [json-pointer:/elements/0/text/type]",
    ),
    "button that speaks too long": (
        actions(button(accessibility_label="x" * 76)),
        "must be less than 76 characters [json-pointer:/elements/0/accessibility_label]",
    ),
    "twenty-six buttons": (
        actions(*(button(action_id=f"b{n}") for n in range(26))),
        "no more than 25 items allowed [json-pointer:/elements]",
    ),
    "no buttons": (actions(), "must provide at least 1 items [json-pointer:/elements]"),
    "eleven things in a context": (
        {"type": "context", "elements": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/elements]",
    ),
    "a button in a context": (
        {"type": "context", "elements": [button()]},
        "unsupported type: button [json-pointer:/elements/0/type]",
    ),
    "eleven boxes": (
        actions(checkboxes(*"abcdefghijk")),
        "no more than 10 items allowed [json-pointer:/elements/0/options]",
    ),
    "eleven radio buttons": (
        actions(radios(*"abcdefghijk")),
        "no more than 10 items allowed [json-pointer:/elements/0/options]",
    ),
    "no boxes": (actions(checkboxes()), "must provide at least 1 items [json-pointer:/elements/0/options]"),
    "option too long": (
        actions({**SELECT, "options": [option("a", "x" * 76)]}),
        "must be less than 76 characters [json-pointer:/elements/0/options/0/text/text]",
    ),
    "a hundred and one options": (
        actions({**SELECT, "options": [option(str(n)) for n in range(101)]}),
        "no more than 100 items allowed [json-pointer:/elements/0/options]",
    ),
    "two options with one value": (
        actions({**SELECT, "options": [option("a"), option("a")]}),
        "options must have distinct values [json-pointer:/elements/0/options/1/value]",
    ),
    "an initial option that is none": (
        actions(radios("a", initial_option=option("a", "Another label"))),
        "must match one of the provided options [json-pointer:/elements/0/initial_option]",
    ),
    "action_id too long": (
        actions(button(action_id="x" * 256)),
        "must be less than 256 characters [json-pointer:/elements/0/action_id]",
    ),
    "block_id too long": (
        section(block_id="x" * 256),
        "must be less than 256 characters [json-pointer:/block_id]",
    ),
    "one action_id twice": (
        actions(button(action_id="same"), button(action_id="same")),
        '`action_id` "same" already exists [json-pointer:/elements/1/action_id]',
    ),
    "a picture without words": (
        {"type": "image", "image_url": "https://example.org/a.png"},
        "missing required field: alt_text [json-pointer:]",
    ),
    "a picture over http": (
        {**PICTURE, "image_url": "http://example.org/a.png"},
        "downloading image failed [json-pointer:/image_url]",
    ),
    "a picture on this machine": (
        {**PICTURE, "image_url": "https://127.0.0.1/a.png"},
        "downloading image failed [json-pointer:/image_url]",
    ),
    "a picture without an address": (
        {"type": "image", "alt_text": "x"},
        "must define exactly one of `image_url`, `slack_file` [json-pointer:]",
    ),
    "a file that is not there": (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F000000099"}},
        "invalid slack file [json-pointer:/slack_file]",
    ),
    "a file by its address": (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "https://files.example.org/F1"}},
        "input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/slack_file/id]",
    ),
    "an unknown field": (section(colour="red"), "invalid additional property: colour [json-pointer:]"),
    "an unknown block": ({"type": "quiz"}, "unsupported type: quiz [json-pointer:/type]"),
    "a block not yet rolled out": (
        {"type": "data_table", "caption": "x", "rows": []},
        "unsupported type: data_table [json-pointer:/type]",
    ),
    "a block without a type": ({"text": plain("x")}, "missing required field: type [json-pointer:]"),
    "empty rich text": (
        rich(text("")),
        "must be more than 0 characters [json-pointer:/elements/0/elements/0/text]",
    ),
    "a mention in code": (
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U0ANNA"}]}
            ],
        },
        "unsupported type: user [json-pointer:/elements/0/elements/0/type]",
    ),
    "markdown too long": (
        {"type": "markdown", "text": "x" * 12_001},
        "must be less than 12001 characters [json-pointer:/text]",
    ),
    "a table of 101 rows": (
        {"type": "table", "rows": TABLE["rows"] * 101},
        "no more than 100 items allowed [json-pointer:/rows]",
    ),
    "a table of 21 columns": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        "no more than 20 items allowed [json-pointer:/rows/0]",
    ),
    "an empty cell": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
        "must be more than 0 characters [json-pointer:/rows/0/0/text]",
    ),
    "text that is a number": (
        {"type": "section", "text": {"type": "mrkdwn", "text": 5}},
        "must provide a string [json-pointer:/text/text]",
    ),
    "a list that is none": (
        {"type": "actions", "elements": "x"},
        "must provide an array [json-pointer:/elements]",
    ),
    "a flag that is none": (
        text_input(optional="yes"),
        "must provide a boolean [json-pointer:/optional]",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_slack_refuses_is_refused_in_its_words(slack: WebClient, channel: str, name: str) -> None:
    block, problem = BAD[name]

    told = problems(slack, channel, {"type": "divider"}, block)

    assert problem.replace("[json-pointer:", "[json-pointer:/blocks/1") in told


def test_a_message_has_at_most_fifty_blocks(slack: WebClient, channel: str) -> None:
    told = problems(slack, channel, *([{"type": "divider"}] * 51))

    assert told == ["no more than 50 items allowed [json-pointer:/blocks]"]


def test_ids_are_unique_in_the_whole_message(slack: WebClient, channel: str) -> None:
    told = problems(
        slack, channel, actions(button(), block_id="same"), section(accessory=button(), block_id="same")
    )

    assert told == [
        '`block_id` "same" already exists [json-pointer:/blocks/1/block_id]',
        '`action_id` "press" already exists [json-pointer:/blocks/1/accessory/action_id]',
    ]


def test_every_problem_is_told_at_once(slack: WebClient, channel: str) -> None:
    assert len(problems(slack, channel, section(""), section("x" * 3001))) == 2


def test_a_message_has_at_most_one_table(slack: WebClient, channel: str) -> None:
    refused = refusal(lambda: slack.chat_postMessage(channel=channel, text="x", blocks=[TABLE, TABLE]))

    assert refused.response["error"] == "invalid_attachments"
    assert refused.response["errors"] == ["only_one_table_allowed"]


def test_a_table_is_small(slack: WebClient, channel: str) -> None:
    row = [{"type": "raw_text", "text": "x" * 2001}] * 5

    assert problems(slack, channel, {"type": "table", "rows": [row]}) == [
        "must be less than 10001 characters [json-pointer:/blocks/0/rows]"
    ]


def test_markdown_blocks_share_their_limit(slack: WebClient, channel: str) -> None:
    half = {"type": "markdown", "text": "x" * 6001}

    assert problems(slack, channel, half, half) == [
        "must be less than 12001 characters [json-pointer:/blocks]"
    ]


def test_a_large_message_is_too_long_though_each_block_is_fine(slack: WebClient, channel: str) -> None:
    blocks = [section("x" * 2600)] * 5

    assert (
        code(lambda: slack.chat_postMessage(channel=channel, text="x", blocks=blocks))
        == "msg_blocks_too_long"
    )


@pytest.mark.parametrize("blocks", ['{"type": "divider"}', "not json", '"words"', "[1]"])
def test_blocks_that_are_no_list_of_objects_have_the_wrong_format(
    slack: WebClient, channel: str, blocks: Any
) -> None:
    arguments = {"channel": channel, "text": "x", "blocks": blocks}

    assert code(lambda: slack.api_call("chat.postMessage", params=arguments)) == "invalid_blocks_format"


def view_problems(slack: WebClient, view: Block) -> list[str]:
    arguments = {"trigger_id": "1.2.3", "view": view}
    refused = refusal(lambda: slack.api_call("views.open", json=arguments))
    assert refused.response["error"] == "invalid_arguments"
    return list(refused.response["errors"])


BAD_VIEWS: dict[str, tuple[Block, str]] = {
    "a long title": (
        modal(title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "no title": (
        {"type": "modal", "blocks": []},
        "missing required field: title [json-pointer:/view]",
    ),
    "a long submit": (
        modal(submit=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "a long close": (
        modal(close=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/close/text]",
    ),
    "much private metadata": (
        modal(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "an input and no submit": (
        {**modal({"type": "divider"}, text_input()), "submit": None},
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]",
    ),
    "a hundred and one blocks": (
        modal(*([{"type": "divider"}] * 101)),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "a table": (modal(TABLE), "unsupported type: table [json-pointer:/view/blocks/0/type]"),
    "markdown": (
        modal({"type": "markdown", "text": "x"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    "an unknown field": (modal(colour="red"), "invalid additional property: colour [json-pointer:/view]"),
    "a button as an input": (
        modal(text_input(element=button())),
        "unsupported type: button [json-pointer:/view/blocks/0/element/type]",
    ),
    "no blocks": (
        {"type": "modal", "title": plain("x")},
        "missing required field: blocks [json-pointer:/view]",
    ),
    "lengths the wrong way round": (
        modal(
            text_input(
                element={"type": "plain_text_input", "action_id": "a", "min_length": 9, "max_length": 5}
            )
        ),
        "must be less than or equal to max_length [json-pointer:/view/blocks/0/element/min_length]",
    ),
    "two inputs of one name": (
        modal(text_input(), text_input(block_id="other")),
        '`action_id` "words" already exists [json-pointer:/view/blocks/1/element/action_id]',
    ),
}


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_what_slack_refuses_in_a_modal_is_refused(slack: WebClient, name: str) -> None:
    view, problem = BAD_VIEWS[name]

    assert problem in view_problems(slack, view)


def test_a_home_has_no_title_and_takes_a_hundred_blocks(slack: WebClient, anna: Person) -> None:
    titled = refusal(lambda: slack.views_publish(user_id=anna.id, view=home(title=plain("x"))))

    assert "invalid additional property: title [json-pointer:/view]" in titled.response["errors"]
    assert slack.views_publish(user_id=anna.id, view=home(*([{"type": "divider"}] * 100)))["ok"]


def test_a_huge_view_is_too_large(slack: WebClient) -> None:
    view = modal(*([section("ä" * 2900)] * 100))

    refused = code(lambda: slack.api_call("views.open", json={"trigger_id": "1.2.3", "view": view}))

    assert refused == "view_too_large"
