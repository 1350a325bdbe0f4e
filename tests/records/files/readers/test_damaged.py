"""Files of other programs with some bytes changed: they are read, or refused in a sentence."""

import gzip
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.files.readers.batches import batches
from console.records.files.source import FileError
from tests.records.files.readers.reading import SCHEMA, look
from tests.records.files.readers.test_handed import EXPECTED, HANDED

# Where a change is, as a share of the file; how many bytes it takes away; and which it puts there.
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.sampled_from(
            (b"", b'"', b"\0", b"\\", b"[", b"{", b"<", b"\xff", b"\r", b"\n", b",", b"9" * 50, b"&", b"-")
        ),
    ),
    min_size=1,
    max_size=5,
)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, taken, put in changes:
        place = int(share * len(data))
        data = data[:place] + put + data[place + taken :]
    return data


def changed_within(name: str, part: int, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Return a file with changes, in one of its parts if an archive has several, and in what gzip packed."""
    data = (HANDED / name).read_bytes()
    if name.endswith(".gz"):
        return gzip.compress(changed(gzip.decompress(data), changes))
    if not name.endswith(".xlsx"):
        return changed(data, changes)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(written, "w") as copy:
        names = archive.namelist()
        for each in names:
            inner = archive.read(each)
            copy.writestr(each, changed(inner, changes) if each == names[part % len(names)] else inner)
    return written.getvalue()


@given(name=st.sampled_from(sorted(EXPECTED)), part=st.integers(0, 20), changes=CHANGES, is_outside=st.booleans())
def test_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    part: int,
    changes: list[tuple[float, int, bytes]],
    is_outside: bool,
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "users"
    path.write_bytes(
        changed((HANDED / name).read_bytes(), changes) if is_outside else changed_within(name, part, changes)
    )
    with suppress(FileError):
        found = look(path)
        for batch in batches(path, SCHEMA, found):
            assert [len(column) for column in batch.columns] == [len(batch.numbers)] * len(found.heading)
