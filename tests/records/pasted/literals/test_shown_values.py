"""Values as debuggers and dumpers of languages show them: enumerations, links, maps by id and who may see a property."""

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

BY_ID = "The name before each record is taken for USER_ID: “u-1” and so on."
RUST = 'User { user_id: "u-1", age: Some(34), score: 1.5, vip: true, membership_type: Gold }'
PERL = """$VAR1 = [
          {
            'USER_ID' => 'u-1', 'AGE' => 34, 'SCORE' => '1.5', 'MEMBERSHIP_TYPE' => 'Gold',
            'VIP' => bless( do{\\(my $o = 1)}, 'JSON::PP::Boolean' )
          },
          {
            'USER_ID' => 'u-2', 'AGE' => undef, 'SCORE' => 2, 'MEMBERSHIP_TYPE' => 'Basic',
            'VIP' => bless( do{\\(my $o = 0)}, 'JSON::PP::Boolean' )
          },
          {
            'USER_ID' => 'u-3', 'AGE' => 1, 'SCORE' => 3, 'MEMBERSHIP_TYPE' => 'Basic',
            'VIP' => $VAR1->[1]{'VIP'}
          }
        ];
"""

BOTH = {
    "a map of Java": "{u-1={AGE=34, SCORE=1.5, VIP=true, MEMBERSHIP_TYPE=Gold}, "
    "u-2={AGE=null, SCORE=2.0, VIP=false, MEMBERSHIP_TYPE=Basic}}",
    "a set of entries of Java": "[u-1={AGE=34, SCORE=1.5, VIP=true, MEMBERSHIP_TYPE=Gold}, "
    "u-2={AGE=null, SCORE=2.0, VIP=false, MEMBERSHIP_TYPE=Basic}]",
    "a map of Kotlin": "{u-1=User(userId=u-1, age=34, score=1.5, vip=true, membershipType=Gold), "
    "u-2=User(userId=u-2, age=null, score=2.0, vip=false, membershipType=Basic)}",
    "a map of Scala": "Map(u-1 -> Map(AGE -> 34, SCORE -> 1.5, VIP -> true, MEMBERSHIP_TYPE -> Gold), "
    "u-2 -> Map(AGE -> null, SCORE -> 2.0, VIP -> false, MEMBERSHIP_TYPE -> Basic))",
    "a map of Go": "map[u-1:{UserID:u-1 Age:34 Score:1.5 Vip:true MembershipType:Gold} "
    "u-2:{UserID:u-2 Age:<nil> Score:2 Vip:false MembershipType:Basic}]",
    "a map of Groovy": "[u-1:[age:34, score:1.5, vip:true, membershipType:Gold], "
    "u-2:[age:null, score:2.0, vip:false, membershipType:Basic]]",
    "case classes of Scala on lines": "User(u-1,Some(34),1.5,true,Gold)\nUser(u-2,null,2.0,false,Basic)\n",
    "a map of Clojure": '{"u-1" {:age 34, :score 1.5, :vip true, :membership-type "Gold"}, '
    '"u-2" {:age nil, :score 2.0, :vip false, :membership-type "Basic"}}',
    "records of Clojure": '[#shop.User{:user-id "u-1", :age 34, :score 1.5, :vip true, :membership-type "Gold"} '
    '#shop.User{:user-id "u-2", :age nil, :score 2.0, :vip false, :membership-type "Basic"}]',
    "a result of Elixir": '{:ok, [%{user_id: "u-1", age: 34, score: 1.5, vip: true, membership_type: "Gold"}, '
    '%{user_id: "u-2", age: nil, score: 2.0, vip: false, membership_type: "Basic"}]}',
    "enumerations of Rust": f"[{RUST}, "
    'User { user_id: "u-2", age: None, score: 2.0, vip: false, membership_type: Tier::Basic }]',
    "enumerations of Python": "[User(user_id='u-1', age=34, score=1.5, vip=True, membership_type=<Tier.GOLD: 'Gold'>), "
    "User(user_id='u-2', age=None, score=2.0, vip=False, membership_type=<Tier.BASIC: 'Basic'>)]",
    "a table of Nushell": '[[user_id, age, "score", vip, membership_type]; '
    '["u-1", 34, 1.5, true, "Gold"], ["u-2", null, 2.0, false, "Basic"]]',
    "a type of TypeScript": 'const users = [{ userId: "u-1", age: 34, score: 1.5, vip: true, membershipType: "Gold" } '
    'as User, { userId: "u-2", age: null, score: 2, vip: false, membershipType: "Basic" } as User];',
    "properties of PHP": 'array(2) {\n  [0]=>\n  object(User)#2 (5) {\n    ["user_id"]=>\n    string(3) "u-1"\n'
    '    ["age":protected]=>\n    int(34)\n    ["score":"User":private]=>\n    float(1.5)\n    ["vip"]=>\n    bool(true)\n'
    '    ["membership_type"]=>\n    string(4) "Gold"\n  }\n  [1]=>\n  object(User)#3 (5) {\n    ["user_id"]=>\n'
    '    string(3) "u-2"\n    ["age":protected]=>\n    NULL\n    ["score":"User":private]=>\n    float(2)\n'
    '    ["vip"]=>\n    bool(false)\n    ["membership_type"]=>\n    string(5) "Basic"\n  }\n}\n',
    "classes of PHP": "array (\n  0 => \n  \\User::__set_state(array(\n     'user_id' => 'u-1',\n     'age' => 34,\n"
    "     'score' => 1.5,\n     'vip' => true,\n     'membership_type' => 'Gold',\n  )),\n  1 => \n"
    "  \\User::__set_state(array(\n     'user_id' => 'u-2',\n     'age' => NULL,\n     'score' => 2.0,\n"
    "     'vip' => false,\n     'membership_type' => 'Basic',\n  )),\n)",
}


@pytest.mark.parametrize("text", BOTH.values(), ids=BOTH)
def test_what_a_program_shows_becomes_its_records(text: str) -> None:
    assert values(text) == [GOLD, BASIC]


def test_what_data_dumper_links_to_stands_in_the_place_of_the_link() -> None:
    assert values(PERL) == [GOLD, BASIC, ("u-3", 1, 3.0, False, "Basic")]


@pytest.mark.parametrize(
    "link", ["$VAR1->[3]{'VIP'}", "$VAR1->{'VIP'}", "$VAR1->[1]", "$VAR1->[2]{'VIP'}", "$VAR2->[1]{'VIP'}"]
)
def test_a_link_that_leads_to_no_value_is_left_alone(link: str) -> None:
    detected = detect(SCHEMA, "", PERL.replace("$VAR1->[1]{'VIP'}", link))
    assert detected is None or not detected.text


def test_characters_by_their_number_are_those_of_perl_too() -> None:
    assert values('{"USER_ID" => "Z\\x{fc}-\\x{1f600}"}', users_schema()) == [("Zü-\N{GRINNING FACE}",)]


def test_ids_before_records_are_said() -> None:
    assert BY_ID in read(BOTH["a map of Java"]).changes
    assert BY_ID in read(BOTH["a map of Groovy"]).changes


def test_members_of_enumerations_are_named() -> None:
    assert read(BOTH["enumerations of Rust"]).changes[:2] == (
        "Taken for text, and not for variables: “Gold”.",
        "Taken for text: “Tier::Basic” as “Basic”.",
    )


@pytest.mark.parametrize(
    "text",
    [
        # A constant of Go, and a member with a value of its own.
        RUST.replace("User {", "User{"),
        RUST.replace("Gold }", 'Custom("Gold") }'),
        RUST.replace("Gold }", "gold }"),
    ],
)
def test_words_that_may_be_variables_are_left_alone(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or not detected.text


@pytest.mark.parametrize(
    ("moment", "seconds"), [("2026-11-29T10:00:00.000Z", 1795946400), ("2026-11-29T11:00:00+01:00", 1795946400)]
)
def test_a_moment_without_quotes_is_one(moment: str, seconds: int) -> None:
    schema = users_schema(CREATION_TIMESTAMP="long")
    text = f"[\n  User {{ user_id: 'u-1', creation_timestamp: {moment} }}\n]"
    assert values(text, schema) == [("u-1", seconds)]


@pytest.mark.parametrize("text", ['[[user_id, age]: ["u-1", 34]]', '[[user_id, 1]; ["u-1", 34]]', '[[]; ["u-1"]]'])
def test_other_lists_are_no_tables_of_nushell(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or not detected.text
