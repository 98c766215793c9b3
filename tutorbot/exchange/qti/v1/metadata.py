"""What an item of QTI 1.2 says of itself: how its producer calls the kind of question, and its points."""

from collections.abc import Mapping
from fractions import Fraction

from tutorbot.exchange.qti.numbers import number
from tutorbot.exchange.xml_tree import Element

_KINDS = ("question_type", "bbmd_questiontype", "cc_profile", "qmd_itemtype")
_POINTS = ("points_possible", "qmd_absolutescore_max", "cc_weighting")


def kind_of(item: Element) -> str:
    """Return what its producer calls the kind of question, in small letters."""
    return _first(_fields(item), _KINDS).lower()


def points_of(item: Element) -> Fraction | None:
    """Return how many points it gives, if it says so."""
    return number(_first(_fields(item), _POINTS))


def _fields(item: Element) -> dict[str, str]:
    fields = {
        each.name: each.text.strip()
        for each in item.within("bbmd_questiontype", "qmd_itemtype", "qmd_absolutescore_max")
    }
    for each in item.within("qtimetadatafield"):
        label, entry = each.first("fieldlabel"), each.first("fieldentry")
        if label and entry:
            fields[label.text.strip()] = entry.text.strip()
    return fields


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return the first of the fields that says something."""
    return next((said for name in names if (said := fields.get(name))), "")
