"""What the tests of single commands share."""

import io
import sys
from pathlib import Path

import pytest

from formcheck.store import private_files
from formcheck.ui import screen


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with a data folder and a cache of its own, no screen, and nobody at its keys."""
    monkeypatch.setattr(private_files, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(private_files, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr(screen, "has_screen", lambda: False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path
