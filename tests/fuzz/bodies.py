"""Query strings and bodies of pairs: as browsers send them, and broken."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.fuzz.headers import CONTENT_TYPES, FILE_NAMES
from tests.fuzz.hostile import as_bytes, texts

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "b"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"

type Pairs = list[tuple[str, str]]


@st.composite
def queries(draw: st.DrawFn, pairs: Pairs) -> str:
    """Give query strings of pairs: percent-encoded, or with bytes as no browser sends them."""
    text = urlencoded(pairs).decode()
    if draw(st.integers(0, 5)):
        return text
    return draw(st.sampled_from((text.replace("%", ""), text.replace("=", ""), f"{text}&%&=&%zz=%u1234&&;\xff\x80")))


@st.composite
def bodies(draw: st.DrawFn, pairs: Pairs) -> tuple[bytes, str]:
    """Give bodies, with content types, that are a form, or nearly one, or none at all."""
    kind = draw(st.sampled_from(("type", "file", "cut", "bytes", "parts")))
    if kind == "type":
        return urlencoded(pairs), draw(st.sampled_from(CONTENT_TYPES))
    if kind == "file":
        file_name, content = draw(st.sampled_from(FILE_NAMES)), draw(st.one_of(texts().map(as_bytes), st.binary()))
        name = draw(st.sampled_from([name for name, _value in pairs] or ["record_input"]))
        part_type = draw(st.sampled_from(CONTENT_TYPES))
        return multipart(pairs, _file(name, file_name, part_type, content)), MULTIPART
    body, content_type = draw(st.sampled_from(((urlencoded(pairs), FORM), (multipart(pairs), MULTIPART))))
    if kind == "cut":
        return body[: draw(st.integers(0, len(body)))], content_type
    if kind == "bytes":
        start = draw(st.integers(0, len(body)))
        return body[:start] + draw(st.binary(max_size=8)) + body[start + 1 :], content_type
    return draw(st.sampled_from(BROKEN_PARTS)), MULTIPART


def urlencoded(pairs: Pairs) -> bytes:
    return "&".join("=".join(quote_from_bytes(as_bytes(each)) for each in pair) for pair in pairs).encode()


def multipart(pairs: Pairs, more: bytes = b"") -> bytes:
    parts = [
        _part(as_bytes(name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")), as_bytes(value))
        for name, value in pairs
    ]
    return b"".join(parts) + more + f"--{BOUNDARY}--\r\n".encode()


def _part(name: bytes, value: bytes) -> bytes:
    return b'--b\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n"


def _file(name: str, file_name: str, content_type: str, content: bytes) -> bytes:
    disposition = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
    return as_bytes(f"{disposition}Content-Type: {content_type}\r\n\r\n") + content + b"\r\n"


DISPOSITION = b"--b\r\nContent-Disposition: form-data"
BROKEN_PARTS = (
    b"",
    b"--b",
    b"--b--",
    b"--b\r\n\r\n",
    b"--b\r\nX: y\r\n\r\na\r\n--b--\r\n",
    DISPOSITION + b"\r\n\r\na\r\n--b--\r\n",
    DISPOSITION + b'; name=""\r\n\r\na\r\n--b--\r\n',
    DISPOSITION + b'; name="record_input"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=\r\n--b--\r\n',
    DISPOSITION + b'; name="record_input"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ\r\n--b--\r\n',
    DISPOSITION + b'; name="x"; filename="y"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ=a\r\n--b--\r\n',
    DISPOSITION + b"; name*=utf-8''%ff; filename*=no-such'en'%41\r\n\r\na\r\n--b--\r\n",
    DISPOSITION + b'; name="\xff\xfe"\r\n\r\n\xff\xfe\r\n--b--\r\n',
    DISPOSITION + b'; name="a\r\n' + b"Content-Type: " + b"x" * 2000 + b"\r\n\r\na\r\n--b--\r\n",
    b"--b\r\n" + b"X: y\r\n" * 500 + b"\r\na\r\n--b--\r\n",
    (DISPOSITION + b'; name="a"\r\n\r\n\r\n') * 300,
    (DISPOSITION + b'; name="f"; filename="f"\r\n\r\n\r\n') * 150 + b"--b--\r\n",
)
