"""Literals of programming languages whose texts stand in quotes, and what programs print so."""

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.literals.parsing import read_literal
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

OLD = ("u-1", None, 1.5, True, "Gold")
PYTHON = "{'USER_ID': 'u-1', 'AGE': 34, 'SCORE': 1.5, 'VIP': True, 'MEMBERSHIP_TYPE': 'Gold'}"
COLUMNS = "'USER_ID', 'AGE', 'SCORE', 'VIP', 'MEMBERSHIP_TYPE'"
DTYPE = "[('USER_ID', '<U3'), ('AGE', '<i8'), ('SCORE', '<f8'), ('VIP', '?'), ('MEMBERSHIP_TYPE', '<U4')]"
C_SHARP = 'UserId = "u-1", Age = {}, Score = 1.5m, Vip = true, MembershipType = "Gold"'
GO = 'UserID:"u-1", Age:{}, Score:1.5, Vip:true, MembershipType:"Gold"'
CLOJURE = '{:user-id "u-1" :age 34 :score 1.5 :vip true :membership-type "Gold"}'
PAIRS = '"USER_ID"{0}"u-1", "AGE"{0}34, "SCORE"{0}1.5, "VIP"{0}true, "MEMBERSHIP_TYPE"{0}"Gold"'

READ = {
    "a data frame of rows": (
        f"import pandas as pd\n\ndf = pd.DataFrame([\n    ['u-1', 34, 1.5, True, 'Gold'],\n], columns=[{COLUMNS}])"
    ),
    "a data frame with data by name": f"pd.DataFrame(data=[['u-1', 34, 1.5, True, 'Gold']], columns=[{COLUMNS}])",
    "a data frame of records": f"pd.DataFrame([{PYTHON}])",
    "a data frame with numbers as its index": f"pd.DataFrame([{PYTHON}], index=[0])",
    "rows with numbers as their index": "pd.DataFrame([('u-1', 34, 1.5, True, 'Gold')], index=[7], columns=["
    + COLUMNS
    + "])",
    "columns with numbers as their index": (
        "pd.DataFrame({'USER_ID': ['u-1'], 'AGE': [34], 'SCORE': [1.5], 'VIP': [True], 'MEMBERSHIP_TYPE': ['Gold']}, "
        "index=[3])"
    ),
    "polars with a schema": (
        "pl.DataFrame([('u-1', 34, 1.5, True, 'Gold')], schema={'USER_ID': 's', 'AGE': 'i', 'SCORE': 'f', 'VIP': 'b', "
        "'MEMBERSHIP_TYPE': 's'}, orient='row')"
    ),
    "an array of numpy": "array([['u-1', 34.0, 1.5, True, 'Gold']], dtype=object)",
    "a record array of numpy": f"rec.array([('u-1', 34, 1.5, True, 'Gold')],\n          dtype={DTYPE})",
    "a dictionary with a default": f"defaultdict(<function <lambda> at 0x7f8a>, {PYTHON})",
    "a counter": f"Counter({PYTHON})",
    "Rust": 'User { user_id: "u-1", age: Some(34), score: 1.5, vip: true, membership_type: "Gold" }',
    "Rust's code": (
        'let users: Vec<User> = vec![User { user_id: "u-1".to_string(), age: Some(34), score: 1.5, vip: true, '
        'membership_type: String::from("Gold") }];'
    ),
    "Rust's dbg!": (
        '[src/main.rs:3:204] users = [\n    User {\n        user_id: "u-1",\n        age: Some(\n            34,\n        ),\n'
        '        score: 1.5,\n        vip: true,\n        membership_type: "Gold",\n    },\n]'
    ),
    "Swift": '[Shop.User(userId: "u-1", age: Optional(34), score: 1.5, vip: true, membershipType: "Gold")]',
    "Scala": f"val users = Seq(\n  Map({PAIRS.format(' -> ')})\n)",
    "Java's Map.of": f"List<Map<String, Object>> users = List.of(\n    Map.of({PAIRS.format(', ')}));",
    "Java's entries": (
        'List.of(Map.ofEntries(Map.entry("USER_ID", "u-1"), entry("AGE", 34), entry("SCORE", 1.5), entry("VIP", true), '
        'entry("MEMBERSHIP_TYPE", "Gold")))'
    ),
    "Java's Optional": 'new User(userId="u-1", age=Optional.of(34), score=1.5, vip=true, membershipType="Gold")',
    "C#'s anonymous types": f"var users = new[] {{\n    new {{ {C_SHARP.format('(int?)34')} }},\n}};",
    "C#'s list": f"new List<User>() {{ new User() {{ {C_SHARP.format(34)} }} }};",
    "C#'s array": f"User[] users = new User[] {{ new User {{ {C_SHARP.format(34)} }} }};",
    "C#'s dictionary": f"new Dictionary<string, object> {{ {{ {PAIRS.format(', ').replace(', "', ' }}, {{ "')} }} }}".replace(
        "{{", "{"
    )
    .replace("}}", "}")
    .replace('"USER_ID" }, { "u-1"', '"USER_ID", "u-1"')
    .replace('"MEMBERSHIP_TYPE" }, { "Gold"', '"MEMBERSHIP_TYPE", "Gold"'),
    "C#'s dictionary with indexes": (
        'new Dictionary<string, object> { ["USER_ID"] = "u-1", ["AGE"] = 34, ["SCORE"] = 1.5, ["VIP"] = true, '
        '["MEMBERSHIP_TYPE"] = "Gold" }'
    ),
    "Go": f"users := []User{{{{{GO.format(34)}}}}}",
    "Go's map": f"map[string]any{{{PAIRS.format(': ')}}}",
    "Go's pointers": f"[]*main.User{{&main.User{{{GO.format(34)}}}}}",
    "Go's array": f"[1]main.User{{main.User{{{GO.format(34)}}}}}",
    "Elixir": '%{user_id: "u-1", age: 34, score: 1.5, vip: true, membership_type: "Gold"}',
    "a struct of Elixir": '[%Shop.User{user_id: "u-1", age: 34, score: 1.5, vip: true, membership_type: "Gold"}]',
    "Lua with names in brackets": (
        'users = { { ["USER_ID"] = "u-1", ["AGE"] = 34, ["SCORE"] = 1.5, ["VIP"] = true, ["MEMBERSHIP_TYPE"] = "Gold" } }'
    ),
    "Clojure": CLOJURE,
    "Clojure with commas": CLOJURE.replace(" :", ", :"),
    "a list of Clojure": f"[{CLOJURE} {CLOJURE.replace('u-1', 'u-2')}]",
    "PowerShell": (
        "$users = @(\n  @{ USER_ID = 'u-1'; AGE = 34; SCORE = 1.5; VIP = $true; MEMBERSHIP_TYPE = \"Gold\" }\n)"
    ),
    "PowerShell's objects": (
        "[pscustomobject]@{\n  USER_ID = 'u-1'\n  AGE = 34\n  SCORE = 1.5\n  VIP = $true\n  'MEMBERSHIP_TYPE' = 'Gold'\n}"
    ),
    "Node.js without a prototype": (
        "[\n  [Object: null prototype] {\n    USER_ID: 'u-1',\n    AGE: 34,\n    SCORE: 1.5,\n    VIP: true,\n"
        "    MEMBERSHIP_TYPE: 'Gold'\n  }\n]"
    ),
    "Ruby's to_json": "[{ user_id: 'u-1', properties: { age: 34, score: 1.5, vip: true, membership_type: 'Gold' }.to_json }]",
    "a number in hexadecimal digits": "[{userId: 'u-1', age: 0x22, score: 1.5, vip: true, membershipType: 'Gold'}]",
    "Groovy": "def users = [\n    [userId: 'u-1', age: 34, score: 1.5G, vip: true, membershipType: 'Gold']\n]",
    "Julia with the types of its names": (
        f"2-element Vector{{@NamedTuple{{{', '.join(f'name{n}::String' for n in range(20))}}}}}:\n"
        ' (user_id = "u-1", age = 34, score = 1.5, vip = true, membership_type = "Gold")\n'
    ),
    "JavaScript's join": "[{userId: 'u-1', age: 34, score: 1.5, vip: true, membershipType: ['Gold'].join('|')}]",
    "Python's join": "[{'userId': 'u-1', 'age': 34, 'score': 1.5, 'vip': True, 'membershipType': '|'.join(('Gold',))}]",
    "Ruby's words": "[{ user_id: 'u-1', age: 34, score: 1.5, vip: true, membership_type: %w[Gold].join('|') }]",
    "PowerShell's JSON": "@{ USER_ID = 'u-1'; AGE = 34; SCORE = 1.5; VIP = $true; MEMBERSHIP_TYPE = 'Gold' } | ConvertTo-Json -Depth 5",
    "PowerShell's JSON of an argument": (
        "ConvertTo-Json -InputObject @(@{ USER_ID = 'u-1'; AGE = 34; SCORE = 1.5; VIP = $true; MEMBERSHIP_TYPE = 'Gold' }) "
        "-Compress"
    ),
    "rows of tuples": "('u-1',34,1.5,true,'Gold'),('u-2',NULL,2,false,'Basic')",
    "C#'s verbatim strings": f"new User {{ {C_SHARP.format(34)} }}".replace('"u-1"', '@"u-1"'),
    "behind the numbers of lines": f"     1\t[\n     2\t{PYTHON},\n     3\t]",
    "numbers of lines without a space before them": f"1\t[\n2\t  {PYTHON}\n3\t]",
    "CSV in a text of JSON": '"USER_ID,AGE,SCORE,VIP,MEMBERSHIP_TYPE\\nu-1,34,1.5,true,Gold\\n"',
    "Ruby's symbols before arrows": '[{:USER_ID=>"u-1", :AGE=>34, :SCORE=>1.5, :VIP=>true, :MEMBERSHIP_TYPE=>"Gold"}]',
    "a label in a code fence": f"```\nuser params: {PYTHON}\n```",
    "a file of PHP": (
        "<?php\n/**\n * Export to PHP Array\n */\n\n/* `shop`.`users` */\n$users = array(\n"
        "  array('user_id' => 'u-1','age' => '34','score' => '1.5','vip' => '1','membership_type' => 'Gold')\n);\n"
    ),
}


@pytest.mark.parametrize("text", READ.values(), ids=list(READ))
def test_a_literal_becomes_its_record(text: str) -> None:
    assert values(text)[0] == GOLD


@pytest.mark.parametrize(
    "text",
    [
        f"new {{ {C_SHARP.format('(int?)null')} }}",
        f"&main.User{{{GO.format('(*int)(nil)')}}}",
        f"main.User{{{GO.format('interface {}(nil)')}}}",
        'User { user_id: "u-1", age: None, score: 1.5, vip: true, membership_type: "Gold" }',
        "@{ USER_ID = 'u-1'; AGE = $null; SCORE = 1.5; VIP = $true; MEMBERSHIP_TYPE = 'Gold' }",
        CLOJURE.replace("34", "nil"),
        "[{userId: 'u-1', age: void 0, score: 1.5, vip: true, membershipType: 'Gold'}]",
        (
            "{'USER_ID': array(['u-1'], dtype=object), 'AGE': masked_array(data=[--],\n             mask=[ True],\n"
            "       fill_value=np.int64(999999),\n            dtype=int32), 'SCORE': array([1.5 ]), 'VIP': array([ True]), "
            "'MEMBERSHIP_TYPE': array(['Gold'], dtype=object)}"
        ),
    ],
)
def test_a_word_for_no_value_becomes_none(text: str) -> None:
    assert values(text) == [OLD]


def test_an_index_that_may_be_the_ids_stays_beside_the_records() -> None:
    detected = read("pd.DataFrame({'AGE': [34], 'SCORE': [1.5]}, index=['u-1'])")
    assert '"index": "u-1"' in detected.text


def test_texts_of_powershell_have_no_escapes_of_other_languages() -> None:
    text = "@{ USER_ID = 'u-1'; AGE = 34; SCORE = 1.5; VIP = $true; MEMBERSHIP_TYPE = 'it''s C:\\new' }"
    assert values(text) == [("u-1", 34, 1.5, True, "it's C:\\new")]


def test_quotes_of_a_verbatim_string_are_written_twice() -> None:
    text = f"new User {{ {C_SHARP.format(34)} }}".replace('"Gold"', '@"Go""ld"')
    assert values(text) == [("u-1", 34, 1.5, True, 'Go"ld')]


def test_a_keyword_of_clojure_is_a_text() -> None:
    assert values(CLOJURE.replace('"Gold"', ":gold-member")) == [("u-1", 34, 1.5, True, "gold-member")]


@pytest.mark.parametrize(
    "text",
    [
        '@{ USER_ID = "$id"; AGE = 34 }',
        'new User { USER_ID = @"a\\b" }',
        '"a text"',
        '@{ USER_ID = "a`nb"; AGE = 34 }',
        "@{ USER_ID = `a`; AGE = 34 }",
        "{:user-id x :age 34}",
        "{:age 34 :'b' 2}",
        "{:user-1 34}",
        "{:user-/ 34}",
        "[]*main.User{(*main.User)(0xc000012345)}",
        "[]map[string]{1}",
        "map[1]{}",
        "List<User",
        "List<User> x",
        "List<" + "a," * 20 + "b> {}",
        "{:a" + "-b" * 40 + " 1}",
        "[]" * 20 + "T{}",
        'Map.of("USER_ID", "u-1", "AGE")',
        'Map.ofEntries("USER_ID", "u-1")',
        "pd.DataFrame(['a'], index=[0])",
        "pd.DataFrame(7, index=[0])",
        "pd.DataFrame()",
        "masked_array(mask=[True])",
        "import os",
    ],
)
def test_what_only_a_program_knows_is_left_alone(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or not detected.text


def test_the_address_of_a_value_in_go_is_no_number() -> None:
    # Go 1.23, %#v.
    text = f"[]main.User{{main.User{{{GO.format('(*int)(0xc0000120a8)')}}}}}"
    assert "it cannot be read near" in read(text).refusal


MEMBERS = "AGE = 34; SCORE = 1.5; VIP = $true; MEMBERSHIP_TYPE"


def test_texts_of_powershell_have_quotes_twice_and_backslashes() -> None:
    text = f"@(\n  @{{ USER_ID = 'a''b'; {MEMBERS} = 'C:\\' }}\n  @{{ USER_ID = ''''; {MEMBERS} = \"a\"\"b\" }}\n)"
    assert [(each[0], each[4]) for each in values(text)] == [("a'b", "C:\\"), ("'", 'a"b')]


def test_lists_of_julia_have_their_types() -> None:
    pairs = PAIRS.format(" => ")
    assert values(f"Dict{{String, Union{{Nothing, Any}}}}[Dict({pairs})]") == [GOLD]
    assert values(f"Dict{{String, Any}}({pairs})") == [GOLD]
    assert detect(SCHEMA, "", f"Dict{{String, 3}}[Dict({pairs})]") is None or not read(f"Dict{{A, 3}}({pairs})").text


def test_a_type_of_julia_that_is_longer_than_any_is_none() -> None:
    assert read_literal(f'Dict{{{"String, " * 1000}Any}}["USER_ID" => "u-1"]') is None


def test_structs_of_ron_are_tuples_with_names() -> None:
    # ron 0.8, Rust's notation, plain and pretty.
    assert values(
        '[(USER_ID:"u-1",AGE:Some(34),SCORE:1.5,VIP:true,MEMBERSHIP_TYPE:"Gold"),'
        '(USER_ID:"u-2",AGE:None,SCORE:2.0,VIP:false,MEMBERSHIP_TYPE:"Basic")]'
    ) == [GOLD, BASIC]
    lines = ('USER_ID: "u-1"', "AGE: Some(34)", "SCORE: 1.5", "VIP: true", 'MEMBERSHIP_TYPE: "Gold"')
    assert values("[\n    (\n" + "".join(f"        {line},\n" for line in lines) + "    ),\n]") == [GOLD]
    assert read_literal('(USER_ID: "u-1", 34)') is None


def test_arrays_of_numpy_have_blanks_between_values_and_rows() -> None:
    # numpy 2, print(df.values) and print(df.to_records(index=False)).
    rows = "[['u-1' 34.0 1.5 True 'Gold']\n ['u-2' nan 2.0 False 'it\\'s \"Basic\"']]"
    assert values(rows) == [GOLD, (*BASIC[:4], 'it\'s "Basic"')]
    records = "[('u-1', 34., 1.5,  True, 'Gold')\n ('u-2', nan, 2. , False, 'Basic')]"
    assert values(records) == [GOLD, BASIC]
    assert "missing commas added" in read(records).words
