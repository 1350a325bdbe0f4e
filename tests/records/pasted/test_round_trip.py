"""Random valid records, written in every format by writers that share no code with the readers, come back the same."""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from html import escape
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from tests.records.literal_schemas import users_schema
from tests.support.numbers import IS_WHOLE

# Random records for each format.
OF_EACH = 50 if IS_WHOLE else 10
SCHEMA = users_schema(AGE=["null", "int"], SCORE="double", VIP="boolean", CITY="string")
DATASET_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
# What Rust's Debug has for these.
RUST = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"} | {
    chr(code): f"\\u{{{code:x}}}" for code in (*range(1, 9), *range(11, 32))
}
NAMES = ["USER_ID", "AGE", "SCORE", "VIP", "CITY"]

# Texts that a format with a typed table can carry; what a format cannot carry is left out of it below.
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"])
words = st.text(letters, min_size=1, max_size=8)
texts = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda text: text[-1] not in ".\u2026")
# What is in quotes in each row of a column is what a program that shows quotes has printed.
QUOTES = frozenset("\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb")
# What Markdown takes a backslash before.
MARKS = re.compile(r"[!-/:-@\[-`{-~]")
any_texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=12)
# A missing value of another program is no text in a field of numbers, and read as null in some of these formats.
ages = st.none() | st.integers(-(2**31), 2**31 - 1)
scores = st.floats(-1e15, 1e15).map(lambda value: round(value, 3))


def rows(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Give 1 to 4 rows of values in the order of the schema, with a text of a strategy, and ids that differ."""
    ids = words.filter(lambda each: text_is_plain(each) and each[-1] != ".")
    row = st.tuples(ids, ages, scores, st.booleans(), text.filter(text_is_plain))
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda each: each[0])


def text_is_plain(text: str) -> bool:
    # A spreadsheet writes ="1" for the text 1, `string` is a placeholder of the template, and … ends what was cut.
    return text != "string" and not text.startswith('="') and not text.endswith("\u2026")


def came_back(text: str) -> list[tuple[Any, ...]]:
    """Return the values of the records that one press makes of a text, or those of the text as it stands."""
    detected = detect(SCHEMA, "", text)
    assert detected is None or detected.refusal == "", detected
    validation = validate_record_input(SCHEMA, detected.text if detected else text)
    assert validation.problems == ()
    names = ("age", "score", "vip", "city")
    return [(each.record_id, *(each.properties.get(name) for name in names)) for each in validation.records]


def objects(values: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(NAMES, row, strict=True)) for row in values]


def cell(value: Any, missing: str, true: str, false: str) -> str:
    if value is None:
        return missing
    return {True: true, False: false}[value] if isinstance(value, bool) else str(value)


def separated(separator: str, missing: str) -> Callable[[list[tuple[Any, ...]]], str]:
    def write(values: list[tuple[Any, ...]]) -> str:
        file = io.StringIO()
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerow(NAMES)
        writer.writerows([[cell(value, missing, "true", "false") for value in row] for row in values])
        return file.getvalue()

    return write


def ruled(values: list[tuple[Any, ...]]) -> str:
    cells = [NAMES, *([cell(value, "NULL", "1", "0") for value in row] for row in values)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(NAMES))]
    line = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    body = [
        "|" + "|".join(f" {text:<{width}} " for text, width in zip(row, widths, strict=True)) + "|" for row in cells
    ]
    return "\n".join([line, body[0], line, *body[1:], line, f"{len(values)} rows in set (0.00 sec)"])


class QuotedText(yaml.SafeDumper):
    """Puts all texts in quotes: what is a number to YAML 1.2 may be a text to PyYAML."""


QuotedText.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def vertical(values: list[tuple[Any, ...]]) -> str:
    blocks = [
        f"-[ RECORD {number} ]---\n"
        + "\n".join(f"{name:<7} | {cell(value, '', 't', 'f')}" for name, value in zip(NAMES, row, strict=True))
        for number, row in enumerate(values, 1)
    ]
    return "\n".join(blocks) + "\n"


def vertical_in_box(values: list[tuple[Any, ...]]) -> str:
    cells = [[cell(value, "", "t", "f") for value in row] for row in values]
    width = max(len(text) for row in cells for text in row)
    blocks = [
        f"+-[ RECORD {number} ]+{'-' * (width + 2)}+\n"
        + "\n".join(f"| {name:<7} | {text:<{width}} |" for name, text in zip(NAMES, row, strict=True))
        for number, row in enumerate(cells, 1)
    ]
    return "\n".join([*blocks, f"+---------+{'-' * (width + 2)}+"]) + "\n"


def unaligned(values: list[tuple[Any, ...]]) -> str:
    blocks = (
        "\n".join(f"{name}|{cell(value, '', 't', 'f')}" for name, value in each.items()) for each in objects(values)
    )
    return "\n\n".join(blocks) + "\n"


def transposed(values: list[tuple[Any, ...]]) -> str:
    file = io.StringIO()
    rows = [[cell(value, "", "TRUE", "FALSE") for value in row] for row in values]
    csv.writer(file, delimiter="\t", lineterminator="\n").writerows(zip(NAMES, *rows, strict=True))
    return file.getvalue()


def markdown(values: list[tuple[Any, ...]]) -> str:
    def escaped(value: Any) -> str:
        text = cell(value, "", "True", "False")
        return MARKS.sub(r"\\\g<0>", text) if isinstance(value, str) else text

    lines = ["| " + " | ".join(map(escaped, row)) + " |" for row in [NAMES, *values]]
    return "\n".join([lines[0], "|" + "---|" * len(NAMES), *lines[1:]])


def ruby(values: list[tuple[Any, ...]]) -> str:
    hashes = (
        ", ".join(
            f"{name}: " + ("nil" if value is None else json.dumps(value).replace("#", "\\u0023"))
            for name, value in record.items()
        )
        for record in objects(values)
    )
    return "[" + ", ".join(f"{{{each}}}" for each in hashes) + "]"


def php(values: list[tuple[Any, ...]]) -> str:
    def literal(value: Any) -> str:
        if isinstance(value, str):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return json.dumps(value)

    arrays = (
        ", ".join(f"'{name}' => {literal(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "$users = [" + ", ".join(f"[{each}]" for each in arrays) + "];"


def dynamodb(values: list[tuple[Any, ...]]) -> str:
    def typed(value: Any) -> dict[str, Any]:
        if value is None:
            return {"NULL": True}
        if isinstance(value, bool):
            return {"BOOL": value}
        return {"S": value} if isinstance(value, str) else {"N": json.dumps(value)}

    items = [{name: typed(value) for name, value in record.items()} for record in objects(values)]
    return json.dumps({"Items": items, "Count": len(items)})


def inserts(values: list[tuple[Any, ...]]) -> str:
    def literal(value: Any) -> str:
        return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else cell(value, "NULL", "TRUE", "FALSE")

    columns = ", ".join(f'"{name}"' for name in NAMES)
    rows = (f"({', '.join(literal(value) for value in row)})" for row in values)
    return "".join(f"INSERT INTO users ({columns}) VALUES {row};\n" for row in rows)


def dump(values: list[tuple[Any, ...]]) -> str:
    head = (
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE users (USER_ID TEXT, AGE INT, SCORE, VIP, CITY);\n"
    )
    return (
        head + inserts(values).replace(f" ({', '.join(chr(34) + name + chr(34) for name in NAMES)})", "") + "COMMIT;\n"
    )


def mysql_dump(values: list[tuple[Any, ...]]) -> str:
    def literal(value: Any) -> str:
        if isinstance(value, str):
            escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            return f"'{escaped}'"
        return cell(value, "NULL", "1", "0")

    rows = ",\n".join(f"({','.join(literal(value) for value in row)})" for row in values)
    return f"/*!40101 SET NAMES utf8 */;\nINSERT INTO `users` ({','.join(f'`{name}`' for name in NAMES)}) VALUES\n{rows};\n"


def copy(values: list[tuple[Any, ...]]) -> str:
    def written(value: Any) -> str:
        text = cell(value, "\\N", "t", "f")
        is_text = isinstance(value, str)
        return (
            text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\b", "\\b")
            if is_text
            else text
        )

    rows = "".join("\t".join(written(value) for value in row) + "\n" for row in values)
    return f"SET row_security = off;\n\nCOPY public.users ({', '.join(NAMES)}) FROM stdin;\n{rows}\\.\n\n--\n"


def pairs(values: list[tuple[Any, ...]]) -> str:
    return "\n".join(
        " ".join(
            f"{name}={json.dumps(value) if isinstance(value, str) else cell(value, '', 'true', 'false')}"
            for name, value in record.items()
        )
        for record in objects(values)
    )


def extended_json(values: list[tuple[Any, ...]]) -> str:
    def typed(value: Any) -> Any:
        if isinstance(value, bool) or value is None or isinstance(value, str):
            return value
        return {"$numberInt" if isinstance(value, int) else "$numberDouble": str(value)}

    records = ({"_id": {"$oid": "0" * 24}, **record} for record in objects(values))
    return json.dumps([{name: typed(value) for name, value in record.items()} for record in records])


def html_table(values: list[tuple[Any, ...]]) -> str:
    cells = [NAMES, *([cell(value, "", "t", "f") for value in row] for row in values)]
    rows = ("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in cells)
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def sqlite_lines(values: list[tuple[Any, ...]]) -> str:
    return "\n\n".join(
        "\n".join(f"{name:>7} = {cell(value, '', '1', '0')}" for name, value in record.items())
        for record in objects(values)
    )


def box(values: list[tuple[Any, ...]]) -> str:
    line = "┼".join("─" * 5 for _name in NAMES)
    rows = ("│" + "│".join(f" {cell(value, '', 'true', 'false')} " for value in row) + "│" for row in values)
    return "\n".join(["│" + "│".join(f" {name} " for name in NAMES) + "│", f"├{line}┤", *rows])


def lines(values: list[tuple[Any, ...]]) -> list[str]:
    return [json.dumps(each) for each in objects(values)]


def gron(values: list[tuple[Any, ...]]) -> str:
    paths = ["json = [];"]
    for number, record in enumerate(objects(values)):
        paths.append(f"json[{number}] = {{}};")
        paths += [f"json[{number}].{name} = {json.dumps(value)};" for name, value in record.items()]
    return "\n".join(paths)


def jq_stream(values: list[tuple[Any, ...]]) -> str:
    events: list[Any] = []
    for number, record in enumerate(objects(values)):
        events += [[[number, name], value] for name, value in record.items()]
        events.append([[number, NAMES[-1]]])
    return "\n".join(json.dumps(each, separators=(",", ":")) for each in [*events, [[len(values) - 1]]])


def bulk(values: list[tuple[Any, ...]]) -> str:
    actions = (json.dumps({"index": {"_index": "users", "_id": str(number)}}) for number in range(len(values)))
    return "\n".join(line for pair in zip(actions, lines(values), strict=True) for line in pair)


def toml(values: list[tuple[Any, ...]]) -> str:
    # It has no null: the name is left out. Nor has it halves of pairs, and DEL is written as an escape.
    def shown(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

    tables = (
        "\n".join(f"{name} = {shown(value)}" for name, value in record.items() if value is not None)
        for record in objects(values)
    )
    return "\n\n".join(f"[[users]]\n{table}" for table in tables)


def javascript(values: list[tuple[Any, ...]]) -> str:
    records = (", ".join(f"{name}: {json.dumps(value)}" for name, value in each.items()) for each in objects(values))
    return "const users = [\n" + "".join(f"  {{ {record} }},\n" for record in records) + "];"


def perl(values: list[tuple[Any, ...]]) -> str:
    def shown(value: Any) -> str:
        if isinstance(value, str):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return "undef" if value is None else str(int(value)) if isinstance(value, bool) else repr(value)

    records = (", ".join(f"'{name}' => {shown(value)}" for name, value in each.items()) for each in objects(values))
    return "$VAR1 = [\n" + ",\n".join(f"          {{ {record} }}" for record in records) + "\n        ];"


def put_users(values: list[tuple[Any, ...]]) -> str:
    properties = ({"age": row[1], "score": row[2], "vip": row[3], "city": row[4]} for row in values)
    users = [{"userId": row[0], "properties": json.dumps(each)} for row, each in zip(values, properties, strict=True)]
    return f"aws personalize-events put-users --dataset-arn {DATASET_ARN} --users {shlex.quote(json.dumps(users))}"


def config_map(values: list[tuple[Any, ...]]) -> str:
    return "kind: ConfigMap\ndata:\n  users.jsonl: |\n" + "".join(f"    {line}\n" for line in lines(values))


def python_models(values: list[tuple[Any, ...]]) -> str:
    records = (", ".join(f"{name}={value!r}" for name, value in each.items()) for each in objects(values))
    return "[" + ", ".join(f"User({record})" for record in records) + "]"


def rust(values: list[tuple[Any, ...]]) -> str:
    def shown(name: str, value: Any) -> str:
        if isinstance(value, str):
            return '"' + "".join(RUST.get(each, each) for each in value) + '"'
        if name == "AGE":
            return "None" if value is None else f"Some({value})"
        return str(value).lower()

    records = (", ".join(f"{name}: {shown(name, value)}" for name, value in each.items()) for each in objects(values))
    return "[" + ", ".join(f"User {{ {record} }}" for record in records) + "]"


def tribble(values: list[tuple[Any, ...]]) -> str:
    def shown(value: Any) -> str:
        if isinstance(value, str):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, bool):
            return str(value).upper()
        return "NA" if value is None else f"{value}L" if isinstance(value, int) else repr(value)

    cells = (", ".join(map(shown, row)) for row in values)
    return "tibble::tribble(\n  ~" + ", ~".join(NAMES) + ",\n  " + ",\n  ".join(cells) + "\n)"


def conditions(values: list[tuple[Any, ...]]) -> str:
    def condition(name: str, value: Any) -> str:
        if value is None:
            return f"{name} IS NULL"
        quote = "'"
        return f"{name} = " + (
            f"'{value.replace(quote, quote * 2)}'" if isinstance(value, str) else str(value).lower()
        )

    rows = (" AND ".join(condition(name, value) for name, value in each.items()) for each in objects(values))
    return "\nOR ".join(f"({row})" for row in rows)


def pino_pretty(values: list[tuple[Any, ...]]) -> str:
    return "".join(
        f"[10:00:0{number}.123] INFO (4711): user\n"
        + "".join(f"    {name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in each.items())
        for number, each in enumerate(objects(values))
    )


def aligned(values: list[tuple[Any, ...]]) -> str:
    table = [NAMES, *([cell(value, "NULL", "true", "false") for value in row] for row in values)]
    widths = [max(len(row[column]) for row in table) for column in range(len(NAMES))]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in table)


def ltsv(values: list[tuple[Any, ...]]) -> str:
    records = ({name: cell(value, "", "true", "false") for name, value in each.items()} for each in objects(values))
    return "\n".join("\t".join(f"{name}:{text}" for name, text in each.items()) for each in records)


TEXT_FORMATS: dict[str, Callable[[list[tuple[Any, ...]]], str]] = {
    "JSON": lambda values: json.dumps(objects(values), indent=2),
    "JSON Lines": lambda values: "\n".join(json.dumps(each, ensure_ascii=False) for each in objects(values)),
    "Python": lambda values: f"users = {objects(values)!r}",
    "Python's tuples": lambda values: repr([tuple(NAMES), *values]),
    "Ruby": ruby,
    "PHP": php,
    "YAML": lambda values: yaml.dump(objects(values), Dumper=QuotedText, sort_keys=False),
    "CSV": separated(",", ""),
    "semicolons": separated(";", "NULL"),
    "tabs": separated("\t", ""),
    "DynamoDB": dynamodb,
    "INSERT": inserts,
    "a dump of sqlite": dump,
    "a dump of MySQL": mysql_dump,
    "a dump of PostgreSQL": copy,
    "rows as columns": transposed,
    "names and values": pairs,
    "extended JSON": extended_json,
    "columns": lambda values: json.dumps(dict(zip(NAMES, map(list, zip(*values, strict=True)), strict=True))),
    "a text": lambda values: json.dumps(json.dumps(objects(values))),
    "a code fence": lambda values: f"```json\n{json.dumps(objects(values), indent=1)}\n```",
    "gron": gron,
    "jq's stream": jq_stream,
    "Elasticsearch's bulk": bulk,
    "a stream of events": lambda values: "".join(f"event: user\ndata: {line}\n\n" for line in lines(values)),
    "numbered lines": lambda values: "\n".join(f"{n:6}\t{line}" for n, line in enumerate(lines(values), 1)),
    "a log": lambda values: "\n".join(
        f"2026-11-30T10:00:0{n}Z INFO user {line}" for n, line in enumerate(lines(values))
    ),
    "a quotation": lambda values: "\n".join(f"> {line}" for line in lines(values)),
    "TOML": toml,
    "JavaScript": javascript,
    "Perl": perl,
    "an AWS CLI command": put_users,
    "a ConfigMap": config_map,
    "Python's models": python_models,
    "Rust": rust,
    "tribble": tribble,
    "conditions of SQL": conditions,
    "pino-pretty": pino_pretty,
    "colours": lambda values: "\n".join(f"\x1b[32m{line}\x1b[0m" for line in lines(values)),
    "Kibana's requests": lambda values: "\n\n".join(f"POST users/_doc\n{line}" for line in lines(values)),
    "a diff": lambda values: "".join(f"+{line}\n" for line in ("++ b/users.jsonl", *lines(values))),
    "a session": lambda values: "\n".join(("$ cat users.jsonl", *lines(values), "$ ")),
    "prose": lambda values: f"Hello,\n\nplease create these:\n\n{json.dumps(objects(values))}\n\nBest, Ann\n",
    "JSON that is cut": lambda values: json.dumps([*objects(values), {"USER_ID": "cut", "AGE": 34}])[:-9],
}
PLAIN_FORMATS: dict[str, Callable[[list[tuple[Any, ...]]], str]] = {
    "MySQL": ruled,
    "psql's records": vertical,
    "psql's records in a box": vertical_in_box,
    "psql's records without alignment": unaligned,
    "Markdown": markdown,
    "HTML": html_table,
    "sqlite's lines": sqlite_lines,
    "a box": box,
    "LTSV": ltsv,
}


@settings(max_examples=OF_EACH * len(TEXT_FORMATS))
@given(rows(any_texts), st.sampled_from(sorted(TEXT_FORMATS)))
def test_any_text_comes_back_from_formats_that_quote_it(values: list[tuple[Any, ...]], name: str) -> None:
    assert came_back(TEXT_FORMATS[name](values)) == values


@settings(max_examples=OF_EACH * len(PLAIN_FORMATS))
@given(rows(texts), st.sampled_from(sorted(PLAIN_FORMATS)))
def test_words_come_back_from_tables_that_quote_nothing(values: list[tuple[Any, ...]], name: str) -> None:
    # Where characters are of several widths, nobody can tell a bar in a cell from one between cells.
    bar = {"MySQL": "|", "a box": "\u2502"}.get(name, "\n")
    assume(bar not in "".join(f"{row[0]}{row[4]}" for row in values))
    assume(not any(len(text) > 1 and {text[0], text[-1]} <= QUOTES for row in values for text in (row[0], row[4])))
    assert came_back(PLAIN_FORMATS[name](values)) == values


# Where it is blanks alone that stand between columns, their width tells them apart only if all characters have one.
aligned_rows = st.lists(
    st.tuples(
        st.from_regex(r"[a-z]{2,8}-[0-9]{1,4}", fullmatch=True),
        ages,
        scores,
        st.booleans(),
        st.from_regex(r"[A-Z][a-z]{1,7}( [A-Z][a-z]{1,7})?", fullmatch=True),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each[0],
)


@settings(max_examples=OF_EACH * 5)
@given(aligned_rows)
def test_aligned_columns_come_back(values: list[tuple[Any, ...]]) -> None:
    assert came_back(aligned(values)) == values
