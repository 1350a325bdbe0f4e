"""A request of ASGI as WSGI's environment: PEP 3333, with what the server knows of the request beside it."""

import sys
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

type Scope = dict[str, Any]

# The headers as they came, as pairs of bytes in their order: in WSGI, names that differ in - and _ alone are one.
RAW_HEADERS = "console.raw_headers"


class FileBody:
    """WSGI's wrapper of files: says that the body of an answer is a file, which is sent without a thread."""

    def __init__(self, file: Any, _block_size: int = 0) -> None:
        self.file = file

    def close(self) -> None:
        """Close the file."""
        if hasattr(self.file, "close"):
            self.file.close()


def environ_of(scope: Scope) -> dict[str, Any]:
    """Return WSGI's environment of a request, without its body."""
    host, port = scope["server"] or ("", "0")
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "wsgi.file_wrapper": FileBody,
        RAW_HEADERS: scope["headers"],
    }
    for name, value in scope["headers"]:
        # In WSGI its name would be that of another header, which a proxy may have set.
        if b"_" not in name:
            _add_header(environ, _key(name), value.decode("latin-1"))
    return environ


@lru_cache(maxsize=256)
def _key(name: bytes) -> str:
    upper = name.decode("latin-1").upper().replace("-", "_")
    return upper if upper in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{upper}"


def _add_header(environ: dict[str, Any], key: str, value: str) -> None:
    if key in environ:
        # RFC 9110, section 5.3; cookies: RFC 9113, section 8.2.3.
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value
