"""Tables with lines drawn between their parts: of psql, MySQL, sqlite, DuckDB, polars, Spark and Markdown."""

import re
from collections.abc import Sequence

from console.records.json.nodes import Bare
from console.records.pasted.tables.documents_on_lines import with_whole_documents
from console.records.pasted.tables.drawing import (
    BARS,
    BOX_DASHES,
    DRAWN,
    Layout,
    completed,
    has_bar,
    is_below_heading,
    is_closed,
    is_rule,
    joints_of,
)
from console.records.pasted.tables.headings import field_named, names_fields
from console.records.pasted.tables.markdown import Texts, without_escapes, without_markup
from console.records.pasted.tables.no_records import are_types, without_others
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.tables.table import INDEX_OF_NODE, Rows, Table, TableError, last_row_cut
from console.records.pasted.tables.turned import turned
from console.records.pasted.tables.widths import columns_of
from console.records.pasted.tables.wrapped import check_wrapped, check_wrapped_by_psql
from console.records.schemas.schema import Schema

# ClickHouse's Pretty formats have the names in the upper edge.
NAMES_IN_EDGE = re.compile(r"\s*+[\u250c\u256d\u250f][^\s\w]*+\w.*[\u2510\u256e\u2513]")
EDGE_AS_BARS = str.maketrans(
    dict.fromkeys(BOX_DASHES, " ") | dict.fromkeys("\u250c\u252c\u2510\u256d\u256e\u250f\u2533\u2513", "\u2502")
)
# PrettyTable has other bars at the ends of its lines than between their cells.
RULE_OF_PRETTY_TABLE = re.compile(r"\|[\u2500-\u257f]+\|")
# How many headings are looked for: a title has a line below it too.
MOST_HEADINGS = 5
# Longest table that only its lines distinguish from other text; ten records are far shorter.
MOST_LINES = 2000
# A line of a table nested in another one.
INNER_RULE = re.compile(r"\|\+-[-+]*-\+\||\|\|+\+-[-+]*-\+\|\|+")
IN_BARS = re.compile(r"(\|{1,6})([|+].*[|+])\1")
JSON_CELL = re.compile(r"(?:^|[|\u2502\u2503\u2506])\s*[\[{]")
# The types of one word that DuckDB and polars print below the names, whichever they are.
TYPES = re.compile(r"\s*(?:---|[a-z][a-z0-9_]*(?:[\[(<][^|]*[\])>])?)\s*")
COUNTS = re.compile(r"[\s|\u2502\u2503]*\(?[0-9,]+ (?:rows?|columns?|tuples?|records?)\b.*")


def read_ruled(schema: Schema, text: str) -> Table | None:
    """Return the table of a text that is drawn with lines, or None; raise TableError."""
    lines = [_with_bars(line.rstrip()) for line in text.split("\n")]
    if any(RULE_OF_PRETTY_TABLE.fullmatch(line) for line in lines):
        lines = [f"\u2502{line[1:-1]}\u2502" if is_closed(line) else line for line in lines]
    if any(INNER_RULE.fullmatch(line) for line in lines):
        lines = [_without_outer_bars(line) for line in lines]
    tried = 0
    for number, line in enumerate(lines[1:], 1):
        above = lines[number - 1]
        if tried < MOST_HEADINGS and is_below_heading(line) and has_bar(above) and not is_below_heading(above):
            tried += 1
            table = _table(schema, lines, _first_of_heading(lines, number), _rule_below_types(lines, number))
            if table:
                return table
    return _without_rule(schema, lines)


def _without_outer_bars(line: str) -> str:
    """Return a line of a table within others, as the AWS CLI draws it, without their bars."""
    match = IN_BARS.fullmatch(line)
    return match[2] if match else line


def _with_bars(line: str) -> str:
    """Return a line in which names stand within a box's upper edge, as ClickHouse has them, as one with bars."""
    return line.translate(EDGE_AS_BARS) if NAMES_IN_EDGE.fullmatch(line) else line


def _without_rule(schema: Schema, lines: Sequence[str]) -> Table | None:
    """Return a table that has no line below its heading, or no heading, or a name and its value in each row."""
    rules = [line for line in lines if is_rule(line)] if len(lines) <= MOST_LINES else []
    rule = max(rules, key=joints_of, default="")
    layout = Layout(completed(rule, next((line for line in lines if is_closed(line) and not is_rule(line)), "")))
    if not joints_of(rule) or layout.is_open or layout.is_markdown:
        return None
    first = lines.index(rule)
    while first and (has_bar(lines[first - 1]) or is_rule(lines[first - 1])):
        first -= 1
    while first < len(lines) and (is_rule(lines[first]) or not _fits(layout, lines[first])):
        first += 1
    rows, end = _rows(layout, lines, first)
    if not rows:
        return None
    cells: Rows = [(line, [Bare(0, each.strip()) for each in row]) for line, row in rows]
    around = (*_around(lines, first, end), *_notes_on_cut(layout, lines, rows))
    names = [row[0].strip() for _line, row in rows]
    if len(rows[0][1]) == 2 and all(schema.field(name) for name in names) and len(names) > 1:
        return Table(layout.words, names, [(rows[0][0], [row[1] for _line, row in cells])], notes=around)
    if names_fields(schema, [each.strip() for each in rows[0][1]]):
        heading = [each.strip() for each in rows[0][1]]
        kept, others = without_others(heading, cells[1:])
        return Table(layout.words, heading, kept, notes=(*around, *others), may_be_cut=True)
    if len(rows[0][1]) == len(schema.declared_fields):
        return Table(layout.words, None, cells, notes=around, may_be_cut=True)
    return None


def _fits(layout: Layout, line: str) -> bool:
    try:
        layout.cells(line, 0)
    except TableError:
        return False
    return has_bar(line)


def _around(lines: Sequence[str], first: int, end: int) -> tuple[str, ...]:
    """Return sentences on the lines around a table, without those that are only drawn."""
    above, below = (
        [line for line in part if line.strip(DRAWN) and not is_rule(line)] for part in (lines[:first], lines[end:])
    )
    return notes_on_others(above, below)


def _next_table(schema: Schema, lines: Sequence[str], start: int) -> bool:
    """Return whether below a table there is the heading of another one."""
    for number in range(start + 1, len(lines)):
        heading = lines[number - 1]
        if is_rule(lines[number]) and has_bar(heading) and not is_rule(heading):
            return names_fields(schema, [cell.strip() for cell in re.split(f"[{BARS}]", heading)])
    return False


def _with_joints(lines: Sequence[str], rule: int) -> str:
    """Return the rule below the heading, or the one with most joints where it has none, as polars' may have."""
    if joints_of(lines[rule]):
        return lines[rule]
    return max((lines[rule], *(line for line in lines if is_rule(line))), key=joints_of)


def _first_of_heading(lines: Sequence[str], rule: int) -> int:
    first = rule - 1
    while first > 0 and has_bar(lines[first - 1]) and not is_rule(lines[first - 1]):
        first -= 1
    return first


def _rule_below_types(lines: Sequence[str], rule: int) -> int:
    """Return the rule below a row of types: polars has `---` and the types in rows between the names and its rule."""
    if rule + 2 >= len(lines) or not is_rule(lines[rule + 2]):
        return rule
    cells = [cell.strip() for cell in re.split(f"[{BARS}]", lines[rule + 1].strip(f" {BARS}"))]
    return rule + 2 if are_types([cell for cell in cells if cell != "---"]) else rule


def _table(schema: Schema, lines: Sequence[str], first: int, rule: int) -> Table | None:
    drawn = _with_joints(lines, rule)
    layout = Layout(completed(drawn, lines[first]))
    if not _fits(layout, lines[first]):
        return None
    heading = [cell.strip() for cell in layout.cells(lines[first], first + 1)]
    types = [layout.cells(line, first + 1) for line in lines[first + 1 : rule] if not is_rule(line)]
    below = lines[rule + 1] if rule + 1 < len(lines) else ""
    if not all(TYPES.fullmatch(cell) or are_types([cell.strip()]) for cells in types for cell in cells):
        return None
    if _are_places(schema, heading):
        # Node's console.table of lists.
        rows, end = _rows(layout, lines, rule + 1)
        bare: Rows = [(line, [Bare(0, each.strip()) for each in row[1:]]) for line, row in rows]
        return Table(layout.words, None, bare, notes=_around(lines, first, end), may_be_cut=True)
    if not (names_fields(schema, heading) or JSON_CELL.search(below)):
        return _turned(schema, layout, lines, first, rule)
    rows, end = _rows(layout, lines, rule + 1)
    if _next_table(schema, lines, end):
        raise TableError("It has more than one table. Paste the one that you mean.")
    around = _around(lines, first, end)
    rows = with_whole_documents(rows)
    if layout.is_open and not layout.is_markdown:
        check_wrapped_by_psql(rows)
    if not layout.is_markdown and not layout.is_open:
        check_wrapped(schema, heading, lines, rows)
    texts, notes = _texts(layout, drawn, lines[first], heading, rows)
    cells: Rows = [(line, [Bare(0, each) for each in row]) for line, row in texts]
    kept, others = without_others(heading, cells)
    cut = _notes_on_cut(layout, lines, rows, lines[first])
    return Table(layout.words, heading, kept, notes=(*around, *notes, *others, *cut), may_be_cut=True)


def _are_places(schema: Schema, heading: Sequence[str]) -> bool:
    """Return whether a heading counts the fields of the schema behind the number of each row."""
    return heading == [INDEX_OF_NODE, *(str(place) for place in range(len(schema.declared_fields)))]


def _turned(schema: Schema, layout: Layout, lines: Sequence[str], first: int, rule: int) -> Table | None:
    """Return a table that has a record in each column, or None."""
    heading = [cell.strip() for cell in layout.cells(lines[first], first + 1)]
    below = lines[rule + 1] if rule + 1 < len(lines) else ""
    if field_named(schema, re.split(f"[{BARS}]", below.strip(f" {BARS}"))[0]) is None:
        return None
    rows, end = _rows(layout, lines, rule + 1)
    found = turned(schema, heading, [(line, [Bare(0, each.strip()) for each in row]) for line, row in rows])
    if found is None:
        return None
    return Table(layout.words, found[0], found[1], notes=_around(lines, first, end), may_be_cut=True)


def _texts(
    layout: Layout, rule: str, heading_line: str, heading: Sequence[str], rows: Texts
) -> tuple[Texts, tuple[str, ...]]:
    """Return the cells of rows as what they stand for, and sentences on that."""
    if layout.is_markdown:
        return without_markup(heading_line, heading, rows)
    texts = [(line, [each.strip() for each in row]) for line, row in rows]
    # The rule of Pandoc and reStructuredText below a heading.
    return without_escapes(texts) if "=" in rule else (texts, ())


def _notes_on_cut(layout: Layout, lines: Sequence[str], rows: Texts, heading: str = "|") -> tuple[str, ...]:
    """Return a sentence on a last row that ends before its last column, or without the bar that others end with."""
    last = lines[rows[-1][0] - 1].rstrip() if rows else ""
    if not last or (layout.is_open and not layout.is_markdown):
        is_cut = bool(last and layout.joints) and columns_of(last)[-1] <= layout.joints[-1]
        return last_row_cut(rows, "its last column") if is_cut else ()
    return last_row_cut(rows, "a bar") if heading.rstrip()[-1:] in BARS and last[-1] not in BARS else ()


def _rows(layout: Layout, lines: Sequence[str], first: int) -> tuple[list[tuple[int, list[str]]], int]:
    """Return the cells of each row with its line, and where they end."""
    rows: list[tuple[int, list[str]]] = []
    is_continued = False
    for number in range(first, len(lines)):
        line = lines[number]
        if is_rule(line):
            continue
        if not has_bar(line) or (rows and COUNTS.fullmatch(line)):
            break
        cells = layout.cells(line, number + 1)
        continues = layout.is_open and any(_is_continued(cell) for cell in cells)
        if is_continued:
            above = rows[-1][1]
            rows[-1] = (rows[-1][0], [_joined(one, two) for one, two in zip(above, cells, strict=True)])
        else:
            rows.append((number + 1, cells))
        is_continued = continues
    else:
        number = len(lines)
    return rows, number


def _is_continued(cell: str) -> bool:
    """Return whether a psql cell continues on the next line, which a "+" in its last column means."""
    return cell.endswith("+") and cell[-2:-1] in (" ", "")


def _joined(above: str, below: str) -> str:
    return f"{above.rstrip(' +')}\n{below.strip()}" if _is_continued(above) else above
