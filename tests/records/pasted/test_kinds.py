"""Each kind of pasted text, from the literal to the values that it becomes, and what the page says of them."""

import json
from typing import Any

import pytest

from console.records.entities import INTERACTIONS, ITEMS
from console.records.pasted.detection import detect
from console.records.pasted.suggestions import suggested, suggestions
from console.records.record_input import validate_record_input
from console.records.schemas.schema import read_entity_schema
from tests.records.literal_schemas import events_schema, users_schema
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

HEAD = "USER_ID,AGE,SCORE,VIP,MEMBERSHIP_TYPE\n"
JSON = '{"USER_ID": "u-1", "AGE": 34, "SCORE": 1.5, "VIP": true, "MEMBERSHIP_TYPE": "Gold"}'
IN_PROPERTIES = '{"age": 34, "score": 1.5, "vip": true, "membershipType": "Gold"}'
PYTHON = "{'USER_ID': 'u-1', 'AGE': 34, 'SCORE': 1.5, 'VIP': True, 'MEMBERSHIP_TYPE': 'Gold'}"


TABLES = {
    "words with spaces between": f"{HEAD.replace(',', ' ')}u-1 34 1.5 true Gold\nu-2 NA 2.0 false Basic\n",
    "bars": f"{HEAD.replace(',', '|')}u-1|34|1.5|true|Gold\nu-2||2|false|Basic\n",
    "a wiki's bars": "||USER_ID||AGE||SCORE||VIP||MEMBERSHIP_TYPE||\n|u-1|34|1.5|true|Gold|\n|u-2||2|f|Basic|\n",
    "a separator line": f"sep=;\r\n{HEAD.replace(',', ';')}u-1;34;1,5;WAHR;Gold\nu-2;;2;FALSCH;Basic\n",
    "titles above": f"Users of Monday\n\n{HEAD}u-1,34,1.5,true,Gold\nu-2,,2,false,Basic\n",
    "spaces after commas": f'{HEAD.replace(",", ", ")}u-1, 34, 1.5, true, "Gold"\nu-2, , 2, false, "Basic"\n',
    "a space before some quotes": f'{HEAD}u-1,34,1.5,true, "Gold"\nu-2,,2,false,"Basic"\n',
    "all cells in quotes": f'{HEAD}"u-1","34","1.5","true","Gold"\n"u-2","","2","false","Basic"\n',
    "numbers of rows in a column without a name": f",{HEAD}0,u-1,34,1.5,true,Gold\n7,u-2,,2,false,Basic\n",
    "other spellings of the heading": "User ID,age,Score__c,VIP?,membership-type\nu-1,34,1.5,y,Gold\nu-2,,2,n,Basic\n",
    "another name of the id": f"{HEAD.replace('USER_ID', 'customer_id')}u-1,34,1.5,on,Gold\nu-2,,2,off,Basic\n",
    "a quotation": f"> {HEAD}> u-1,34,1.5,true,Gold\n> u-2,,2,false,Basic",
    "a code fence in a ticket": f"Hello, Ann: please add\n\n```csv\n{HEAD}u-1,34,1.5,true,Gold\nu-2,,2,false,Basic\n```\nThanks, Bob",
    "a list with marks": f"- {HEAD}- u-1,34,1.5,true,Gold\n- u-2,,2,false,Basic",
    "a list with numbers": f"1. {HEAD}2. u-1,34,1.5,true,Gold\n\n3. u-2,,2,false,Basic",
    "a comment of a script": f"# {HEAD}# u-1,34,1.5,true,Gold\n#\n# u-2,,2,false,Basic",
    "a comment of a program": f"  // {HEAD}  // u-1,34,1.5,true,Gold\n  // u-2,,2,false,Basic",
    "the new lines of a diff": (
        "diff --git a/users.csv b/users.csv\nindex 1f3a..77b2 100644\n--- a/users.csv\n+++ b/users.csv\n@@ -1,3 +1,3 @@\n"
        f" {HEAD}-u-0,1,1,true,Gold\n+u-1,34,1.5,true,Gold\n u-2,,2,false,Basic\n"
    ),
    "added lines": f"+{HEAD}+u-1,34,1.5,true,Gold\n+u-2,,2,false,Basic",
    "MySQL": (
        "+---------+------+-------+------+-----------------+\n| USER_ID | AGE  | SCORE | VIP  | MEMBERSHIP_TYPE |\n"
        "+---------+------+-------+------+-----------------+\n| u-1     |   34 |   1.5 |    1 | Gold            |\n"
        "| u-2     | NULL |     2 |    0 | Basic           |\n+---------+------+-------+------+-----------------+\n"
        "2 rows in set (0.00 sec)\n"
    ),
    "DuckDB": (
        "┌─────────┬───────┬────────┬─────────┬─────────────────┐\n"
        "│ USER_ID │  AGE  │ SCORE  │   VIP   │ MEMBERSHIP_TYPE │\n"
        "│ varchar │ int32 │ double │ boolean │     varchar     │\n"
        "├─────────┼───────┼────────┼─────────┼─────────────────┤\n"
        "│ u-1     │    34 │    1.5 │ true    │ Gold            │\n"
        "│ u-2     │  NULL │    2.0 │ false   │ Basic           │\n"
        "├─────────┴───────┴────────┴─────────┴─────────────────┤\n"
        "│ 2 rows                                     5 columns │\n"
        "└──────────────────────────────────────────────────────┘\n"
    ),
    "tabulate's grid": (
        "+-----------+-------+---------+-------+-------------------+\n"
        "| USER_ID   |   AGE |   SCORE | VIP   | MEMBERSHIP_TYPE   |\n"
        "+===========+=======+=========+=======+===================+\n"
        "| u-1       |    34 |     1.5 | True  | Gold              |\n"
        "+-----------+-------+---------+-------+-------------------+\n"
        "| u-2       |   nan |     2   | False | Basic             |\n"
        "+-----------+-------+---------+-------+-------------------+"
    ),
    "Markdown that is not aligned": (
        "|USER_ID|AGE|SCORE|VIP|MEMBERSHIP_TYPE|\n|---|---|---|---|---|\n|u-1|34|1.5|true|Gold|\n| u-2 | | 2 | f | Basic |\n"
    ),
    "sqlite's lines": (
        "        USER_ID = u-1\n            AGE = 34\n          SCORE = 1.5\n            VIP = 1\nMEMBERSHIP_TYPE = Gold\n\n"
        "        USER_ID = u-2\n            AGE = \n          SCORE = 2.0\n            VIP = 0\nMEMBERSHIP_TYPE = Basic\n"
    ),
    "INSERT of several rows": (
        'INSERT INTO public."users" ("USER_ID", "AGE", "SCORE", "VIP", "MEMBERSHIP_TYPE") VALUES\n'
        "  ('u-1', 34, 1.5, true, 'Gold'),\n  ('u-2', NULL, 2.0, FALSE, E'Basic'::text);\n"
    ),
    "HTML": (
        "<table><tr><th>USER_ID<th>AGE<th>SCORE<th>VIP<th>MEMBERSHIP_TYPE</tr>\n"
        "<tr><td>u-1</td><td>34</td><td>1.5</td><td>t</td><td>Gold</td></tr>\n"
        "<tr><td> u-2 </td><td><br></td><td>2</td><td>f</td><td>Basic</td></tr></table>"
    ),
    "names and values": (
        'USER_ID=u-1, AGE=34, SCORE=1.5, VIP=true, MEMBERSHIP_TYPE="Gold"\n\n'
        "USER_ID='u-2', AGE=, SCORE=2.0, VIP=false, MEMBERSHIP_TYPE=Basic\n"
    ),
    "a tibble of R": (
        "# A tibble: 2 x 5\n  USER_ID   AGE SCORE VIP   MEMBERSHIP_TYPE\n  <chr>   <dbl> <dbl> <lgl> <chr>          \n"
        "1 u-1        34   1.5 TRUE  Gold           \n2 u-2        NA   2   FALSE Basic          \n"
    ),
    "a box whose columns are not aligned": (
        "┌─────────┬─────┬───────┬─────┬─────────────────┐\n│ USER_ID │ AGE │ SCORE │ VIP │ MEMBERSHIP_TYPE │\n"
        "├─────────┼─────┼───────┼─────┼─────────────────┤\n│ u-1 │ 34 │ 1.5 │ true │ Gold │\n│ u-2 │ │ 2 │ f │ Basic │\n"
        "└─────────┴─────┴───────┴─────┴─────────────────┘\n"
    ),
    "psql whose columns are not aligned": (
        " USER_ID | AGE | SCORE | VIP | MEMBERSHIP_TYPE\n---------+-----+-------+-----+---\nu-1 | 34 | 1.5 | t | Gold\n"
        "u-2 | | 2 | f | Basic\n"
    ),
    "a data frame with its size": (
        "  USER_ID   AGE  SCORE    VIP MEMBERSHIP_TYPE\n0     u-1  34.0    1.5   True            Gold\n"
        "1     u-2   NaN    2.0  False           Basic\n\n[2 rows x 5 columns]\n"
    ),
}


@pytest.mark.parametrize("text", TABLES.values(), ids=list(TABLES))
def test_a_table_becomes_its_rows(text: str) -> None:
    assert values(text) == [GOLD, BASIC]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (
            "  USER_ID   AGE  SCORE    VIP             MEMBERSHIP_TYPE\n"
            "0     u-1  34.0    1.5   True  Very Frequent Gold Members\n",
            "Very Frequent Gold Members",
        ),
        (
            "  USER_ID   AGE  SCORE    VIP  MEMBERSHIP_TYPE\n0     u-1  34.0    1.5   True  Frequent    Gold\n",
            "Frequent    Gold",
        ),
        # A bar in a cell: at the place of the columns, escaped, or with no space beside it.
        (f"{'| USER_ID | AGE | SCORE | VIP | MEMBERSHIP_TYPE |'}\n|---|---|---|---|---|\n|u-1|34|1.5|t|a\\|b|", "a|b"),
        (f"{'|USER_ID|AGE|SCORE|VIP|MEMBERSHIP_TYPE|'}\n|---|---|---|---|---|\n| u-1 | 34 | 1.5 | t | a|b |", "a|b"),
        (
            " USER_ID | AGE | SCORE | VIP | MEMBERSHIP_TYPE \n---------+-----+-------+-----+-----------------\n"
            " u-1     |  34 |   1.5 | t   | Gold           +\n         |     |       |     | Founder\n(1 row)\n",
            "Gold\nFounder",
        ),
        (
            " USER_ID | AGE | SCORE | VIP | MEMBERSHIP_TYPE \n---------+-----+-------+-----+-----------------\n"
            " u-1     |  34 |   1.5 | t   | 金の会員 e\u0301\n(1 row)\n",
            "金の会員 e\u0301",
        ),
        (
            "  USER_ID   AGE  SCORE    VIP MEMBERSHIP_TYPE\n0     u-1  34.0    1.5   True        東京 Gold\n",
            "東京 Gold",
        ),
        ("USER_ID   AGE  SCORE  VIP    MEMBERSHIP_TYPE\nu-1       34   1.5    true   Very Gold\n", "Very Gold"),
        (f"{HEAD.replace(',', chr(9))}u-1\t34\t1.5\tt\ttab\\there\\\\\nu-2\tNULL\t1\tt\tx", "tab\there\\"),
        (f"{HEAD.replace(',', chr(9))}u-1\t34\t1.5\tt\ttab\\there", "tab\\there"),
        (f'{HEAD.replace(",", chr(9))}u-1\t34\t1.5\tt\t"a\\t""b"', 'a\\t"b'),
    ],
)
def test_a_cell_keeps_what_is_in_it(text: str, category: str) -> None:
    assert values(text)[0][4] == category


LITERALS = {
    "Python": f"[{PYTHON}]",
    "an assignment in a code fence": f"```python\nusers = [{PYTHON}]\n```",
    "Python's assignment": f"users = [\n    {PYTHON},  # the first\n]\n",
    "Python's arguments": "dict(USER_ID='u-1', AGE=34, SCORE=1.5, VIP=True, MEMBERSHIP_TYPE='Gold')",
    "pairs of psycopg2": (
        "[RealDictRow([('user_id', 'u-1'), ('age', 34), ('score', 1.5), ('vip', True), ('membership_type', 'Gold')])]"
    ),
    "an ordered dictionary": "OrderedDict({'USER_ID': 'u-1', 'AGE': 34, 'SCORE': 1.5, 'VIP': True, 'MEMBERSHIP_TYPE': 'Gold'})",
    "rows of Spark": "[Row(USER_ID='u-1', AGE=34, SCORE=1.5, VIP=True, MEMBERSHIP_TYPE='Gold')]",
    "numpy and decimals": (
        "[{'USER_ID': np.str_('u-1'), 'AGE': np.int64(34), 'SCORE': Decimal('1.5'), 'VIP': np.True_, "
        "'MEMBERSHIP_TYPE': u'Gold'}]"
    ),
    "a UUID and strings beside each other": PYTHON.replace("'u-1'", "UUID('u-1')").replace("'Gold'", "'Go' 'ld'"),
    "triple quotes and a raw string": PYTHON.replace("'u-1'", '"""u-1"""').replace("'Gold'", "r'Gold'"),
    "a heading and tuples": "[('USER_ID','AGE','SCORE','VIP','MEMBERSHIP_TYPE'), ('u-1', 34, 1.5, True, 'Gold')]",
    "a data frame": (
        "pd.DataFrame({'USER_ID': ['u-1'], 'AGE': [34], 'SCORE': [1.5], 'VIP': [True], 'MEMBERSHIP_TYPE': ['Gold']})"
    ),
    "a prompt": f">>> users\n[{PYTHON}]\n",
    "a prompt and a table": f">>> frame.head()\n{TABLES['a data frame with its size']}",
    "a prompt with two lines": ">>> users = [\n... " + PYTHON + "]\n",
    "IPython": f"In [3]: users = [{PYTHON}]",
    "IPython's output": f"Out[4]: [{PYTHON}]",
    "JavaScript": "const users: User[] = [{ userId: `u-1`, age: 34, score: 1.5, vip: true, membershipType: 'Gold' }];",
    "Node.js": "[\n  User {\n    USER_ID: 'u-1', AGE: 34, SCORE: 1.5, VIP: true, MEMBERSHIP_TYPE: 'Gold'\n  }\n]",
    "an object and its text": f"JSON.stringify([{JSON}])",
    "the text of JSON": json.dumps(JSON),
    "a text in single quotes": f"'{JSON}'",
    "Ruby": '=> [{"USER_ID"=>"u-1", :AGE=>34, "SCORE"=>1.5, "VIP"=>true, MEMBERSHIP_TYPE: "Gold"}]',
    "Ruby's symbols": "[{USER_ID: :'u-1', AGE: 34}]".replace(":'u-1'", "'u-1'").replace(
        "}", ", SCORE: 1.5, VIP: true, MEMBERSHIP_TYPE: :Gold}"
    ),
    "PHP": "<?php\n$users = [['USER_ID' => 'u-1', 'AGE' => 34, 'SCORE' => 1.5, 'VIP' => true, 'MEMBERSHIP_TYPE' => 'Gold']];",
    "PHP's var_export": (
        "array (\n  0 => \n  array (\n    'USER_ID' => 'u-1',\n    'AGE' => 34,\n    'SCORE' => 1.5,\n    'VIP' => true,\n"
        "    'MEMBERSHIP_TYPE' => 'Gold',\n  ),\n)"
    ),
    "R": 'list(USER_ID = "u-1", AGE = 34L, SCORE = 1.5, VIP = TRUE, MEMBERSHIP_TYPE = "Gold")',
    "R's dput": (
        'structure(list(USER_ID = "u-1", AGE = 34, SCORE = 1.5, VIP = TRUE, MEMBERSHIP_TYPE = "Gold"), '
        'class = "data.frame", row.names = c(NA, -1L))'
    ),
    "Perl's Dumper": (
        "$VAR1 = [ { 'USER_ID' => 'u-1', 'AGE' => 34, 'SCORE' => '1.5', 'VIP' => 1, 'MEMBERSHIP_TYPE' => 'Gold' } ];"
    ),
    "Elixir": '[%{"USER_ID" => "u-1", "AGE" => 34, "SCORE" => 1.5, "VIP" => true, "MEMBERSHIP_TYPE" => "Gold"}]',
    "Lua": '{ {USER_ID="u-1", AGE=34, SCORE=1.5, VIP=true, MEMBERSHIP_TYPE="Gold"} }',
    "Swift": '["USER_ID": "u-1", "AGE": 34, "SCORE": 1.5, "VIP": true, "MEMBERSHIP_TYPE": "Gold"]',
    "Kotlin": 'listOf(mapOf("USER_ID" to "u-1", "AGE" to 34, "SCORE" to 1.5, "VIP" to true, "MEMBERSHIP_TYPE" to "Gold"))',
    "C#": 'new User { UserId = "u-1", Age = 34, Score = 1.5, Vip = true, MembershipType = "Go" + "ld" }',
    "mongosh": (
        "[ { _id: ObjectId('65a'), USER_ID: 'u-1', AGE: Int32(34), SCORE: Decimal128('1.5'), VIP: true, "
        "MEMBERSHIP_TYPE: 'Gold' } ]"
    ),
    "escapes": PYTHON.replace("'u-1'", r"'\x75\u{2d}\u0031'").replace("'Gold'", r"'\U00000047\157ld'"),
    "parentheses and methods": PYTHON.replace("'u-1'", "('u-1'.strip())").replace("1.5", "01.5".lstrip("0")),
    "numbers that begin or end with a point": PYTHON.replace("1.5", "+.15e1").replace("34", "34."),
    "a comma behind it": f"{PYTHON},",
    "one record of a builder": (
        'PutUsersRequest.builder().users(User.builder().userId("u-1").properties(' + json.dumps(IN_PROPERTIES) + ")"
        ".build()).build()"
    ),
    "a program": (
        "import boto3\nclient = boto3.client('personalize-events')\n"
        "client.put_users(datasetArn='a', users=[{'userId': 'u-1', 'properties': json.dumps("
        "{'age': 34, 'score': 1.5, 'vip': True, 'membershipType': 'Gold'})}])\n"
    ),
    "a product": PYTHON.replace("34", "2 * 17").replace("1.5", "+1.5"),
    "JSON with comments": f"/* users */ [{JSON.replace('34', '3_4')},] // all",
    "members without braces": JSON.strip("{}"),
    "two values": f"{JSON}\n{JSON.replace('u-1', 'u-2')}",
    "a ticket": f"Please add this one:\n\n{JSON}\n\nThanks!",
    "a line of a log": f"2026-11-29 10:00:00 [INFO] [7] sending {JSON}",
    "a label": f"user params: {JSON}",
    "a code fence": f"Here:\n```json\n[{JSON}]\n```\nThanks!",
    "a code fence in a quotation": f"> ```\n> [{JSON}]\n> ```",
    "YAML": "- USER_ID: u-1\n  AGE: 34\n  SCORE: 1.5\n  VIP: yes\n  MEMBERSHIP_TYPE: Gold\n",
}


@pytest.mark.parametrize("text", LITERALS.values(), ids=list(LITERALS))
def test_a_literal_becomes_its_record(text: str) -> None:
    assert values(text)[0] == GOLD


ENVELOPES = {
    "data": f'{{"data": [{JSON}], "total": 1}}',
    "a request in an input": f'{{"input": {{"users": [{{"userId": "u-1", "properties": {json.dumps(IN_PROPERTIES)}}}]}}, "x": {{}}}}',
    "a body as text": json.dumps({"statusCode": 200, "body": f"[{JSON}]"}),
    "Elasticsearch": f'{{"took": 1, "hits": {{"hits": [{{"_index": "users", "_source": {JSON}}}]}}}}',
    "an item of DynamoDB": (
        '{"Item": {"USER_ID": {"S": "u-1"}, "AGE": {"N": "34"}, "SCORE": {"N": "1.5"}, "VIP": {"BOOL": true}, '
        '"MEMBERSHIP_TYPE": {"S": "Gold"}}}'
    ),
    "extended JSON": (
        '{"_id": {"$oid": "65"}, "USER_ID": {"$uuid": "u-1"}, "AGE": {"$numberLong": "34"}, '
        '"SCORE": {"$numberDecimal": "1.5"}, "VIP": true, "MEMBERSHIP_TYPE": "Gold", "__v": 0}'
    ),
    "columns and rows": (
        '{"columns": ["USER_ID", "AGE", "SCORE", "VIP", "MEMBERSHIP_TYPE"], "index": [0], '
        '"data": [["u-1", 34.0, 1.5, true, "Gold"]]}'
    ),
    "columns with their types": (
        '{"fields": [{"name": "USER_ID"}, {"name": "AGE"}, {"name": "SCORE"}, {"name": "VIP"}, '
        '{"name": "MEMBERSHIP_TYPE"}], "rows": [["u-1", 34, 1.5, true, "Gold"]]}'
    ),
    "columns instead of rows": (
        '{"USER_ID": {"0": "u-1"}, "AGE": {"0": 34}, "SCORE": {"0": 1.5}, "VIP": {"0": true}, '
        '"MEMBERSHIP_TYPE": {"0": "Gold"}}'
    ),
    "by number": f'{{"0": {JSON}, "1": {JSON.replace("u-1", "u-2")}}}',
    "with the number of the row": f'{{"schema": {{"fields": []}}, "data": [{{"index": 0, {JSON[1:]}]}}',
    "a heading and rows": '[["USER_ID", "AGE", "SCORE", "VIP", "MEMBERSHIP_TYPE"], ["u-1", 34, 1.5, true, "Gold"]]',
    "items that are users": f'{{"items": [{JSON}]}}',
}


@pytest.mark.parametrize("text", ENVELOPES.values(), ids=list(ENVELOPES))
def test_an_envelope_becomes_the_records_in_it(text: str) -> None:
    assert values(text)[0] == GOLD


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            f"{HEAD}u-1,34.0,1.5,t,Gold\nu-2,7.0,2,t,Basic\n",
            ("34.0 becomes 34.", "7.0 becomes 7.", "t becomes true, twice."),
        ),
        (
            f"{HEAD}" + "".join(f"u-{age},{age}.0,1.5,true,Gold\n" for age in range(30, 35)),
            ("30.0 becomes 30, and others likewise, 5 times.",),
        ),
        (
            "[{USER_ID: u-1, SCORE: 1, VIP: no, MEMBERSHIP_TYPE: Gold}]",
            ("Taken for text, and not for variables: “no”, “Gold”.", "no becomes false."),
        ),
        (f"{HEAD}u-1,NULL,1.5,true,NA\n", ("NULL becomes no value (null).",)),
        (f"[{JSON.replace('34', '34.0')}]", ("34.0 becomes 34.",)),
        (f"[{JSON.replace('34', chr(34) * 2)}]", ("an empty text becomes no value (null).",)),
        (f"[{JSON.replace('true', '1.0')}]", ("1.0 becomes true.",)),
        (f"[{JSON.replace('1.5', json.dumps('1,5'))}]", ("1,5 becomes 1.5.",)),
        (f"[{JSON.replace('true', json.dumps('1.0'))}]", ("1.0 becomes true.",)),
        (f"[{JSON.replace('34', json.dumps('1_000'))}]", ("1_000 becomes 1000.",)),
        (
            f"[{JSON.replace('34', json.dumps({'NULL': True})).replace('1.5', json.dumps({'N': 'NaN'}))}]",
            ("The types that a database has written beside the values are left out.",),
        ),
        (
            f"[{JSON.replace('34', json.dumps({'L': [{'N': '1'}]})).replace('1.5', json.dumps({'S': [1]}))}]",
            ("The types that a database has written beside the values are left out.",),
        ),
        (f"[{JSON.replace('1.5', json.dumps('1,234.5'))}]", ("1,234.5 becomes 1234.5.",)),
        (f"[{JSON.replace(chr(34) + 'u-1' + chr(34), '1001')}]", ("1001 becomes “1001”.",)),
        (
            f"[{JSON.replace(chr(34) + 'Gold' + chr(34), json.dumps(['Gold', 'Founder']))}]",
            ("[Gold, Founder] becomes Gold|Founder.",),
        ),
        (
            f"{HEAD.replace(',', ';')}u-1;1.234;1.234,5;ja;Gold\nu-2;;1.234;nein;Basic\n",
            (
                "1.234 stays as it is. If its point separates thousands, write 1234.",
                "1.234,5 becomes 1234.5.",
                "ja becomes true.",
                "nein becomes false.",
                "1.234 becomes 1234: in other numbers of its field, the same mark stands between thousands.",
            ),
        ),
        (f"{HEAD.replace('USER_ID', 'uid')}u-1,34,1.5,true,Gold\n", ("uid is taken for USER_ID.",)),
        (
            "USER_ID,AGE\nu-1,34\n",
            ("The heading has no SCORE, VIP, MEMBERSHIP_TYPE: add the values that are missing afterwards.",),
        ),
        (
            "u-1,34,1.5,true,Gold\nu-2,,2,false,Basic\n",
            (
                "These are rows without a heading. Put the names of the fields in the first line.",
                "The columns are taken in the schema's order: USER_ID, AGE, SCORE, VIP, MEMBERSHIP_TYPE.",
            ),
        ),
        (
            json.dumps(
                [{"userId": "u-1", "properties": "{'age': 34, 'score': 1.5, 'vip': True, 'membershipType': 'G'}"}]
            ),
            (
                "Properties whose text is no JSON are read as nearly JSON: text put in straight double quotes, "
                "words and calls such as None and Decimal(…) written as JSON has them.",
            ),
        ),
        (f"=> {JSON}".replace('"u-1"', "'=\"00123\"'"), ('="00123" becomes 00123.',)),
    ],
)
def test_a_press_says_what_it_changes(text: str, changes: tuple[str, ...]) -> None:
    assert read(text).changes == changes


@pytest.mark.parametrize(
    ("text", "words", "refusal"),
    [
        (
            "shape: (3, 5)\n┌─────────┬─────┐\n│ USER_ID ┆ AGE │\n│ ---     ┆ --- │\n│ str     ┆ i64 │\n╞═════════╪═════╡\n"
            "│ u-1     ┆ 34  │\n│ …       ┆ …   │\n└─────────┴─────┘",
            "a table",
            "Its program has left rows or columns out, where it has “…”. Print the whole table, best as CSV: a data "
            "frame has to_csv or write_csv.",
        ),
        (
            "| USER_ID | AGE |\n|---|---|\n| a very long na… | 34 |",
            "a table",
            "Line 3: “a very long na…” was cut by its program. Print the whole of it.",
        ),
        (
            "| USER_ID | AGE |\n|---|---|\n| u-1 | 34 | x | y |",
            "a table",
            "Line 3: expected 2 cells, as the heading has. Write a bar in a cell as \\|.",
        ),
        (
            "*** 1. row ***\nUSER_ID: u-1\nAGE: 3\n*** 2. row ***\nUSER_ID: u-2\n",
            "records with a field on each line",
            "The record at line 4 has other fields than the others, or one of them twice.",
        ),
        (
            "name,years,points,paid,level\nu-1,34,1.5,true,Gold\n",
            "rows of CSV",
            "Its first line names no fields of the schema. Write USER_ID, AGE, SCORE, VIP, MEMBERSHIP_TYPE there.",
        ),
        (
            "INSERT INTO users (USER_ID, AGE) VALUES ('u-1', now());",
            "rows in SQL",
            "Line 1: expected a value that is a text or a number; found “now()”.",
        ),
        (
            "INSERT INTO users (USER_ID, AGE) VALUES ('u-1', 7);\nINSERT INTO users (AGE, USER_ID) VALUES (7, 'u-2');",
            "rows in SQL",
            "Line 2: this statement has other columns than the first one.",
        ),
        (
            "INSERT INTO users (USER_ID, AGE) VALUES ('u-1', 7)\nAT ONCE;",
            "rows in SQL",
            "Line 2: expected an INSERT statement with values alone.",
        ),
        (
            "USER_ID=u-1 AGE=3\nUSER_ID=u-2 AGE=4\nUSER_ID=u-3 SCORE=3\n",
            "rows of names and values",
            "Line 1: expected the names of the first line: USER_ID, AGE.",
        ),
        (
            "<table><tr><td>a</td></tr></table>",
            "HTML or XML",
            "Paste the records as JSON, CSV or a table's text instead.",
        ),
        (
            "<table><tr><td>USER_ID</td></tr></table><table><tr><td>7</td></tr></table>",
            "a table of HTML",
            "It has more than one table. Paste the one that you mean.",
        ),
        (
            "*** 1. row ***\nUSER_ID: u-1\nnonsense\n",
            "records with a field on each line",
            "Line 3: expected a field and its value; found “nonsense”.",
        ),
        (
            "[ { USER_ID: 'u-1', x: [Object] } ]",
            "nearly JSON",
            "Its program has left parts of it out, where it has “…”. Print the whole of it.",
        ),
        (
            f"Either {JSON} or {JSON}?",
            "a value among other text",
            "It has more than one value in brackets among its words. Paste the one that you mean.",
        ),
        (
            f"```\n{JSON}\n```\nor\n```\n{JSON}\n```",
            "a code fence",
            "It has more than one block of code. Paste the one that you mean.",
        ),
        (
            "[{userId: user.name, age: 30}]",
            "YAML",
            "In YAML “user.name” is a text, and in a program code. If it is a text, put it in quotes.",
        ),
        (
            # pandas 3.1.1 with display.max_rows = 4.
            "   USER_ID  AGE      CITY\n"
            "0      u-1   30      Bern\n"
            "1      u-2   31  New York\n"
            "..     ...  ...       ...\n"
            "8      u-9   38      Bern\n"
            "9     u-10   39  New York\n"
            "\n"
            "[10 rows x 3 columns]\n",
            "a table with aligned columns",
            "Its program has left rows or columns out, where it has “…”. Print the whole table, best as CSV: a data "
            "frame has to_csv or write_csv.",
        ),
        (
            "[{userId: 'u-1', age: age || 30}]",
            "YAML",
            "In YAML “age || 30” is a text, and in a program code. If it is a text, put it in quotes.",
        ),
        (
            "[{ userId: 'u-1', age, }]",
            "YAML",
            "“age” stands there without a value: in a program it is a variable. Write its value.",
        ),
        (
            "{ datasetArn, users: [{ userId: 'u-1', properties: { age } }] }",
            "YAML",
            "“age” stands there without a value: in a program it is a variable. Write its value.",
        ),
        (
            "[\n  {\n    ...defaults,\n    userId: 'u-1',\n  },\n]",
            "YAML",
            "“...defaults” stands there without a value: in a program it is a variable. Write its value.",
        ),
        (
            f'{{"a": [{JSON}], "b": [{JSON}]}}',
            "JSON",
            "It has records in more than one place: in “a” and in “b”. Paste those that you mean.",
        ),
    ],
)
def test_what_is_not_certain_is_told_apart(text: str, words: str, refusal: str) -> None:
    detected = read(text)
    assert (detected.words, detected.refusal, detected.text) == (words, refusal, "")


@pytest.mark.parametrize(
    "text",
    [
        '[\n  {\n    "USER_ID": "u-1",\n    "AGE": 3',
        '{"USER_ID": "u-1" "AGE": 3}',
        "[{'USER_ID': 'u'.upper()}]",
        "[{'USER_ID': 'u' + 1}]",
        "[{'USER_ID': 2 * 'u'}]",
        "[{'USER_ID': X.builder().a(1)}]",
        "[{'USER_ID': X.builder().a(b=1).build()}]",
        "[{'USER_ID': datetime(2026)}]",
        "[{'USER_ID': datetime(2026, 13, 1)}]",
        "[{'USER_ID': Decimal([1])}]",
        "[{'USER_ID': UUID([1])}]",
        "[{'USER_ID': Timestamp([1])}]",
        "[{'USER_ID': list('u', a=1)}]",
        "[{'USER_ID': String.join(',', 1)}]",
        "[" * 40 + "'u'" + "]" * 40,
        "{'USER_ID': 'u', 7}",
        "{'USER_ID' : }",
        "{:a 1}",
        "USER",
        "USER_ID, AGE",
        "SELECT USER_ID, AGE FROM users;",
        "INSERT INTO t (a, b) VALUES (1, 2);",
        "a=1 b=2\n",
        "   0  1\nUSER_ID  u-1\nAGE  3  4\n",
        '[["u-1", [34], 1.5, true, "Gold"]]',
        "> a\n> b",
        "{'USER_ID': 'u', [1]: 3}",
        "[1, USER_ID='u']",
        "[" + "'a' " * 30_001 + "]",
        "[" + "1, " * 30_001 + "]",
        '{"a": ' * 11 + JSON + "}" * 11,
        '{"a": "[not JSON"}',
        '[["USER_ID", "AGE"], ["u"]]',
        '{"columns": ["USER_ID", "AGE"], "data": [["u"]]}',
        ' , \n , "',
        " , \n , ",
        '",\n"",""',
        "USER_ID AGE",
        "one two\nthree four five",
        "first  second\n-----  ------\na      b\n",
        " a | b \n---+---\n 1 | 2\n",
        "USER_ID\x00,AGE",
        "{a}",
        "x = 1",
        "users = load('users.json')",
    ],
)
def test_what_is_none_of_these_is_left_alone(text: str) -> None:
    assert detect(SCHEMA, "", text) is None


NULLABLE = users_schema(CITY=["null", "string"], TIER="string")


@pytest.mark.parametrize(
    ("text", "city", "tier"),
    [
        ("USER_ID\tCITY\tTIER\nu\t\\N\tNA\n", None, "NA"),
        ("USER_ID,CITY,TIER\nu,,\n", None, ""),
        ('USER_ID,CITY,TIER\nu,"",""\n', "", ""),
        ("USER_ID,CITY,TIER\nu,NULL,NULL\n", "NULL", "NULL"),
        # R puts all texts in quotes, so that NA without them is no value.
        ('"USER_ID","CITY","TIER"\n"u",NA,"NA"\n', None, "NA"),
        ('"USER_ID","CITY","TIER"\n"u","NA","NA"\n', "NA", "NA"),
        ("[{'USER_ID': 'u', 'CITY': nan, 'TIER': 'nan'}]", None, "nan"),
    ],
)
def test_no_value_of_a_text_is_what_is_certainly_none(text: str, city: str | None, tier: str) -> None:
    assert values(text, NULLABLE) == [("u", city, tier)]


ROWS = f"{HEAD}u-1,34,1.5,true,Gold\nu-2,,2,f,Basic"
EMPTY = {"USER_ID": ROWS, "AGE": None, "SCORE": "double", "VIP": "boolean", "MEMBERSHIP_TYPE": ""}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([EMPTY], [GOLD, BASIC]),
        (EMPTY, [GOLD, BASIC]),
        ([json.loads(JSON) | {"USER_ID": "a"}, EMPTY], [("a", *GOLD[1:]), GOLD, BASIC]),
        ([EMPTY | {"USER_ID": ROWS.partition("\n")[2].replace(",", "\t")}], [GOLD, BASIC]),
    ],
)
def test_rows_in_a_field_spread_over_records(records: Any, expected: list[tuple[Any, ...]]) -> None:
    text = json.dumps(records)
    number = len(records) if isinstance(records, list) else 1
    assert read(text).words.endswith(f" in USER_ID of record {number}")
    assert values(text) == expected


def test_what_else_a_record_has_stays_beside_the_rows_in_one_of_its_fields() -> None:
    kept = read(json.dumps(EMPTY | {"AGE": 7, "x": ["y"]}))
    assert json.loads(kept.text)[0] == {
        "AGE": 7,
        "SCORE": "double",
        "VIP": "boolean",
        "MEMBERSHIP_TYPE": "",
        "x": ["y"],
    }
    assert len(json.loads(kept.text)) == 3
    assert json.loads(read(json.dumps(EMPTY | {"x": ["y"]})).text)[0]["x"] == ["y"]


@pytest.mark.parametrize("text", ["one\ntwo", "<p>\n</p>", f"{HEAD}u-1,34\n", "a\tb"])
def test_other_lines_in_a_field_are_left_to_the_validation(text: str) -> None:
    assert detect(SCHEMA, "", json.dumps([json.loads(JSON) | {"USER_ID": text}])) is None


@pytest.mark.parametrize("text", [",USER_ID\nx,u-1\ny,u-2\n", ",USER_ID\n1,u-1\n1,u-2\n"])
def test_an_unnamed_column_that_counts_no_rows_is_kept(text: str) -> None:
    assert '"": "' in read(text).text


EVENTS = events_schema()
EVENT = "{'USER_ID': 'u', 'ITEM_ID': 'i', 'EVENT_TYPE': 'Watch', 'TIMESTAMP': MOMENT}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"trackingId": "t", "userId": "u", "eventList": [{"eventType": "W", "sentAt": 1, "itemId": "i"}]}', "JSON"),
        ("aws personalize-events put-events --tracking-id t", "an AWS CLI command"),
    ],
)
def test_a_request_of_another_type_names_that_type(text: str, words: str) -> None:
    detected = read(text)
    assert (detected.words, detected.other, detected.text) == (words, INTERACTIONS, "")
    items = read_entity_schema(
        ITEMS, json.dumps({"type": "record", "name": "Items", "fields": [{"name": "ITEM_ID", "type": "string"}]})
    )
    detected = read(text, items)
    assert (detected.other, detected.text) == (INTERACTIONS, "")


def test_three_other_names_of_fields_make_a_heading() -> None:
    detected = read("User,Item,Event,Time\nu,i,Watch,1795946460\n", EVENTS)
    assert detected.changes == (
        "User is taken for USER_ID.",
        "Item is taken for ITEM_ID.",
        "Event is taken for EVENT_TYPE.",
        "Time is taken for TIMESTAMP.",
    )
    assert validate_record_input(EVENTS, detected.text).problems == ()


@pytest.mark.parametrize(
    "moment",
    [
        "1795946460",
        "1795946460000",
        "'1795946460000'",
        "'2026-11-29 10:01:00+00'",
        "'2026-11-29 10:01:00.123456+00'",
        "'2026-11-29T10:01:00.123Z'",
        "'2026-11-29 11:01:00 +01'",
        "'2026-11-29 10:01:00 UTC'",
        "'2026-11-29T10:01:00Z[UTC]'",
        "'2026-11-29T11:01:00+01:00[Europe/Zurich]'",
        "'Sun, 29 Nov 2026 10:01:00 GMT'",
        "'29 Nov 2026 11:01:00 +0100'",
        "'Sun Nov 29 10:01:00 UTC 2026'",
        "'Sun Nov 29 2026 11:01:00 GMT+0100 (Central European Standard Time)'",
        "'20261129T100100Z'",
        "'20261129T1101+0100'",
        "'20261129T100100.123Z'",
        "'2026-11-29T10:01:00.999999999 GMT'",
        "datetime.datetime(2026, 11, 29, 10, 1, tzinfo=datetime.timezone.utc)",
        "datetime.datetime(2026, 11, 29, 11, 1, 0, 0, datetime.timezone(datetime.timedelta(seconds=3600)))",
        "datetime.datetime(2026, 11, 29, 10, 1, tzinfo=zoneinfo.ZoneInfo(key='UTC'))",
        "Timestamp('2026-11-29 10:01:00', tz='UTC')",
        "Timestamp('2026-11-29 10:01:00+0000', tz='UTC')",
        "ISODate('2026-11-29T10:01:00Z')",
        "new Date(1795946460 * 1000)",
        "new Date('2026-11-29T10:01:00.000Z')",
        "Instant.ofEpochSecond(1795946460L)",
        "{'$date': '2026-11-29T10:01:00Z'}",
        "{'$date': {'$numberLong': '1795946460000'}}",
    ],
)
def test_a_moment_is_read_as_programs_write_it(moment: str) -> None:
    text = read(EVENT.replace("MOMENT", moment), EVENTS).text
    (record,) = validate_record_input(EVENTS, text).records
    assert record.properties["timestamp"] == 1795946460


def test_a_fraction_that_is_left_out_is_told() -> None:
    detected = read(EVENT.replace("'", '"').replace("MOMENT", '"2026-11-29T10:01:00.123Z"'), EVENTS)
    assert detected.changes == ("2026-11-29T10:01:00.123Z becomes 2026-11-29T10:01:00Z.",)


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-29T10:01:00[UTC]",
        "Mon, 29 Nov 2026 10:01:00 GMT",
        "31 Nov 2026 10:01:00 GMT",
        "Sun, 29 Nov 2026 10:01:00 CET",
    ],
)
def test_a_moment_that_contradicts_itself_stays_as_it_is(moment: str) -> None:
    assert detect(EVENTS, "", EVENT.replace("'", '"').replace("MOMENT", f'"{moment}"')) is None


def test_what_becomes_of_a_moment_is_told() -> None:
    detected = read(EVENT.replace("'", '"').replace("MOMENT", '"20261129T100100.123Z"'), EVENTS)
    assert detected.changes == ("20261129T100100.123Z becomes 2026-11-29T10:01:00Z.",)


def test_a_field_of_fractions_keeps_that_of_a_moment() -> None:
    schema = users_schema(SEEN_TIMESTAMP="double")
    written = json.dumps({"USER_ID": "u", "SEEN_TIMESTAMP": "2026-11-29 10:01:00.5+00"})
    (record,) = validate_record_input(schema, read(written, schema).text).records
    assert record.properties["seenTimestamp"] == 1795946460.5
    plain = json.dumps({"USER_ID": "u", "SEEN_TIMESTAMP": "2026-11-29T10:01:00.5Z"})
    assert detect(schema, "", plain) is None


def test_a_moment_whose_offset_nobody_knows_stays_as_it_is() -> None:
    text = read(EVENT.replace("MOMENT", "datetime.datetime(2026, 11, 29, 10, 1)"), EVENTS).text
    (problem,) = validate_record_input(EVENTS, text).problems
    assert "without its offset from UTC" in problem.sentence
    (suggestion,) = suggestions(EVENTS, text)
    assert suggestion.sentence == "1 date has no offset from UTC: “2026-11-29T10:01:00”."
    fixed = suggested(EVENTS, text, suggestion.name)
    assert fixed is not None
    (record,) = validate_record_input(EVENTS, fixed).records
    assert record.properties["timestamp"] == 1795946460


def test_days_are_offered_as_their_beginning_in_utc() -> None:
    days = json.dumps([json.loads(EVENT.replace("'", '"').replace("MOMENT", f'"2026-11-{day}"')) for day in (28, 29)])
    (suggestion,) = suggestions(EVENTS, days)
    assert suggestion.sentence == "2 dates have no offset from UTC: “2026-11-28”, “2026-11-29”."
    records = validate_record_input(EVENTS, suggested(EVENTS, days, suggestion.name) or "").records
    assert [each.properties["timestamp"] for each in records] == [1795824000, 1795910400]


def test_typographic_quotes_around_names_are_none_of_yaml() -> None:
    text = "[{\u201cUSER_ID\u201d: \u201cu-1\u201d, \u201cAGE\u201d: 34}]\n..."
    detected = detect(users_schema(AGE="int"), "", text)
    assert detected is not None
    assert json.loads(detected.text) == [{"USER_ID": "u-1", "AGE": 34}]


def test_booleans_of_the_sdk_for_java_are_read() -> None:
    text = "{userId=AttributeValue(S=u-1), vip=AttributeValue(BOOL=true)}"
    detected = detect(users_schema(VIP="boolean"), "", text)
    assert detected is not None
    assert json.loads(detected.text) == [{"USER_ID": "u-1", "VIP": True}]


def test_names_of_json_that_are_fields_but_for_their_marks_are_read() -> None:
    # Metabase exports JSON with the names that it shows.
    text = f"[{JSON.replace('USER_ID', 'User ID')}]"
    assert values(text) == [GOLD]
    assert read(text).changes == ("Names are written as the schema has them: “User ID” as USER_ID.",)


@pytest.mark.parametrize(
    "written", ["2026-11-30 10:00:00 +0000 UTC", "2026-11-30 11:00:00.5 +0100 CET", "Mon, 30 Nov 2026 10:00:00 UTC"]
)
def test_a_moment_of_go_and_rails_is_one_in_seconds(written: str) -> None:
    schema = events_schema()
    text = json.dumps(
        {"userId": "u-1", "itemId": "i-1", "sessionId": "s-1", "eventType": "view", "timestamp": written}
    )
    detected = detect(schema, "", text)
    assert detected is not None
    assert validate_record_input(schema, detected.text).records[0].properties["timestamp"] == 1796032800


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[{'USER_ID': name, 'AGE': 3}]", "Line 1: it cannot be read near “{'USER_ID': name, 'AGE': 3}]”."),
        ("{'USER_ID': 'u', 'AGE' 3}", "Line 1: it cannot be read near “: 'u', 'AGE' 3}”."),
        (
            "// ours\nconst users = [\n  // one\n  {userId: 'u', age: count(1)},\n]",
            "Line 4: it cannot be read near “count(1)},”.",
        ),
    ],
)
def test_where_a_literal_has_code_is_said(text: str, place: str) -> None:
    assert read(text).refusal.startswith(place)


@pytest.mark.parametrize("heading", ["    USER_ID  AGE  SCORE", "| USER_ID | AGE | SCORE |\n|---|---|---|"])
def test_rows_that_are_left_out_are_said_where_there_are_more_than_can_be_sent(heading: str) -> None:
    rows = [f"{n}     u-{n}   3{n}    1.{n}" for n in range(5)]
    rows = [*rows, "..   ...      ..    ...", *(f"9{n}    u-9{n}  4{n}    1.{n}" for n in range(5))]
    if "|" in heading:
        rows = ["|" + "|".join(row.split()[1:]) + "|" for row in rows]
    assert read("\n".join([heading, *rows])).refusal == (
        "Its program has left rows or columns out, where it has “…”. Print the whole table, best as CSV: a data frame "
        "has to_csv or write_csv."
    )
