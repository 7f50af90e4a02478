"""What all tests share."""

from hypothesis import settings

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=50, database=None
)
settings.load_profile("repeatable")
