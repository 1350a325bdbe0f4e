"""Rows with a separator as programs and clients write them, YAML and HTML: records come back from what writers make.

Compared with R 4.2.2, pandas 3.1.1, sqlite 3 and PyYAML; of the databases, after their documents.
"""

import csv
import io
import json
from html import escape
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from tests.records.pasted.round_trip.test_separated import QuotedText
from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_ids,
    any_texts,
    came_back,
    cell,
    objects,
    plain_ids,
    plain_rows,
    raw_texts,
    rows,
    stands_in_quotes,
)


def csv_of(values: Values, missing: str = "", separator: str = ",") -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows([[cell(value, missing, "true", "false") for value in row] for row in values])
    return file.getvalue()


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def write_csv(values: Values) -> str:
    # R puts texts alone in quotes.
    def shown(value: Any) -> str:
        return quoted(value) if isinstance(value, str) else cell(value, "NA", "TRUE", "FALSE")

    lines = (",".join([f'"{number}"', *map(shown, row)]) for number, row in enumerate(values, 1))
    return ",".join(['""', *(f'"{name}"' for name in NAMES)]) + "\n" + "".join(f"{line}\n" for line in lines)


def write_csv2(values: Values) -> str:
    def shown(value: Any) -> str:
        if isinstance(value, float):
            return repr(value).replace(".", ",")
        return quoted(value) if isinstance(value, str) else cell(value, "NA", "TRUE", "FALSE")

    lines = (";".join(map(shown, row)) for row in values)
    return ";".join(f'"{name}"' for name in NAMES) + "\n" + "".join(f"{line}\n" for line in lines)


def spreadsheet(values: Values) -> str:
    return "sep=;\n" + csv_of(values, separator=";")


def outfile(values: Values) -> str:
    # Of INTO OUTFILE with ENCLOSED BY '"': a quote, a backslash and a line break have a backslash before them.
    def shown(value: Any) -> str:
        if isinstance(value, str):
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\\n") + '"'
        return cell(value, "\\N", "1", "0")

    lines = (",".join(map(shown, row)) for row in values)
    return ",".join(f'"{name}"' for name in NAMES) + "\n" + "".join(f"{line}\n" for line in lines)


def batch(values: Values) -> str:
    # Of MariaDB, where NULL is a word.
    def shown(value: Any) -> str:
        text = cell(value, "NULL", "1", "0")
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") if isinstance(value, str) else text

    return "".join("\t".join(map(shown, row)) + "\n" for row in [tuple(NAMES), *values])


def copy_csv(values: Values) -> str:
    # Of PostgreSQL, where an empty text has quotes, and no value has none.
    def shown(value: Any) -> str:
        text = cell(value, "", "t", "f")
        return quoted(text) if isinstance(value, str) and any(mark in text for mark in ',"\n') else text

    return ",".join(NAMES) + "\n" + "".join(",".join(map(shown, row)) + "\n" for row in values)


def mode_quote(values: Values) -> str:
    # Of sqlite's mode quote, whose texts are literals of SQL.
    def shown(value: Any) -> str:
        return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else cell(value, "NULL", "1", "0")

    return "".join(",".join(map(shown, row)) + "\n" for row in [tuple(NAMES), *values])


def to_html(values: Values) -> str:
    head = "\n".join(f"      <th>{name}</th>" for name in ("", *NAMES))
    body = "\n".join(
        f"    <tr>\n      <th>{number}</th>\n"
        + "".join(f"      <td>{escape(cell(value, 'None', 'True', 'False'))}</td>\n" for value in row)
        + "    </tr>"
        for number, row in enumerate(values)
    )
    return (
        f'<table border="1" class="dataframe">\n  <thead>\n    <tr style="text-align: right;">\n{head}\n    </tr>\n'
        f"  </thead>\n  <tbody>\n{body}\n  </tbody>\n</table>"
    )


def sqlite_html(values: Values) -> str:
    # sqlite's shell leaves the quotes of texts as they are.
    heading = "<TR>" + "\n".join(f"<TH>{name}</TH>" for name in NAMES) + "\n</TR>\n"
    lines = ("\n".join(f"<TD>{escape(cell(value, '', '1', '0'))}</TD>" for value in row) for row in values)
    return heading + "".join(f"<TR>{line}\n</TR>\n" for line in lines)


def yaml_documents(values: Values) -> str:
    return yaml.dump_all(objects(values), Dumper=QuotedText, sort_keys=False, explicit_start=True)


class Name(str):
    """The name of a field, which needs no quotes."""


QuotedText.add_representer(Name, lambda dumper, name: dumper.represent_scalar("tag:yaml.org,2002:str", str(name)))


def yaml_flow(values: Values) -> str:
    named = [{Name(name): value for name, value in record.items()} for record in objects(values)]
    return yaml.dump(named, Dumper=QuotedText, sort_keys=False, default_flow_style=True)


FORMATS: dict[str, Writer] = {
    "write.csv": write_csv,
    "write.csv2": write_csv2,
    "sep=;": spreadsheet,
    "COPY as CSV": copy_csv,
    "a document of a shell": lambda values: f"cat > users.csv <<'EOF'\n{csv_of(values)}EOF\n",
    "CSV in a text of JSON": lambda values: json.dumps({"kind": "ConfigMap", "data": {"users.csv": csv_of(values)}}),
    "documents of YAML": yaml_documents,
}
# Where nothing else tells the client, a backslash may be one: it stays as it is, and the page says so. Of a line break in
# a text of sqlite, the page says that it is refused.
WITH_DOUBTS: dict[str, Writer] = {
    "INTO OUTFILE": outfile,
    "--batch": batch,
    "mode quote": mode_quote,
    # Blanks beside bars are those of the layout.
    "bars": lambda values: csv_of(values, separator="|"),
}
PLAIN_FORMATS: dict[str, Writer] = {
    "to_html": to_html,
    "HTML of sqlite": sqlite_html,
    "a text of Python": lambda values: f'csv = """{csv_of(values)}"""\n',
    "a text of JavaScript": lambda values: f"const csv = `{csv_of(values)}`;\n",
    "CSV below a title": lambda values: f"Users of November\n\n{csv_of(values)}",
    "CSV in a mail": lambda values: f"Hello,\n\nplease add these users:\n\n{csv_of(values)}\nThanks,\nNina\n",
    "names and values with equals signs": lambda values: "".join(
        " ".join(f"{name.lower()}={value!r}" for name, value in record.items()) + "\n" for record in objects(values)
    ),
}


def is_certain(text: str) -> bool:
    """Return whether a text has nothing that may be an escape, a line break or a blank of the layout."""
    return not set(text) & set("\\\t\n") and text == text.strip() and not stands_in_quotes(text)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(
    values=rows(
        raw_texts.filter(lambda text: not stands_in_quotes(text)),
        any_ids.filter(lambda text: not stands_in_quotes(text)),
    )
)
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@pytest.mark.parametrize("name", WITH_DOUBTS)
@settings(max_examples=OF_EACH)
# A row that begins with marks may begin with a prompt.
@given(values=rows(raw_texts.filter(is_certain), plain_ids))
def test_texts_without_escapes_come_back(name: str, values: Values) -> None:
    assert came_back(WITH_DOUBTS[name](values)) == values


@pytest.mark.parametrize("name", PLAIN_FORMATS)
@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back(name: str, values: Values) -> None:
    assert came_back(PLAIN_FORMATS[name](values)) == values


@settings(max_examples=OF_EACH)
# A colon behind a quote is that of a name in quotes, with which a text in brackets is JSON and no YAML.
@given(values=rows(any_texts.filter(lambda text: ":" not in text), plain_ids))
def test_any_text_comes_back_from_yaml_in_flow_style(values: Values) -> None:
    assert came_back(yaml_flow(values)) == values
