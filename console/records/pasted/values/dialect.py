"""How a program writes values, as far as that is certain."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program writes values.

    `no_value` are texts that stand for no value. `has_quotes` says that all texts stand in quotes, so that `NA`
    without them is none. `has_decimal_comma` and `has_decimal_point` say which its fractions
    have for certain. `commas_of_thousands` and `points_of_thousands` are the fields whose numbers have them between
    thousands for certain. A cell of a table (`has_cells`) has no type, whether it stands in quotes or not.
    """

    no_value: frozenset[str] = frozenset()
    has_quotes: bool = False
    has_decimal_comma: bool = False
    has_decimal_point: bool = False
    has_cells: bool = True
    commas_of_thousands: frozenset[str] = frozenset()
    points_of_thousands: frozenset[str] = frozenset()


PLAIN = Dialect()
YAML = Dialect(has_cells=False)
LITERALS = Dialect(has_quotes=True, has_cells=False)
# Java, Go and others print values without quotes; all of them are texts until a field converts them.
OPTIONS_WITHOUT_VALUE = ("Optional.empty", "OptionalInt.empty", "OptionalLong.empty", "OptionalDouble.empty")
AS_PRINTED = Dialect(no_value=frozenset(("null", "<null>", "<nil>", "NULL", *OPTIONS_WITHOUT_VALUE)))
