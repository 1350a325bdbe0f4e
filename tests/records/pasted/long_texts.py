"""Long texts that make a reader try much: what is repeated, between a beginning and an end, by what it seems to be.

`make test` reads them short, and `make test-all` in their full length; tests/benchmarks/bench_long_texts.py measures
them.
"""

from typing import NamedTuple

from tests.records.literal_schemas import users_schema

LENGTH = 400_000
LENGTH_OF_SCHEMAS = 60_000
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
SCHEMA = users_schema(AGE=["null", "int"], SCORE=["null", "double"], CITY=["null", "string"])

PUT_USERS = "aws personalize-events put-users --users "
INSERT = "INSERT INTO t (USER_ID) VALUES "


class LongText(NamedTuple):
    """A text of any length: `head`, then `unit` as often as it fits, then `tail`."""

    unit: str
    head: str = ""
    tail: str = ""

    def of(self, length: int) -> str:
        """Return the text of at most so many characters, as long as it can be."""
        room = length - len(self.head) - len(self.tail)
        return self.head + self.unit * (room // len(self.unit)) + self.tail


JSON = [
    LongText("["),
    LongText("{}"),
    LongText("{}\n"),
    LongText('"a",'),
    LongText("{a:"),
    LongText("{'a':"),
    LongText('"":1,', "{", '"":1}'),
    LongText("1,", "[", "1]"),
    LongText("1,", "[[", "1]]"),
    LongText("[" * 30 + "]" * 30 + ",", "[", "1]"),
    LongText(r'"\n",', "[[", "1]]"),
    LongText("\\n", '{"USER_ID":"', '"}'),
    LongText("\\n", '{"userId":"u","properties":"', '"}'),
    LongText("1,", '{"userId":"u","properties":"[', '1]"}'),
    LongText("1,", '{"a":[', '1]}\n{"a":1}'),
    LongText('\\\\"', '{"a": "'),
    LongText("USER_ID,AGE\\n", '{"USER_ID":"', '"}'),
    LongText('{"userId":"u"},', "[", '{"a'),
    LongText('{"a":', "[{},"),
    LongText('{"event":"e","properties":{"item_id":"i"}},', '{"user_id":"u","events":[', "{}]}"),
]
LINES_AROUND = [
    LongText('PUT users/_doc/u\n{"age":1}\n'),
    LongText("1\nu\n", "Row\nUSER_ID\nAGE\n"),
    LongText("OR user_id = 'u' AND age = 1 ", "user_id = 'u' AND age = 1 "),
    LongText('"u", 1, ', "tribble(~USER_ID, ~AGE, ", "1)"),
    LongText("INFO: a\n    user_id: {\n      1\n    }\n"),
    LongText("# a\n", "# b\n", "$a = 'b'\n"),
    LongText("-x\n", "@@ -1,2 +0,0 @@\n"),
    LongText("-USER_ID,AGE\n"),
    LongText("1d0\n< a\n"),
    LongText("- a: 1, b: 2\n"),
    LongText("- | a |\n"),
    LongText("item: 0\nUSER_ID a\n\n"),
    LongText('a: {"a":1} ok\n'),
    LongText('{a="b"} {"a":1}\n'),
    LongText("(0.1) INSERT INTO t (USER_ID) VALUES (1);\n"),
    LongText("$1 = 1, ", "INSERT INTO users (user_id,age) VALUES ($1,$2) "),
    LongText("q'[", "INSERT INTO t (USER_ID) VALUES ("),
    LongText("'a\\'b', ", "INSERT INTO t (USER_ID) VALUES ("),
    LongText("<<A\nA "),
    LongText("=> {"),
    LongText("(a,b)\n"),
    LongText('a: "1", '),
    LongText("| a\\|b |\n", "| USER_ID | AGE |\n"),
    LongText("\\_ ", "| USER_ID | AGE |\n|---|---|\n| "),
    LongText("x\n", "USER_ID  AGE\nu-1  3\n"),
    LongText('{"m":"put {"},', "[", "1]"),
    LongText('"a" = 1\n', "{"),
    LongText('Map { "USER_ID": "u" }, ', "List [ "),
    LongText('{\nAGE = 41;\n"CITY" = "Bern";\n},\n', "(\n"),
    LongText('{"a":1},', '{"json":[', '{"a":1}],"meta":{}}'),
]
LITERALS = [
    LongText("'"),
    LongText("'a\\"),
    LongText("\u201c"),
    LongText("/*"),
    LongText("\\"),
    LongText("#\n"),
    LongText("[]"),
    LongText("[][]T{"),
    LongText("@{a="),
    LongText('@"'),
    LongText('@""'),
    LongText("b''", "@{a='"),
    LongText("@{a=1;}, ", "$a = @("),
    LongText("a=b; ", "@{"),
    LongText("1\t[\n"),
    LongText("map[string]"),
    LongText("(*int)("),
    LongText("<class '"),
    LongText("<a>", "<class "),
    LongText("List<"),
    LongText("{:a-b "),
    LongText("-b", "{:a"),
    LongText("Some("),
    LongText("import "),
    LongText("import a\n"),
    LongText("--, ", "x = [1, "),
    LongText("a<b> "),
    LongText("{USER_ID="),
    LongText("b=[c] d, ", "{USER_ID=a, "),
    LongText("[", "{USER_ID=a, b="),
    LongText("a', '", "{USER_ID='"),
    LongText("b='c, ", "{USER_ID=a, "),
    LongText("b, ", "{USER_ID=a, "),
    LongText("b ", "{USER_ID:a "),
    LongText("User(USER_ID=a)\n"),
    LongText(" b", "[{a"),
    LongText(" {a b}", "[{a b}"),
    LongText("(USER_ID=Some("),
    LongText('{USER_ID={"'),
    LongText("a."),
    LongText("a ", "const x: "),
    LongText(".a(1)", "X.builder()"),
    LongText("a=1 "),
    LongText("put_users("),
    LongText("1:"),
    LongText("1 * "),
    LongText("[1] "),
    LongText("a = b\n"),
    LongText("(1).freeze"),
    LongText("(1)"),
    LongText("0: {}\n", "(1)\n"),
    LongText("0 = "),
    LongText("{…}, ", "(2) ["),
    LongText("a("),
]
COMMANDS = [
    LongText("a=b,", PUT_USERS),
    LongText("b,", f"{PUT_USERS}a="),
    LongText("a={", PUT_USERS),
    LongText("a=[", PUT_USERS),
    LongText("userId=\\\\", PUT_USERS),
    LongText("a\n", "aws s3 cp '"),
    LongText("\n", "aws s3 cp 'a", "a" * 9_000),
    LongText("a \\\n", "aws s3 cp \\\n"),
    LongText("a", "aws s3 cp ", "'\nb\n"),
    LongText("$ a\n", "$ aws s3 ls\n"),
    LongText(">>> "),
]
WRAPPINGS = [
    *(
        LongText(unit, f"$ a\n{unit}")
        for unit in ("{code}", "[code]", "\x1b[", "\x1b]0;", "$ a\n", "a:\n> ", "\n \n", "a\n\n", "a@b:", "a.b [")
    ),
    LongText("a, \n\n", "$ a\n"),
    *(LongText(unit, '{"USER_ID": "u-1"} ') for unit in ("a = ", "{=", '{"a', "a ", "'a' b", "user_id:a ")),
    LongText("```x y\n"),
    LongText("[x] "),
    LongText("[x] [y] z\n"),
    LongText("INFO INFO u-1\n"),
    LongText("[x] {\n"),
    LongText("a\tb\t2026-11-30T10:00:00 \n"),
    LongText("web | USER_ID,CITY\n"),
    LongText("1 u-1\n"),
]
TABLES = [
    LongText("'a' ", "", "b"),
    LongText('|  "a": 1,    |\n', "| V             |\n|---------------|\n| {             |\n"),
    LongText("a,b\n", "USER_ID,AGE\n"),
    LongText("a,", "USER_ID,", "\nx"),
    LongText("x", 'USER_ID,AGE\n"'),
    LongText("-" * 50 + "|", "USER_ID|AGE\n", "x"),
    *(LongText(unit) for unit in ("json[0].a = 1;\n", '[[0,"a"],1]\n', "data: {}\n", "A=x\n", "@ Row 1\n", "#{a => ")),
    *(LongText(unit, "x[0]", " = 1") for unit in (".a", "[0]")),
    LongText("a=b&", "USER_ID=1&", "x=1"),
    LongText("$ a <int> 1\n", "Rows: 1\nColumns: 1\n"),
    *(LongText(unit, "$ a") for unit in (" ", " <a")),
    *(LongText(unit, "Array\n(\n") for unit in ("    [0] => x\n", "[0] => Array\n(\n")),
    LongText('string(1) "', "array(1) {\n"),
    LongText(" | a|b", "USER_ID | CITY"),
    LongText("a     b", "USER_ID  CITY\nu-1      "),
    LongText("u.a=1 ", "level=x "),
    LongText('{"index":{}}\n{"a":1}\n'),
    LongText('"a","b"\n', '"USER_ID","CITY"\n"u","v"\n\n'),
    LongText('{"', "USER_ID", " ..."),
    LongText("<!--", "<tr>USER_ID"),
    LongText("'a', ", tail="'"),
    LongText("\\'", "'"),
    LongText('\\"', '"', "\n"),
    LongText('1,"{""a"": 1}"\n', "a,b\n"),
    LongText("\\303\\251", 'a,b\n"\\"', '",2'),
    *(
        LongText(unit, head)
        for unit in ("| a |\n+---+\n", "─", "┌─a─┐\n", "a \\\n\n", "│ a │\n├───┤\n", "USER_ID\n---\n", "│ {")
        for head in ("", "USER_ID \\\n", "+---+---+\n")
    ),
    LongText("+---+---+\n| a | b |\n"),
    *(
        LongText(unit, head)
        for unit in ("* Record 1\n", "* Record 1\nuser_id a\n", "Row 1:\n", "user_id|", "user_id|a\n", "user_id,a\n")
        for head in ("", "-[ RECORD 1 ]\n", "USER_ID,")
    ),
    LongText("USER_ID\t"),
    LongText("x: "),
]
SQL = [
    LongText("(1),\n", INSERT, "(1)"),
    LongText("(", INSERT),
    LongText(" ", "INSERT INTO "),
    LongText(f"{INSERT}(1);\n"),
    LongText("INSERT INTO t VALUES (1);\n"),
    LongText("CREATE TABLE t (a int);\n", f"{INSERT}(1);"),
    LongText("a(", "CREATE TABLE t ("),
    LongText("'a'::", f"{INSERT}("),
    LongText("a\n", "COPY t (USER_ID) FROM stdin;\n"),
    LongText("COPY t (USER_ID) FROM stdin;\n1\n\\.\n"),
    LongText("$a$", "SET a;"),
    LongText("a.", "SET INSERT"),
]
YAML = [
    LongText("- a\n"),
    LongText("a:\n"),
    LongText(" - [", "x:\n"),
    LongText("*a,", "a: &a [", "]"),
    LongText("- {a: 1}\n"),
    LongText("9", "a: "),
    LongText("f", "a: 0x"),
    LongText("_", "a: "),
    LongText("x\n", "a: '", "'"),
    LongText("  x\n", "a: |\n"),
]
PROGRAMS = [
    LongText(unit, head, tail)
    for unit in (
        "<<A\n",
        '@"\n',
        "`a\n",
        '"""\n',
        "put User(a=1\n",
        "put User(a=1)\n",
        "INSERT INTO t VALUES (1);\nThanks\n",
    )
    for head, tail in (("", ""), ("USER_ID,AGE\n", "{"))
]
MAILS = [
    LongText("def f(", "a = 1\n", "\nclient.put_users(users=a)"),
    LongText("(a ", "a = 1\n", "\nclient.put_users(users=a)"),
    LongText("a = 1\n", "", "client.put_users(users=a)"),
    LongText("x", "2-element ", ":\n[{USER_ID: 1}]"),
    LongText("irb(main):001:0> {\n"),
    LongText("Thanks \n\n", "aws personalize-events put-users --users x\n", "{"),
    LongText("x y: {", "a,b\n"),
    LongText("- a,b\n"),
    LongText("sv-1\n"),
    LongText("1:[\n"),
    LongText("\n\nhello, a"),
]
SHOWN = [
    LongText("  0 => \n    array (size=1)\n", "array (size=2)\n"),
    LongText("[0]{'a'}", "$VAR1 = {'USER_ID' => $VAR1->"),
    LongText("{'USER_ID' => $VAR1->[0]{'x'}},", "$VAR1 = [", "]"),
    LongText('User { USER_ID: "u", CITY: Bern }, ', "[", "]"),
    LongText("User(USER_ID='u', CITY=<City.A: 'Bern'>), ", "["),
    LongText("u-1={AGE=3, CITY=Bern, ", "{"),
    LongText("User(u-1,3,1.0,Bern)\n"),
    LongText("a, ", "[[", "]; [1]]"),
    LongText('"u" {:age 1} ', "{", "}"),
    LongText("#a.User{:USER_ID 1} "),
    LongText("- : ", "|USER_ID|CITY|\n|"),
    LongText("  1. | USER_ID   CITY |\n", "+------+\n"),
    LongText("# c\nUSER_ID=u # d\n"),
    LongText(" #", "USER_ID=a\nCITY="),
    LongText(",a", "USER_ID=u,CITY="),
    LongText("USER_ID=u,AGE=3,CITY=a, b\n"),
    LongText("u,1,1,b, c\n", "USER_ID,AGE,SCORE,CITY\nu,1,1,b\n"),
    LongText('  + USER_ID = "u"\n', "", "  ]\n"),
    LongText("USER_ID CITY ", "f("),
    LongText('["USER_ID":protected]=> string(1) "a" ', "array(1) {"),
]
# What a search from each place of a long run, or with several ways to divide one, made slow.
RUNS = [
    LongText("<!--//!<td>#%{", "\u250c\u00e9'{"),
    LongText("array(}Some($;", '"properties"array(\t', "Decimal('3')"),
    LongText("$a", "SELECT "),
    LongText(" ", " \n#\n &", "#"),
    LongText(" ", "USER_ID,AGE,CITY\naa\t ="),
    LongText('\\"', "User(USER_ID=u-1, CITY=", "\n)"),
    LongText("-", "\n;\n;qq\n\n\n["),
    LongText("#{", '[{"USER_ID": "', '"}]'),
    LongText(" ", " const\n$a_Z : ", "\x01"),
    LongText('<<-"aa"\t)', f"{PUT_USERS}"),
    LongText("\t\t", f"{PUT_USERS}\n\n", "\x01"),
    LongText(" ", "USER_ID: u-1\nAGE: +", "{"),
    LongText("[pre=q", "", "|"),
    LongText(" ", "User(USER_ID=u-1, CITY=[\n\n", "{)"),
]

LONG_TEXTS = [
    *PROGRAMS,
    *MAILS,
    *JSON,
    *LINES_AROUND,
    *LITERALS,
    *COMMANDS,
    *WRAPPINGS,
    *TABLES,
    *SQL,
    *YAML,
    *SHOWN,
    *RUNS,
]

LONG_SCHEMAS = [
    LongText("  ", "col_name\u2502", "p"),
    LongText("\n", "jsonencode "),
    LongText('{"fields":['),
    LongText('{"fields": [{"a": "'),
    LongText("{fields=[" + "1," * 2000),
    LongText('"{'),
    LongText("fields: "),
    LongText('{"fields":[1,'),
    LongText("CREATE a "),
    LongText("CREATE "),
    LongText("| "),
    LongText("&quot;fields&quot;: {"),
    LongText("\n |--"),
    LongText("message a {"),
    LongText("a,b", "a,b\n", "{"),
    LongText('resource "personalize_schema" {'),
]


def name_of(text: LongText) -> str:
    """Return what tells a text from the others, as the name of a test."""
    return repr(text.of(len(text.head) + len(text.unit) + len(text.tail)))[1:31]
