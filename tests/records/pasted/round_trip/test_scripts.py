"""Literals of languages for scripts, as their consoles show them: records come back from what writers make of them.

Compared with Node.js 20.20.2, Ruby 3.1.2, R 4.2.2, Elixir, Lua 5.4 and Perl.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_ids,
    any_texts,
    came_back,
    in_quotes,
    objects,
    rows,
    texts_without_code,
)

SIMPLE = {"\n": "\\n", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\r": "\\r"}


def literal(text: Callable[[str], str], null: str, true: str = "true", false: str = "false") -> Callable[[Any], str]:
    """Return what writes a value as a language does."""

    def written(value: Any) -> str:
        if value is None:
            return null
        if isinstance(value, bool):
            return true if value else false
        return text(value) if isinstance(value, str) else repr(value)

    return written


def in_node(text: str) -> str:
    """Return a text as util.inspect shows it, in quotes that are not in it where there are some."""
    backtick = "" if "`" in text or "${" in text else "`"
    quote = "'" if "'" not in text else '"' if '"' not in text else backtick or "'"
    escapes = {"\n": "\\n", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\r": "\\r", "\v": "\\x0B"}
    hidden = {chr(code): f"\\x{code:02X}" for code in (*range(32), *range(0x7F, 0xA0))}
    return in_quotes(text, quote, hidden | escapes)


def console_log(values: Values) -> str:
    shown = literal(in_node, "null")
    records = (
        ",\n".join(f"    {name}: {shown(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "[\n" + ",\n".join(f"  {{\n{record}\n  }}" for record in records) + "\n]\n"


def console_log_of_maps(values: Values) -> str:
    shown = literal(in_node, "null")
    records = (
        ",\n".join(f"    '{name}' => {shown(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "[\n" + ",\n".join(f"  Map(5) {{\n{record}\n  }}" for record in records) + "\n]\n"


def console_log_of_a_class(values: Values) -> str:
    shown = literal(in_node, "null")
    records = (
        ",\n".join(f"    {name}: {shown(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "[\n" + ",\n".join(f"  User {{\n{record}\n  }}" for record in records) + "\n]\n"


def in_ruby(text: str) -> str:
    escapes = SIMPLE | {"\a": "\\a", "\v": "\\v", "\x1b": "\\e"}
    shown = in_quotes(text, '"', escapes, "\\u{{{:x}}}")
    return shown.replace("#{", "\\#{").replace("#$", "\\#$").replace("#@", "\\#@")


def ruby(values: Values) -> str:
    shown = literal(in_ruby, "nil")
    records = (", ".join(f":{name}=>{shown(value)}" for name, value in record.items()) for record in objects(values))
    return "[" + ", ".join(f"{{{record}}}" for record in records) + "]\n"


def ruby_with_texts(values: Values) -> str:
    shown = literal(in_ruby, "nil")
    records = (", ".join(f'"{name}"=>{shown(value)}' for name, value in record.items()) for record in objects(values))
    return "=> [" + ",\n ".join(f"{{{record}}}" for record in records) + "]\n"


def ruby_structs(values: Values) -> str:
    shown = literal(in_ruby, "nil")
    records = (", ".join(f"{name}={shown(value)}" for name, value in record.items()) for record in objects(values))
    return "[" + ", ".join(f"#<struct User {record}>" for record in records) + "]\n"


def in_r(text: str) -> str:
    octal = {chr(code): f"\\{code:03o}" for code in (*range(32), 0x7F)}
    escapes = SIMPLE | {"\a": "\\a", "\v": "\\v"}
    return in_quotes(text, '"', octal | escapes)


def r_list(values: Values) -> str:
    def written(value: Any) -> str:
        shown = literal(in_r, "NA_integer_", "TRUE", "FALSE")(value)
        return f"{shown}L" if isinstance(value, int) and not isinstance(value, bool) else shown

    records = (", ".join(f"{name} = {written(value)}" for name, value in record.items()) for record in objects(values))
    return "list(" + ", ".join(f"list({record})" for record in records) + ")\n"


def dput(values: Values) -> str:
    def column(cells: tuple[Any, ...]) -> str:
        is_whole = isinstance(cells[0], int) and not isinstance(cells[0], bool)
        shown = literal(in_r, "NA", "TRUE", "FALSE")
        return f"c({', '.join(shown(each) + 'L' * (is_whole and each is not None) for each in cells)})"

    columns = (f"{name} = {column(cells)}" for name, cells in zip(NAMES, zip(*values, strict=True), strict=True))
    return f'structure(list({", ".join(columns)}), class = "data.frame", row.names = c(NA, \n-{len(values)}L))\n'


def in_elixir(text: str) -> str:
    shown = in_quotes(text, '"', SIMPLE | {"\a": "\\a", "\v": "\\v", "\x1b": "\\e"}, "\\x{{{:X}}}")
    return shown.replace("#{", "\\#{")


def elixir(values: Values) -> str:
    shown = literal(in_elixir, "nil")
    records = (
        ", ".join(f'"{name}" => {shown(value)}' for name, value in record.items()) for record in objects(values)
    )
    return "[" + ", ".join(f"%{{{record}}}" for record in records) + "]\n"


def elixir_with_atoms(values: Values) -> str:
    shown = literal(in_elixir, "nil")
    records = (
        ", ".join(f"{name.lower()}: {shown(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "[" + ",\n ".join(f"%Shop.User{{{record}}}" for record in records) + "]\n"


def in_lua(text: str) -> str:
    """Return a text as %q writes it: a number of a character is decimal, and a line break stands behind a backslash."""
    digits = {chr(code): f"\\{code:03}" for code in (*range(32), 0x7F)}
    return in_quotes(text, '"', digits | {"\n": "\\\n"})


def lua(values: Values) -> str:
    shown = literal(in_lua, "nil")
    records = (", ".join(f"{name} = {shown(value)}" for name, value in record.items()) for record in objects(values))
    return "users = {\n" + "".join(f"  {{ {record} }},\n" for record in records) + "}\n"


def in_perl(text: str) -> str:
    """Return a text as Data::Dumper writes it with Useqq, whose numbers of characters are octal."""
    octal = {chr(code): f"\\{code:03o}" for code in (*range(32), 0x7F)}
    escapes = SIMPLE | {"\a": "\\a", "\x1b": "\\e", "$": "\\$", "@": "\\@"}
    return "".join(
        each if ord(each) < 128 else f"\\x{{{ord(each):x}}}" for each in in_quotes(text, '"', octal | escapes)
    )


def perl(values: Values) -> str:
    shown = literal(in_perl, "undef", "1", "0")
    records = (
        ",\n".join(f'    "{name}" => {shown(value)}' for name, value in record.items()) for record in objects(values)
    )
    return "$VAR1 = [\n" + ",\n".join(f"  {{\n{record}\n  }}" for record in records) + "\n];\n"


def in_julia(text: str) -> str:
    escapes = SIMPLE | {"\a": "\\a", "\v": "\\v", "\x1b": "\\e", "$": "\\$"}
    return in_quotes(text, '"', escapes, "\\U{:08x}")


def julia(values: Values) -> str:
    shown = literal(in_julia, "nothing")
    records = (
        ", ".join(f'"{name}" => {shown(value)}' for name, value in record.items()) for record in objects(values)
    )
    return f"Dict{{String, Any}}[{', '.join(f'Dict({record})' for record in records)}]\n"


def powershell(values: Values) -> str:
    shown = literal(lambda text: "'" + text.replace("'", "''") + "'", "$null", "$true", "$false")
    records = ("; ".join(f"{name} = {shown(value)}" for name, value in record.items()) for record in objects(values))
    return "$users = @(\n" + "".join(f"  @{{ {record} }}\n" for record in records) + ")\n"


def nushell(values: Values) -> str:
    shown = literal(lambda text: in_quotes(text, '"', SIMPLE), "null")
    table = ", ".join(f"[{', '.join(map(shown, row))}]" for row in values)
    return f"[[{', '.join(NAMES)}]; {table}]\n"


def nushell_records(values: Values) -> str:
    shown = literal(lambda text: in_quotes(text, '"', SIMPLE), "null")
    records = (", ".join(f"{name}: {shown(value)}" for name, value in record.items()) for record in objects(values))
    return "[" + ", ".join(f"{{{record}}}" for record in records) + "]\n"


FORMATS: dict[str, Writer] = {
    "console.log": console_log,
    "console.log of maps": console_log_of_maps,
    "console.log of a class": console_log_of_a_class,
    "Ruby": ruby,
    "Ruby with texts as names": ruby_with_texts,
    "structs of Ruby": ruby_structs,
    "lists of R": r_list,
    "dput": dput,
    "Elixir": elixir,
    "structs of Elixir": elixir_with_atoms,
    "Lua": lua,
    "Julia": julia,
    "PowerShell": powershell,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


WITHOUT_CODE: dict[str, Writer] = {
    "Data::Dumper": perl,
    "a table of Nushell": nushell,
    "records of Nushell": nushell_records,
}


@pytest.mark.parametrize("name", WITHOUT_CODE)
@settings(max_examples=OF_EACH)
# Nushell writes ESC as it is.
@given(
    values=rows(
        texts_without_code.filter(lambda text: "\x1b" not in text), any_ids.filter(lambda text: "#{" not in text)
    )
)
def test_texts_without_code_come_back(name: str, values: Values) -> None:
    assert came_back(WITHOUT_CODE[name](values)) == values
