"""Uploaded files: refused unless a view takes one, and kept in memory, since the body's size is limited."""

from io import BytesIO
from typing import Any, override

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# Largest form with a file, including the multipart framing.
LONGEST_FILE = 8 * 1024 * 1024
LONGEST_FORM = LONGEST_FILE + 64 * 1024


class NoFiles(FileUploadHandler):
    """Refuses all files: most pages take none."""

    @override
    def new_file(self, *_names: Any, **_more: Any) -> None:
        """Raise TooManyFilesSent."""
        raise TooManyFilesSent("The form has a file.")

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    @override
    def file_complete(self, file_size: int) -> None:
        return None


class OneFile(FileUploadHandler):
    """Takes a file of up to LONGEST_FILE bytes; raises RequestDataTooBig for a larger one."""

    _content: BytesIO

    @override
    def new_file(self, *names: Any, **more: Any) -> None:
        super().new_file(*names, **more)
        self._content = BytesIO()

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LONGEST_FILE:
            raise RequestDataTooBig("The file has more bytes than are read.")
        self._content.write(raw_data)

    @override
    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
