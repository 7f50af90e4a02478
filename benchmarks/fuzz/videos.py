"""Damaged videos: bytes flipped, lost, doubled; files cut off. Read in a process of their own.

    python -m benchmarks.fuzz.videos SEED COUNT

A native library that crashed would take the process along, so this one is run by `check_many`.
"""

import faulthandler
import random
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from benchmarks.fuzz.target import LONGEST_CASE_S
from formcheck.errors import FormcheckError
from formcheck.io.files.clip import Clip

_KINDS: Final = (("mp4", "mp4v"), ("avi", "MJPG"), ("webm", "VP80"), ("mov", "mp4v"))
_SIZE: Final = (96, 72)
_MOST_FRAMES: Final = 2000


def small_clip(ending: str, codec: str, frames: int = 25) -> bytes:
    """Return a small whole clip of noise and a block that moves; empty where it cannot be made."""
    noise = np.random.default_rng(1)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder, f"whole.{ending}")
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), 10, _SIZE, isColor=True)
        if not writer.isOpened():
            return b""
        for number in range(frames):
            picture = noise.integers(0, 60, (_SIZE[1], _SIZE[0], 3), dtype=np.uint8)
            picture[10:50, number : number + 30] += 150
            writer.write(picture)
        writer.release()
        return path.read_bytes()


def _damage(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        # Headers are at either end of a container.
        at = chance.choice((chance.randrange(200), -chance.randrange(1, 400), None))
        at = chance.randrange(len(damaged)) if at is None else at % len(damaged)
        match chance.choice(("flip", "flip", "number", "lose", "double", "zero", "cut")):
            case "flip":
                damaged[at] ^= 1 << chance.randrange(8)
            case "number":
                damaged[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
            case "lose":
                del damaged[at : at + chance.choice((1, 4, 100))]
            case "double":
                damaged[at:at] = damaged[at : at + chance.choice((4, 100, 2000))]
            case "zero":
                damaged[at : at + 16] = bytes(16)
            case "cut":
                del damaged[max(at, 1) :]
        if not damaged:
            break
    return bytes(damaged)


def read(path: Path) -> None:
    """Read a clip as far as it goes: frames whose times grow, or a sentence."""
    try:
        clip = Clip(path)
    except FormcheckError:
        return
    times: list[float] = []
    while not clip.ended and len(times) < _MOST_FRAMES:
        frame = clip.read()
        if frame is not None:
            assert frame.image.ndim == 3
            assert frame.image.size
            times.append(frame.time_s)
    clip.close()
    assert all(a < b for a, b in pairwise(times)), times


def check_many(count: int, seed: int, module: str = __name__) -> list[str]:
    """Damage and read so many files; return what went wrong, with what is needed to repeat it.

    Args:
        count: How many.
        seed: The number of the first; each is made by its own.
        module: Which to run: this one, or another with such a `main`.
    """
    wrong = []
    first = seed
    while first < seed + count:
        command = [sys.executable, "-m", module, str(first), str(seed + count - first)]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True,
            timeout=LONGEST_CASE_S * (10 + count / 10),
        )  # fmt: skip
        last = int((done.stdout.split() or [str(first)])[-1])
        if done.returncode == 0:
            break
        wrong.append(f"seed {last}: status {done.returncode}: {done.stderr[-400:]}")
        first = last + 1
    return wrong


def main() -> None:
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        wholes = [(ending, clip) for ending, codec in _KINDS if (clip := small_clip(ending, codec))]
        for number in range(seed, seed + count):
            print(number, flush=True)
            chance = random.Random(number)
            ending, content = chance.choice(wholes)
            path = folder / f"damaged.{ending}"
            path.write_bytes(_damage(content, chance))
            started = time.monotonic()
            faulthandler.dump_traceback_later(2 * LONGEST_CASE_S, exit=True)  # it never ends
            read(path)
            faulthandler.cancel_dump_traceback_later()
            assert time.monotonic() - started < LONGEST_CASE_S, "it stalled"


if __name__ == "__main__":
    main()
