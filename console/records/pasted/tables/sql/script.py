"""The rows of one table in a script of SQL: INSERT statements, or a dump with what else it has around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.separated import MAY_BE_ESCAPED, UNESCAPED, unescaped
from console.records.pasted.tables.sql.literals import line_of, read_rows
from console.records.pasted.tables.sql.statements import (
    COPY,
    CREATE,
    INSERT,
    SPACE,
    STATEMENT,
    WORD,
    bare_name,
    columns_of_table,
    names_of,
)
from console.records.pasted.tables.table import Table, TableError
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema

HAS_ROWS = re.compile(r"\b(?:INSERT|REPLACE|INTO|COPY)\b", re.IGNORECASE)
# What may stand beside rows, and changes none of them.
BESIDE_ROWS = frozenset(
    (
        "ALTER",
        "ANALYZE",
        "BEGIN",
        "COMMENT",
        "COMMIT",
        "CREATE",
        "DECLARE",
        "DROP",
        "END",
        "GRANT",
        "IF",
        "LOCK",
        "PRAGMA",
        "PRINT",
        "REVOKE",
        "SELECT",
        "SET",
        "START",
        "UNLOCK",
        "USE",
    )
)
CHANGES_ROWS = frozenset(("DELETE", "MERGE", "TRUNCATE", "UPDATE"))
OF_MYSQL = "/*!"
STANDARD_TEXTS = re.compile(r"\bstandard_conforming_strings = on\b")
IN_SQL = Dialect(has_quotes=True)
IN_COPY = Dialect(no_value=frozenset(("\\N",)))
MOST_WORDS_NAMED = 4


@dataclass(slots=True)
class _Rows:
    """The rows that a script has for one table, whose columns are None where nothing names them."""

    name: str
    columns: list[str] | None
    rows: list[tuple[int, Sequence[Scalar]]] = field(default_factory=list)
    is_copy: bool = False


def read_script(schema: Schema, text: str) -> Table | None:
    """Return the table of a script of SQL that has rows for one table of such records, or None; raise TableError."""
    if not HAS_ROWS.search(text):
        return None
    script = _Script(schema, text)
    return script.table() if script.read() else None


class _Script:
    """Reads a script, statement by statement."""

    def __init__(self, schema: Schema, text: str) -> None:
        self._schema = schema
        self._text = text
        self._tables: dict[str, _Rows] = {}
        self._created: dict[str, list[str]] = {}
        self._left_out: list[str] = []
        self._others: dict[str, None] = {}
        self._changing: list[tuple[str, int, str]] = []
        self._is_of_mysql = OF_MYSQL in text
        self._has_undone = False
        self._line = 1
        self._counted = 0

    def read(self) -> bool:
        """Read all statements; return whether the text is such a script."""
        text, position = self._text, 0
        while (position := _end(SPACE, text, position)) < len(text):
            if match := INSERT.match(text, position):
                position = self._inserted(match)
            elif match := COPY.match(text, position):
                position = self._copied(match)
            else:
                end = _end(STATEMENT, text, position)
                if not self._knows(position, end):
                    return False
                position = end
        return bool(self._tables)

    def _knows(self, position: int, end: int) -> bool:
        """Keep a statement that has no rows; return whether it is one."""
        text = self._text
        match = WORD.match(text, position)
        word = match[0].upper() if match else ""
        if word in CHANGES_ROWS:
            self._changing.append((word, position, text[position:end]))
        elif word not in BESIDE_ROWS:
            if self._tables:
                raise TableError(f"Line {line_of(text, position)}: expected an INSERT statement with values alone.")
            return False
        if created := CREATE.match(text, position):
            self._created[bare_name(created["table"]).lower()] = columns_of_table(text[:end], created.end())
        self._left_out.append(word)
        return True

    def _columns(self, match: re.Match[str]) -> list[str] | None:
        if match["columns"] is not None:
            return names_of(match["columns"])
        return self._created.get(bare_name(match["table"]).lower())

    def _rows_for(self, match: re.Match[str]) -> _Rows | None:
        """Return where the rows of a statement go to; None if its columns are those of another table."""
        name, columns = bare_name(match["table"]), self._columns(match)
        if columns is not None and not names_fields(self._schema, columns):
            self._others[name] = None
            return None
        rows = self._tables.setdefault(name.lower(), _Rows(name, columns))
        if rows.columns != columns:
            line = line_of(self._text, match.end())
            raise TableError(f"Line {line}: this statement has other columns than the first one.")
        return rows

    def _inserted(self, match: re.Match[str]) -> int:
        text, position = self._text, match.end()
        rows = self._rows_for(match)
        if rows is None:
            return _end(STATEMENT, text, position)
        has_escapes = self._is_of_mysql or "`" in match[0]
        for row, begin, end in read_rows(text, position, has_escapes=has_escapes):
            rows.rows.append((self._line_at(begin), row))
            position = end
        self._has_undone |= has_escapes and "\\" in text[match.end() : position]
        return position

    def _copied(self, match: re.Match[str]) -> int:
        text, position = self._text, match.end()
        end = text.find("\n\\.", position - 1)
        end = len(text) if end < 0 else end
        rows = self._rows_for(match)
        if rows is not None:
            rows.is_copy = True
            lines = text[position:end].split("\n") if end >= position else []
            first = self._line_at(position)
            # Of more rows than can be sent the number is told, and nothing of their cells.
            most = self._schema.entity.most_per_call - len(rows.rows)
            read = [
                (first + number, _copied_cells(line) if number <= most else ())
                for number, line in enumerate(lines)
                if line
            ]
            self._has_undone |= any(not isinstance(cell, Bare) for _line, row in read for cell in row)
            rows.rows += read
        return end + 1

    def _line_at(self, position: int) -> int:
        """Return the line of an offset behind those that were asked for: each part of the text is counted once."""
        self._line, self._counted = self._line + self._text.count("\n", self._counted, position), position
        return self._line

    def table(self) -> Table:
        """Return the table that the script has rows for; raise TableError if there are several of them."""
        named = [each for each in self._tables.values() if each.columns is not None]
        found = named or list(self._tables.values())
        if len(found) > 1:
            raise TableError(f"It has rows of {found[0].name} and of {found[1].name}. Paste those that you mean.")
        (rows,) = found
        for word, position, statement in self._changing:
            if re.search(rf"\b{re.escape(rows.name)}\b", statement, re.IGNORECASE):
                line = line_of(self._text, position)
                raise TableError(f"Line {line}: {word} changes rows of {rows.name}. Paste them as they are now.")
        others = [*self._others, *(each.name for each in self._tables.values() if each is not rows)]
        notes = (*self._on_columns(rows), *self._on_escapes(rows), *_on_others(self._left_out, others))
        words = "rows of COPY" if rows.is_copy else "rows of INSERT statements"
        return Table(words, rows.columns, rows.rows, IN_COPY if rows.is_copy else IN_SQL, notes)

    def _on_columns(self, rows: _Rows) -> tuple[str, ...]:
        is_created = rows.columns is not None and rows.columns is self._created.get(rows.name.lower())
        return (f"The columns are those of CREATE TABLE: {', '.join(rows.columns or ())}.",) if is_created else ()

    def _on_escapes(self, rows: _Rows) -> tuple[str, ...]:
        """Say what becomes of backslashes, where they may be escapes."""
        if self._has_undone:
            return (UNESCAPED,)
        has_any = any("\\" in str(cell.value) for _line, row in rows.rows for cell in row)
        return (MAY_BE_ESCAPED,) if has_any and not STANDARD_TEXTS.search(self._text) else ()


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return where a pattern that matches everywhere ends."""
    match = pattern.match(text, position)
    return match.end() if match else position


def _copied_cells(line: str) -> list[Scalar]:
    """Return the cells of a line as COPY writes it: a text that has backslashes is none of its marks."""
    cells = [Bare(0, cell) for cell in line.split("\t")]
    return [cell if cell is (bare := unescaped(cell)) else Scalar(0, bare.value) for cell in cells]


def _on_others(words: Sequence[str], tables: Sequence[str]) -> tuple[str, ...]:
    """Say what else a script has."""
    notes = [f"The rows of {name} are left out." for name in tables]
    if words:
        named = list(dict.fromkeys(words))
        kinds = ", ".join([*named[:MOST_WORDS_NAMED], *(["…"] if len(named) > MOST_WORDS_NAMED else [])])
        count = "1 statement without rows is" if len(words) == 1 else f"{len(words)} statements without rows are"
        notes.append(f"{count} left out: {kinds}.")
    return tuple(notes)
