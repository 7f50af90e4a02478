"""Key codes and presses as any keyboard may send them, and words for any terminal."""

import io
from typing import Any, Final

from hypothesis import strategies as st

from benchmarks.fuzz.target import Target
from formcheck.cli.output.streams import plain_form
from formcheck.ui.window.desk.x11 import Press
from formcheck.ui.window.keys import keys_of

_WHOLE: Final = {*b"qQfF \x1b"}


def check_keys(case: tuple[int, Any]) -> None:
    """Ask what a key means: one by its whole code or its place, none with a modifier."""
    code, press = case
    assert bool(keys_of(code)) == (code in _WHOLE)
    if press.state & (0x04 | 0x08 | 0x40 | 0x80):
        assert keys_of(code, [press]) == []
    assert len(keys_of(code, [press])) <= 1


def check_encoding(case: tuple[str, str]) -> None:
    """Write a text in an encoding: nothing is raised, and what can be shown stays."""
    text, encoding = case
    plain_form()
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="formcheck.plain")
    stream.write(text)
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    shown = stream.buffer.getvalue().decode(encoding)
    for sign in text:
        if sign.isascii() and sign.isprintable():
            assert sign in shown


_CODES: Final = st.integers(-(2**31), 2**31 - 1) | st.builds(
    lambda high, low: high << 8 | low, st.integers(0, 2**16), st.sampled_from(sorted(_WHOLE))
)
KEYS: Final = Target(
    "key codes",
    st.tuples(
        _CODES,
        st.builds(Press, st.integers(0, 255), st.integers(0, 65535), st.none() | st.integers(0)),
    ),
    check_keys,
)
ENCODINGS: Final = Target(
    "terminal encodings",
    st.tuples(
        st.text(),
        st.sampled_from(["ascii", "latin-1", "cp437", "cp850", "cp1252", "koi8-r", "cp932"]),
    ),
    check_encoding,
)
