"""A key is told by the whole of it: what it bears, its place, its modifiers."""

import os
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.running.stage import virtual_screen
from formcheck.ui.display import Key
from formcheck.ui.window.desk.x11 import Press
from formcheck.ui.window.keys import keys_of
from tests.shared import needs_screen
from tests.ui.window.test_window import PROGRAM, ended, program_running

PLAIN = {**dict.fromkeys(map(ord, "qQ\x1b"), Key.QUIT), ord(" "): Key.PAUSE,
         **dict.fromkeys(map(ord, "fF"), Key.FULL_SCREEN)}  # fmt: skip
PLACES = {24: Key.QUIT, 41: Key.FULL_SCREEN, 65: Key.PAUSE}
SHIFT, CAPS_LOCK, CONTROL, ALT, NUM_LOCK, SUPER, ALT_GR = 1, 2, 4, 8, 16, 64, 128

codes = st.integers(-1, 0xFFFF) | st.builds(
    lambda high, low: high << 8 | low, st.integers(0, 0xFFFF), st.sampled_from(list(PLAIN))
)


@given(codes)
def test_of_a_code_nothing_but_the_whole_says_which_key_it_is(code: int) -> None:
    told = PLAIN.get(code)
    assert keys_of(code) == ([] if told is None else [told])


@given(
    keycode=st.integers(8, 255) | st.sampled_from(list(PLACES)),
    symbol=st.none() | st.integers(1, 0xFFFF) | st.sampled_from(list(PLAIN)),
    state=st.integers(0, 0xFFFF),
    code=codes,
)
def test_a_modifier_but_shift_takes_a_key_its_meaning_and_a_lock_changes_none(
    keycode: int, symbol: int | None, state: int, code: int
) -> None:
    found = keys_of(code, [Press(keycode, state, symbol)])
    if state & (CONTROL | ALT | SUPER | ALT_GR):
        assert found == []
    else:
        assert found == keys_of(code, [Press(keycode, 0, symbol)])
        if keycode in PLACES and symbol not in PLAIN:
            assert found == [PLACES[keycode]]


LAYOUTS = {
    # Where q is, where that is another place.
    "us": (), "ru": (), "gr": (), "il": (), "ara": (), "ge": (), "th": (),
    "fr": (38,), "us -variant dvorak": (53,), "us -variant colemak": (),
}  # fmt: skip


@needs_screen
@pytest.mark.screen
@pytest.mark.parametrize("layout", LAYOUTS)
def test_q_f_and_space_are_found_by_their_place_on_any_keyboard(layout: str) -> None:
    with virtual_screen() as environment:
        _run(environment, "setxkbmap", *f"-layout {layout}".split())
        with program_running(PROGRAM, environment) as program:
            _press(
                environment, "65", "41", "shift+65", "Left", "XF86Search", "Redo", "F1", "65", "24"
            )
            assert ended(program) == ["pause", "pause", "pause", "quit", "closed"]
        for letter in LAYOUTS[layout]:
            with program_running(PROGRAM, environment) as program:
                _press(environment, str(letter))
                assert ended(program) == ["quit", "closed"]


@needs_screen
@pytest.mark.screen
def test_a_second_layout_that_is_switched_to_has_its_places_too() -> None:
    with virtual_screen() as environment:
        _run(environment, "setxkbmap", "-layout", "us,ru")
        with program_running(PROGRAM, environment) as program:
            _press(environment, "65", "ISO_Next_Group", "65", "38", "24")
            assert ended(program) == ["pause", "pause", "quit", "closed"]


@needs_screen
@pytest.mark.screen
def test_keys_with_modifiers_do_nothing_in_the_real_window_and_caps_lock_changes_nothing() -> None:
    modifiers = ("ctrl", "alt", "super", "ISO_Level3_Shift", "ctrl+alt", "shift+alt")
    with virtual_screen() as environment, program_running(PROGRAM, environment) as program:
        _press(environment, *(f"{each}+q" for each in modifiers))
        _press(environment, *(f"{each}+space" for each in modifiers))
        _press(environment, "space", "Caps_Lock", "Num_Lock", "space", "q")
        assert ended(program) == ["pause", "pause", "quit", "closed"]


def _press(environment: dict[str, str], *keys: str) -> None:
    """Press these keys as a keyboard would: none is sent to the window itself."""
    _run(environment, "xdotool", "search", "--sync", "--name", "^formcheck", "windowfocus")
    for key in keys:
        _run(environment, "xdotool", "key", key)


def _run(environment: dict[str, str], *command: str) -> None:
    subprocess.run(
        command, env={**os.environ, **environment}, check=True, timeout=20,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
