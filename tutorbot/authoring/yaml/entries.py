"""What a mapping in a course's files may hold, said once and read by what was said."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from tutorbot.authoring.faults import Faults, Source, Spot, nearest, shown
from tutorbot.authoring.yaml.nodes import Mapping, Node, Scalar
from tutorbot.authoring.yaml.readers import Reader, Reading, Refused
from tutorbot.authoring.yaml.values import Id

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Where:
    """Where an entry's keys have their values, and which of them had a fault."""

    spot: Spot
    keys: Map[str, Spot]
    failed: frozenset[str] = frozenset()

    def of(self, key: str) -> Spot:
        """Return the place of the key's value; of the entry, where it has none."""
        return self.keys.get(key, self.spot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A mapping in a file: a subclass says, by `key`, what it may hold."""

    at: Where

    def check(self, faults: Faults) -> None:
        """Note what is wrong between the keys; those in `at.failed` are to be left alone."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as authors write it, what they are told about it, and the attribute that its value becomes."""

    says: str
    reader: Reader[Any]
    required: bool
    default: object
    attribute: str = ""


class _Required:
    """Stands for no default."""


def key(says: str, reader: Reader[T], default: T | type[_Required] = _Required) -> T:
    """Say what a key of an entry is for, how it is read and, unless it must be there, what it is without."""
    return cast(T, field(metadata={"key": Key(says, reader, default is _Required, default)}))


S = TypeVar("S", bound=Entry)


def keys_of(shape: type[Entry]) -> dict[str, Key]:
    """Return the keys of the entry, as authors write them."""
    return {
        each.name.replace("_", "-"): replace(each.metadata["key"], attribute=each.name)
        for each in fields(shape)
        if "key" in each.metadata
    }


class EntryOf(Generic[S]):
    """Reads a mapping as an entry.

    `others` are keys of the entry's family that it does not have itself; without the name of the
    family, which says that it is not known what the author meant, they are passed over.
    """

    def __init__(self, shape: type[S], others: Iterable[str] = (), family: str = "") -> None:
        self.keys = keys_of(shape)
        self.shape = shape
        self._others = set(others) - set(self.keys)
        self._family = family

    @property
    def blank(self) -> S:
        """An entry of blanks."""
        return self._entry(Where(Spot(Source("", "")), {}, frozenset(self.keys)), {})

    def read(self, node: Node, reading: Reading) -> S:
        """Return the entry; what cannot be read is blank in it, and stands in `at.failed`."""
        if not isinstance(node, Mapping):
            wanted = ", ".join(f"`{name}:`" for name, each in self.keys.items() if each.required)
            raise Refused(node.spot, "holds no keys", f"write {wanted} on lines of their own")
        values: dict[str, Any] = {}
        places: dict[str, Spot] = {}
        failed = set[str]()
        for name, value in self._known_pairs(node, reading.faults):
            places[name] = value.spot
            try:
                values[name] = self.keys[name].reader.read(value, reading)
            except Refused as refused:
                refused.note(reading.faults, f"`{name}`")
                failed.add(name)
                if refused.sound is not None:
                    values[name] = refused.sound
        failed |= self._missing(node, places, reading.faults)
        for name in failed:
            if isinstance(reader := self.keys[name].reader, Id):
                reading.names.distrust(reader.what)
        entry = self._entry(Where(node.spot, places, frozenset(failed)), values)
        entry.check(reading.faults)
        return entry

    def holding(self, name: str, value: object, spot: Spot) -> S:
        """Return an entry of this one key, which has been read."""
        return self._entry(Where(spot, {name: spot}), {name: value})

    def _entry(self, at: Where, values: dict[str, Any]) -> S:
        absent = {
            name: each.reader.blank if name in at.failed else each.default
            for name, each in self.keys.items()
            if name not in values
        }
        attributes = {self.keys[name].attribute: value for name, value in (values | absent).items()}
        return self.shape(at=at, **attributes)

    def _missing(self, node: Mapping, there: Iterable[str], faults: Faults) -> set[str]:
        missing = {name: None for name, each in self.keys.items() if each.required and name not in there}
        for name in missing:
            faults.add(node.spot, f"`{name}` is missing", f"write `{name}: …` here")
        return set(missing)

    def _known_pairs(self, node: Mapping, faults: Faults) -> Iterator[tuple[str, Node]]:
        """Yield the values by their keys, one whose key is misspelt by the likely key: its fault is noted."""
        written = {key.value for key, _ in node.pairs}
        free = [name for name in self.keys if name not in written]
        for key, value in node.pairs:
            if key.value in self.keys:
                yield key.value, value
            elif key.value in self._others:
                if self._family:
                    what = f"`{key.value}` has no place in {self._family}"
                    faults.add(key.spot, what, "take it out, or change the kind")
            elif near := nearest(key.value, free):
                faults.add(key.spot, f"unknown key {shown(key.value)}", f"did you mean `{near}`?")
                free.remove(near)
                yield near, value
            else:
                known = ", ".join(f"`{name}`" for name in self.keys)
                faults.add(key.spot, f"unknown key {shown(key.value)}", f"the keys here are {known}")


class OrText(Generic[S]):
    """Reads an entry, or a single value that stands for an entry with this one key."""

    def __init__(self, shape: type[S], name: str) -> None:
        self.entry = EntryOf(shape)
        self.name = name

    @property
    def blank(self) -> S:
        """An entry of blanks."""
        return self.entry.blank

    @property
    def text(self) -> Reader[Any]:
        """The reader of the single value."""
        return self.entry.keys[self.name].reader

    def read(self, node: Node, reading: Reading) -> S:
        """Return the entry."""
        if isinstance(node, Mapping):
            return self.entry.read(node, reading)
        return self.entry.holding(self.name, self.text.read(node, reading), node.spot)


class Kinds(Generic[S]):
    """Reads a mapping as the entry that its key `tag` says; `common` is what all of them share."""

    def __init__(self, tag: str, shapes: Map[StrEnum, type[S]], common: type[S]) -> None:
        every = {name for shape in shapes.values() for name in keys_of(shape)}
        self.tag = tag
        self.shapes = shapes
        self._common = EntryOf(common, every)
        self._readers = {
            str(kind): EntryOf(shape, every, f"a question of the {tag} `{kind}`")
            for kind, shape in shapes.items()
        }

    @property
    def blank(self) -> S:
        """An entry of blanks."""
        return self._common.blank

    def read(self, node: Node, reading: Reading) -> S:
        """Return the entry; where the tag says nothing that is known, with the common keys only."""
        said = {key.value: value for key, value in node.pairs} if isinstance(node, Mapping) else {}
        kind = said.get(self.tag)
        reader = self._readers.get(kind.value) if isinstance(kind, Scalar) else None
        return (reader or self._common).read(node, reading)
