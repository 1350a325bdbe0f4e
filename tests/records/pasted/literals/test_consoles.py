"""What consoles, debuggers and dumps of programming languages show of records."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values
from tests.records.pasted.tables.reading import TEXTS, users

FIRST = "userId: 'u-1', age: 34, score: 1.5, vip: true, membershipType: 'Gold'"
SECOND = "userId: 'u-2', age: null, score: 2, vip: false, membershipType: 'Basic'"
CUT = "Its program has left parts of it out, where it has “…”. Print the whole of it."

BOTH = {
    "Chrome": f"(2) [{{{FIRST}}}, {{{SECOND}}}]",
    "Firefox": f"Array(2) [ {{{FIRST}}}, {{{SECOND}}} ]",
    "an older Firefox": f"Array [ {{{FIRST}}}, {{{SECOND}}} ]",
    "Node.js, as it is typed": f"> users\n[\n  {{{FIRST}}},\n  {{{SECOND}}}\n]\n> ",
    "%o of Node.js": f"[2026-11-29T10:00:00.000Z] users [\n  {{{FIRST}}},\n  {{{SECOND}}},\n  [length]: 2\n]",
    "a response of axios": (
        "{\n  status: 200,\n  headers: Object [AxiosHeaders] { 'content-type': 'application/json' },\n"
        "  config: { adapter: [Function: xhr], validate: [Function (anonymous)], signal: undefined },\n"
        f"  request: <ref *1> Request {{ self: [Circular *1] }},\n  data: [ {{{FIRST}}}, {{{SECOND}}} ]\n}}"
    ),
    "pino-pretty": f"[10:00:00.123] INFO (1): put users\n    users: [\n      {{{FIRST}}},\n      {{{SECOND}}}\n    ]",
    "records below each other, and their count": f"Please add:\n{{{FIRST}}}\n{{{SECOND}}}\n2 rows in set (0.00 sec)",
    "dbg! of Rust, twice": (
        '[src/main.rs:3:5] u = User {\n    user_id: "u-1",\n    age: Some(\n        34,\n    ),\n    score: 1.5,\n'
        '    vip: true,\n    membership_type: "Gold",\n}\n[src/main.rs:4:5] &v = User {\n    user_id: "u-2",\n'
        '    age: None,\n    score: 2.0,\n    vip: false,\n    membership_type: "Basic",\n}\n'
    ),
    "amazing_print of Ruby": (
        '[\n    [0] {\n        :user_id => "u-1",\n        :age => 34,\n        :score => 1.5,\n        :vip => true,\n'
        '        :membership_type => "Gold"\n    },\n    [1] #<User:0x000055d0 @user_id="u-2", @age=nil, @score=2.0, '
        '@vip=false, @membership_type="Basic">\n]'
    ),
    "dump of Laravel": (
        'array:2 [▼\n  0 => array:5 [▼\n    "USER_ID" => "u-1"\n    "AGE" => 34\n    "SCORE" => 1.5\n    "VIP" => true\n'
        '    "MEMBERSHIP_TYPE" => "Gold"\n  ]\n  1 => array:5 [▼\n    "USER_ID" => "u-2"\n    "AGE" => null\n'
        '    "SCORE" => 2.0\n    "VIP" => false\n    "MEMBERSHIP_TYPE" => "Basic"\n  ]\n]'
    ),
    "var_dump of PHP": (
        'php > var_dump($users);\narray(2) {\n  [0]=>\n  array(5) {\n    ["userId"]=>\n    string(3) "u-1"\n'
        '    ["age"]=>\n    int(34)\n    ["score"]=>\n    float(1.5)\n    ["vip"]=>\n    bool(true)\n'
        '    ["membershipType"]=>\n    string(4) "Gold"\n  }\n  [1]=>\n  array(5) {\n    ["userId"]=>\n'
        '    string(3) "u-2"\n    ["age"]=>\n    NULL\n    ["score"]=>\n    float(2)\n    ["vip"]=>\n    bool(false)\n'
        '    ["membershipType"]=>\n    string(5) "Basic"\n  }\n}'
    ),
    "go-spew": (
        '([]main.U) (len=2 cap=2) {\n (main.U) {\n  UserID: (string) (len=3) "u-1",\n  Age: (*int)(0xc0000140a0)(34),\n'
        '  Score: (float64) 1.5,\n  VIP: (bool) true,\n  MembershipType: (string) (len=4) "Gold"\n },\n (main.U) {\n'
        '  UserID: (string) (len=3) "u-2",\n  Age: (*int)(<nil>),\n  Score: (float64) 2,\n  VIP: (bool) false,\n'
        '  MembershipType: (string) (len=5) "Basic"\n }\n}'
    ),
    "go-spew of maps": (
        "([]map[string]interface {}) (len=2) {\n"
        ' (map[string]interface {}) (len=5) {\n  (string) (len=7) "USER_ID": (string) (len=3) "u-1",\n'
        '  (string) (len=3) "AGE": (int) 34,\n  (string) (len=5) "SCORE": (float64) 1.5,\n'
        '  (string) (len=3) "VIP": (bool) true,\n  (string) (len=15) "MEMBERSHIP_TYPE": (string) (len=4) "Gold"\n },\n'
        ' (map[string]interface {}) (len=5) {\n  (string) (len=7) "USER_ID": (string) (len=3) "u-2",\n'
        '  (string) (len=3) "AGE": (interface {}) <nil>,\n  (string) (len=5) "SCORE": (float64) 2,\n'
        '  (string) (len=3) "VIP": (bool) false,\n  (string) (len=15) "MEMBERSHIP_TYPE": (string) (len=5) "Basic"\n }\n}'
    ),
    "Haskell": (
        'ghci> users\n[User {userId = "u-1", age = Just 34, score = 1.5, vip = True, membershipType = "Gold"},'
        'User {userId = "u-2", age = Nothing, score = 2.0, vip = False, membershipType = "Basic"}]'
    ),
    "OCaml": (
        '[{user_id = "u-1"; age = Some 34; score = 1.5; vip = true; membership_type = "Gold"},'
        ' {user_id = "u-2"; age = None; score = 2.; vip = false; membership_type = "Basic"}]'
    ),
    "F#": (
        'val users: User list =\n  [{ UserId = "u-1"\n     Age = Some 34\n     Score = 1.5\n     Vip = true\n'
        '     MembershipType = "Gold" }, { UserId = "u-2"\n     Age = None\n     Score = 2.0\n     Vip = false\n'
        '     MembershipType = "Basic" }]'
    ),
    "Julia": (
        'julia> users\n2-element Vector{Dict{String, Any}}:\n Dict("USER_ID" => "u-1", "AGE" => 34, "SCORE" => 1.5, '
        '"VIP" => true, "MEMBERSHIP_TYPE" => "Gold")\n Dict("USER_ID" => "u-2", "AGE" => missing, "SCORE" => 2.0, '
        '"VIP" => false, "MEMBERSHIP_TYPE" => "Basic")'
    ),
    "Groovy": (
        "groovy:000> users\n===> [[userId:u-1, age:34, score:1.5, vip:true, membershipType:Gold], "
        "[userId:u-2, age:null, score:2.0, vip:false, membershipType:Basic]]"
    ),
    "jshell": (
        "$2 ==> [User[userId=u-1, age=34, score=1.5, vip=true, membershipType=Gold], "
        "User[userId=u-2, age=null, score=2.0, vip=false, membershipType=Basic]]"
    ),
    "PsySH": (
        '> $users\n= [\n    [\n      "userId" => "u-1",\n      "age" => 34,\n      "score" => 1.5,\n      "vip" => true,\n'
        '      "membershipType" => "Gold",\n    ],\n    ["userId" => "u-2", "age" => null, "score" => 2.0, "vip" => false, '
        '"membershipType" => "Basic"],\n  ]'
    ),
    "Data::Dumper of Perl, twice": (
        "$VAR1 = {\n  'USER_ID' => 'u-1', 'AGE' => 34, 'SCORE' => '1.5', 'VIP' => 1, 'MEMBERSHIP_TYPE' => 'Gold'\n};\n"
        "$VAR2 = {\n  'USER_ID' => 'u-2', 'AGE' => undef, 'SCORE' => '2', 'VIP' => 0, 'MEMBERSHIP_TYPE' => 'Basic'\n};"
    ),
    "a list of C#": (
        "var users = new List<Dictionary<string, object>>\n{\n"
        '    new() { ["USER_ID"] = "u-1", ["AGE"] = 34, ["SCORE"] = 1.5, ["VIP"] = true, ["MEMBERSHIP_TYPE"] = "Gold" },\n'
        '    new() { UserId = "u-2", Age = null, Score = 2.0, Vip = false, MembershipType = "Basic" },\n};'
    ),
    "a list of Dart": (
        "const users = <Map<String, dynamic>>[\n"
        "  <String, Object?>{'USER_ID': 'u-1', 'AGE': 34, 'SCORE': 1.5, 'VIP': true, 'MEMBERSHIP_TYPE': 'Gold'},\n"
        "  {'USER_ID': 'u-2', 'AGE': null, 'SCORE': 2.0, 'VIP': false, 'MEMBERSHIP_TYPE': 'Basic'},\n];"
    ),
    "HCL": (
        'users = [\n  {\n    user_id = "u-1"\n    age     = 34\n    score = 1.5\n    vip = true\n'
        '    membership_type = "Gold"\n  },\n  { user_id = "u-2", age = null, score = 2, vip = false, '
        'membership_type = "Basic" },\n]'
    ),
    "what was typed, and what it shows": f"iex(1)> users = [{{{FIRST}}}, {{{SECOND}}}]\n[{{{FIRST}}}, {{{SECOND}}}]",
}


@pytest.mark.parametrize("text", BOTH.values(), ids=list(BOTH))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_a_console_shows_is_read(text: str, end: str) -> None:
    assert values(text.replace("\n", end)) == [GOLD, BASIC]


def test_doubled_marks_of_hcl_are_single_ones() -> None:
    text = BOTH["HCL"].replace('"Gold"', '"$${a} %%{b} $$c"')
    assert values(text)[0][-1] == "${a} %{b} $$c"
    assert "$${ and %%{ read as HCL writes ${ and %{" in read(text).words
    # Between commas, the text may be of another language.
    assert (
        values('{"user_id": "u-1", "age": 3, "score": 1.5, "vip": True, "membership_type": "%%{b}"}')[0][-1] == "%%{b}"
    )


def test_a_text_of_rust_and_one_of_cpp_has_no_escapes() -> None:
    rust = r'User { user_id: "u-1", age: 34, score: 1.5, vip: true, membership_type: r#"a "b" \n"# }'
    assert values(rust) == [("u-1", 34, 1.5, True, r'a "b" \n')]
    cpp = r'{"userId": "u-1", "properties": R"({"age": 34, "score": 1.5, "vip": true, "membershipType": "a (b) c"})"}'
    assert values(cpp) == [("u-1", 34, 1.5, True, "a (b) c")]


def test_a_text_that_php_dumps_is_as_long_as_it_says() -> None:
    text = 'array(5) {["userId"]=> string(3) "u-1" ["age"]=> int(34) ["score"]=> float(1.5) ["vip"]=> bool(true) '
    shown = f'{text}["membershipType"]=> string(5) "\\nGä"}}'
    assert values(shown) == [("u-1", 34, 1.5, True, "\\nGä")]
    detected = detect(SCHEMA, "", shown.replace("string(5)", "string(6)"))
    assert detected is not None
    assert "it cannot be read near" in detected.refusal


@pytest.mark.parametrize(
    "text",
    [
        "(2) [{…}, {…}]",
        f"(2) [{{…}}, {{…}}]\n0: {{{FIRST}}}\n1: {{…}}\nlength: 2",
        "users\n(3) [{…}, {…}, {…}]",
        "{userId: 'u-1', age: 34, score: 1.5, vip: true, …}",
    ],
)
def test_what_a_console_cuts_is_refused(text: str) -> None:
    assert read(text).refusal == CUT


@pytest.mark.parametrize(
    "text",
    [
        "@{ USER_ID = `a`; AGE = 34 }",
        "Just",
    ],
)
def test_what_only_looks_like_a_dump_is_left_alone(text: str) -> None:
    assert detect(SCHEMA, "", text) is None


def test_a_list_that_firefox_has_expanded_is_read() -> None:
    mark = "\u200b\n"
    text = (
        f'Array [ {{…}}, {{…}} ]\n{mark}0: Object {{ userId: "u-1", city: "Bern" }}\n{mark}'
        f'1: Object {{ userId: "u-2", city: "Rome" }}\n{mark}length: 2\n{mark}<prototype>: Array []\n'
    )
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


def test_a_series_of_pandas_is_what_it_is_made_of() -> None:
    assert users("pd.Series({'USER_ID': 'u-1', 'CITY': 'Bern'})") == [("u-1", "Bern")]
    assert detect(TEXTS, "", "pl.Series('CITY', 'Bern', 'u-1')") is None


def test_moments_without_quotes_and_what_elixir_hides_are_values() -> None:
    # Rails 7.1 and Ecto 3.12.
    for beside in (
        '{"USER_ID"=>"u-1", "CITY"=>"Bern", "_at"=>Mon, 30 Nov 2026 10:00:00.000000000 UTC +00:00}',
        '[{"USER_ID"=>"u-1", "CITY"=>"Bern", "_at"=>2026-11-30 10:00:00 UTC}]',
        '%Shop.User{__meta__: #Ecto.Schema.Metadata<:loaded, "users">, user_id: "u-1", city: "Bern"}',
    ):
        assert users(beside) == [("u-1", "Bern")]
