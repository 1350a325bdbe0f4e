"""JSON and JSON Lines, in all the shapes of record input."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from console.records.files.heading_fields import fields_of_columns
from console.records.files.readers import json_documents, text
from console.records.files.readers.batches import batches
from console.records.files.readers.look import look_at
from console.records.files.source import BadCell, FileError, FileKind
from tests.records.files.readers.reading import SCHEMA, broken, look, others_of, pack, rows_of, write
from tests.records.literal_schemas import events_schema, users_schema

ALL = ("userId", "age", "score", "vip", "memberSince", "membershipType", "city")
U = ("u", None, None, None, None, None, None)
V = ("v", None, None, None, None, None, None)
NO_NUMBER = "JSON has no such number: write null, or leave the name out."
AN_OBJECT = BadCell("an object", "Write its values beside the others, each under a name of its own.")
A_LIST = BadCell("a list", "Write a text; several categories are one text, with | between them.")


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ('{"userId": "u"}\n{"userId": "v"}\n', {1: U, 2: V}),
        ('{"userId": "u"}', {1: U}),
        ('\n{"userId": "u"}\r\n\r\n{"userId": "v"}', {2: U, 4: V}),
        ('{"userId": "u"}\r{"userId": "v"}', {1: U, 2: V}),
        # All names of a field are one column, in properties or beside them.
        ('{"userId": "u", "age": 3}\n{"USER_ID": "u", "AGE": 3}\n', {1: ("u", 3, *U[2:]), 2: ("u", 3, *U[2:])}),
        (
            '{"userId": "u", "properties": {"age": 3}}\n{"userId": "u", "properties": "{\\"AGE\\": 3}"}\n',
            {1: ("u", 3, *U[2:]), 2: ("u", 3, *U[2:])},
        ),
        ('{"userId": "u", "properties": null}\n{"userId": "v", "properties": {}}\n', {1: U, 2: V}),
        # No digit of a number is lost.
        (
            '{"userId": 1234567890123456787, "score": 0.10, "age": 1.0}\n{"userId": "v", "score": 1E3}\n',
            {
                1: (1234567890123456787, Decimal("0.10"), Decimal("1.0"), *U[3:]),
                2: ("v", Decimal("1E3"), *U[2:]),
            },
        ),
        (
            '{"userId": "u", "score": NaN}\n{"userId": "u", "score": -Infinity}\n',
            {1: ("u", BadCell("NaN", NO_NUMBER), *U[2:]), 2: ("u", BadCell("-Infinity", NO_NUMBER), *U[2:])},
        ),
        (
            '{"userId": "u", "membershipType": ["a", "b"]}\n{"userId": "v", "membershipType": {"a": 1}}\n',
            {1: ("u", A_LIST, *U[2:]), 2: ("v", AN_OBJECT, *U[2:])},
        ),
        (
            '{"userId": "u", "age": 3, "AGE": 4, "properties": {"userId": "v"}}\n{"userId": "v", "vip": true}\n',
            {
                1: (
                    BadCell("both “userId” and “userId”", "They are one field: keep one of them."),
                    BadCell("both “age” and “AGE”", "They are one field: keep one of them."),
                    *U[2:],
                ),
                2: ("v", None, True, *U[3:]),
            },
        ),
        ('{"userId": ""}\n{"userId": null}\n', {1: ("", *U[1:]), 2: (None, *U[1:])}),
        ('{"userId": "a\\u2028\\u0085\u2028"}\n{"userId": "u"}\n', {1: ("a\u2028\x85\u2028", *U[1:]), 2: U}),
        # A line that is broken says nothing of the others.
        (
            '{"userId": "u", "ci\n{"userId": "v"}\n{"userId" "w"}\n["x"]\n3\n"t"\nnull\ntrue\n',
            {
                1: broken(1, "a JSON object", "a line that ends in the middle of the object", '{"userId": "u", "ci'),
                2: V,
                3: broken(3, "a JSON object", 'no JSON from character 11 on: “"w"}”', '{"userId" "w"}'),
                4: broken(4, "a JSON object", "a list", '["x"]'),
                5: broken(5, "a JSON object", "a number", "3"),
                6: broken(6, "a JSON object", "a text", '"t"'),
                7: broken(7, "a JSON object", "null", "null"),
                8: broken(8, "a JSON object", "true or false", "true"),
            },
        ),
        (
            '{"userId": "u", "properties": "{"}\n{"userId": "v", "properties": [1]}\n{"userId": "v"}\n',
            {
                1: broken(
                    1,
                    "a JSON object",
                    "properties that are neither an object nor the text of one",
                    '{"userId": "u", "properties": "{"}',
                ),
                2: broken(
                    2,
                    "a JSON object",
                    "properties that are neither an object nor the text of one",
                    '{"userId": "v", "properties": [1]}',
                ),
                3: V,
            },
        ),
        # DynamoDB exports records so to S3, and MongoDB has types of its own.
        (
            '{"Item": {"userId": {"S": "u"}, "age": {"N": "30"}, "score": {"N": "0.10"}, "vip": {"BOOL": true}}}\n'
            '{"Item": {"userId": {"S": "v"}, "age": {"NULL": true}, "score": {"SS": ["a"]}, "vip": {"M": {}}}}\n',
            {1: ("u", 30, Decimal("0.10"), True, *U[4:]), 2: ("v", None, A_LIST, AN_OBJECT, *U[4:])},
        ),
        (
            '{"userId": {"$oid": "u"}, "age": {"$numberInt": "30"}}\n'
            '{"userId": "v", "memberSince": {"$date": {"$numberLong": "1577836800000"}}}\n',
            {1: ("u", 30, None, *U[3:]), 2: ("v", None, 1577836800, *U[3:])},
        ),
        ('{"userId": "u"}\n{"userId": "v", "age": {"N": "x"}}\n', {1: U, 2: ("v", "x", *U[2:])}),
        ('{"userId": "u"}\n{}\n{"userId": "v"}\n', {1: U, 3: V}),
    ],
)
def test_reads_lines(tmp_path: Path, file: str, rows: dict[int, Any]) -> None:
    path = write(tmp_path / "users", file)
    assert look(path).kind == FileKind.JSON_LINES
    assert rows_of(path) == rows


@pytest.mark.parametrize("line", ['{"userId": ' + "9" * 5000 + "}", "[" * 200_000])
def test_a_line_that_python_does_not_read(tmp_path: Path, line: str) -> None:
    found = "a number of thousands of digits, or objects within objects without an end"
    rows = rows_of(write(tmp_path / "users", f'{{"userId": "u"}}\n{line}\n{{"userId": "v"}}\n'))
    assert rows == {1: U, 2: broken(2, "a JSON object", found, line[:2000]), 3: V}


@pytest.mark.parametrize(
    ("file", "place", "rows"),
    [
        ('[{"userId": "u"}, {"userId": "v"}]', "", {1: U, 2: V}),
        ('\n [\n{"userId": "u"}\n,\n{"userId": "v"}\n]\n', "", {1: U, 2: V}),
        ('{"page": 1, "users": [{"userId": "u"}, {"userId": "v"}]}', "users", {1: U, 2: V}),
        ('{"page": 1,\n"data": {"Items": [{"userId": "u"}, {"userId": "v"}]}}', "data.Items", {1: U, 2: V}),
        # The first list whose objects name fields is it, and not one within these.
        ('{"tags": [{"id": 1}], "x": [1, [2]], "y": [{"userId": "u"}]}', "y", {1: U}),
        ('[{"orders": [{"userId": "a", "x": {}}], "userId": "u"}]', "", {1: (A_LIST, "u", *U[1:])}),
        ('[[{"userId": "u"}], [{"userId": "v"}]]', "item", {1: U, 2: V}),
        ('[{"users": [{"userId": "u"}]}, {"users": [{"userId": "v"}]}]', "item.users", {1: U, 2: V}),
        # The answers of several calls, one after the other.
        ('{\n"users": [{"userId": "u"}]}\n{"users": [{"userId": "v"}]}', "users", {1: U, 2: V}),
        # Records one after the other, and a single one.
        ('{\n"userId": "u"\n}\n{\n"userId": "v"\n}', "", {1: U, 2: V}),
        ('{\n"userId": "u",\n"membershipType": [{"userId": "x"}]}', "", {1: ("u", A_LIST, *U[2:])}),
        (
            '{"users": [\n{"userId": 1234567890123456787, "score": 0.10},\n{"userId": "v", "score": 1}\n]}',
            "users",
            {1: (1234567890123456787, Decimal("0.10"), *U[2:]), 2: ("v", 1, *U[2:])},
        ),
        ('{"users": [\n{"userId": "u"}\n]}', "users", {1: U}),
        ('[{"userId": "u"}, 3, [], {"userId": "v"}]', "", {1: U, 2: broken(2, "a JSON object", "a number"), 3: broken(3, "a JSON object", "a list"), 4: V}),
        ('[{"userId": "u", "properties": {"userId2": 1}}, {"userId": "v"}]', "", {1: ("u", 1, *U[1:]), 2: ("v", None, *U[1:])}),
    ],
)  # fmt: skip
def test_reads_documents(tmp_path: Path, file: str, place: str, rows: dict[int, Any]) -> None:
    path = write(tmp_path / "users", file)
    found = look(path)
    assert (found.kind, found.place) == (FileKind.JSON, place)
    assert rows_of(path) == rows


@pytest.mark.parametrize(
    ("file", "encoding", "words"),
    [
        ('[{"userId": "Zürich"}]', "utf-8", "a JSON file"),
        ('{"users": [{"userId": "Zürich"}]}', "utf-8-sig", "a JSON file (records in users)"),
        ('{"users": [{"userId": "Zürich"}]}', "utf-16", "a JSON file (records in users, UTF-16)"),
        ('[{"userId": "Zürich"}]', "windows-1252", "a JSON file (Windows-1252)"),
        ('{"userId": "Zürich"}', "utf-16-le", "a file of JSON Lines (UTF-16)"),
        ('{"userId": "Zürich"}', "utf-8", "a file of JSON Lines"),
    ],
)
def test_reads_any_encoding(tmp_path: Path, file: str, encoding: str, words: str) -> None:
    path = write(tmp_path / "users", file, encoding)
    assert look(path).words == words
    assert rows_of(path) == {1: ("Zürich", *U[1:])}
    assert rows_of(pack(tmp_path / "packed", file.encode(encoding))) == {1: ("Zürich", *U[1:])}


def test_columns_are_the_names_of_the_first_records_and_the_fields(tmp_path: Path) -> None:
    lines = '{"note": 1, "CITY": "a"}\n{"userId": "u", "city": "b"}\n' + '{"uid": "x"}\n' * 999
    path = write(tmp_path / "users", lines + '{"late": 1}\n{"other": 2, "age": 3}\n')
    # uid is taken for the field where no column has its own name.
    assert look(path).heading == (
        "note",
        "CITY",
        "userId",
        "uid",
        "age",
        "score",
        "vip",
        "memberSince",
        "membershipType",
    )
    assert others_of(path) == {"late", "other"}
    rows = rows_of(path)
    assert rows[2] == (None, "b", "u", None, None, None, None, None, None)
    assert rows[1003] == (None, None, None, None, 3, None, None, None, None)


@pytest.mark.parametrize(
    ("escaped", "city"),
    [
        (r"\ud83c\udf0a", "\U0001f30a"),
        (r"\uD83C\uDF0A\ud83c\udf0a", "\U0001f30a\U0001f30a"),
        (r"a\ud83cb", "a\ud83cb"),
        (r"\udf0a\ud83c", "\udf0a\ud83c"),
        (r"\ud83c\ud83c\udf0a", "\ud83c\U0001f30a"),
        (r"\\ud83c\\\ud83c\\", r"\ud83c" + "\\\ud83c\\"),
        (r"\u00fc\u0041", "üA"),
    ],
)
def test_halves_of_characters_stay_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, escaped: str, city: str
) -> None:
    path = write(tmp_path / "users", f'[{{"userId": "u", "age": 3, "properties": {{"city": "{escaped}"}}}}]')
    found = look(path)
    for size in range(1, 60):
        monkeypatch.setattr(text, "BLOCK", size)
        (batch,) = batches(path, SCHEMA, found)
        assert list(batch.columns[2]) == [city]
    rows = rows_of(write(tmp_path / "lines", f'{{"userId": "u", "city": "{escaped}"}}\n{{"userId": "v"}}\n'))
    assert rows[1][1] == city


def test_objects_within_objects_without_an_end(tmp_path: Path) -> None:
    file = '[{"userId": "u", "age": ' + '{"a": ' * 5_000 + "1" + "}" * 5_000 + "}]"
    assert rows_of(write(tmp_path / "users", file)) == {1: ("u", AN_OBJECT, *U[2:])}
    endless = write(tmp_path / "endless", '[{"userId": "u", "age": ' + '{"a": ' * 2_000_000)
    with pytest.raises(FileError, match="more than 10000 deep"):
        look(endless)


def test_names_of_which_each_is_another(tmp_path: Path) -> None:
    lines = "".join(f'{{"userId": "u", "n{line}": 1}}\n' for line in range(12_000))
    path = write(tmp_path / "users", lines)
    assert len(look(path).heading) == 1000 + 6
    assert len(others_of(path)) == 12_000 - 999
    assert len(list(batches(path, SCHEMA, look(path)))) == 12


def test_a_field_that_is_called_properties(tmp_path: Path) -> None:
    schema = users_schema(PROPERTIES="string")
    path = write(
        tmp_path / "users", '{"userId": "u", "properties": "a"}\n{"userId": "v", "properties": {"properties": "b"}}\n'
    )
    found = json_documents.look_at_document(path, schema, "utf-8", ())
    assert found.heading == ("userId", "properties")
    assert [row.cells for row in found.first_rows] == [("u", "a"), ("v", "b")]


@pytest.mark.parametrize(
    "file", ["[]", "{}", "[1, 2]", '{"a": 1}\n{"b": 2}\n', '{"users": []}', '{"users": [{"name": "a"}]}', "{'userId': 1}\n{'userId': 2}"]
)  # fmt: skip
def test_refuses_json_that_names_no_fields(tmp_path: Path, file: str) -> None:
    with pytest.raises(FileError) as caught:
        look(write(tmp_path / "users", file))
    assert str(caught.value) == (
        "No objects in it have names of the schema's fields. Expected objects with names such as "
        "userId, age, score, vip, memberSince, membershipType, city."
    )


def test_looks_at_some_objects_of_each_list(tmp_path: Path) -> None:
    others = ",".join('{"a": 1}' for _ in range(100))
    path = write(tmp_path / "users", f'{{"x": [{others}, {{"userId": "no"}}], "y": [{{"userId": "u"}}]}}')
    assert look(path).place == "y"


@pytest.mark.parametrize(
    ("file", "rows", "error"),
    [
        (
            '[{"userId": "u"}, {"userId": "v"',
            1,
            "The file ends in the middle of record 2, or before the end of its list. Write the file again.",
        ),
        (
            '[{"userId": "u"}, {"userId": NaN}]',
            1,
            "Record 2: this is no JSON: lexical error: invalid char in json text.. "
            "JSON has no NaN, no comments, and one comma between two values.",
        ),
        (
            '[{"userId": "u"},]',
            1,
            "Record 2: this is no JSON: parse error: unallowed token at this point in JSON text. "
            "JSON has no NaN, no comments, and one comma between two values.",
        ),
    ],
)
def test_says_where_a_document_breaks(tmp_path: Path, file: str, rows: int, error: str) -> None:
    whole = '[{"userId": "u"}]'
    found = look(write(tmp_path / "users", whole))
    path = write(tmp_path / "users", file)
    with pytest.raises(FileError) as caught:
        list(batches(path, SCHEMA, found))
    assert str(caught.value) == error
    with pytest.raises(FileError):
        look(path)


@pytest.mark.parametrize("file", ['[{"a": 1}', "{\n'a': 1}", '[{"a": NaN}]'])
def test_refuses_a_document_that_breaks_before_its_records(tmp_path: Path, file: str) -> None:
    with pytest.raises(FileError, match=r"record 1|Record 1"):
        look(write(tmp_path / "users", file))


def test_gives_what_comes_before_a_break_in_batches(tmp_path: Path) -> None:
    path = write(tmp_path / "users", "[" + '{"userId": "u"},\n' * 2_500)
    found = look(write(tmp_path / "whole", '[{"userId": "u"}]'))
    reading = batches(path, SCHEMA, found)
    assert (len(next(reading).numbers), next(reading).numbers[-1]) == (1_000, 2_000)
    with pytest.raises(FileError, match="in the middle of record 2501,"):
        next(reading)


@pytest.mark.parametrize("start", ['{"x": ["', '{"users": [{"userId": "u"}, {"city": "'])
def test_refuses_a_record_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    monkeypatch.setattr(json_documents, "MOST_BYTES_OF_A_RECORD", 3 << 20)
    path = write(tmp_path / "users", start + "a" * (5 << 20))
    with pytest.raises(FileError, match=r"^It has more than 3 MB without a record\.$"):
        rows_of(path)


def test_when_a_tracker_sent_an_event_is_not_when_it_happened(tmp_path: Path) -> None:
    event = {
        "event": "Viewed",
        "userId": "u-1",
        "originalTimestamp": "2026-11-29T09:59:58Z",
        "sentAt": "2026-11-29T09:59:59Z",
        "receivedAt": "2026-11-29T10:00:01Z",
        "timestamp": "2026-11-29T10:00:00Z",
        "properties": {"product_id": "i-1"},
    }
    path = write(tmp_path / "events", json.dumps(event) + "\n")
    schema = events_schema()
    found = look_at(path, schema)
    (batch,) = batches(path, schema, found)
    row = dict(zip(found.heading, (column[0] for column in batch.columns), strict=True))
    assert row["timestamp"] == "2026-11-29T10:00:00Z"
    assert row["sentAt (of the tracker)"] == "2026-11-29T09:59:59Z"
    # In the shape of a request it is the only time.
    write(path, '{"userId": "u-1", "itemId": "i-1", "eventType": "Viewed", "sentAt": "2026-11-29T10:00:00Z"}\n')
    (batch,) = batches(path, schema, look_at(path, schema))
    assert "2026-11-29T10:00:00Z" in [column[0] for column in batch.columns]


AMPLITUDE = {
    "user_id": "u-1",
    "event_type": "Viewed",
    "event_time": "2026-11-29 10:00:00.000000",
    "event_properties": {"item_id": {"S": "i-1"}, "shop": {"city": "Bern"}, "price": 2.5},
    "context": {"ip": "192.0.2.1"},
}


def test_objects_are_opened_where_a_field_stands_nowhere(tmp_path: Path) -> None:
    lines = [
        json.dumps(AMPLITUDE),
        json.dumps(AMPLITUDE | {"event_properties": {"item_id": "i-2"}}),
        '{"event_type": "x"}',
    ]
    schema = events_schema()
    for content in ("\n".join(lines), f"[{','.join(lines)}]"):
        path = write(tmp_path / "events", content)
        found = look_at(path, schema)
        names = dict(zip(found.heading, fields_of_columns(schema, found.heading), strict=True))
        assert names["event_properties.item_id"] == "ITEM_ID"
        assert (names["event_properties.shop.city"], names["context.ip"]) == (None, None)
        (batch,) = batches(path, schema, found)
        columns = dict(zip(found.heading, batch.columns, strict=True))
        assert columns["event_properties.item_id"] == ("i-1", "i-2", None)
        assert columns["event_properties.shop.city"] == ("Bern", None, None)
        assert columns["context.ip"] == ("192.0.2.1", "192.0.2.1", None)


def test_an_empty_list_within_an_opened_object_stays_a_list(tmp_path: Path) -> None:
    path = write(tmp_path / "events", json.dumps(AMPLITUDE | {"event_properties": {"item_id": "i-1", "tags": []}}))
    found = look_at(path, events_schema())
    (batch,) = batches(path, events_schema(), found)
    columns = dict(zip(found.heading, batch.columns, strict=True))
    assert columns["event_properties.item_id"] == ("i-1",)
    assert columns["event_properties.tags"] == (A_LIST,)


def test_a_list_of_one_object_with_what_is_required_is_opened(tmp_path: Path) -> None:
    # As Google Analytics exports events to BigQuery.
    event = {
        "event_name": "purchase",
        "user_id": "u-1",
        "event_params": [{"key": "value", "value": {"int_value": "3"}}],
    }
    lines = [
        json.dumps(event | {"items": items})
        for items in ([{"item_id": "i-1", "price": 3}], [], [{"item_id": "i-2"}, {"item_id": "i-3", "price": 4}])
    ]
    schema = events_schema()
    for content in ("\n".join(lines), f"[{','.join(lines)}]"):
        path = write(tmp_path / "events", content)
        found = look_at(path, schema)
        names = dict(zip(found.heading, fields_of_columns(schema, found.heading), strict=True))
        assert (names["items.item_id"], names["event_params"]) == ("ITEM_ID", None)
        (batch,) = batches(path, schema, found)
        columns = dict(zip(found.heading, batch.columns, strict=True))
        several = BadCell("2 objects", "A row is one record: write a row for each of them.")
        assert columns["items.item_id"] == ("i-1", None, several)
        assert columns["items.price"] == (3, None, several)
        assert columns["event_params"] == (A_LIST,) * 3


def test_objects_stay_where_nothing_is_missing(tmp_path: Path) -> None:
    event = {"user_id": "u-1", "ITEM_ID": "i-9", "event_type": "Viewed", "timestamp": 1795946400}
    path = write(tmp_path / "events", json.dumps(event | {"event_properties": {"item_id": "i-1"}}))
    assert look_at(path, events_schema()).heading == (*event, "event_properties")


def test_a_person_chooses_between_objects_that_have_the_same_field(tmp_path: Path) -> None:
    event = {"user_id": "u-1", "event_type": "Viewed", "timestamp": 1795946400}
    more = {"event_properties": {"item_id": "i-1"}, "params": {"item_id": "i-2"}}
    found = look_at(write(tmp_path / "events", json.dumps(event | more)), events_schema())
    assert found.heading == (*event, "event_properties.item_id", "params.item_id")
    assert fields_of_columns(events_schema(), found.heading)[3:] == [None, None]


def test_fields_that_may_have_no_value_are_found_in_objects_by_their_own_names(tmp_path: Path) -> None:
    # As Segment writes users.
    users = [
        {"userId": "u-1", "traits": {"age": 34, "city": "Bern", "plan": "Gold"}, "context": {"city": {"name": "x"}}},
        {"userId": "u-2", "traits": {"age": None}, "context": {}},
    ]
    schema = users_schema(AGE=["null", "int"], CITY=["null", "string"], MEMBERSHIP=["null", "string"])
    path = write(tmp_path / "users", "\n".join(map(json.dumps, users)))
    found = look_at(path, schema)
    assert found.notes == ()
    names = dict(zip(found.heading, fields_of_columns(schema, found.heading), strict=True))
    assert names == {
        "userId": "USER_ID",
        "traits.age": "AGE",
        "traits.city": "CITY",
        "traits.plan": None,
        "context.city.name": None,
        "membership": "MEMBERSHIP",
    }
    (batch,) = batches(path, schema, found)
    columns = dict(zip(found.heading, batch.columns, strict=True))
    assert (columns["traits.age"], columns["traits.city"]) == ((34, None), ("Bern", None))


OTHER_NAMES = ("Its objects do not name the record as the schema does: choose the fields of the columns.",)

OTHERS = [{"who": f"u-{number}", "custom": {"plan": "Gold", "tags": ["a"]}, "years": 3} for number in (1, 2)]


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(map(json.dumps, OTHERS)),
        json.dumps(OTHERS),
        json.dumps({"exported": "2026-11-29", "users": OTHERS}),
    ],
)
def test_of_objects_with_other_names_a_person_chooses_the_fields(tmp_path: Path, content: str) -> None:
    schema = users_schema(AGE=["null", "int"])
    path = write(tmp_path / "users", content)
    found = look_at(path, schema)
    assert found.notes == OTHER_NAMES
    assert found.heading == ("who", "custom.plan", "custom.tags", "years")
    (batch,) = batches(path, schema, found)
    assert batch.columns == [("u-1", "u-2"), ("Gold", "Gold"), (A_LIST, A_LIST), (3, 3)]


@pytest.mark.parametrize(
    "content",
    [
        # Several lists could be meant; one name is hardly a record.
        json.dumps({"users": OTHERS, "others": OTHERS}),
        json.dumps([{"name": "a"}, {"name": "b"}]),
    ],
)
def test_other_objects_are_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(FileError, match="No objects in it have names of the schema's fields"):
        look_at(write(tmp_path / "users", content), users_schema(AGE=["null", "int"]))
