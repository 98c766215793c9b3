"""Lesson "Old events, read as new ones": each version is turned into the next as it is read."""

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]


def extended_1_to_2(data: Data) -> Data:
    rest = {name: data[name] for name in data if name != "days"}
    return {"hours": data["days"] * 24, "by": "recipient"} | rest


def extended_2_to_3(data: Data) -> Data:
    return data | {"cause": data.get("cause", "not recorded")}  # true; a likely cause would be made up


def dropped_1_to_2(data: Data) -> Data:
    place = data["compartment"]  # "M14"
    return data | {"size": place[0], "compartment": int(place[1:])}


UPCASTERS: dict[tuple[str, int], Callable[[Data], Data]] = {
    ("PickupExtended", 1): extended_1_to_2,
    ("PickupExtended", 2): extended_2_to_3,
    ("ParcelDropped", 1): dropped_1_to_2,
}


def upcast(name: str, version: int, data: Data) -> tuple[int, Data]:
    """Return the newest version that can be reached, and the data in it."""
    while (name, version) in UPCASTERS:
        data = UPCASTERS[name, version](data)
        version += 1
    return version, data
