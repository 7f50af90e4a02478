"""A file system of its own for a script, small or read-only, or nothing but read-only ones."""

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
    return _unshared(command, script)


def where_nothing_may_be_written(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command while every file system is read-only; skip where that is not given."""
    script = (
        "cut -d' ' -f2 /proc/self/mounts | sort -r | while read folder; do\n"
        '  mount -o remount,bind,ro "$folder"\n'
        "done 2> /dev/null\n"
        "for folder in /tmp /var/tmp /dev/shm .; do\n"
        f'  test ! -w "$folder" || exit {_NOT_GIVEN}\n'
        "done\n"
        'exec "$0" "$@"'
    )
    return _unshared(script, *command)


def _unshared(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    try:
        done = subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, *arguments],
            cwd=CHECKOUT, env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("needs unshare")
    if done.returncode == _NOT_GIVEN or "unshare failed" in done.stderr:
        pytest.skip("needs a file system of its own: no user namespaces here")
    return done
