from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from formcheck.ui.steady import READING_S, SURE_AFTER_S, Steady


def test_what_is_wanted_first_is_shown_at_once() -> None:
    assert Steady[str]().step("a", 7.0) == "a"


def test_another_is_shown_once_it_has_been_wanted_for_a_while() -> None:
    shown: Steady[str] = Steady(stays_s=0.0, sure_s=0.5)
    assert [shown.step(want, at / 10) for at, want in enumerate("abbbbbbb")] == list("aaaaaabb")


def test_a_lapse_changes_nothing() -> None:
    shown: Steady[str] = Steady()
    assert {shown.step("b" if at % 40 >= 32 else "a", 10 + at / 30) for at in range(1000)} == {"a"}


@given(st.lists(st.tuples(st.floats(0.01, 0.6), st.sampled_from("abc")), max_size=200))
def test_nothing_changes_faster_than_it_can_be_read(steps: list[tuple[float, str]]) -> None:
    shown: Steady[str] = Steady()
    time_s, last, changes = 0.0, shown.step("a", 0.0), [0.0]
    for after_s, want in steps:
        time_s += after_s
        now = shown.step(want, time_s)
        if now != last:
            changes.append(time_s)
        last = now
    assert all(b - a >= READING_S - 1e-5 for a, b in pairwise(changes))


def test_what_is_wanted_for_long_is_shown() -> None:
    shown: Steady[str] = Steady()
    shown.step("a", 0.0)
    shown.step("b", READING_S)
    assert shown.step("b", READING_S + SURE_AFTER_S) == "b"
