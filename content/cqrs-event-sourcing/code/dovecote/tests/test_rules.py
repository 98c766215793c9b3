"""Given these events, when this command comes, then these events or a refusal: without a database."""

import unittest
from datetime import UTC, datetime, timedelta

from dovecote.events import (
    Event,
    KeyIssued,
    ParcelDropped,
    ParcelTakenBack,
    PickupDelegated,
    PickupExtended,
    from_stored,
    to_stored,
)
from dovecote.parcel import DelegatePickup, ExtendPickup, Refused, TakeBackParcel, decide, fold

THURSDAY = datetime(2024, 12, 5, 11, 5, tzinfo=UTC)
UNTIL = THURSDAY + timedelta(hours=72)
DROPPED: list[Event] = [ParcelDropped("Mill Street", "North Post", "M", 14, UNTIL), KeyIssued("K1", "Mira")]
EXTENDED = PickupExtended(48, "recipient", "not recorded")


class Rules(unittest.TestCase):
    def test_delegating_issues_a_key_of_its_own(self) -> None:
        events = decide(fold(DROPPED), DelegatePickup("Jonas"), now=THURSDAY)

        self.assertEqual(events, [PickupDelegated("Mira", "Jonas"), KeyIssued("K2", "Jonas")])

    def test_delegating_to_the_holder_is_done_already(self) -> None:
        self.assertEqual(decide(fold(DROPPED), DelegatePickup("Mira"), now=THURSDAY), [])

    def test_a_third_extension_is_refused(self) -> None:
        with self.assertRaisesRegex(Refused, "extended 2 times already"):
            decide(fold([*DROPPED, EXTENDED, EXTENDED]), ExtendPickup(), now=THURSDAY)

    def test_what_an_older_rule_allowed_can_still_be_read(self) -> None:
        parcel = fold([*DROPPED, EXTENDED, EXTENDED, EXTENDED])

        self.assertEqual((parcel.extended, parcel.until), (3, UNTIL + timedelta(hours=144)))

    def test_a_parcel_is_taken_back_when_its_time_has_run_out_and_not_before(self) -> None:
        with self.assertRaisesRegex(Refused, "promised until Sun 11:05"):
            decide(fold(DROPPED), TakeBackParcel(), now=UNTIL - timedelta(minutes=1))

        self.assertEqual(decide(fold(DROPPED), TakeBackParcel(), now=UNTIL), [ParcelTakenBack()])


class OldEvents(unittest.TestCase):
    def test_each_version_is_read_as_the_newest(self) -> None:
        for version, data, read in (
            (1, '{"days": 2}', PickupExtended(48, "recipient", "not recorded")),
            (2, '{"hours": 24, "by": "desk"}', PickupExtended(24, "desk", "not recorded")),
            (3, '{"hours": 12, "by": "desk", "cause": "door"}', PickupExtended(12, "desk", "door")),
        ):
            with self.subTest(version=version):
                self.assertEqual(from_stored("PickupExtended", version, data), read)

    def test_a_compartment_of_the_first_year_is_taken_apart(self) -> None:
        data = '{"station": "Mill Street", "carrier": "North Post", "compartment": "M14", "until": "%s"}'

        self.assertEqual(from_stored("ParcelDropped", 1, data % UNTIL.isoformat()), DROPPED[0])

    def test_an_event_comes_back_as_it_was_stored(self) -> None:
        self.assertEqual(from_stored(*to_stored(DROPPED[0])), DROPPED[0])

    def test_an_unknown_field_is_passed_over_and_an_unknown_version_is_not(self) -> None:
        self.assertEqual(
            from_stored("KeyIssued", 1, '{"key": "K1", "holder": "Mira", "colour": 7}'), DROPPED[1]
        )
        with self.assertRaisesRegex(ValueError, "KeyIssued 2 is not known here"):
            from_stored("KeyIssued", 2, "{}")
