"""What is freed is kept for the next picture while a batch is scored, and given back after it."""

import os
import subprocess
import sys

import pytest

_ROUNDS = 20
_PAGES = 225
"""Of a picture of 640 by 480."""

_COUNT_FETCHED = f"""
import contextlib, resource
import numpy as np
from formcheck.io.native_memory import kept

def fetched():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range({_ROUNDS}):
        np.ones({_PAGES} << 12, np.uint8)  # made, and freed
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

before = fetched()
with kept():
    np.ones({_PAGES} << 12, np.uint8)
    within = fetched()
print(before, within, fetched())
"""


@pytest.mark.skipif(
    sys.platform != "linux"
    or not hasattr(os, "confstr")
    or "glibc" not in str(os.confstr("CS_GNU_LIBC_VERSION")),
    reason="a matter of glibc's allocator",
)
def test_a_worker_of_dask_does_not_fetch_each_pictures_memory_anew() -> None:
    environment = {**os.environ, "MALLOC_TRIM_THRESHOLD_": "65536"}  # as dask's nanny sets it
    done = subprocess.run(
        [sys.executable, "-c", _COUNT_FETCHED],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    before, within, after = map(int, done.stdout.split())
    assert before > _ROUNDS * _PAGES * 0.9
    assert within < _ROUNDS * _PAGES * 0.1
    assert after > _ROUNDS * _PAGES * 0.9, "what dask asked for holds again"
