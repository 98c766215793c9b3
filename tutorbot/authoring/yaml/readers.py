"""How lists and names in a course's files are read, whatever they hold."""

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from tutorbot.authoring.faults import Faults, Source, Spot
from tutorbot.authoring.names import Names
from tutorbot.authoring.pictures import Pictures
from tutorbot.authoring.yaml.nodes import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a course's files shares."""

    faults: Faults
    names: Names
    pictures: Pictures


class Refused(Exception):
    """A value cannot be read: `what` says why, as the end of a sentence about it.

    `sound` is what could be read of it all the same.
    """

    def __init__(
        self, spot: Spot | None = None, what: str = "", mend: str = "", *, sound: Any = None
    ) -> None:
        super().__init__(what)
        self.sound = sound
        self.spot = spot
        self.what = what
        self.mend = mend

    def note(self, faults: Faults, subject: str) -> None:
        """Note the fault, unless that was done already."""
        if self.spot:
            faults.add(self.spot, f"{subject} {self.what}", self.mend)


class Reader(Protocol[T_co]):
    """Reads one kind of value; `blank` stands in for one that cannot be read."""

    @property
    def blank(self) -> T_co:
        """A value that upsets nobody, for what has a fault already."""

    def read(self, node: Node, reading: Reading, /) -> T_co:
        """Return the value; raises Refused, or notes the faults of what is inside."""


@dataclass(frozen=True, slots=True)
class At(Generic[T]):
    """A value, with its place."""

    value: T
    spot: Spot


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """What the inner reader reads, with its place."""

    inner: Reader[T]

    @property
    def blank(self) -> At[T]:
        return At(self.inner.blank, Spot(Source("", "")))

    def read(self, node: Node, reading: Reading) -> At[T]:
        return At(self.inner.read(node, reading), node.spot)


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list; an item that cannot be read spoils it, yet the others are read."""

    inner: Reader[T]
    least: int = 1
    most: int = 500
    item: str = "an item of the list"
    blank: ClassVar[tuple[Any, ...]] = ()

    def read(self, node: Node, reading: Reading) -> tuple[T, ...]:
        if not isinstance(node, Sequence):
            is_empty = isinstance(node, Scalar) and not node.value
            raise Refused(
                node.spot,
                "is empty" if is_empty else "is not a list",
                "begin each item with `- ` on a line of its own",
            )
        items, spoilt = [], False
        for part in node.items:
            try:
                items.append(self.inner.read(part, reading))
            except Refused as refused:
                refused.note(reading.faults, self.item)
                spoilt = True
        if not self.least <= len(node.items) <= self.most:
            many = f"has {len(node.items)} item{'s' if len(node.items) != 1 else ''}"
            raise Refused(node.spot, many, f"write {self._wanted()}", sound=tuple(items))
        if spoilt:
            raise Refused(sound=tuple(items))
        return tuple(items)

    def _wanted(self) -> str:
        if self.most < 100:
            return f"from {self.least} to {self.most}"
        return f"at least {'one' if self.least == 1 else self.least}, and {self.most} at the most"


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """A mapping from names to values."""

    name: Reader[str]
    inner: Reader[T]

    @property
    def blank(self) -> Map[str, T]:
        return {}

    def read(self, node: Node, reading: Reading) -> Map[str, T]:
        if not isinstance(node, Mapping):
            raise Refused(node.spot, "holds no names", "write `name: |` and the text below it, indented")
        values = {}
        for key, value in node.pairs:
            try:
                name = self.name.read(key, reading)
                values[name] = self.inner.read(value, reading)
            except Refused as refused:
                refused.note(reading.faults, f"`{key.value}`")
        return values
