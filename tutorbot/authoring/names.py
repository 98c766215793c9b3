"""The names that a course's files define and use."""

from collections import defaultdict
from collections.abc import Iterator

from tutorbot.authoring.faults import Faults, Spot, nearest


class Names:
    """Ids by what they name; when everything is read, uses without a definition are faults.

    The order of files does not matter: a use may be read before its definition.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._defined: dict[str, dict[str, Spot]] = defaultdict(dict)
        self._distrusted: set[str] = set()
        self._used: dict[str, dict[Spot, str]] = defaultdict(dict)

    def define(self, what: str, name: str, spot: Spot) -> None:
        """Note what a name stands for; a second one of the same is a fault."""
        first = self._defined[what].setdefault(name, spot)
        if first != spot:
            where = f"{first.source.name}, line {first.line}"
            self._faults.add(
                spot, f"`{name}` names another {_of(what)} already ({where})", "give it another name"
            )

    def use(self, what: str, name: str, spot: Spot) -> None:
        """Note that a name is used here."""
        self._used[what][spot] = name

    def is_defined(self, what: str, name: str) -> bool:
        """Whether the name stands for something."""
        return name in self._defined[what]

    def distrust(self, what: str) -> None:
        """Say nothing about uses of such names: a definition could not be read."""
        self._distrusted.add(what)

    def check(self) -> None:
        """Note the names that are used and stand for nothing."""
        for what, uses in self._used.items():
            if what in self._distrusted:
                continue
            for spot, name in uses.items():
                if name not in self._defined[what]:
                    self._faults.add(spot, f"there is no {_of(what)} `{name}`", self._mend(what, name))

    def unused(self, what: str) -> Iterator[tuple[str, Spot]]:
        """Yield the names that nothing uses."""
        for kind, defined in list(self._defined.items()):
            used = set(self._used[kind].values())
            if not used <= set(defined):
                continue  # one is misspelt, which is a fault already
            yield from (
                (name, spot) for name, spot in defined.items() if _of(kind) == what and name not in used
            )

    def _mend(self, what: str, name: str) -> str:
        near = nearest(name, self._defined[what])
        if near:
            return f"did you mean `{near}`?"
        some = ", ".join(f"`{known}`" for known in list(self._defined[what])[:8])
        return f"use one of {some}" if some else f"define the {_of(what)} first"


def local(what: str, spot: Spot) -> str:
    """Return what a name names when it is known only in its file."""
    return f"{what} in {spot.source.name}"


def _of(what: str) -> str:
    return what.partition(" in ")[0]
