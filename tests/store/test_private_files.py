"""What lies at a path is told alike by every Python, and what cannot be known is an error."""

import errno
import os
import sys
from pathlib import Path

import pytest

from formcheck.store.private_files import kind_of

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


def test_a_file_a_folder_and_nothing_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    assert kind_of(file) == "file"
    assert kind_of(tmp_path) == "folder"
    assert kind_of(tmp_path / "nothing") is None
    assert kind_of(file / "below a file") is None
    assert kind_of(tmp_path / "a\0b") is None


@on_posix
def test_a_link_is_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "to a folder").symlink_to(tmp_path)
    (tmp_path / "astray").symlink_to(tmp_path / "nothing")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    os.mkfifo(tmp_path / "pipe")

    assert kind_of(tmp_path / "to a folder") == "folder"
    assert kind_of(tmp_path / "astray") is None
    assert kind_of(tmp_path / "round") is None
    assert kind_of(tmp_path / "pipe") == "something else"


@on_posix
def test_what_cannot_be_known_is_an_error_that_names_the_path(tmp_path: Path) -> None:
    long = tmp_path / ("a" * 5000)
    with pytest.raises(OSError, match="too long") as raised:
        kind_of(long)

    assert raised.value.errno == errno.ENAMETOOLONG
    assert Path(raised.value.filename) == long


@on_posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may go anywhere")
def test_below_a_folder_that_is_closed_to_us_nothing_is_known(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with pytest.raises(PermissionError):
        kind_of(closed / "file")
