"""What all tests share."""

import os
import tempfile

from hypothesis import settings

# What the tests' sessions leave must not lie among the sessions of whoever runs the tests.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="formcheck-tests-")
os.environ.pop("FORMCHECK_POSES", None)

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=50, database=None
)
settings.load_profile("repeatable")
