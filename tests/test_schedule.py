"""The order of the files with processes names files that are there, the longest first."""

from tests.support.schedule import LONGEST, TOGETHER, file_of
from tests.support.served import ROOT


def test_each_file_that_is_named_is_there() -> None:
    named = {*LONGEST, *TOGETHER, *TOGETHER.values()}
    assert {path for path in named if not (ROOT / path).is_file()} == set()
    assert len(LONGEST) == len(set(LONGEST))


def test_the_file_of_a_test_is_what_stands_before_its_name() -> None:
    assert file_of("tests/test_a.py::test_b[tests/test_c.py::d]") == "tests/test_a.py"
