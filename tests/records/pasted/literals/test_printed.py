"""Values that programs print without quotes: read where it is certain where each ends."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import GOLD, SCHEMA, read, values

REST = "age=34, score=1.5, vip=true, membershipType="
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
IN_ORDER = "The columns are taken in the schema's order: USER_ID, AGE, SCORE, VIP, MEMBERSHIP_TYPE."

READ = {
    "a record of Java": f"User[userId=u-1, {REST}Gold]",
    "a class as editors write it": f"User{{userId='u-1', {REST}Gold}}",
    "Lombok": f"[User(userId=u-1, {REST}Gold)]",
    "Commons Lang": "com.shop.User@1b2c3d[userId=u-1,age=34,score=1.5,vip=true,membershipType=Gold]",
    "a debugger": f"{{User@1234}} User[userId=u-1, {REST}Gold]",
    "an Optional of Java": f"User[userId=u-1, {REST.replace('34', 'Optional[34]')}Gold]",
    "a map of Java": "{USER_ID=u-1, AGE=34, SCORE=1.5, VIP=true, MEMBERSHIP_TYPE=Gold}",
    "an OptionalInt of Java": f"User[userId=u-1, {REST.replace('34', 'OptionalInt[34]')}Gold]",
    "a record of C#": "User { UserId = u-1, Age = 34, Score = 1.5, Vip = True, MembershipType = Gold }",
    "a map of Scala": "List(Map(USER_ID -> u-1, AGE -> 34, SCORE -> 1.5, VIP -> true, MEMBERSHIP_TYPE -> Gold))",
    "case classes of Scala": "List(User(u-1,34,1.5,true,Gold))",
    "rows of Spark in a session": "res0: Array[org.apache.spark.sql.Row] = Array([u-1,34,1.5,true,Gold])",
    "a struct of Go": "&{UserID:u-1 Age:34 Score:1.5 Vip:true MembershipType:Gold}",
    "a map of Go": "map[AGE:34 MEMBERSHIP_TYPE:Gold SCORE:1.5 USER_ID:u-1 VIP:true]",
    "an object of PowerShell": "@{USER_ID=u-1; AGE=34; SCORE=1.5; VIP=True; MEMBERSHIP_TYPE=Gold}",
    "a struct of DuckDB": "{'USER_ID': u-1, 'AGE': 34, 'SCORE': 1.5, 'VIP': true, 'MEMBERSHIP_TYPE': Gold}",
    "a request of the SDK for Java": (
        f"PutUsersRequest(DatasetArn={ARN}, Users=[User(UserId=u-1, "
        'Properties={"age":34,"score":1.5,"vip":true,"membershipType":"Gold"})])'
    ),
    "an assignment": f"user = User(userId=u-1, {REST}Gold)",
}


@pytest.mark.parametrize("text", READ.values(), ids=list(READ))
def test_what_a_program_prints_becomes_its_record(text: str) -> None:
    assert values(text) == [GOLD]


@pytest.mark.parametrize(
    ("text", "category", "changes"),
    [
        (
            f"User(userId=u-1, {REST}Gold, or Silver)",
            "Gold, or Silver",
            ("Taken for one value each, as there are no quotes: “Gold, or Silver”.",),
        ),
        (
            "{UserID:u-1 Age:34 Score:1.5 Vip:true MembershipType:Frequent shopper}",
            "Frequent shopper",
            ("Taken for one value each, as there are no quotes: “Frequent shopper”.",),
        ),
        (
            "User { UserId = u-1, Age = 34, Score = 1.5, Vip = True, MembershipType = Gold, too }",
            "Gold, too",
            ("Taken for one value each, as there are no quotes: “Gold, too”.",),
        ),
        (f"User{{userId='u-1', {REST}'it's, x=1'}}", "it's, x=1", ()),
        (f'User{{userId="u-1", {REST}Alien (1979), age=34}}'.replace("age=34, score", "score"), "Alien (1979)", ()),
        (f"User(userId=u-1, {REST}[REC] 2)", "[REC] 2", ()),
        (f"User[userId=u-1, {REST}[Gold, Silver]]", "Gold|Silver", ("[Gold, Silver] becomes Gold|Silver.",)),
        (
            f"User[userId=u-1, {REST}[Gold (x), Silver]]",
            "Gold (x)|Silver",
            ("[Gold (x), Silver] becomes Gold (x)|Silver.",),
        ),
        (f"User(userId=u-1, {REST})", "", ()),
    ],
)
def test_a_value_without_quotes_keeps_what_is_in_it(text: str, category: str, changes: tuple[str, ...]) -> None:
    detected = read(text)
    assert detected.changes == changes
    assert values(text) == [("u-1", 34, 1.5, True, category)]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        (f"User[userId=u-1, {REST.replace('34', 'null')}Gold]", "null becomes no value (null)."),
        (f"User[userId=u-1, {REST.replace('34', '<null>')}Gold]", "<null> becomes no value (null)."),
        (
            f"User[userId=u-1, {REST.replace('34', 'Optional.empty')}Gold]",
            "Optional.empty becomes no value (null).",
        ),
        (
            "{UserID:u-1 Age:<nil> Score:1.5 Vip:true MembershipType:Gold}",
            "<nil> becomes no value (null).",
        ),
        (
            "@{USER_ID=u-1; AGE=; SCORE=1.5; VIP=True; MEMBERSHIP_TYPE=Gold}",
            "Nothing at all behind a name is taken for no value, and might be an empty text.",
        ),
    ],
)
def test_no_value_is_told(text: str, change: str) -> None:
    assert read(text).changes == (change,)
    assert values(text) == [("u-1", None, 1.5, True, "Gold")]


@pytest.mark.parametrize(
    "text",
    [
        f"User(userId=u-1, {REST}gold)",
        "User { UserId = u-1, Age = 34, Score = 1.5, Vip = True, MembershipType = gold }",
        "{'USER_ID': u-1, 'AGE': 34, 'SCORE': 1.5, 'VIP': true, 'MEMBERSHIP_TYPE': gold}",
    ],
)
def test_a_word_that_may_be_a_variable_is_told(text: str) -> None:
    assert read(text).changes == ("Taken for text, and not for variables: “gold”.",)
    assert values(text) == [("u-1", 34, 1.5, True, "gold")]


def test_rows_without_names_are_taken_in_the_order_of_the_schema() -> None:
    assert read(READ["case classes of Scala"]).changes == (IN_ORDER,)


def _uncertain(beginning: str) -> str:
    return f"It has no quotes, so it is not certain where the value ends in “{beginning}”."


@pytest.mark.parametrize(
    ("text", "words", "refusal"),
    [
        (
            f"User(userId=u-1, {REST}Smile :))",
            "what a program prints",
            _uncertain("bershipType=Smile :))"),
        ),
        (
            f"User[userId=u-1, {REST}Smile :)]",
            "what a program prints",
            _uncertain("mbershipType=Smile :)]"),
        ),
        (
            f"User(userId=u-1, {REST}Gold",
            "what a program prints",
            _uncertain("rue, membershipType=Gold"),
        ),
        (f"User(userId=u-1, {REST}'tis)", "what a program prints", _uncertain("rue, membershipType='tis)")),
        (f"User(userId=u-1, {REST}'a' b)", "what a program prints", _uncertain("rue, membershipType='a' b)")),
        (f"User(userId=u-1, {REST}Smile (:])", "what a program prints", _uncertain("rue, membershipType=Smile (:])")),
        (
            f'User(userId=u-1, {REST}Gold, properties={{"a": )',
            "what a program prints",
            _uncertain('pe=Gold, properties={"a": )'),
        ),
        (
            "User(user_id=uid, age=f(3))",
            "what a program prints",
            "It has no quotes, so “f(3)” may be a text or the code of a program. Print it as JSON.",
        ),
        (
            "User { UserId = a + b, Age = 3 }",
            "what a program prints",
            "It has no quotes, so “a + b” may be a text or the code of a program. Print it as JSON.",
        ),
        (
            "{UserID:u-1 Age:0x1db881486040 Score:1.5}",
            "what a program prints",
            "“0x1db881486040” is what its program shows instead of a value. Print it as JSON.",
        ),
        (
            f"PutUsersRequest(DatasetArn={ARN}, Users=[User(UserId=u-1, Properties=*** Sensitive Data Redacted ***)])",
            "what a program prints",
            "“*** Sensitive Data Redacted ***” is what its program shows instead of a value. Print it as JSON.",
        ),
        (
            "[{u-1 34 1.5 true Gold} {u-2 51 0.25 true Frequent shopper}]",
            "values that Go has printed",
            "It has neither names nor quotes. Print it as JSON, or with %+v.",
        ),
        (
            "List(User(u-1,34,1.5,true,Gold,Founder))",
            "what a program prints",
            "It has neither names nor quotes. Print it as JSON.",
        ),
    ],
)
def test_what_is_not_certain_is_told(text: str, words: str, refusal: str) -> None:
    detected = read(text)
    assert (detected.words, detected.refusal) == (words, refusal)


@pytest.mark.parametrize(
    "text",
    [
        "{a=1",
        "f(x=y)",
        "f(x=g(y)",
        "def add(user=1, model=x): pass",
        "{a=b c:d}",
        "[x] {a=b}",
        "List([a])",
        "x y {a=b}",
        "[" * 20 + "{USER_ID=a}" + "]" * 20,
        "x {a=" + "{a=" * 20 + "b",
        "{a=b}" * 2 + "c",
        "(a=[" + "b,c," * 16_000 + "])",
        "(a=" + "[[b] c] d, a=" * 100 + "e)",
        "(a=" + "f(b=" * 30 + "c" + ")" * 31,
        "(x=Foo(b, c))",
    ],
)
def test_what_is_no_record_is_left_alone(text: str) -> None:
    assert detect(SCHEMA, "", text) is None


def test_what_duckdb_escapes_in_its_quotes_is_read() -> None:
    # DuckDB 1.4 prints structs so.
    struct = "{'USER_ID': u-1, 'AGE': NULL, 'SCORE': 1.5, 'VIP': true, 'MEMBERSHIP_TYPE': 'O\\'Fallon, \\\\ MO'}"
    assert values(struct) == [("u-1", None, 1.5, True, "O'Fallon, \\ MO")]


def test_an_empty_optional_int_is_no_value() -> None:
    text = f"User[userId=u-1, {REST.replace('34', 'OptionalInt.empty')}Gold]"
    assert values(text) == [("u-1", None, 1.5, True, "Gold")]


def test_a_bracket_on_a_line_of_its_own_ends_no_text() -> None:
    # Commons Lang's MULTI_LINE_STYLE.
    members = f"userId=u-1, {REST}Gold".replace(", ", ",\n  ")
    assert values(f"com.shop.User@1b2c3d[\n  {members}\n]") == [GOLD]
