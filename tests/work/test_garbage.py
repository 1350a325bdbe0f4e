"""Blocks in which Python's collector of cycles rests."""

import gc

from console.work.garbage import without_collecting


def test_it_collects_again_once_the_last_of_several_blocks_is_over() -> None:
    first, second = without_collecting(), without_collecting()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()
