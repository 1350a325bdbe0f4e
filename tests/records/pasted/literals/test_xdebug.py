"""What var_dump shows in a browser with Xdebug 3: HTML, and the text that is copied from there."""

import re

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.literals.xdebug import is_xdebug
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

ROW = """    array (size=5)
      'user_id' => string '{}' (length=3)
      'age' => {}
      'score' => float {}
      'vip' => boolean {}
      'membership_type' => string '{}' (length={})
"""
TEXT = (
    "/app/x.php:3:\narray (size=2)\n  0 => \n"
    + ROW.format("u-1", "int 34", "1.5", "true", "Gold", 4)
    + "  1 => \n"
    + ROW.format("u-2", "null", "2", "false", "Basic", 5)
)
OBJECT = """object(User)[1]
  public 'user_id' => string 'u-1' (length=3)
  protected 'age' => int 34
  private 'score' => float 1.5
  public 'vip' => boolean true
  public 'membership_type' => string 'Gold' (length=4)
  public 'tags' =>
    array (size=0)
      empty
"""
HTML = (
    "<pre class='xdebug-var-dump' dir='ltr'>\n"
    + re.sub(r"(string|int|float|boolean) (\S+)", r"<small>\1</small> <font color='#cc0000'>\2</font>", TEXT)
    .replace(" =>", " <font color='#888a85'>=&gt;</font>")
    .replace("array (size", "<b>array</b> <i>(size")
    + "</pre>"
)


def test_arrays_and_objects_are_read() -> None:
    assert values(TEXT) == values(HTML) == [GOLD, BASIC]
    assert values(OBJECT) == [GOLD]
    assert read(TEXT).words == "2 users, as Xdebug shows them"


def test_a_text_has_quotes_and_characters_of_any_kind() -> None:
    assert values(OBJECT.replace("'Gold' (length=4)", "'O'Würst' (length=8)"))[0][-1] == "O'Würst"


@pytest.mark.parametrize(
    "text",
    [
        OBJECT.replace("(length=4)", "(length=600)"),
        OBJECT.replace("'Gold'", "'Go\nld'"),
        OBJECT.replace("int 34", "resource(1, stream)"),
        OBJECT + "int 7\n",
        OBJECT + "  x\n",
        "array (size=1)\n"
        + "".join(f"{'  ' * level}0 => \n{'  ' * level} array (size=1)\n" for level in range(1, 20)),
    ],
)
def test_a_value_that_is_not_whole_is_said(text: str) -> None:
    assert read(text).refusal.startswith("It has a value of several lines, or one that Xdebug has cut")


def test_other_arrays_are_left_alone() -> None:
    assert not is_xdebug("array (\n  'a' => 1)")
    assert detect(SCHEMA, "", "array (size=1)\n  'a' => int 1\n") is None
    assert detect(SCHEMA, "", "array (size=1)\n  'a' => float INF\n") is None
