"""The page of figures says honestly what was reached, and keeps what was not measured anew."""

from datetime import date

import pytest

from benchmarks.deliveries import least_seconds
from benchmarks.report import Figure, Section, machine, written
from benchmarks.turns import in_turns, middle, middle_ratio

SUBJECTS = ["answers", "ledger"]
DAY, LATER = date(2026, 11, 23), date(2026, 11, 24)
RATIO = Figure("of those acknowledged", 0.61, 0.55, at_least=True)
ANSWERS = Section([RATIO, Figure("99 of 100 within", 120.4, 100, unit=" ms", digits=0)], "In turns.", "| a |")
LEDGER = Section([Figure("an idle poll", 1.02, 1.5)], "SQLite.")


def page() -> str:
    return written("", {"ledger": LEDGER, "answers": ANSWERS}, SUBJECTS, on=DAY)


def test_the_table_at_the_top_says_what_was_wanted_and_whether_it_was_reached() -> None:
    assert [line for line in page().splitlines() if line.startswith(("| answers", "| ledger"))] == [
        "| answers | of those acknowledged | 0.61 | at least 0.55 | yes |",
        "| answers | 99 of 100 within | 120 ms | at most 100 ms | **no** |",
        "| ledger | an idle poll | 1.02 | at most 1.5 | yes |",
    ]


@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (Figure("", 0.5499, 0.55, at_least=True), False),
        (Figure("", 0.55, 0.55, at_least=True), True),
        (Figure("", 1.5001, 1.5), False),
        (Figure("", 1.5, 1.5), True),
    ],
)
def test_what_is_reached_only_when_rounded_is_not_reached(figure: Figure, reached: bool) -> None:
    assert figure.reached is reached


def test_a_section_says_when_and_on_what_it_was_measured() -> None:
    _, _, answers = page().partition("## answers\n")

    assert answers.startswith(
        f"\nMeasured on 2026-11-23 with {machine()}.\n\nIn turns.\n\n| a |\n\n## ledger\n"
    )


def test_a_subject_that_is_measured_again_replaces_its_own_section_and_rows_alone() -> None:
    again = Section([Figure("an idle poll", 1.61, 1.5)], "SQLite, once more.")

    renewed = written(page(), {"ledger": again}, SUBJECTS, on=LATER)

    assert renewed.partition("## ledger")[0] == page().partition("## ledger")[0].replace(
        "| 1.02 | at most 1.5 | yes |", "| 1.61 | at most 1.5 | **no** |"
    )
    assert "Measured on 2026-11-24" in renewed.partition("## ledger")[2]


def test_a_page_that_is_written_again_with_nothing_new_stays_as_it_is() -> None:
    assert written(page(), {}, SUBJECTS, on=LATER) == page()


def test_what_is_measured_in_turns_is_compared_round_by_round() -> None:
    first, second = iter([1.0, 2.0, 4.0]), iter([2.0, 6.0, 4.0])

    rounds = in_turns(3, lambda: next(first), lambda: next(second))

    assert rounds == [(1.0, 2.0), (2.0, 6.0), (4.0, 4.0)]
    assert middle_ratio(rounds) == 2.0
    assert (middle(rounds, 0), middle(rounds, 1)) == (2.0, 4.0)


def test_the_turns_go_forth_and_back() -> None:
    asked: list[str] = []

    def named(name: str) -> float:
        asked.append(name)
        return 1.0

    in_turns(2, lambda: named("first"), lambda: named("second"))

    assert asked == ["first", "second", "second", "first"]


@pytest.mark.parametrize(
    ("posts", "places", "seconds"),
    [(300, 100, 0), (301, 100, 60), (500, 100, 60), (20, 1, 15), (900, 300, 120)],
)
def test_the_least_time_is_what_the_limits_of_slack_allow(posts: int, places: int, seconds: float) -> None:
    assert least_seconds(posts, places) == seconds
