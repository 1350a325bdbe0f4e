"""How far a check is, as far as the beginning of a file tells how long it is."""

from console.bulk.checking.progress import expected_rows, progress_of_comparing, progress_of_reading
from console.bulk.models import Import
from console.records.files.source import Batch, FileKind, FileLook

# Ten characters a row, with what stands behind each cell.
BATCH = Batch(numbers=[2, 3], columns=[["u-1", "u-2"], ["34", None], ["x", "yyy"]])


def rows_expected(size: int, kind: FileKind = FileKind.SEPARATED, *, is_gzip: bool = False) -> int:
    look = FileLook(kind, "", ("USER_ID", "AGE", "CITY"), is_gzip=is_gzip)
    return expected_rows(Import(file_size=size), look, BATCH)


def test_a_file_has_about_as_many_rows_as_its_first_ones_tell() -> None:
    # u-1,34,x and u-2,,yyy are 18 characters with their ends.
    assert rows_expected(18_000) == 2000
    assert rows_expected(18_000, is_gzip=True) == 12_000
    # With "USER_ID": "", and so on, of 14, 10 and 11 characters more a row.
    assert rows_expected(88_000, FileKind.JSON_LINES) == 2000
    assert rows_expected(1) == 1
    assert rows_expected(1 << 30) == 1_000_000
    assert expected_rows(Import(file_size=9), FileLook(FileKind.JSON, "", ()), Batch()) == 1_000_000


def test_reading_is_four_fifths_of_a_check() -> None:
    assert [progress_of_reading(rows, 1000) for rows in (0, 500, 1000, 9000)] == [0, 40, 79, 79]
    assert [progress_of_comparing(parts, 4) for parts in (0, 2, 4)] == [80, 89, 99]
