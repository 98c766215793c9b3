"""Numbers are written in OLX as they are, and read back the same."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tutorbot.exchange.olx.answers import number_text, read_number, read_tolerance, tolerance_text
from tutorbot.lessons.question import NumberKey


@given(st.fractions(-(10**14), 10**14, max_denominator=10**14))
def test_a_number_in_olx_is_the_same_number(value: Fraction) -> None:
    assert read_number(number_text(value)) == value


@given(st.fractions(0, 10**6, max_denominator=10**14))
def test_a_tolerance_in_olx_is_never_narrower(value: Fraction) -> None:
    rounded = read_tolerance(tolerance_text(value), Fraction(7))

    assert rounded is not None
    assert value <= rounded < value + Fraction(1, 10**12)


def test_a_number_key_without_tolerance_stays_without() -> None:
    assert read_tolerance(tolerance_text(NumberKey(Fraction(7)).tolerance), Fraction(7)) == 0
