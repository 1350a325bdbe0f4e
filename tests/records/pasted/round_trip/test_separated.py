"""Rows with a separator, and YAML: records come back from what writers make of them."""

import csv
import io

import pytest
import yaml
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_ids,
    came_back,
    cell,
    objects,
    raw_texts,
    rows,
    stands_in_quotes,
)


def separated(separator: str, missing: str) -> Writer:
    def write(values: Values) -> str:
        file = io.StringIO()
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerow(NAMES)
        writer.writerows([[cell(value, missing, "true", "false") for value in row] for row in values])
        return file.getvalue()

    return write


class QuotedText(yaml.SafeDumper):
    """Puts all texts in quotes: what is a number to YAML 1.2 may be a text to PyYAML."""


QuotedText.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


FORMATS: dict[str, Writer] = {
    "CSV": separated(",", ""),
    "semicolons": separated(";", "NULL"),
    "tabs": separated("\t", ""),
    "YAML": lambda values: yaml.dump(objects(values), Dumper=QuotedText, sort_keys=False),
}


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
