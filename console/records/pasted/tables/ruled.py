"""Tables with lines drawn between their parts: of psql, MySQL, sqlite, DuckDB, polars, Spark and Markdown."""

import re
from collections.abc import Sequence
from itertools import pairwise

from console.records.json.nodes import Bare
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.tables.markdown import without_markup
from console.records.pasted.tables.no_records import are_types, without_others
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.tables.table import Rows, Table, TableError, last_row_cut
from console.records.pasted.tables.widths import cells_between, columns_of
from console.records.schemas.schema import Schema

# Of a line that separates rows; what joins the columns' lines in it is no dash.
ASCII_RULE = "-+|=: "
BOX_RULE = "".join(chr(code) for code in range(0x2500, 0x2580))
BOX_DASHES = "\u2500\u2501\u2550\u254c\u2574\u2576\u2578\u257a"
DASHES = f"-=: {BOX_DASHES}"
BARS = "|\u2502\u2503\u2506\u2507\u2551"
DRAWN = f"{BOX_RULE} "
# ClickHouse's Pretty formats have the names in the upper edge.
NAMES_IN_EDGE = re.compile(r"\s*[\u250c\u256d\u250f]\S*\w.*[\u2510\u256e\u2513]")
EDGE_AS_BARS = str.maketrans(
    dict.fromkeys(BOX_DASHES, " ") | dict.fromkeys("\u250c\u252c\u2510\u256d\u256e\u250f\u2533\u2513", "\u2502")
)
# How many headings are looked for: a title has a line below it too.
MOST_HEADINGS = 5
# Of a table that little but its lines tells from other text: ten rows are short.
MOST_LINES = 2000
# Of a table in another one.
INNER_RULE = re.compile(r"\|\+-[-+]*-\+\||\|\|+\+-[-+]*-\+\|\|+")
IN_BARS = re.compile(r"(\|{1,6})([|+].*[|+])\1")
JSON_CELL = re.compile(r"(?:^|[|\u2502\u2503\u2506])\s*[\[{]")
UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
SPACED_BAR = re.compile(r"(?:^| )\|(?: |$)")
# The types that DuckDB and polars print below the names.
TYPES = re.compile(r"\s*(?:---|[a-z][a-z0-9_]*(?:[\[(<][^|]*[\])>])?)\s*")
COUNTS = re.compile(r"[\s|\u2502\u2503]*\(?[0-9,]+ (?:rows?|columns?|tuples?|records?)\b.*")


def read_ruled(schema: Schema, text: str) -> Table | None:
    """Return the table of a text that is drawn with lines, or None; raise TableError."""
    lines = [_with_bars(line.rstrip()) for line in text.split("\n")]
    if any(INNER_RULE.fullmatch(line) for line in lines):
        lines = [_without_outer_bars(line) for line in lines]
    tried = 0
    for number, line in enumerate(lines[1:], 1):
        if tried < MOST_HEADINGS and is_rule(line) and _has_bar(lines[number - 1]) and not is_rule(lines[number - 1]):
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
    rule = max(rules, key=_joints, default="")
    layout = _Layout(rule)
    if not _joints(rule) or layout.is_open or layout.is_markdown:
        return None
    first = lines.index(rule)
    while first and (_has_bar(lines[first - 1]) or is_rule(lines[first - 1])):
        first -= 1
    while first < len(lines) and (is_rule(lines[first]) or not _fits(layout, lines[first])):
        first += 1
    rows, end = _rows(layout, lines, first)
    if not rows:
        return None
    cells = [(line, [Bare(0, each.strip()) for each in row]) for line, row in rows]
    around = _around(lines, first, end)
    names = [row[0].strip() for _line, row in rows]
    if len(rows[0][1]) == 2 and all(schema.field(name) for name in names) and len(names) > 1:
        return Table(layout.words, names, [(rows[0][0], [row[1] for _line, row in cells])], notes=around)
    if names_fields(schema, [each.strip() for each in rows[0][1]]):
        return Table(layout.words, [each.strip() for each in rows[0][1]], cells[1:], notes=around, may_be_cut=True)
    if len(rows[0][1]) == len(schema.declared_fields):
        return Table(layout.words, None, cells, notes=around, may_be_cut=True)
    return None


def _fits(layout: "_Layout", line: str) -> bool:
    try:
        layout.cells(line, 0)
    except TableError:
        return False
    return _has_bar(line)


def _around(lines: Sequence[str], first: int, end: int) -> tuple[str, ...]:
    """Return sentences on the lines around a table, without those that are only drawn."""
    above, below = (
        [line for line in part if line.strip(DRAWN) and not is_rule(line)] for part in (lines[:first], lines[end:])
    )
    return notes_on_others(above, below)


def _next_table(schema: Schema, lines: Sequence[str], start: int) -> bool:
    """Say whether below a table there is the heading of another one."""
    for number in range(start + 1, len(lines)):
        heading = lines[number - 1]
        if is_rule(lines[number]) and _has_bar(heading) and not is_rule(heading):
            return names_fields(schema, [cell.strip() for cell in re.split(f"[{BARS}]", heading)])
    return False


def is_rule(line: str) -> bool:
    """Say whether a line separates rows: it is drawn, and has two dashes beside each other."""
    bare = line.strip()
    is_ascii = not bare.strip(ASCII_RULE) and ("--" in bare or "==" in bare)
    return is_ascii or (not bare.strip(BOX_RULE) and any(2 * dash in bare for dash in BOX_DASHES))


def _has_bar(line: str) -> bool:
    return any(bar in line for bar in BARS)


def _with_joints(lines: Sequence[str], rule: int) -> str:
    """Return the rule below the heading, or the one with most joints where it has none, as polars' may have."""
    if _joints(lines[rule]):
        return lines[rule]
    return max((lines[rule], *(line for line in lines if is_rule(line))), key=_joints)


def _joints(rule: str) -> int:
    """Return how many places inside of a rule join the lines of columns."""
    return sum(character not in DASHES for character in rule.strip()[1:-1])


def _first_of_heading(lines: Sequence[str], rule: int) -> int:
    first = rule - 1
    while first > 0 and _has_bar(lines[first - 1]) and not is_rule(lines[first - 1]):
        first -= 1
    return first


def _rule_below_types(lines: Sequence[str], rule: int) -> int:
    """Return the rule below a row of types: polars has `---` and the types in rows between the names and its rule."""
    if rule + 2 >= len(lines) or not is_rule(lines[rule + 2]):
        return rule
    cells = [cell.strip() for cell in re.split(f"[{BARS}]", lines[rule + 1].strip(f" {BARS}"))]
    return rule + 2 if are_types([cell for cell in cells if cell != "---"]) else rule


def _table(schema: Schema, lines: Sequence[str], first: int, rule: int) -> Table | None:
    layout = _Layout(_with_joints(lines, rule))
    if not _fits(layout, lines[first]):
        return None
    heading = [cell.strip() for cell in layout.cells(lines[first], first + 1)]
    types = [layout.cells(line, first + 1) for line in lines[first + 1 : rule] if not is_rule(line)]
    below = lines[rule + 1] if rule + 1 < len(lines) else ""
    if not (names_fields(schema, heading) or JSON_CELL.search(below)) or not all(
        TYPES.fullmatch(cell) for cells in types for cell in cells
    ):
        return None
    rows, end = _rows(layout, lines, rule + 1)
    if _next_table(schema, lines, end):
        raise TableError("It has more than one table. Paste the one that you mean.")
    around = _around(lines, first, end)
    if not layout.is_markdown:
        if not layout.is_open:
            _check_wrapped(schema, heading, lines, rows)
        cells: Rows = [(line, [Bare(0, each.strip()) for each in row]) for line, row in rows]
        kept, others = without_others(heading, cells)
        return Table(layout.words, heading, kept, notes=(*around, *others), may_be_cut=True)
    texts, notes = without_markup(lines[first], heading, rows)
    cells = [(line, [Bare(0, each) for each in row]) for line, row in texts]
    kept, others = without_others(heading, cells)
    is_cut = rows and lines[first].rstrip().endswith("|") and not lines[rows[-1][0] - 1].rstrip().endswith("|")
    cut = last_row_cut(rows, "a bar") if is_cut else ()
    return Table(layout.words, heading, kept, notes=(*around, *notes, *others, *cut), may_be_cut=True)


def _check_wrapped(
    schema: Schema, heading: Sequence[str], lines: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> None:
    """Raise TableError if a row goes on with the cells of the row above, as in a table that is too wide.

    Such a row has no id, or is nearly empty between rules that stand between rows.
    """
    names, _notes = matched_columns(schema, heading)
    place = names.index(schema.id_field.name) if schema.id_field.name in names else None
    has_rules = sum(is_rule(lines[line - 2]) for line, _row in rows) > 1
    for line, row in rows[1:]:
        empty = sum(not cell.strip() for cell in row)
        is_without_id = place is not None and not row[place].strip() and (has_rules or empty > 1)
        if not is_rule(lines[line - 2]) and (is_without_id or (has_rules and 2 * empty > len(row))):
            raise TableError(
                f"Line {line}: its cells go on with those of the line above, and may be parts of words. "
                "Print the table wider, or paste CSV or JSON."
            )


class _Layout:
    """Where the columns of a table stand, by the line below its heading."""

    def __init__(self, rule: str) -> None:
        columns = columns_of(rule)
        joints = [column for character, column in zip(rule, columns, strict=False) if character not in DASHES]
        is_box = any(character > "\u2500" for character in rule)
        is_open = not joints or joints[0] > len(rule) - len(rule.lstrip())
        edges = [-1, *joints, 10**9] if is_open else joints
        self.is_markdown = "|" in rule and "+" not in rule
        self.is_open = is_open
        self.bars = BARS[1:] if is_box else BARS[0]
        self.joints = joints
        self.edges = [(start + 1, end) for start, end in pairwise(edges)]
        self.words = f"rows of {_kind(is_box=is_box, is_markdown=self.is_markdown, is_open=is_open)}"

    def cells(self, line: str, number: int) -> list[str]:
        """Return the cells of a line: where the lines between columns stand, or else between its bars."""
        columns = {
            column: character for character, column in zip(line, columns_of(line), strict=False) if character in BARS
        }
        if self.joints and all(joint in columns or (joint >= len(line)) for joint in self.joints):
            return cells_between(line, self.edges)
        whole = line.strip()
        for separator in self._separators():
            cells = separator.split(whole)
            if not self.is_open or (cells and not cells[0].strip() and len(cells) > len(self.edges)):
                cells = cells[1:-1] if len(cells) > len(self.edges) + 1 else cells[1:]
            if len(cells) == len(self.edges):
                return cells
        advice = (
            "Write a bar in a cell as \\|." if self.is_markdown else "If a cell has a bar in it, paste CSV or JSON."
        )
        raise TableError(f"Line {number}: expected {len(self.edges)} cells, as the heading has. {advice}")

    def _separators(self) -> list[re.Pattern[str]]:
        if self.bars != "|":
            return [re.compile(f"[{self.bars}]")]
        return [UNESCAPED_BAR, SPACED_BAR]


def _kind(*, is_box: bool, is_markdown: bool, is_open: bool) -> str:
    if is_box:
        return "a table in a box"
    if is_markdown:
        return "a Markdown table"
    return "a psql table" if is_open else "a table with borders"


def _rows(layout: _Layout, lines: Sequence[str], first: int) -> tuple[list[tuple[int, list[str]]], int]:
    """Return the cells of each row with its line, and where they end."""
    rows: list[tuple[int, list[str]]] = []
    is_continued = False
    for number in range(first, len(lines)):
        line = lines[number]
        if is_rule(line):
            continue
        if not _has_bar(line) or (rows and COUNTS.fullmatch(line)):
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
    """Say whether psql goes on with a cell in the next line: it says so by a plus sign in the cell's last column."""
    return cell.endswith("+") and cell[-2:-1] in (" ", "")


def _joined(above: str, below: str) -> str:
    return f"{above.rstrip(' +')}\n{below.strip()}" if _is_continued(above) else above
