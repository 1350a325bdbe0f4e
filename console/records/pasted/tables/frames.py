"""What stands around tables with aligned columns, and what their programs have done to numbers."""

import re
from collections.abc import Sequence
from itertools import pairwise

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.below import PROMPT
from console.records.pasted.tables.table import Table, TableError
from console.records.pasted.tables.turned import turned
from console.records.pasted.tables.widths import cells_between
from console.records.schemas.schema import Schema

# A line of Stata and of other programs that frame a table without lines between columns.
RULE_OF_FRAME = re.compile(r"\s*[+|][-+]{3,}[+|]\s*")
ROW_OF_FRAME = re.compile(r"\s*(?:[0-9]{1,6}\.)?\s*\|(?P<row>[^\n]*)\|\s*")
MOST_TITLES = 2
MOST_BLOCKS = 20
# What Narwhals draws around the data frame of another library.
FRAME_OF_NARWHALS = re.compile(
    r"\s*+\u250c\u2500++\u2510\n\|[^\n]*+\n\|-++\|\n(?P<rows>(?:\|[^\n]*+\n)++)\u2514\u2500++\u2518\s*+"
)
# Between columns.
GAP = re.compile(r"\S {2,}\S")
TIBBLE = re.compile(r"\s*# A tibble: ")
FRACTION = re.compile(r"-?0*(?P<whole>[0-9]*)\.(?P<rest>[0-9]*)")
DIGITS_OF_TIBBLE = 3
MAY_BE_ROUNDED = (
    "A tibble shows three digits of a number, so {} may be rounded. Check it, or paste the output of as.data.frame or "
    "write.csv."
)
NAMES_AND_VALUES = (("name", "value"), ("key", "value"), ("property", "value"), ("field", "value"))


def without_frame(text: str) -> str:
    """Return a table without the frame, and the numbers of rows, that Stata or Narwhals draws; others as they are."""
    framed = FRAME_OF_NARWHALS.fullmatch(text)
    if framed:
        return "\n".join(line[1:-1] for line in framed["rows"].splitlines())
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or not RULE_OF_FRAME.fullmatch(lines[0]):
        return text
    rows = [match for line in lines if not RULE_OF_FRAME.fullmatch(line) and (match := ROW_OF_FRAME.fullmatch(line))]
    rules = sum(bool(RULE_OF_FRAME.fullmatch(line)) for line in lines)
    if len(rows) + rules < len(lines) or not rows or "|" in rows[0]["row"]:
        return text
    return "\n".join(match["row"] for match in rows)


def side_by_side(text: str) -> str:
    """Return a table whose columns a data frame has printed below one another, side by side."""
    if "\\\n" not in text.replace("\\ ", "\\").replace("\r", ""):
        return text
    blocks = [block.split("\n") for block in re.split(r"\n[ \r]*\n", text.strip("\n"))]
    names = [[line.split(" ")[0] for line in block[1:]] for block in blocks]
    if len(blocks) > MOST_BLOCKS or any(each != names[0] for each in names):
        return text
    if not all(block[0].rstrip().endswith("\\") for block in blocks[:-1]):
        return text
    index = max((len(name) for name in names[0]), default=0)
    lines = blocks[0]
    for block in blocks[1:]:
        lines = [line.rstrip().removesuffix("\\") for line in lines]
        width = max(map(len, lines))
        lines = [f"{left:<{width}} {right[index:]}" for left, right in zip(lines, block, strict=True)]
    return "\n".join(lines)


def has_empty_cells(count: int, edges: list[tuple[int, int]], lines: Sequence[tuple[int, str]]) -> bool:
    """Return whether blanks keep as many columns apart as there are names, and a row with a gap has an empty cell.

    A cell of two words beside it makes as many words as names.
    """
    if len(edges) != count:
        return False
    rows = (cells_between(line, edges) for _number, line in lines if GAP.search(line.strip()))
    return any(not cell.strip() for row in rows for cell in row)


def one_column(name: str, lines: Sequence[tuple[int, str]]) -> Table | None:
    """Return the table of one column that psql has printed, if that has JSON; a plus sign continues a cell."""
    rows: list[tuple[int, list[str]]] = []
    is_continued = False
    for number, line in lines:
        if not is_continued:
            rows.append((number, []))
        is_continued = line.endswith("+")
        rows[-1][1].append(line.removesuffix("+").strip())
    if not rows or not rows[0][1][0].startswith(("[", "{")):
        return None
    return Table("rows of a psql table", [name.strip()], [(line, [Bare(0, "\n".join(cell))]) for line, cell in rows])


def below_titles(text: str) -> list[tuple[list[str], str]]:
    """Return what stands below the first line of a text, and its first two, that have no columns; with these.

    In listings of SAS, a title stands apart and may have gaps, as does the heading.
    """
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    found = []
    for number, following in pairwise(filled[: MOST_TITLES + 1]):
        is_of_listing = following > number + 1 and not "".join(lines[following + 1 : following + 2]).strip()
        has_columns = GAP.search(lines[number].strip()) or following > number + 1
        if PROMPT.match(lines[number]) or (has_columns and not is_of_listing):
            break
        found.append((lines[:following], "\n".join(lines[following:])))
    return found


def notes_on_rounding(text: str, rows: Sequence[tuple[int, Sequence[Scalar]]]) -> tuple[str, ...]:
    """Return a sentence on a number that a tibble of R may have rounded; raise TableError if it certainly has."""
    if not TIBBLE.match(text):
        return ()
    texts = [(line, str(cell.value)) for line, row in rows for cell in row]
    rounded = [(line, each) for line, each in texts if _may_be_rounded(each)]
    for line, each in rounded:
        if each.endswith("."):
            raise TableError(
                f"Line {line}: a tibble has rounded {each}, of which it shows no fraction. Paste the output of "
                "as.data.frame or write.csv."
            )
    return (MAY_BE_ROUNDED.format(rounded[0][1]),) if rounded else ()


def _may_be_rounded(text: str) -> bool:
    """Return whether a text is a number with a fraction that has as many digits as a tibble shows."""
    match = FRACTION.fullmatch(text)
    return match is not None and len(f"{match['whole']}{match['rest']}".lstrip("0")) >= DIGITS_OF_TIBBLE


def pairs_below_heading(
    schema: Schema, names: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> tuple[list[str], list[tuple[int, Sequence[Scalar]]]] | None:
    """Return the heading and row of a table with a name and its value in each row, as PowerShell shows a hashtable."""
    if tuple(name.lower() for name in names) not in NAMES_AND_VALUES:
        return None
    return turned(schema, names, [(line, [Bare(0, cell.strip()) for cell in row]) for line, row in rows])
