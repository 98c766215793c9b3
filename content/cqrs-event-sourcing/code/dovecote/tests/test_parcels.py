"""The store, the views and the round, on a real SQLite."""

import sqlite3
import unittest
from datetime import UTC, datetime, timedelta
from typing import Any

from dovecote.events import Event, KeyIssued, PickupDelegated
from dovecote.handling import handle, load
from dovecote.my_parcels import MyParcels, StillBehind
from dovecote.overdue import Overdue
from dovecote.parcel import CollectParcel, Command, DelegatePickup, DropParcel, ExtendPickup, Refused
from dovecote.published import published
from dovecote.store import EventStore, SomeoneWasFaster

THURSDAY = datetime(2024, 12, 5, 11, 5, tzinfo=UTC)
DROP = DropParcel("Mill Street", "North Post", "M", 14, "Mira")
DELEGATED: list[Event] = [PickupDelegated("Mira", "Jonas"), KeyIssued("K2", "Jonas")]
# Between the view and its checkpoint, at the third event.
POWER_CUT = """
    create trigger power_cut before update on checkpoint when new.position = 3
    begin select raise(abort, 'power cut'); end
"""


class WithParcels(unittest.TestCase):
    def setUp(self) -> None:
        self.log, self.views = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
        self.addCleanup(self.log.close)
        self.addCleanup(self.views.close)
        self.store = EventStore(self.log)
        self.send(DROP, "c-1")

    def send(self, command: Command, command_id: str, parcel: str = "DV-2093", **at: Any) -> int:
        now = THURSDAY + timedelta(**at)
        return handle(self.store, parcel, command, command_id=command_id, now=now)

    def kinds(self, parcel: str = "DV-2093") -> list[str]:
        return [type(stored.event).__name__ for stored in self.store.stream(parcel)]


class Commands(WithParcels):
    def test_the_same_wish_twice_is_granted_once(self) -> None:
        first = self.send(ExtendPickup(), "c-2")

        self.assertEqual(self.send(ExtendPickup(), "c-2"), first)
        self.assertEqual(self.kinds(), ["ParcelDropped", "KeyIssued", "PickupExtended"])

    def test_who_decided_on_a_shorter_stream_is_refused_by_the_store(self) -> None:
        with self.assertRaises(SomeoneWasFaster):
            self.store.append("DV-2093", DELEGATED, expected=1, command="c-2", at=THURSDAY)

        self.assertEqual(len(self.store.log()), 2)

    def test_after_a_conflict_it_is_decided_again(self) -> None:
        rivals = [DELEGATED]

        class Crowded(EventStore):
            def append(self, stream: str, events: Any, **rest: Any) -> None:
                if rivals:  # somebody gets in between loading and appending
                    super().append(stream, rivals.pop(), expected=2, command="c-2", at=THURSDAY)
                super().append(stream, events, **rest)

        self.store = Crowded(self.log)
        self.send(DelegatePickup("Ada"), "c-3")

        self.assertEqual(self.store.stream("DV-2093")[-1].event, KeyIssued("K3", "Ada"))

    def test_the_same_wish_twice_at_once_is_granted_once(self) -> None:
        twins = [ExtendPickup()]

        class Crowded(EventStore):
            def knows(self, stream: str, command: str) -> bool:
                known = super().knows(stream, command)
                if twins:  # the repetition comes while the first is being decided
                    handle(self, stream, twins.pop(), command_id=command, now=THURSDAY)
                return known

        self.store = Crowded(self.log)
        self.send(ExtendPickup(), "c-2")

        self.assertEqual(self.kinds(), ["ParcelDropped", "KeyIssued", "PickupExtended"])

    def test_a_compartment_holds_one_parcel_at_a_time(self) -> None:
        with self.assertRaisesRegex(Refused, "compartment 14 at Mill Street is taken"):
            self.send(DROP, "c-2", parcel="DV-2094")
        self.assertEqual(self.kinds("DV-2094"), [])

        self.send(CollectParcel("K1"), "c-3")
        self.send(DROP, "c-4", parcel="DV-2094")

        self.assertEqual(self.kinds("DV-2094"), ["ParcelDropped", "KeyIssued"])

    def test_a_snapshot_changes_nothing_but_the_time_it_takes(self) -> None:
        self.send(DelegatePickup("Jonas"), "c-2")
        folded = load(self.store, "DV-2093")  # leaves a snapshot at 4
        self.assertEqual(load(self.store, "DV-2093"), folded)

        self.log.execute("update snapshot set shape = 0, state = 'made by older code'")

        self.assertEqual(load(self.store, "DV-2093"), folded)


class Views(WithParcels):
    def test_a_page_that_carries_its_position_sees_its_own_change(self) -> None:
        view = MyParcels(self.views, self.store)
        view.projection.catch_up()

        position = self.send(DelegatePickup("Jonas"), "c-2")

        self.assertEqual(view.of("Jonas"), [])
        self.assertEqual(
            view.of("Jonas", at_least=position), ["DV-2093: Mill Street, compartment 14, until Sun 11:05"]
        )
        with self.assertRaises(StillBehind):
            view.of("Jonas", at_least=position + 1)

    def test_a_power_cut_takes_the_view_and_its_checkpoint_with_it(self) -> None:
        view = MyParcels(self.views, self.store)
        self.send(ExtendPickup(hours=24), "c-2")
        self.views.executescript(POWER_CUT)
        with self.assertRaisesRegex(sqlite3.Error, "power cut"):
            view.projection.catch_up()
        self.views.execute("drop trigger power_cut")

        view.projection.catch_up()

        self.assertEqual(view.of("Mira"), ["DV-2093: Mill Street, compartment 14, until Mon 11:05"])

    def test_a_rebuilt_view_says_the_same(self) -> None:
        view = MyParcels(self.views, self.store)
        before = view.of("Mira", at_least=self.send(ExtendPickup(), "c-2"))

        view.projection.rebuild()

        self.assertEqual(view.of("Mira"), before)

    def test_others_are_told_of_custody_and_of_days_waived_and_of_nothing_else(self) -> None:
        self.send(DelegatePickup("Jonas"), "c-2")
        self.send(ExtendPickup(), "c-3")
        self.send(ExtendPickup(hours=24, by="desk", cause="door"), "c-4")
        self.send(CollectParcel("K2"), "c-5", hours=80)

        messages = [message for stored in self.store.log() if (message := published(stored))]

        thursday, sunday = "2024-12-05 11:05", "2024-12-08 19:05"
        told = {"parcel": "DV-2093", "at": thursday}
        self.assertEqual(
            messages,
            [
                {"message": "custody-began", "station": "Mill Street", "carrier": "North Post"} | told,
                {"message": "days-waived", "days": 1} | told,
                {"message": "custody-ended", "parcel": "DV-2093", "at": sunday},
            ],
        )


class TheRound(WithParcels):
    def test_what_was_extended_stays_and_is_taken_back_when_that_too_has_run_out(self) -> None:
        overdue = Overdue(self.views, self.store)
        self.send(ExtendPickup(hours=24), "c-2")

        on_sunday = overdue.round(THURSDAY + timedelta(hours=73))
        on_monday = overdue.round(THURSDAY + timedelta(hours=97))

        self.assertEqual(on_sunday, {"DV-2093": "left there: promised until Mon 11:05"})
        self.assertEqual(on_monday, {"DV-2093": "taken back"})
        self.assertEqual(overdue.round(THURSDAY + timedelta(hours=98)), {})
