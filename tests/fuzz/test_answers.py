"""What looks at the answers to bad input finds each thing that it is to find."""

import pytest

from tests.fuzz.answers import HTML_HEADERS, check, check_kept
from tests.fuzz.cases import Answer, Case

POLICY = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'"}
HEADERS = {"Content-Type": "text/html; charset=utf-8", **dict.fromkeys(HTML_HEADERS, "x"), **POLICY}
SAID = '<p role="alert">Enter a name.</p>'


def answer(html: str = "", status: int = 200, case: Case | None = None, **headers: str) -> Answer:
    own = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    page = f'<html><body><script src="/static/frame/console.js"></script>{html}</body></html>'
    return Answer(case or Case("operator", "GET", "/"), status, list(own.items()), page.encode())


def test_finds_nothing_in_a_good_answer() -> None:
    check(answer("<a href=\"/local/?filter=%3Cscript%3E\">&lt;script&gt;alert('zqx')&lt;/script&gt;</a>"))
    check(answer(SAID, 422))
    check(answer("", 302, Location="/sign-in/?next=//evil.example"))
    check(answer('<textarea name="a">\n&lt;/textarea&gt;&lt;img onerror=zqx()&gt;</textarea>'))


BAD = {
    "a defect": answer(SAID, 500),
    "a traceback": answer("Traceback (most recent call last)"),
    "a script": answer("<script>alert('zqx')</script>"),
    "a script of another kind": answer('<script type="module">zqx()</script>'),
    "a script from elsewhere": answer('<script src="https://evil.example/a.js"></script>'),
    "an element": answer("<zqx >"),
    "a handler of events": answer("<img src=zqx onerror=zqx()>"),
    "an attribute": answer('<input value="" zqx="">'),
    "a style": answer('<p style="color: red">'),
    "a frame": answer("<iframe></iframe>"),
    "a base": answer('<base href="/">'),
    "a link that is a script": answer('<a href="JaVa\tScript:zqx()">a</a>'),
    "a link with data": answer('<a href="data:text/html,zqx">a</a>'),
    "a form that leads elsewhere": answer('<form action="//evil.example/"></form>'),
    "a link that leads elsewhere by backslashes": answer('<a href="/\\evil.example/">a</a>'),
    "a redirect to elsewhere": answer("", 302, Location="https://evil.example/"),
    "a redirect to elsewhere by a backslash": answer("", 302, Location="/\\evil.example"),
    "an address for htmx that is a script": answer(HX_Redirect="javascript:zqx()"),
    "two lines in a header": answer(HX_Trigger="a\r\nX-Zqx: a"),
    "a header of its own": answer(X_Zqx="a"),
    "a policy that is missing": answer(X_Frame_Options=""),
    "a policy that lets scripts run": answer(Content_Security_Policy="script-src 'self' 'unsafe-inline'"),
    "nothing that is said": answer("<p>Unofficial: not a product.</p>", 404),
    "nothing that is shown": answer('<div hidden><p role="alert">Enter a name.</p></div>', 422),
}


@pytest.mark.parametrize("name", BAD)
def test_finds_what_is_bad(name: str) -> None:
    with pytest.raises(AssertionError):
        check(BAD[name])


def test_finds_that_what_was_typed_is_lost() -> None:
    case = Case("operator", "POST", "/", typed=(("record_input", "{\r\n"), ("intent", "create")))
    check_kept(answer('<textarea name="record_input">\n{\r\n</textarea>', 422, case))
    for text in ("", "{", "\n{}"):
        with pytest.raises(AssertionError):
            check_kept(answer(f'<textarea name="record_input">\n{text}</textarea>', 422, case))
