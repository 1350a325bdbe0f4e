"""What the consoles of Ruby, Python and PHP show below what was typed there, with the prompts that they have."""

import pytest

from console.records.pasted.wrappings.sessions import in_session
from tests.records.pasted.pressing import BASIC, GOLD, read, values

RUBY = (
    '[{user_id: "u-1", age: 34, score: 1.5, vip: true, membership_type: "Gold"}, '
    '{user_id: "u-2", age: nil, score: 2.0, vip: false, membership_type: "Basic"}]'
)
OLD_RUBY = '[{:user_id=>"u-1", :age=>34, :score=>1.5, :vip=>true, :membership_type=>"Gold"}]'
PYTHON = "[{'user_id': 'u-1', 'age': 34, 'score': 1.5, 'vip': True, 'membership_type': 'Gold'}]"
BLOCK = "User.all.map { |u| { user_id: u.id, age: u.age, score: u.score, vip: u.vip, membership_type: u.tier } }"
RUBY_PROMPTS = (
    *("irb(main):001:0>", "irb(main):001>", "irb(#<User:0x01>):002:1*", "pry(main)>", "[1] pry(main)>"),
    *("3.2.2 :001 >", "2.7.8 :012 ?>", "shop(dev)>", "shop(prod):001:0>", "shop(dev):001>"),
)


@pytest.mark.parametrize("prompt", RUBY_PROMPTS)
def test_what_ruby_shows_below_a_block_is_read(prompt: str) -> None:
    text = f"{prompt} {BLOCK}\n=> {RUBY}\n{prompt} \n"
    detected = read(text)
    assert detected.words.endswith("in a session")
    assert detected.changes[0].startswith("Left out around the output: “")
    assert values(text) == values(text.replace("=> ", "=> \n")) == [GOLD, BASIC]


SHOWN = {
    "a block of several lines": (
        f"irb(main):001:0> User.all.map do |u|\nirb(main):002:1*   {{ user_id: u.id }}\nirb(main):003:0> end\n=> \n{OLD_RUBY}\n"
    ),
    "what was printed above no value": f"irb(main):001:0> puts User.all.to_json\n{RUBY.replace('nil', 'null')}\n=> nil\n",
    "a query above": f"shop(dev)> User.limit(2)\n  User Load (0.4ms)  SELECT * FROM users LIMIT 2\n=> {RUBY}\n",
    "no prompt, below itself": f"users = {RUBY}\n=> {RUBY}\n",
    "no prompt": f"{BLOCK}\n=> {RUBY}\n",
    "a comment of a document": f"{BLOCK}\n# => {RUBY}\n",
    "PHP's psysh": (
        '> User::all()->toArray()\n= [\n    [\n      "user_id" => "u-1",\n      "age" => 34,\n      "score" => 1.5,\n'
        '      "vip" => true,\n      "membership_type" => "Gold",\n    ],\n  ]\n'
    ),
    "a list comprehension": f">>> [{{'user_id': u.id, 'age': u.age}} for u in users]\n{PYTHON}\n>>> ",
    "one of several lines": f">>> [\n...   {{'user_id': u.id}}\n...   for u in users\n... ]\n{PYTHON}\n",
    "IPython": f"In [3]: [{{'user_id': u.id}} for u in users]\nOut[3]: \n{PYTHON}\n",
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=list(SHOWN))
def test_the_value_below_what_was_typed_is_read(text: str) -> None:
    assert values(text)[0] == GOLD
    assert read(text).changes[0].startswith("Left out ")


@pytest.mark.parametrize(
    "text",
    [
        # Two values: nothing says which one is meant.
        f"{BLOCK}\n=> {RUBY}\n=> {RUBY}\n",
        # What a record was before, and what it is.
        f"{RUBY}\n=> {RUBY.replace('34', '35')}\n",
        ">>> [{'user_id': u.id, 'age': u.age} for u in users]\n",
    ],
)
def test_where_it_is_not_certain_what_is_meant_nothing_is_read(text: str) -> None:
    assert read(text).refusal


@pytest.mark.parametrize(
    "text",
    [f"\n=> {RUBY}", f"{'x' * 2001}\n=> {RUBY}\n", f"{'[0] ' * 21}\n=> {RUBY}", f"{'x' * 100_000}\n=> {RUBY}\n", RUBY],
)
def test_other_texts_have_no_session(text: str) -> None:
    assert in_session(text) is None


def test_a_comprehension_alone_is_said_to_be_code() -> None:
    assert read(">>> [{'user_id': u.id, 'age': u.age} for u in users]\n").refusal == (
        "Line 1: it cannot be read near “>>> [{'user_id': u.id, 'age': u.age} for…”. Print the values as JSON, such as "
        "with json.dumps, JSON.stringify or json_encode."
    )
