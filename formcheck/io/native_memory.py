"""What native libraries have let go of: kept while it is needed again, then given back."""

import ctypes
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_ASKED: Final = "MALLOC_TRIM_THRESHOLD_"
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
"""Of glibc's `malloc.h`."""

_MMAP_THRESHOLD: Final = 128 << 10
"""Bytes; glibc's own."""

_LARGEST_KEPT: Final = 32 << 20
"""Bytes; what glibc by itself goes up to where nobody asks for anything."""

_LARGEST_INT: Final = 2**31 - 1


def give_back() -> None:
    """Give back to the system what was freed, where the system's allocator keeps it.

    Each landmarker has threads of its own, and glibc a heap for each thread: forty landmarkers made
    and closed one after the other leave 209 MB in these, 49 MB with this (mediapipe 0.10.31).
    """
    _allocator("malloc_trim", 0)


@contextmanager
def kept() -> Generator[None]:
    """Let the allocator keep what is freed, for the next picture: for the time of a batch.

    The nanny of a dask worker sets `MALLOC_TRIM_THRESHOLD_`, and with it glibc fetches and gives
    back every picture's memory: 9 % of the time of a clip (`benchmarks.many`). What is kept is
    given back by `give_back` after the batch.
    """
    if (asked := os.environ.get(_ASKED, "")).isdecimal():
        _allocator("mallopt", _M_MMAP_THRESHOLD, _LARGEST_KEPT)
        _allocator("mallopt", _M_TRIM_THRESHOLD, 2 * _LARGEST_KEPT)
    try:
        yield
    finally:
        if asked.isdecimal():
            _allocator("mallopt", _M_MMAP_THRESHOLD, _MMAP_THRESHOLD)
            _allocator("mallopt", _M_TRIM_THRESHOLD, min(int(asked), _LARGEST_INT))


def _allocator(name: str, *args: int) -> None:
    if sys.platform != "linux":
        return
    function = getattr(ctypes.CDLL(None), name, None)  # musl has neither
    if function is not None:
        function(*args)
