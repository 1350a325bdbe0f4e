"""The content type of a request, reduced to its media type and boundary.

Django reads all of it before anything can answer for it, and so a charset that is none of UTF-8's, or a parameter that
cannot be read, would end in an answer of the server's own. Forms are UTF-8, whatever a request says:
https://url.spec.whatwg.org/#application/x-www-form-urlencoded.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KIND = re.compile(r"\s*([\w.+-]{1,100}/[\w.+-]{1,100})\s*(?:;|$)", re.ASCII)
# RFC 2046, section 5.1.1, has 70 characters at most.
BOUNDARY = re.compile(r";\s*boundary=(\"[^\"\\]{1,200}\"|[^\s\";]{1,200})\s*(?:;|$)", re.ASCII | re.IGNORECASE)


def plain_content_type(text: str) -> str:
    """Return a content type with only its media type and boundary; "" if it has no media type."""
    kind, boundary = KIND.match(text), BOUNDARY.search(text)
    return f"{kind[1]}{f'; boundary={boundary[1]}' if boundary else ''}" if kind else ""


def with_plain_content_types(pages: "WSGIApplication") -> "WSGIApplication":
    """Return an application that passes all requests to the pages with a normalized content type."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = plain_content_type(environ.get("CONTENT_TYPE", ""))
        return pages(environ, start_response)

    return application
