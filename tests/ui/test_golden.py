"""Every state of the window against the picture of it that has been looked at.

`python -m tests.ui.test_golden` draws them anew; look at each before it is committed.
"""

import io
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from rich.console import Console

from formcheck.ui.display import Status
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.readout import readout
from formcheck.ui.terminal import PlainView, view
from formcheck.ui.window.farewell import rows_of
from tests.ui.states import STATES, State

GOLDEN = Path(__file__).parent / "golden"
TOLD = GOLDEN / "terminal.txt"
COLOURS = 200
"""Of a golden picture's palette: enough for soft edges, and a tenth of the size."""

MOST_MEAN = 2.0
MOST_99TH = 24.0
MOST_BLOCK = 16.0
"""How far a picture may be off, in levels of 0 to 255: everywhere, all but nowhere, and within
blocks as large as a small letter. Another processor or font rasteriser shifts edges by parts of
a pixel; the palette rounds."""
BLOCK = 10
TOTAL_BYTES = 1_500_000


def difference(drawn: Pixels, golden: Pixels) -> tuple[float, float, float]:
    """Return the mean, the 99th percentile and the worst block of the difference, 0 to 255."""
    blurred = [cv2.GaussianBlur(each, (5, 5), 0).astype(float) for each in (drawn, golden)]
    off: npt.NDArray[np.float64] = np.abs(blurred[0] - blurred[1]).max(axis=2)
    height, width = (edge // BLOCK * BLOCK for edge in off.shape)
    blocks = off[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return (
        float(off.mean()),
        float(np.percentile(off, 99)),
        float(blocks.mean(axis=(1, 3)).max()),
    )


def is_alike(drawn: Pixels, golden: Pixels) -> bool:
    if drawn.shape != golden.shape:
        return False
    mean, high, block = difference(drawn, golden)
    return mean <= MOST_MEAN and high <= MOST_99TH and block <= MOST_BLOCK


def golden_of(name: str) -> Pixels:
    picture = cv2.imread(str(GOLDEN / f"{name}.png"))
    assert picture is not None, f"{name} has no golden picture: python -m tests.ui.test_golden"
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize("name", list(STATES))
def test_the_state_is_drawn_as_it_was_when_it_was_looked_at(name: str) -> None:
    drawn, golden = STATES[name].draw(), golden_of(name)
    assert drawn.shape == golden.shape
    assert is_alike(drawn, golden), (
        f"mean, 99th percentile and worst block differ by {difference(drawn, golden)}; "
        "if that is meant, draw it anew and look at it: python -m tests.ui.test_golden"
    )


def test_every_golden_picture_is_of_a_state_and_all_are_small() -> None:
    files = sorted(GOLDEN.glob("*.png"))
    assert {file.stem for file in files} == set(STATES)
    assert sum(file.stat().st_size for file in files) < TOTAL_BYTES


def test_no_two_states_look_alike() -> None:
    thumbnails = {
        name: cv2.resize(golden_of(name), (160, 90), interpolation=cv2.INTER_AREA).astype(int)
        for name in STATES
    }
    names = list(thumbnails)
    for number, one in enumerate(names):
        for other in names[:number]:
            off = np.abs(thumbnails[one] - thumbnails[other]).max()
            assert off > 2 * MOST_BLOCK, (one, other)


def test_an_edge_that_shifts_by_a_part_of_a_pixel_is_no_change() -> None:
    golden = golden_of("held")
    shift = np.array([[1, 0, 0.25], [0, 1, 0.25]])
    size = golden.shape[1], golden.shape[0]
    moved = cv2.warpAffine(golden, shift, size, borderMode=cv2.BORDER_REPLICATE)
    assert is_alike(np.asarray(moved, np.uint8), golden)


@pytest.mark.parametrize("part", ["a digit", "the arrow", "the frame's colour", "a small word"])
def test_a_change_of_a_small_part_is_seen(part: str) -> None:
    golden = golden_of("fault-leaning-forward")
    changed = golden.copy()
    match part:
        case "a digit":
            changed[160:226, 494:540] = golden[230, 516]
        case "the arrow":
            changed[160:180, 194:222] = golden[158, 215]
        case "the frame's colour":
            amber = (np.abs(golden.astype(int) - (0x00, 0xB0, 0xFF)) < 40).all(axis=2)
            changed[amber] = (0xB0, 0xC2, 0x35)
        case "a small word":
            changed[306:326, 466:522] = golden[300, 466]
    assert not is_alike(changed, golden)


def told(name: str) -> str:
    """Return what the terminal tells in a state: the live view, and the plain line."""
    state = STATES[name]
    played = list(state.outcomes())
    outcome = played[-1] if played else None
    now = readout(outcome, state.status, state.definition, state.plan)
    now = replace(now, note=state.looking.note)
    rows = rows_of(has_sides=state.definition.dosage.sides == 2, sides=state.plan.sides)
    console = Console(file=io.StringIO(), width=80, legacy_windows=False, _environ={})
    console.print(view(now, state.definition.title, rows))
    plain = PlainView(state.definition, console, state.plan)
    plain.show(None, outcome, Status.LIVE if state.status is Status.NO_CAMERA else state.status)
    if state.status is Status.NO_CAMERA:
        plain.show(None, None, Status.NO_CAMERA)
    assert isinstance(console.file, io.StringIO)
    lines = [line.rstrip() for line in console.file.getvalue().splitlines()]
    return "\n".join([f"# {name}", *lines, "", ""])


def every_word() -> str:
    """What the terminal tells in every state that is not only about the picture's shape."""
    usual = State([])
    return "".join(
        told(name)
        for name, state in STATES.items()
        if (state.canvas, state.picture) == (usual.canvas, usual.picture)
    )


def test_the_terminal_tells_every_state_as_it_did_when_it_was_looked_at() -> None:
    assert every_word() == TOLD.read_text(encoding="utf-8")


def redraw() -> None:
    """Draw every state anew, with a palette, so that the files stay small; tell them too."""
    GOLDEN.mkdir(exist_ok=True)
    for file in GOLDEN.glob("*.png"):
        file.unlink()
    for name, state in STATES.items():
        picture = Image.fromarray(state.draw()[:, :, ::-1].copy())
        few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(GOLDEN / f"{name}.png", optimize=True)
    TOLD.write_text(every_word(), encoding="utf-8")
    total = sum(file.stat().st_size for file in GOLDEN.glob("*.png"))
    sys.stdout.write(f"{len(STATES)} pictures, {total / 1000:.0f} kB, in {GOLDEN.name}\n")


if __name__ == "__main__":
    redraw()
