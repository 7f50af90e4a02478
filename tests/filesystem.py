"""A file system of its own for a script, small or read-only."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import CHECKOUT

_NOT_GIVEN = 77


def in_a_file_system(options: str, folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which `folder` is a file system of its own; skip where that is not given."""
    command = (
        f"mount -t tmpfs -o {options} formcheck '{folder}' || exit {_NOT_GIVEN}\n"
        f"exec '{sys.executable}' -c \"$0\" '{folder}'"
    )
    try:
        done = subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", command, script],
            cwd=CHECKOUT, env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("needs unshare")
    if done.returncode == _NOT_GIVEN or "unshare failed" in done.stderr:
        pytest.skip("needs a file system of its own: no user namespaces here")
    return done
