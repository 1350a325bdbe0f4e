"""Records with a name and a value on each line as people and forms have them, and lines of LTSV."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import SCHEMA, values
from tests.records.pasted.tables.reading import TEXTS, read, users

BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]


@pytest.mark.parametrize(
    "text",
    [
        "User ID: u-1\nCity: Bern\n\nUser ID: u-2\nCity: Rome\n",
        "User ID: u-1\nCity: Bern\n---\nUser ID: u-2\nCity: Rome\n",
        "USER_ID  u-1\nCITY     Bern\n#\nUSER_ID  u-2\nCITY     Rome\n",
        "1. **User ID**: u-1\n   - City: Bern\n2. **User ID**: u-2\n   - City: Rome\n",
        "- **User ID:** u-1\n- **City:** Bern\n\n- **User ID:** u-2\n- **City:** Rome\n",
        "*User ID:* u-1\n*City:* Bern\n\n*User ID:* u-2\n*City:* Rome\n",
        "*User ID*: u-1\n*City*: Bern\n\n*User ID*: u-2\n*City*: Rome\n",
        "1) user_id: u-1\n   city: Bern\n2) user_id: u-2\n   city: Rome\n",
        "* user_id: u-1\n* city: Bern\n\n* user_id: u-2\n* city: Rome\n",
        "- user_id: u-1\n- city: Bern\n\n- user_id: u-2\n- city: Rome\n",
        "user_id -> u-1\ncity -> Bern\nuser_id -> u-2\ncity -> Rome\n",
        "user_id => u-1\ncity => Bern\nuser_id => u-2\ncity => Rome\n",
        "user_id → u-1\ncity → Bern\n\nuser_id → u-2\ncity → Rome\n",
        "user_id: u-1, city: Bern\nuser_id: u-2, city: Rome\n",
        "user_id = u-1; city = Bern;\nuser_id = u-2; city = Rome;\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fields_on_lines_are_read(text: str, end: str) -> None:
    text = text.replace("\n", end)
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "USER_ID:u-1\tCITY:Bern\nUSER_ID:u-2\tCITY:Rome\n",
        "USER_ID:\"u-1\"\tCITY:'Bern'\n\nUSER_ID:u-2\tCITY:Rome",
        "user_id:u-1\tcity:Bern\r\nuser_id:u-2\tcity:Rome\r\n",
    ],
)
def test_lines_of_ltsv_are_read(text: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert read(text).words == "2 rows of LTSV"


def test_quotes_around_a_value_are_no_part_of_it() -> None:
    assert users("USER_ID: u-1; CITY: 'Bern, a';\n") == [("u-1", "Bern, a")]


@pytest.mark.parametrize(
    "text", ["user_id: u-1, city: f(x), x: 1", "user_id: u-1, city: a=b", 'user_id: u-1; city: "a', "x: 1, y: 2"]
)
def test_code_is_no_line_of_names_and_values(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or "names and values" not in detected.words


def test_a_colon_in_a_value_of_ltsv_is_a_part_of_it() -> None:
    assert users("USER_ID:u-1\tCITY:a:b c\n") == [("u-1", "a:b c")]


def test_a_value_of_ltsv_begins_with_any_mark() -> None:
    assert values("USER_ID:=\tAGE:\tSCORE:1.5\tVIP:true\tMEMBERSHIP_TYPE:>1") == [("=", None, 1.5, True, ">1")]
    assert users("USER_ID:u-1\tCITY:'s-Gravenhage\n") == [("u-1", "'s-Gravenhage")]
    assert users('USER_ID:"\tCITY:"\n') == [('"', '"')]


@pytest.mark.parametrize("text", ["a:1\tb:2\n", "USER_ID:u-1\tx\n", "USER_ID:u-1\n"])
def test_other_lines_are_no_ltsv(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or "LTSV" not in detected.words


OTHERS = "SCORE{0}1.5{1}VIP{0}true{1}MEMBERSHIP_TYPE{0}Gold"


@pytest.mark.parametrize(
    "text",
    [
        f"USER_ID:u-1\tAGE:34\t{OTHERS.format(':', '\t')}\nUSER_ID:u-2\t{OTHERS.format(':', '\t')}\n",
        f"USER_ID=u-1 AGE=34 {OTHERS.format('=', ' ')}\nUSER_ID=u-2 {OTHERS.format('=', ' ')}\n",
        f"USER_ID: u-1\nAGE: 34\n{OTHERS.format(': ', '\n')}\n\nUSER_ID: u-2\n{OTHERS.format(': ', '\n')}\n",
    ],
)
def test_a_field_that_not_all_have_has_no_value_there(text: str) -> None:
    assert values(text) == [("u-1", 34, 1.5, True, "Gold"), ("u-2", None, 1.5, True, "Gold")]
    detected = detect(SCHEMA, "", text)
    assert detected is not None
    assert detected.changes == ("Not all records have AGE: the others have no value there.",)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("USER_ID:u-1\tCITY:Bern\nUSER_ID:u-2\tX:1\n", "Line 2: expected the names of the first line: USER_ID, CITY."),
        (
            "USER_ID: u-1\nCITY: Bern\n\nUSER_ID: u-2\n",
            "The record at line 4 has other fields than the others, or one of them twice.",
        ),
    ],
)
def test_a_field_that_the_schema_needs_is_missed(text: str, refusal: str) -> None:
    assert read(text).refusal == refusal
