"""Advice on the columns of a file as a whole, after AWS's checklist for data that is ready to be imported."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from console.records.files.checking.column_checks import MOST_CATEGORIES, ColumnCheck
from console.records.schemas.schema import Schema
from console.records.validation.text_doubts import ZERO_WIDTH, Doubt

# "Readiness checklist" of the developer guide.
LEAST_FILLED_PERCENT = 70
# With fewer rows a percentage means nothing.
FEWEST_ROWS = 25
MOST_SPELLINGS_NAMED = 3
HARDLY_FILLED = "Columns that are hardly filled"
MANY_CATEGORIES = "Columns of many categories"
SPELLINGS = "Categories in several spellings"
BETWEEN_WORDS = re.compile(r"(?<=\w)[\s_\u2010-\u2015-]+(?=\w)")


@dataclass(slots=True)
class ColumnAdvice:
    """Gathers what there is to say of each column: how many values it has, and which categories.

    A column keeps no more categories than are counted.
    """

    schema: Schema
    rows: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    categories: dict[str, set[str]] = field(default_factory=dict)
    _nullable: list[str] = field(init=False)

    def __post_init__(self) -> None:
        columns = [each for each in self.schema.declared_fields if not each.is_beside_properties]
        self._nullable = [each.property_name for each in columns if each.nullable]
        self.categories = {each.property_name: set() for each in columns if each.categorical}

    @classmethod
    def of_columns(cls, schema: Schema, checks: Sequence[ColumnCheck]) -> "ColumnAdvice":
        """Return what the columns of one file gave that were checked."""
        made = cls(schema)
        # A column that the file lacks gets no advice.
        given = {check.field.property_name: check for check in checks}
        made._nullable = [name for name in made._nullable if name in given]
        made.categories = {name: given[name].categories for name in made.categories if name in given}
        made.end_file(checks)
        return made

    def begin_file(self, checks: Sequence[ColumnCheck]) -> None:
        """Let the checks of a file add to the categories of the files before it."""
        for check in checks:
            check.categories = self.categories.get(check.field.property_name, check.categories)

    def end_file(self, checks: Sequence[ColumnCheck]) -> None:
        """Add the rows of a file that was checked, and how many values they have."""
        self.rows += max((check.rows for check in checks), default=0)
        self.filled.update({check.field.property_name: check.filled for check in checks})

    def doubts(self) -> Iterator[tuple[str, Doubt]]:
        """Yield the name of a field and what is to be said of its column."""
        for each in self.schema.declared_fields:
            yield from ((each.name, doubt) for doubt in self._of(each.property_name))

    def _of(self, name: str) -> Iterator[Doubt]:
        percent = 100 * self.filled[name] // self.rows if self.rows else 0
        if name in self._nullable and self.rows >= FEWEST_ROWS and percent < LEAST_FILLED_PERCENT:
            advice = f"AWS's documents ask for at least {LEAST_FILLED_PERCENT} % of a column."
            yield Doubt(HARDLY_FILLED, f"{percent} % of its rows have a value. {advice}")
        found = self.categories.get(name, set())
        if len(found) > MOST_CATEGORIES:
            advice = f"AWS's documents ask for at most {MOST_CATEGORIES} in a column."
            compared = "Spellings were compared among the first of them alone."
            yield Doubt(MANY_CATEGORIES, f"It has more than {MOST_CATEGORIES} categories. {advice} {compared}")
        spelled = _spelled_in_several_ways(found)
        if spelled:
            named = "; ".join(", ".join(_told_apart(ways)) for ways in spelled[:MOST_SPELLINGS_NAMED])
            more = ", and others" if len(spelled) > MOST_SPELLINGS_NAMED else ""
            advice = "Each spelling is a category of its own: write one for one meaning."
            yield Doubt(SPELLINGS, f"One meaning may have several spellings: {named}{more}. {advice}")


def _spelled_in_several_ways(categories: set[str]) -> list[list[str]]:
    """Return, together and in order, the categories that look alike, or differ in case and between words alone."""
    ways: dict[str, list[str]] = {}
    for each in sorted(categories):
        ways.setdefault(_meaning(each), []).append(each)
    return [found for found in ways.values() if len(found) > 1]


def _meaning(category: str) -> str:
    # Folding may bring what is to be normalized again.
    folded = normalize("NFKC", normalize("NFKC", ZERO_WIDTH.sub("", category)).casefold())
    return BETWEEN_WORDS.sub(" ", folded.strip())


def _told_apart(ways: list[str]) -> list[str]:
    """Return spellings in quotation marks, those that look the same with their characters beyond ASCII."""
    looks = Counter(map(_look, ways))
    return [f"“{each}”{_characters(each) if looks[_look(each)] > 1 else ''}" for each in ways]


def _look(category: str) -> str:
    return " ".join(normalize("NFC", ZERO_WIDTH.sub("", category)).split())


def _characters(category: str) -> str:
    beyond = dict.fromkeys(f"U+{ord(each):04X}" for each in category if not each.isascii())
    return f" ({', '.join(beyond)})" if beyond else ""
