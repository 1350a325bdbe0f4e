"""Bad input, as values of hypothesis: texts, what is left of good ones when something breaks, headers and files."""

import json
from typing import Any

from hypothesis import strategies as st

# No page has this of its own: where it is a tag, an attribute or a part of a script, it was typed.
MARK = "zqx"
ELSEWHERE = "evil.example"
SCRIPTS = (
    f"<script>alert('{MARK}')</script>",
    f'"><img src={MARK} onerror={MARK}()>',
    f"'><svg/onload={MARK}()>",
    f'" onmouseover="{MARK}()" {MARK}="',
    f"' onfocus='{MARK}()' autofocus {MARK}='",
    f" onmouseover={MARK}() {MARK}=",
    f"javascript:{MARK}()",
    f"JaVa\tScript:{MARK}()",
    f"data:text/html,<script>alert('{MARK}')</script>",
    f"</textarea></title></style></script><script>alert('{MARK}')</script>",
    f"--><script>alert('{MARK}')</script><!--",
    f"]]><{MARK}>",
    f"<{MARK} ",
    f"&lt;{MARK}&gt;&#60;script&#62;alert('{MARK}')",
    f"{{{{ {MARK}|safe }}}}{{% include '{MARK}' %}}",
)
ADDRESSES = (
    f"//{ELSEWHERE}/",
    f"/\\{ELSEWHERE}/",
    f"/\t/{ELSEWHERE}/",
    f"https://{ELSEWHERE}/",
    f"https:{ELSEWHERE}",
    f"http://127.0.0.1@{ELSEWHERE}/",
    "//[",
    "http://[::1",
    "/" * 200,
    "../../../../etc/passwd",
    "%2e%2e%2f%00",
    "#",
    "?",
)
ODD = (
    "",
    " ",
    "\0",
    "a\0b",
    "a\r\nX-Zqx: zqx\r\n\r\n<html>",
    "\ud800",
    "\udfff\ud800a",
    "\u202eabc\u2066",
    "\ufeff\u200b\u2028\u2029",
    "\uffff\U0010ffff",
    "e\u0301" * 80,
    "\N{GREEK SMALL LETTER FINAL SIGMA}\N{LATIN SMALL LETTER DOTLESS I}\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}\N{LATIN SMALL LETTER SHARP S}",
    "a" * 70_000,
    "é" * 300,
    "'; DROP TABLE auth_user; --",
    "%s%n%(name)s{0}{name}",
    "\\" * 300,
    "*?[a-z](.*)+$^|",
    "=1+1",
)
NUMBERS = (
    "0",
    "-1",
    "1e999",
    "-0.0",
    "NaN",
    "Infinity",
    "9" * 40,
    "9" * 5000,
    "9223372036854775808",
    "1_000",
    "0x10",
    "\N{ARABIC-INDIC DIGIT THREE}",
    "\N{SUPERSCRIPT TWO}",
    " 1 ",
    "+1",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999-23:59",
    "00000000-0000-0000-0000-00000000000z",
    "{00000000-0000-4000-8000-000000000000}",
)
STRUCTURES = (
    "[]",
    "{}",
    "null",
    '""',
    "[" * 20_000,
    "[" * 500 + "]" * 500,
    '{"a":' * 2_000,
    '{"a": 1, "a": 2}',
    '[{"USER_ID": 1}, [], null, true]',
    '{"\\ud800": "\\udc00\\u0000"}',
    'USER_ID\tAGE\n\t\n"a""b\t1\n',
    'USER_ID,AGE\r\n"a\nb",1\r\n,,,\r\n',
    "- a: &x [*x]\n  <<: *x\n",
    "!!python/object/apply:os.system ['true']",
    "a: " + "[" * 600,
    "aws personalize-events put-users --users 'userId=a,properties=\"{'",
    "aws personalize-events put-users --users file://etc/passwd $(true) `true`",
    "userId=a,properties={b=[c,d",
    "{'userId': None, // comment\n}",
)


def as_bytes(text: str) -> bytes:
    """Return a text as UTF-8, in which half of a surrogate pair is what no decoder takes."""
    return text.encode("utf-8", "surrogatepass")


def texts() -> st.SearchStrategy[str]:
    """Give texts that something may not be able to read, store, show or send back."""
    known = (*SCRIPTS, *ADDRESSES, *ODD, *NUMBERS, *STRUCTURES)
    return st.one_of(st.sampled_from(known), st.sampled_from(SCRIPTS), _characters())


def _characters() -> st.SearchStrategy[str]:
    # All of them, with the halves of surrogate pairs.
    return st.text(st.characters(exclude_categories=()), max_size=12)


@st.composite
def hurt(draw: st.DrawFn, text: str) -> str:
    """Give what is left of a good text when one thing in it breaks."""
    kind = draw(st.sampled_from(("replaced", "inserted", "cut", "of JSON", "of JSON")))
    if kind == "of JSON":
        return draw(_hurt_json(text))
    if kind == "replaced" or not text:
        return draw(texts())
    start = draw(st.integers(0, len(text)))
    if kind == "cut":
        return text[:start] + text[start + draw(st.integers(1, 8)) :]
    return text[:start] + draw(texts()) + text[start:]


@st.composite
def _hurt_json(draw: st.DrawFn, text: str) -> str:
    """Give a text of JSON, one value or name of which is another one; a text that is none is replaced."""
    try:
        value = json.loads(text)
    except ValueError:
        return draw(texts())
    places = list(_places(value))
    if not places:
        return draw(texts())
    holder, key = draw(st.sampled_from(places))
    if isinstance(holder, dict) and draw(st.booleans()):
        holder[draw(texts())] = holder.pop(key)
    else:
        holder[key] = draw(_values())
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


def _places(value: Any) -> Any:
    """Give each place of a value of JSON, as what holds it and its name or position."""
    names = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for name in names:
        yield value, name
        yield from _places(value[name])


def _values() -> st.SearchStrategy[Any]:
    numbers: st.SearchStrategy[Any] = st.sampled_from(
        (0, -1, 2**31, 2**63, 10**400, 1e308, -0.0, 0.1, float("nan"), float("inf"))
    )
    others: st.SearchStrategy[Any] = st.sampled_from(
        (None, True, False, [], {}, [None], {"": ""}, [[]] * 20, {"type": "record"})
    )
    return st.one_of(texts(), numbers, others)
