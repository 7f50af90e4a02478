"""One kind of bad input: how to make it, and what must be true whatever it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

LONGEST_CASE_S: Final = 20.0
"""A case that takes longer has stalled. The longest that is meant to wait are `score` with several
files, each of whose processes loads its libraries, and an address that does not answer (5 s)."""


@dataclass(frozen=True)
class Target:
    """What is tried, and how."""

    name: str
    cases: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    """Raises where the case does what no input may do."""


@st.composite
def damaged(draw: st.DrawFn, wholes: list[bytes], evil: list[bytes]) -> bytes:
    """Return one of these texts with some of its bytes lost, doubled, changed or put in."""
    content = bytearray(draw(st.sampled_from(wholes)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from([1, 1, 2, 8, 40, 400]))
        match draw(st.sampled_from(["lose", "double", "change", "put in", "put in", "cut off"])):
            case "lose":
                del content[at : at + length]
            case "double":
                content[at:at] = content[at : at + length]
            case "change":
                content[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
            case "put in":
                content[at:at] = draw(st.sampled_from(evil) | st.binary(max_size=8))
            case "cut off":
                del content[max(at, 1) :]
    return bytes(content)
