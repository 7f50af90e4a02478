"""The process ends with its status, also where a thread never comes back."""

import subprocess
import sys

import pytest

HANGING = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
LEAVING = """
import atexit
from formcheck.cli.entry import leave
atexit.register(print, "in order")
print("said", end="")
leave(3)
"""


@pytest.mark.parametrize(("before", "said"), [("", "saidin order\n"), (HANGING, "said")])
def test_the_status_is_kept_and_what_was_said_is_seen(before: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{before}\n{LEAVING}"], check=False, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout, done.stderr) == (3, said, "")
