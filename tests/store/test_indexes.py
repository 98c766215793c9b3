"""What everybody waits for is found by an index, however much there is of all others."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Select

from tests.store.plans import plan_of
from tutorbot.records.attempts import SHOWN_LAST
from tutorbot.records.enrollments import LAST_MEMBERSHIP
from tutorbot.records.owed import WAS_ASKED
from tutorbot.store import Store

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "given", "index"),
    [
        (
            WAS_ASKED,
            {"enrollment": 1, "purpose": "ask/1/next/", "ask": "ask/1/next/7", "since": NOW, "until": NOW},
            "ix_deliveries_enrollment_id",
        ),
        (SHOWN_LAST, {"mine": [1, 2]}, "ix_places_enrollment_id_quiz"),
        (LAST_MEMBERSHIP, {"enrollment": 1}, "ix_memberships_enrollment_id"),
    ],
    ids=["what was asked before", "the question that is open", "the cohort"],
)
def test_it_is_looked_for_among_the_learners_own_alone(
    store: Store, query: Select[Any], given: dict[str, object], index: str
) -> None:
    assert index in plan_of(store, query, **given)
