"""Bodies that are longer than their address needs, at a console that is served: refused, and kept in little memory."""

import json
import urllib.parse
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest

from tests.server.sockets import DEMO_KEY, FORM, MEBIBYTE, SIGNED, answered, at_once, connect, head, most_memory, post
from tests.support.numbers import IS_WHOLE, some_of, whole
from tests.support.person import Person
from tests.support.served import Served, serve

# Of a process, whatever arrives.
MOST_MEGABYTES = 250
PARTS = "Content-Type: multipart/form-data; boundary=b\r\n"
PART = b'--b\r\nContent-Disposition: form-data; name="record_input"\r\n\r\n'
FILE = b'--b\r\nContent-Disposition: form-data; name="a"; filename="a.csv"\r\n\r\nx\r\n'
CREATE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
MADE_UP = "Cookie: sessionid=abcdefghijklmnop12345678; csrftoken=a; known_browser=known:1abc:defg\r\n"
IN_CHUNKS = ("with a length", "in chunks")
TOO_LONG = "This request is longer than the console accepts from somebody who is not signed in"


def in_each_way(names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> pytest.MarkDecorator:
    """Run a test with values, of a body with a length and in chunks: in turn, and each with both in `make test-all`."""
    return pytest.mark.parametrize(
        (*names, "in_chunks"),
        [
            (*each, in_chunks)
            for number, each in enumerate(values)
            for in_chunks in ((False, True) if IS_WHOLE else (number % 2 == 1,))
        ],
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console of its own, whose memory nothing else has taken."""
    with serve(tmp_path_factory.mktemp("bodies")) as served:
        yield served


@pytest.fixture(scope="module")
def administrator(served: Served) -> str:
    """The cookies of an administrator, as a header."""
    return cookies_of(Person(served, "administrator"))


@in_each_way(
    ("path", "headers", "before"),
    [
        ("/sign-in/", FORM, b"username="),
        ("/sign-in/provider/", FORM, b"record_input="),
        (CREATE, FORM, b"record_input="),
        (CREATE, FORM + MADE_UP, b"record_input="),
    ],
)
def test_a_long_body_of_nobody_is_refused(
    served: Served, path: str, headers: str, before: bytes, in_chunks: bool
) -> None:
    answer = post(served, path, before + b"x" * 70_000, headers, in_chunks=in_chunks)
    assert answer.status == 413
    assert TOO_LONG in answer.body
    assert answer.closes


@in_each_way(
    ("path", "headers", "before"),
    [
        ("/settings/", FORM, b"a="),
        ("/admin/auth/user/add/", FORM, b"a="),
        ("/no/such/page", FORM, b"a="),
        (CREATE, PARTS, PART),
        (CREATE, "Content-Type: text/plain\r\n", b""),
        ("/sign-in/", PARTS, PART),
    ],
)
def test_a_long_body_where_none_is_needed_is_refused_whoever_sends_it(
    served: Served, administrator: str, path: str, headers: str, before: bytes, in_chunks: bool
) -> None:
    for cookies in ("", administrator):
        answer = post(served, path, before + b"x" * 70_000, headers + cookies, in_chunks=in_chunks)
        # A view that does not read the body answers without it.
        if path == "/no/such/page" or "text/plain" in headers:
            assert answer.status in (403, 404, 413)
            continue
        assert answer.status == 413
        assert "longer than the console accepts, so nothing was done" in answer.body
        assert answer.closes


@pytest.mark.parametrize("path", some_of(["/sign-in/", CREATE, "/settings/"], 1))
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            PART + b"[]\r\n" + FILE + b"--b--\r\n",
            "This form has a file, which only the page Import records from a file accepts",
        ),
        (FILE * 900 + b"--b--\r\n", "This request has more fields than the console reads"),
        (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 202, "This request has more fields than"),
        (b"--b" * 20_000, "This request has more fields than the console reads"),
    ],
    ids=["a file", "files", "fields", "boundaries"],
)
def test_a_multipart_form_with_files_or_many_parts_is_refused(
    served: Served, administrator: str, path: str, body: bytes, sentence: str
) -> None:
    answer = post(served, path, body, PARTS + administrator)
    assert answer.status == 400
    assert sentence in answer.body


@whole
def test_a_form_with_too_many_fields_is_told_so(served: Served) -> None:
    answer = post(served, "/sign-in/", b"a=&" * 20_000)
    assert answer.status == 400
    assert "This request has more fields than the console reads" in answer.body


def cookies_of(person: Person) -> str:
    return f"Cookie: {'; '.join(f'{each.name}={each.value}' for each in person.cookies)}\r\n"


@pytest.mark.parametrize("in_chunks", [False, True], ids=IN_CHUNKS)
def test_64_kib_of_nobody_are_read(served: Served, in_chunks: bool) -> None:
    body = b"username=" + b"x" * (65536 - 9)
    # Without the token of a form.
    assert post(served, "/sign-in/", body, in_chunks=in_chunks).status == 403
    assert post(served, "/sign-in/", body + b"x", in_chunks=in_chunks).status == 413


def test_a_body_in_chunks_is_read_like_one_with_a_length(served: Served) -> None:
    person = Person(served, "operator")
    cookies = cookies_of(person)
    text = "[" * 100_000
    fields = {"record_input": text, "intent": "create", "csrfmiddlewaretoken": person.token(CREATE)}
    body = urllib.parse.urlencode(fields).encode()
    for in_chunks in (False, True):
        answer = post(served, CREATE, body, FORM + cookies + f"Origin: {served.url}\r\n", in_chunks=in_chunks)
        assert answer.status == 422
        assert text in answer.body


def test_who_is_signed_in_may_send_6_mib(served: Served) -> None:
    person = Person(served, "operator")
    session = next(each.value for each in person.cookies if each.name == "sessionid")
    for cookies in (f"sessionid={session}", next(f"{e.name}={e.value}" for e in person.cookies if "known" in e.name)):
        headers = f"{FORM}Cookie: {cookies}\r\n"
        # Of 524,287 characters, each of twelve bytes.
        body = b"a=" + b"%F0%9F%98%80" * 524_287
        assert post(served, CREATE, body + b"%", headers).status == 403
        for too_long in (body + b"x" * 11, b"a=" + b"x" * 1_000_000):
            answer = post(served, CREATE, too_long, headers)
            assert answer.status == 413
            assert "longer than the console accepts, so nothing was done" in answer.body


@in_each_way(
    ("key", "length", "status", "code"),
    [
        (DEMO_KEY, MEBIBYTE, 403, "IncompleteSignatureException"),
        (DEMO_KEY, MEBIBYTE + 1, 413, "RequestEntityTooLargeException"),
        ("AKIAUNKNOWN", 70_000, 403, "UnrecognizedClientException"),
        ("AKIAUNKNOWN", MEBIBYTE, 403, "UnrecognizedClientException"),
    ],
)
def test_aws_reads_a_mebibyte_of_who_has_a_key(
    served: Served, key: str, length: int, status: int, code: str, in_chunks: bool
) -> None:
    body = json.dumps({"a": ""}).encode().ljust(length)
    answer = post(served, "/aws/users", body, SIGNED.format(key=key), in_chunks=in_chunks)
    assert answer.status == status
    assert code in answer.body


@pytest.mark.parametrize(
    "authorization", ["", "Authorization: Basic YTpi\r\n", "Authorization: AWS4-HMAC-SHA256 x\r\n"]
)
def test_aws_reads_no_body_of_who_signs_nothing(served: Served, authorization: str) -> None:
    headers = f"Content-Type: application/json\r\n{authorization}"
    with most_memory(served) as most:
        for answer in at_once(16, lambda: post(served, "/aws/users", b"x" * 8 * MEBIBYTE, headers)):
            assert answer.status == 403
        assert most() < MOST_MEGABYTES


def test_a_client_that_asks_first_sends_nothing_of_what_is_refused(served: Served) -> None:
    with connect(served) as connection:
        connection.sendall(head(served, "/sign-in/") + b"Content-Length: 10000000\r\nExpect: 100-continue\r\n\r\n")
        answer = answered(connection)
    assert (answer.status, answer.closes) == (413, True)


@whole
@pytest.mark.parametrize("in_chunks", [False, True], ids=IN_CHUNKS)
def test_24_bodies_of_16_mb_take_little_memory(served: Served, in_chunks: bool) -> None:
    body = b"username=" + b"x" * 16 * MEBIBYTE
    with most_memory(served) as most:
        answers = at_once(24, lambda: post(served, "/sign-in/", body, in_chunks=in_chunks))
        assert [each.status for each in answers] == [413] * 24
        assert most() < MOST_MEGABYTES


LONG_TEXTS = [
    pytest.param("x" * 5_900_000, 413, id="letters"),
    pytest.param("%00" * 1_900_000, 413, id="zeros"),
    pytest.param("%F0%9F%98%80" * 480_000, 422, id="emoji"),
    # Each is six characters of a page, of four bytes each beside an emoji.
    pytest.param("%F0%9F%98%80" + "'" * 990_000, 422, id="quotes"),
    pytest.param("%F0%9F%98%80" + "'" * 5_900_000, 413, id="many quotes"),
    pytest.param("[" + "{}," * 130_000 + "{}]", 422, id="objects"),
]


@pytest.mark.parametrize("in_view", some_of(["json", "form"], 1))
@pytest.mark.parametrize(("text", "status"), some_of(LONG_TEXTS, 3))
def test_long_forms_of_people_take_little_memory(served: Served, text: str, status: int, in_view: str) -> None:
    person = Person(served, "operator")
    token = person.token(CREATE)
    body = f"csrfmiddlewaretoken={token}&intent=create&view={in_view}&record_input={text}".encode()
    with most_memory(served) as most:
        headers = f"{FORM}{cookies_of(person)}Origin: {served.url}\r\n"
        answers = at_once(12, lambda: post(served, CREATE, body, headers))
        assert {each.status for each in answers} <= {status, 503}
        assert status in {each.status for each in answers}
        assert most() < MOST_MEGABYTES


IMPORT = CREATE.replace("create-records", "import-records")
LONGEST_FILE = 8 * MEBIBYTE


def form_with_file(person: Person, content: bytes) -> bytes:
    """Return a form of Import records from a file, as a browser without scripts sends it."""
    token = b'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n%b\r\n'
    file = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n%b\r\n--b--\r\n'
    return token % person.token(IMPORT).encode() + file % content


@in_each_way(("length", "status"), [(LONGEST_FILE, 302), (LONGEST_FILE + 1, 413), (LONGEST_FILE + MEBIBYTE, 413)])
def test_a_file_of_8_mib_is_taken_of_who_may_create_records_there(
    served: Served, length: int, status: int, in_chunks: bool
) -> None:
    person = Person(served, "operator")
    body = form_with_file(person, b"USER_ID,CITY\n".ljust(length, b"\n"))
    headers = f"{PARTS}{cookies_of(person)}Origin: {served.url}\r\n"
    with most_memory(served) as most:
        answers = at_once(4, lambda: post(served, IMPORT, body, headers, in_chunks=in_chunks))
        assert {each.status for each in answers} == {status}
        assert most() < MOST_MEGABYTES
    if length > LONGEST_FILE + 64 * 1024:
        assert "A file of more than 8 MB cannot be uploaded without JavaScript" in answers[0].body


def test_a_file_of_anybody_else_or_anywhere_else_is_refused(served: Served) -> None:
    viewer, operator = Person(served, "viewer"), Person(served, "operator")
    content = b"USER_ID,CITY\n".ljust(70_000, b"\n")
    wrong = []
    for who, path, headers in (
        (viewer, IMPORT, cookies_of(viewer)),
        (operator, IMPORT, ""),
        (operator, CREATE, cookies_of(operator)),
        (operator, IMPORT.replace("/local/", "/other/"), cookies_of(operator)),
    ):
        answer = post(served, path, form_with_file(operator, content), f"{PARTS}{headers}Origin: {served.url}\r\n")
        if answer.status not in (403, 404, 413) or not answer.closes:
            wrong.append((who, path, answer.status))
    assert wrong == []


def test_pieces_of_8_mib_take_little_memory(served: Served) -> None:
    person = Person(served, "operator")
    cookies = f"{cookies_of(person)}Origin: {served.url}\r\nX-CSRFToken: {person.token(IMPORT)}\r\n"
    headers = f"Content-Type: application/octet-stream\r\n{cookies}"

    def upload() -> list[int]:
        fields = f"name={uuid4()}&size={2 * LONGEST_FILE}".encode()
        pieces = json.loads(post(served, f"{IMPORT}begin/", fields, FORM + cookies).body)["pieces"]
        piece = b"x" * LONGEST_FILE
        starts = (0, LONGEST_FILE)
        found = [post(served, f"{pieces}?start={start}", piece, headers).status for start in starts]
        found.append(post(served, f"{pieces}?start=0", piece + b"x", headers).status)
        return [*found, post(served, f"{pieces}?end=cancel", b"", headers).status]

    with most_memory(served) as most:
        assert at_once(4, upload) == [[200, 200, 413, 200]] * 4
        assert most() < MOST_MEGABYTES
