"""Parses long forms in little memory and time, or refuses them.

urllib makes an object of each escape of a form, so that a text of which each character is escaped takes twenty times
its length. Here a long form is read piece by piece, and no further than to the most characters that a page works at:
what a page makes of each may take fifty bytes. Django takes a tenth of a millisecond for each part of a multipart
form: a few are read, and no file but where a view takes one.
"""

import codecs
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from console.server.http.files import OneFile

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
# A form that is shorter is read as Django does it.
LONG = 64 * 1024
PIECE = 16 * 1024
# Characters in all fields of a long form together; record input has at most 400,000.
MOST_CHARACTERS = 1_000_000
MOST_PARTS = 200


class Request(WSGIRequest):
    """Django's request, which reads a long form in little memory, and refuses a multipart one of many parts."""

    def _load_post_and_files(self) -> None:
        is_begun = getattr(self, "_read_started", False)
        if self.content_type == MULTIPART and self.method == "POST" and not is_begun:
            if any(isinstance(each, OneFile) for each in self.upload_handlers):
                # Django bounds what it reads at once by what a form of text may have.
                self._body = self.read()
            self._must_have_few_parts()
        if self.content_type != FORM or is_begun or len(self.body) <= LONG:
            super()._load_post_and_files()
            return
        self._post = read_form(self.body)
        self._files: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict()

    def _must_have_few_parts(self) -> None:
        boundary = (self.content_params or {}).get("boundary", "")
        # As Django divides them, and one after the last.
        if boundary and self.body.count(f"--{boundary}".encode()) > MOST_PARTS + 1:
            raise TooManyFieldsSent("The form has more parts than are read.")


class Handler(WSGIHandler):
    """Django's WSGI application with such requests."""

    request_class = Request


def read_form(body: bytes) -> QueryDict:
    """Return the fields of a form in UTF-8, as Django's QueryDict does.

    Raise TooManyFieldsSent, or RequestDataTooBig where there are more than MOST_CHARACTERS.
    https://url.spec.whatwg.org/#urlencoded-parsing
    """
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if most is not None and body.count(b"&") >= most:
        raise TooManyFieldsSent("The form has more fields than are read.")
    fields = QueryDict(mutable=True)
    left = MOST_CHARACTERS
    for begin, end in _pairs(body):
        middle = body.find(b"=", begin, end)
        middle = end if middle < 0 else middle
        name = _text(body, begin, middle, left)
        value = _text(body, middle + 1, end, left - len(name))
        left -= len(name) + len(value)
        fields.appendlist(name, value)
    fields._mutable = False
    return fields


def _pairs(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each pair of a name and a value."""
    begin = 0
    while begin < len(body):
        end = body.find(b"&", begin)
        end = len(body) if end < 0 else end
        if begin < end:
            yield begin, end
        begin = end + 1


def _text(body: bytes, begin: int, end: int, most: int) -> str:
    """Return the text of a part of a form; raise RequestDataTooBig if it has more than so many characters."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    pieces, length = [], 0
    while begin < end:
        cut = min(begin + PIECE, end)
        # An escape has three bytes.
        mark = body.rfind(b"%", max(begin + 1, cut - 2), cut) if cut < end else -1
        cut = mark if mark > 0 else cut
        pieces.append(decoder.decode(unquote_to_bytes(body[begin:cut].replace(b"+", b" ")), cut == end))
        length += len(pieces[-1])
        if length > most:
            raise RequestDataTooBig("The form has more characters than are read.")
        begin = cut
    return "".join(pieces)
