"""Literals of compiled languages, in their code and as their programs show them: records come back.

Compared with Go 1.26, rustc and Java; of the others, after their documents.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.test_scripts import SIMPLE, literal
from tests.records.pasted.round_trip.values import (
    OF_EACH,
    Values,
    Writer,
    any_ids,
    any_texts,
    came_back,
    in_quotes,
    objects,
    plain_rows,
    raw_texts,
    rows,
    texts_without_code,
)

CAMEL = ["userId", "age", "score", "vip", "city"]
PASCAL = ["UserID", "Age", "Score", "VIP", "City"]


def members(row: tuple[Any, ...], names: list[str], between: str, written: Any, separator: str = ", ") -> str:
    return separator.join(f"{name}{between}{written(value)}" for name, value in zip(names, row, strict=True))


def in_go(text: str) -> str:
    small = {chr(code): f"\\x{code:02x}" for code in (*range(32), 0x7F)}
    return in_quotes(text, '"', small | SIMPLE | {"\a": "\\a", "\v": "\\v"}, "\\U{:08x}")


def go(values: Values) -> str:
    records = (f"main.User{{{members(row, PASCAL, ':', literal(in_go, 'nil'))}}}" for row in values)
    return "[]main.User{" + ", ".join(records) + "}\n"


def go_maps(values: Values) -> str:
    def written(value: Any) -> str:
        return literal(in_go, "interface {}(nil)")(value)

    records = (
        ", ".join(f'"{name}":{written(value)}' for name, value in sorted(record.items())) for record in objects(values)
    )
    return "[]map[string]interface {}{" + ", ".join(f"map[string]interface {{}}{{{each}}}" for each in records) + "}\n"


def in_rust(text: str) -> str:
    escapes = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
    return in_quotes(text, '"', escapes, "\\u{{{:x}}}")


def rust_pretty(values: Values) -> str:
    def written(name: str, value: Any) -> str:
        if name == "age":
            return "None" if value is None else f"Some(\n            {value},\n        )"
        return literal(in_rust, "None")(value)

    names = ["user_id", "age", "score", "vip", "city"]
    records = (
        "".join(f"        {name}: {written(name, value)},\n" for name, value in zip(names, row, strict=True))
        for row in values
    )
    return "[\n" + "".join(f"    User {{\n{record}    }},\n" for record in records) + "]\n"


def in_swift(text: str) -> str:
    return in_quotes(text, '"', {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}, "\\u{{{:X}}}")


def swift(values: Values) -> str:
    def written(value: Any) -> str:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return f"Optional({value})" if is_whole else literal(in_swift, "nil")(value)

    return "[" + ", ".join(f"Shop.User({members(row, CAMEL, ': ', written)})" for row in values) + "]\n"


def swift_dictionaries(values: Values) -> str:
    records = (
        ", ".join(f'"{name}": {literal(in_swift, "nil")(value)}' for name, value in record.items())
        for record in objects(values)
    )
    return "let users: [[String: Any?]] = [\n" + "".join(f"  [{record}],\n" for record in records) + "]\n"


def in_kotlin(text: str) -> str:
    small = {chr(code): f"\\u{code:04x}" for code in (*range(32), 0x7F)}
    simple = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "$": "\\$"}
    return in_quotes(text, '"', small | simple)


def kotlin(values: Values) -> str:
    records = (
        ", ".join(f'"{name}" to {literal(in_kotlin, "null")(value)}' for name, value in record.items())
        for record in objects(values)
    )
    return "val users = listOf(\n" + "".join(f"    mapOf({record}),\n" for record in records) + ")\n"


def in_c(text: str) -> str:
    """Return a text as Java, C#, Scala and Dart write it."""
    small = {chr(code): f"\\u{code:04x}" for code in (*range(32), 0x7F)}
    return in_quotes(text, '"', small | SIMPLE)


def c_sharp(values: Values) -> str:
    records = (members(row, PASCAL, " = ", literal(in_c, "null")) for row in values)
    return (
        "var users = new List<User>\n{\n" + "".join(f"    new User {{ {record} }},\n" for record in records) + "};\n"
    )


def c_sharp_dictionaries(values: Values) -> str:
    records = (
        ", ".join(f'["{name}"] = {literal(in_c, "null")(value)}' for name, value in record.items())
        for record in objects(values)
    )
    return (
        "var users = new[]\n{\n"
        + "".join(f"    new Dictionary<string, object> {{ {record} }},\n" for record in records)
        + "};\n"
    )


def scala(values: Values) -> str:
    records = (
        ", ".join(f'"{name}" -> {literal(in_c, "null")(value)}' for name, value in record.items())
        for record in objects(values)
    )
    return "val users = Seq(\n" + ",\n".join(f"  Map({record})" for record in records) + "\n)\n"


def java(values: Values) -> str:
    # Map.of takes no null.
    records = (
        ", ".join(f'"{name}", {literal(in_c, "")(value)}' for name, value in record.items() if value is not None)
        for record in objects(values)
    )
    return (
        "List<Map<String, Object>> users = List.of(\n"
        + ",\n".join(f"    Map.of({record})" for record in records)
        + "\n);\n"
    )


def java_constructors(values: Values) -> str:
    records = (", ".join(literal(in_c, "null")(value) for value in row) for row in values)
    return "List<User> users = List.of(" + ", ".join(f"new User({record})" for record in records) + ");\n"


def clojure(values: Values) -> str:
    written = literal(lambda text: in_quotes(text, '"', SIMPLE), "nil")
    records = (", ".join(f":{name} {written(value)}" for name, value in record.items()) for record in objects(values))
    return "[" + " ".join(f"{{{record}}}" for record in records) + "]\n"


def dart(values: Values) -> str:
    def in_dart(text: str) -> str:
        small = {chr(code): f"\\u{code:04x}" for code in (*range(32), 0x7F)}
        return in_quotes(text, "'", small | SIMPLE | {"$": "\\$"})

    records = (
        ", ".join(f"'{name}': {literal(in_dart, 'null')(value)}" for name, value in record.items())
        for record in objects(values)
    )
    return "final users = <Map<String, dynamic>>[\n" + "".join(f"  {{{record}}},\n" for record in records) + "];\n"


def hcl(values: Values) -> str:
    def in_hcl(text: str) -> str:
        simple = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
        return in_quotes(text, '"', simple, "\\U{:08x}").replace("${", "$${").replace("%{", "%%{")

    records = (
        "".join(f"    {name} = {literal(in_hcl, 'null')(value)}\n" for name, value in record.items())
        for record in objects(values)
    )
    return "users = [\n" + "".join(f"  {{\n{record}  }},\n" for record in records) + "]\n"


def terraform_output(values: Values) -> str:
    records = (
        "".join(f'    "{name}" = {json.dumps(value, ensure_ascii=False)}\n' for name, value in record.items())
        for record in objects(values)
    )
    return "users = tolist([\n" + "".join(f"  {{\n{record}  }},\n" for record in records) + "])\n"


FORMATS: dict[str, Writer] = {
    "Go": go,
    "Go's maps": go_maps,
    "Swift": swift,
    "Swift's dictionaries": swift_dictionaries,
    "Kotlin": kotlin,
    "C#": c_sharp,
    "C#'s dictionaries": c_sharp_dictionaries,
    "Scala": scala,
    "Java": java,
    "Java's constructors": java_constructors,
    "Dart": dart,
    "HCL": hcl,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@settings(max_examples=OF_EACH)
@given(values=rows(texts_without_code, any_ids.filter(lambda text: "#{" not in text)))
def test_texts_come_back_from_rust(values: Values) -> None:
    assert came_back(rust_pretty(values)) == values


@settings(max_examples=OF_EACH)
@given(values=rows(raw_texts))
def test_any_text_comes_back_from_clojure(values: Values) -> None:
    assert came_back(clojure(values)) == values


@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back_from_an_output_of_terraform(values: Values) -> None:
    assert came_back(terraform_output(values)) == values
