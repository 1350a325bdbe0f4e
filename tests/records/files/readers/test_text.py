"""Encodings of files, as their bytes tell them, and files that gzip packed."""

import gzip
from pathlib import Path

import pytest

from console.records.files.readers import content, text
from console.records.files.readers import look as looking
from console.records.files.source import FileError
from tests.records.files.readers.reading import look, pack, rows_of, write

CITIES = "USER_ID,CITY\nu,Zürich\nv,Łódź\n"
LATIN = "USER_ID,CITY\nu,Zürich 5 €\n"


@pytest.mark.parametrize(
    ("encoding", "mark", "words"),
    [
        ("utf-8", "", "UTF-8"),
        ("utf-8", "\ufeff", "UTF-8"),
        ("utf-16-le", "\ufeff", "UTF-16"),
        ("utf-16-be", "\ufeff", "UTF-16"),
        ("utf-16-le", "", "UTF-16"),
        ("utf-16-be", "", "UTF-16"),
        ("utf-32-le", "\ufeff", "UTF-32"),
        ("utf-32-be", "\ufeff", "UTF-32"),
    ],
)
def test_tells_unicode_by_its_bytes(tmp_path: Path, encoding: str, mark: str, words: str) -> None:
    path = write(tmp_path / "users", mark + CITIES, encoding)
    assert look(path).words == f"a CSV file (commas, {words})"
    assert look(path).questions == ()
    assert rows_of(path) == {2: ("u", "Zürich"), 3: ("v", "Łódź")}


def test_asks_which_encoding_a_text_is_in_that_is_no_unicode(tmp_path: Path) -> None:
    path = write(tmp_path / "users", LATIN, "windows-1252")
    (question,) = look(path).questions
    assert (question.choice, question.assumed) == ("encoding", "windows-1252")
    # Neither UTF-8 nor ISO 8859 has these bytes.
    assert question.options == (
        "windows-1252",
        "macroman",
        "windows-1250",
        "windows-1251",
        "windows-1254",
        "cp850",
        "cp932",
        "gb18030",
    )
    assert (
        question.sentence == "It is not in UTF-8, and is read as Windows-1252. Do letters such as é and ü look right?"
    )
    assert rows_of(path) == {2: ("u", "Zürich 5 €")}


@pytest.mark.parametrize("encoding", ["iso-8859-1", "iso-8859-15", "macroman", "cp850", "windows-1250"])
def test_reads_in_the_encoding_that_is_chosen(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "users", "USER_ID,CITY\nu,Zürich\n", encoding)
    assert rows_of(path, encoding=encoding) == {2: ("u", "Zürich")}
    assert look(path, encoding=encoding).questions[0].assumed == encoding
    assert encoding in look(path, encoding=encoding).questions[0].options


@pytest.mark.parametrize(("encoding", "city"), [("cp932", "東京"), ("gb18030", "北京"), ("windows-1251", "Москва")])
def test_reads_other_scripts_where_they_are_chosen(tmp_path: Path, encoding: str, city: str) -> None:
    path = write(tmp_path / "users", f"USER_ID,CITY\nu,{city}\n", encoding)
    assert rows_of(path, encoding=encoding) == {2: ("u", city)}


@pytest.mark.parametrize("file", ["USER_ID,CITY\ru,Zürich\r", "USER_ID,CITY\nu,Besançon\nv,Orléans\n"])
def test_takes_a_text_for_one_of_an_old_mac(tmp_path: Path, file: str) -> None:
    # Its lines end as they did there, or it has a byte that Windows-1252 has not: ç is 8D.
    path = write(tmp_path / "users", file, "macroman")
    assert look(path).encoding == "macroman"
    assert rows_of(path)[2] == tuple(file.replace("\r", "\n").split("\n")[1].split(","))


def test_looks_at_the_whole_text(tmp_path: Path) -> None:
    file = "USER_ID,CITY\n" + "u,Bern\n" * 160_000 + "v,Zürich\n"
    assert look(write(tmp_path / "users", file, "windows-1252")).encoding == "windows-1252"
    path = write(tmp_path / "others", file)
    assert (look(path).encoding, rows_of(path)[160_002]) == ("utf-8", ("v", "Zürich"))


@pytest.mark.parametrize("start", ["v,Köln\n", ""])
def test_never_replaces_a_byte_that_an_encoding_does_not_have(tmp_path: Path, start: str) -> None:
    path = tmp_path / "users"
    path.write_bytes(f"USER_ID,CITY\nu,Zürich\n{start}".encode() + b"w,Z\xfcrich\n")
    (question,) = look(path).questions
    assert (question.options[0], question.assumed) == ("utf-8", "utf-8")
    assert question.sentence == "It is in UTF-8, but for some of its bytes. Is it in another encoding?"
    row = 4 if start else 3
    with pytest.raises(FileError) as caught:
        rows_of(path)
    assert str(caught.value) == (
        f"Row {row}: the byte 0xFC is no text in UTF-8. Choose the encoding that it was saved in, or save it again as UTF-8."
    )
    assert rows_of(path, encoding="windows-1252")[row] == ("w", "Zürich")


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (b"USER_ID,CITY\xfc\nu,a\n", "Row 1: the byte 0xFC is no text in UTF-8."),
        (b'{"userId": "u"}\n\n{"userId": "\xfc"}\n', "Line 3: the byte 0xFC is no text in UTF-8."),
        (b'[{"userId": "\xfc"}]', "The JSON: the byte 0xFC is no text in UTF-8."),
    ],
)
def test_says_where_a_text_is_in_another_encoding_than_the_chosen_one(tmp_path: Path, file: bytes, error: str) -> None:
    path = tmp_path / "users"
    path.write_bytes(file)
    with pytest.raises(FileError) as caught:
        look(path, encoding="utf-8")
    assert str(caught.value).startswith(error)


def test_refuses_an_encoding_that_it_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(
        FileError, match=r"^The encoding 'rot13' is not one that is read\. Choose one of utf-8, utf-16-le, "
    ):
        look(write(tmp_path / "users", CITIES), encoding="rot13")


@pytest.mark.parametrize("size", range(1, 30))
def test_lines_and_characters_across_the_ends_of_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(text, "BLOCK", size)
    path = write(tmp_path / "users", "\ufeffa\r\n\r\nZürich\r\r\U0001f30a\n\rw,a", "utf-16-le")
    with content.opened(path) as opened:
        lines = [line for block in text.lines_in_blocks(text.texts(opened, "utf-16-le")) for line in block]
    assert lines == ["a\r\n", "\r\n", "Zürich\r", "\r", "\U0001f30a\n", "\r", "w,a"]


def test_unpacks_gzip(tmp_path: Path) -> None:
    path = pack(tmp_path / "users", CITIES.encode())
    assert look(path).is_gzip
    assert rows_of(path) == {2: ("u", "Zürich"), 3: ("v", "Łódź")}


def test_unpacks_all_members_of_gzip(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_bytes(gzip.compress(b"USER_ID,CITY\n") + gzip.compress(b"u,a\n"))
    assert rows_of(path) == {2: ("u", "a")}


@pytest.mark.parametrize("change", ["cut", "checksum", "no block", "more"])
def test_refuses_gzip_that_is_damaged(tmp_path: Path, change: str) -> None:
    packed = gzip.compress(CITIES.encode() * 100)
    changed = {
        "cut": packed[:-20],
        "checksum": packed[:-8] + b"12345678",
        "no block": packed[:10] + b"\xff" * 20,
        "more": packed + b"not gzip",
    }
    (tmp_path / "users").write_bytes(changed[change])
    with pytest.raises(FileError) as caught:
        look(tmp_path / "users")
    assert str(caught.value) == (
        "The gzip file is damaged or incomplete: unpacking it failed. Pack it again, or upload it unpacked."
    )


def test_refuses_gzip_within_gzip(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^It is packed by gzip twice\. Unpack it once\.$"):
        look(pack(tmp_path / "users", gzip.compress(CITIES.encode())))


def test_refuses_gzip_of_a_file_that_no_person_has(tmp_path: Path) -> None:
    with pytest.raises(
        FileError, match=r"^The file is more than 200 times as large when it is unpacked, as no file of r"
    ):
        look(pack(tmp_path / "users", CITIES.encode() + b"u,a\n" * (17 << 20)))


def test_refuses_files_by_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (content, looking):
        monkeypatch.setattr(module, "MOST_BYTES", 1000)
    file = (CITIES + "u,a\n" * 300).encode()
    with pytest.raises(FileError, match=r"^The file has more than 1 GB\. Split it into smaller files\.$"):
        look(write(tmp_path / "users", file.decode()))
    with pytest.raises(FileError, match=r"^The file has more than 1 GB when it is unpacked\. Split"):
        look(pack(tmp_path / "users.gz", file))
