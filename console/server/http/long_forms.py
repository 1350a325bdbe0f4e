"""Long forms are read in little memory.

urllib makes an object of each escape of a form, so that a text of which each character is escaped takes twenty times
its length. Here a form is read piece by piece.
"""

from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

FORM = "application/x-www-form-urlencoded"
# A form that is shorter is read as Django does it.
LONG = 64 * 1024
PIECE = 16 * 1024


class Request(WSGIRequest):
    """Django's request, which reads a long form in little memory."""

    def _load_post_and_files(self) -> None:
        is_begun = getattr(self, "_read_started", False)
        if self.content_type != FORM or is_begun or len(self.body) <= LONG:
            super()._load_post_and_files()
            return
        self._post = read_form(self.body)
        self._files: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict()


class Handler(WSGIHandler):
    """Django's WSGI application with such requests."""

    request_class = Request


def read_form(body: bytes) -> QueryDict:
    """Return the fields of a form in UTF-8, as Django's QueryDict does; raise TooManyFieldsSent.

    https://url.spec.whatwg.org/#urlencoded-parsing
    """
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if most is not None and body.count(b"&") >= most:
        raise TooManyFieldsSent("The form has more fields than are read.")
    fields = QueryDict(mutable=True)
    for pair in body.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            fields.appendlist(_text(name), _text(value))
    fields._mutable = False
    return fields


def _text(escaped: bytes) -> str:
    plain, begin = bytearray(), 0
    while begin < len(escaped):
        end = begin + PIECE
        # An escape has three bytes.
        mark = escaped.rfind(b"%", max(begin + 1, end - 2), end)
        end = mark if mark > 0 else end
        plain += unquote_to_bytes(escaped[begin:end].replace(b"+", b" "))
        begin = end
    return plain.decode(errors="replace")
