"""Diffs of git 2.39 that show a file of JSON in part: the records that are whole in them."""

import pytest

from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read, values

SCHEMA = users_schema(AGE=["null", "int"], CITY="string")
IN_PART = "Records that the diff shows in part, in lines that it does not add, are left out."
BERN = '+  {\n+    "userId": "u-1",\n+    "age": 34,\n+    "city": "Bern"\n'


@pytest.mark.parametrize(
    ("text", "users"),
    [
        # At the end of the list.
        (f'@@ -5,4 +5,9 @@\n     "age": 29,\n     "city": "Oslo"\n+  }},\n{BERN}   }}\n ]\n', [("u-1", 34, "Bern")]),
        # Between two others.
        (f'@@ -10,4 +10,9 @@\n   }},\n{BERN}+  }},\n   {{\n     "userId": "u-9",\n', [("u-1", 34, "Bern")]),
        (
            f'@@ -1,3 +1,8 @@\n [\n{BERN}+  }},\n   {{\n     "userId": "u-9",\n     "tags": {{"a": "}}"}},\n',
            [("u-1", 34, "Bern")],
        ),
        (
            f'@@ -5,4 +5,9 @@\n     "tags": {{"userId": "u-0"}},\n     "city": "Oslo"\n+  }},\n{BERN}   }}\n ]\n',
            [("u-1", 34, "Bern")],
        ),
    ],
)
def test_whole_records_of_a_part_are_read(text: str, users: list[tuple[str, int, str]]) -> None:
    assert values(text, SCHEMA) == users
    assert IN_PART in read(text, SCHEMA).changes


@pytest.mark.parametrize(
    "text",
    [
        # An added value in a record that is shown in part.
        f'@@ -5,4 +5,9 @@\n-    "age": 29,\n+    "age": 30,\n     "city": "Oslo"\n   }},\n{BERN}   }}\n ]\n',
    ],
)
def test_a_change_in_a_record_that_is_shown_in_part_is_not_left_out(text: str) -> None:
    detected = read(text, SCHEMA)
    assert (detected.text, IN_PART in detected.changes) == ("", False)
