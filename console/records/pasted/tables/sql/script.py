"""The rows of one table in a script of SQL: INSERT statements, or a dump with what else it has around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from console.records.json.nodes import Bare, Scalar, quoted
from console.records.pasted.tables.cells import UNESCAPED, unescaped
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.sql.literals import line_of
from console.records.pasted.tables.sql.sources import Source, read_source
from console.records.pasted.tables.sql.statements import (
    BEHIND_INNER_ROWS,
    BEHIND_ROWS,
    BESIDE_ROWS,
    CHANGES_ROWS,
    COPY,
    CREATE,
    INNER_ROWS,
    INSERT,
    ROWS,
    SPACE,
    WORD,
    bare_name,
    columns_of_table,
    end_of,
    end_of_statement,
    names_of,
    notes_behind,
)
from console.records.pasted.tables.table import MAY_BE_ESCAPED, Table, TableError
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema

HAS_ROWS = re.compile(r"\b(?:INSERT|REPLACE|INTO|COPY|VALUES|UNION|USING|SELECT)\b", re.IGNORECASE)
OF_MYSQL = "/*!"
ESCAPED_QUOTE = "\\'"
STANDARD_TEXTS = re.compile(r"\bstandard_conforming_strings = on\b")
IN_SQL = Dialect(has_quotes=True)
IN_COPY = Dialect(no_value=frozenset(("\\N",)))
OF_COPY = "rows of COPY"
MOST_WORDS_NAMED = 4
# MySQL's quotes of a name, outside of the texts of a statement.
NAME_IN_BACKTICKS = re.compile(r"(?:'[^']*+'|[^'`;])*+`")


@dataclass(slots=True)
class _Rows:
    """The rows that a script has for one table, whose columns are None where nothing names them."""

    name: str
    columns: list[str] | None
    rows: list[tuple[int, Sequence[Scalar]]] = field(default_factory=list)
    words: str = "rows of INSERT statements"


def read_script(schema: Schema, text: str) -> Table | None:
    """Return the table of a script of SQL that has rows for one table of such records, or None; raise TableError."""
    if not HAS_ROWS.search(text):
        return None
    try:
        return _read(schema, text, has_escapes=OF_MYSQL in text)
    except TableError:
        if ESCAPED_QUOTE not in text:
            raise
    # A quote behind a backslash ends no text where all of them can be read so.
    return _read(schema, text, has_escapes=True)


def _read(schema: Schema, text: str, *, has_escapes: bool) -> Table | None:
    script = _Script(schema, text, has_escapes=has_escapes)
    return script.table() if script.read() else None


class _Script:
    """Reads a script, statement by statement."""

    def __init__(self, schema: Schema, text: str, *, has_escapes: bool) -> None:
        self._schema = schema
        self._text = text
        self._tables: dict[str, _Rows] = {}
        self._created: dict[str, list[str]] = {}
        self._left_out: list[str] = []
        self._others: dict[str, None] = {}
        self._behind: dict[str, None] = {}
        self._changing: list[tuple[str, int, str]] = []
        self._has_escapes = has_escapes
        self._has_undone = False
        self._line = 1
        self._counted = 0

    def read(self) -> bool:
        """Read all statements; return whether the text is such a script."""
        text, position = self._text, 0
        while (position := end_of(SPACE, text, position)) < len(text):
            if match := INSERT.match(text, position):
                end = self._inserted(match)
            elif match := COPY.match(text, position):
                end = self._copied(match)
            else:
                end = self._selected(position)
            if end is not None:
                position = end
            else:
                end = end_of_statement(text, position)
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

    def _rows_for(self, table: str, columns: list[str] | None, position: int) -> _Rows | None:
        """Return where the rows of a statement go to; None if its columns are those of another table."""
        name = bare_name(table)
        if columns is None:
            columns = self._created.get(name.lower())
        if self._is_other(name, columns):
            return None
        rows = self._tables.setdefault(name.lower(), _Rows(name, columns))
        if rows.columns != columns:
            line = line_of(self._text, position)
            raise TableError(f"Line {line}: this statement has other columns than the first one.")
        return rows

    def _is_other(self, name: str, columns: list[str] | None) -> bool:
        """Return whether columns are those of other records, and keep the name of their table."""
        if columns is None or names_fields(self._schema, columns):
            return False
        self._others[name] = None
        return True

    def _inserted(self, match: re.Match[str]) -> int | None:
        """Keep the rows of an INSERT statement; return where it ends, None if they are no literals."""
        text = self._text
        # MySQL alone has SET.
        has_escapes = self._has_escapes or "`" in match[0] or match["set"] is not None
        columns = _named(match) or self._created.get(bare_name(match["table"]).lower())
        if self._is_other(bare_name(match["table"]), columns):
            return end_of_statement(text, match.end())
        source = read_source(match, has_escapes=has_escapes)
        if source is None:
            return None
        own = source.names if match["set"] else columns or source.names
        rows = self._rows_for(match["table"], own, match.end())
        if rows is None:
            return end_of_statement(text, source.end)
        self._keep(rows, source)
        self._has_undone |= has_escapes and "\\" in text[match.end() : source.end]
        return self._end_behind(source.end)

    def _selected(self, position: int) -> int | None:
        """Keep rows that are a statement by themselves, or that one has in parentheses; None if it has none."""
        text = self._text
        inner = INNER_ROWS.match(text, position)
        match = inner or ROWS.match(text, position)
        try:
            has_escapes = self._has_escapes or NAME_IN_BACKTICKS.match(text, position) is not None
            source = read_source(match, has_escapes=has_escapes) if match else None
        except TableError:
            return None
        if match is None or source is None:
            return None
        columns, end = source.names, source.end
        if inner:
            behind = BEHIND_INNER_ROWS.match(text, end)
            if behind is None:
                return None
            columns = _named(behind) or _named(inner) or columns
            end = behind.end()
            if inner[0].upper().startswith("SELECT") and (words := self._words(end)):
                line = line_of(text, end)
                raise TableError(f"Line {line}: {quoted(words)} may change its rows. Paste the rows as they are.")
        if columns is None if match["select"] else columns is not None and not names_fields(self._schema, columns):
            return None
        table = (inner["table"] if inner else "") or ""
        rows = self._rows_for(table, columns, position)
        if rows is None:
            return None
        rows.words = "rows of SQL"
        self._keep(rows, source)
        return self._end_behind(end, has_more=inner is not None)

    def _keep(self, rows: _Rows, source: Source) -> None:
        rows.rows += [(self._line_at(begin), row) for row, begin in source.rows]

    def _end_behind(self, position: int, *, has_more: bool = False) -> int:
        """Return where a statement ends whose rows end at an offset, and keep what it has behind them."""
        behind = BEHIND_ROWS.match(self._text, position)
        start = behind.end() if behind else position
        if behind is None and not has_more:
            return position
        if words := self._words(start):
            self._behind[words] = None
        return end_of_statement(self._text, start)

    def _words(self, position: int) -> str:
        """Return the rest of a statement with single spaces."""
        return " ".join(self._text[position : end_of_statement(self._text, position)].split())

    def _copied(self, match: re.Match[str]) -> int:
        text, position = self._text, match.end()
        end = text.find("\n\\.", position - 1)
        end = len(text) if end < 0 else end
        rows = self._rows_for(match["table"], _named(match), match.end())
        if rows is not None:
            rows.words = OF_COPY
            lines = text[position:end].split("\n") if end >= position else []
            first = self._line_at(position)
            # Beyond the number of records that can be sent, rows are only counted.
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
        dialect = IN_COPY if rows.words == OF_COPY else IN_SQL
        return Table(rows.words, rows.columns, rows.rows, dialect, (*notes, *notes_behind(list(self._behind))))

    def _on_columns(self, rows: _Rows) -> tuple[str, ...]:
        is_created = rows.columns is not None and rows.columns is self._created.get(rows.name.lower())
        return (f"The columns are those of CREATE TABLE: {', '.join(rows.columns or ())}.",) if is_created else ()

    def _on_escapes(self, rows: _Rows) -> tuple[str, ...]:
        """Say what becomes of backslashes, where they may be escapes."""
        if self._has_undone:
            return (UNESCAPED,)
        has_any = any("\\" in str(cell.value) for _line, row in rows.rows for cell in row)
        return (MAY_BE_ESCAPED,) if has_any and not STANDARD_TEXTS.search(self._text) else ()


def _named(match: re.Match[str]) -> list[str] | None:
    """Return the columns that a statement names, None if it names none."""
    return None if match["columns"] is None else names_of(match["columns"])


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
