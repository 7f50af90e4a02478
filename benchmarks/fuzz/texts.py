"""Pose files and truth files of strangers."""

import io
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st
from rich.console import Console

from benchmarks.counting.truth import read_truth, truth_path
from benchmarks.fuzz.bodies import in_form
from benchmarks.fuzz.target import Target, damaged
from formcheck.cli.commands.poses import explain
from formcheck.errors import FormcheckError
from formcheck.pose.definition import PoseDefinition, read_pose
from formcheck.pose.names import poses_folder
from formcheck.pose.routine import poses_of, read_routine
from formcheck.session import Session
from formcheck.speech.rest import rest_before

_POSES: Final = [path.read_bytes() for path in sorted(poses_folder().glob("*.toml"))]
_SAMPLES: Final = Path(__file__).resolve().parents[2] / "samples"

_EVIL: Final = [
    b"\n[[gates]]\n",
    b"\n[hold]\nlongest_gap_s = 3600\ngrace_s = 1e9\n",
    b'\nextends = "mine"\n',
    b'\nextends = "../../etc/passwd"\n',
    b'\nextends = "crescent"\n',
    b"\nwithout = [" + b'"trunk_lean",' * 500 + b"]\n",
    b'\n"\\u001b[31m\\n" = 1\n',
    b"\nname = 'x'\n",
    b"nan",
    b"-inf",
    b"1e400",
    b"0x" + b"f" * 9000,
    b"9" * 5000,
    b"[" * 3000,
    b"{a=" * 3000,
    b"a." * 3000 + b"a = 1",
    b"\n[" + b" " * 20_000 + b"]\n",
    b"\n" + b"k" * 50_000,
    b"".join(b"\nk%d=1" % number for number in range(5000)),
    "\u202e\u009b31m\u2028".encode(),
    b"[/bold][red]",
    b"\xff\xfe\x00",
    b'"""',
    b"\r",
]

_ROUTINES: Final = [path.read_bytes() for path in sorted(poses_folder().glob("routines/*.toml"))]
_EVIL_ROUTINES: Final = [
    *_EVIL,
    b"\n[[steps]]\n" * 2000,
    b'\n[[steps]]\npose = "crescent"\nrest_s = 1e300\n',
    b'\n[[steps]]\npose = "\\u202e"\n',
    b'\nsteps = [1, "lunge-stretch", [], {}]\n',
    b"\nsteps = 7\n",
    b"rest_s = nan\n",
    b"hold_s = inf\n",
    b"rest_s = -1\n",
]

_ODD_WORDS: Final = ["[/bold] [red", ":smile:", "{0} %s", "a" * 40, "日本語 ünd ℝ", "\\", "\u200f"]

_VALUES: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["[/]", "trunk_lean", "above", "side", "\x1b]0;x\x07", "9" * 300]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder with all poses, for others to build on."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-")
    for path in poses_folder().glob("*.toml"):
        Path(folder.name, path.name).write_bytes(path.read_bytes())
    return folder


def check_pose(content: bytes) -> None:
    """Read a pose file; take up what it describes, and stand before it as nobody."""
    file = Path(_folder().name, "mine.toml")
    file.write_bytes(content)
    try:
        pose = read_pose(file)
    except FormcheckError as error:
        told(error)
        return
    use(pose)


def told(error: FormcheckError) -> None:
    """Check that an error is a few lines."""
    assert len(str(error)) < 20_000, "a sentence, not a book"


def use(pose: PoseDefinition) -> None:
    """Do with a pose what the program does."""
    shown = io.StringIO()
    explain(Console(file=shown, markup=False, emoji=False), pose)
    assert not any(code in shown.getvalue() for code in "\x1b\x9b\u202e")
    session = Session(pose)
    for tenth in range(50):
        session.step(tenth / 10, None)
    assert session.held_s == {"left": 0.0, "right": 0.0}
    for number in range(40):  # in form or not: so seldom seen, it counts for nothing
        session.step(10 + 2.5 * number, in_form())
    assert session.held_s == {"left": 0.0, "right": 0.0}


def check_pose_fields(fields: dict[str, Any]) -> None:
    """Read a pose file with these values in place of some of its own."""
    check_pose(_toml(fields).encode("utf-8", "surrogatepass"))


def _toml(fields: dict[str, Any]) -> str:
    return "".join(f"{_value(key)} = {_value(value)}\n" for key, value in fields.items())


def _value(value: object) -> str:
    match value:
        case None:
            return '""'
        case str():
            return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f")
        case dict():
            return "{" + ", ".join(f"{_value(k)} = {_value(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
        case bool():
            return str(value).lower()
    return repr(value)


def _like(value: object) -> st.SearchStrategy[Any]:
    """Return values that might well stand in the place of this one."""
    match value:
        case bool():
            return st.booleans()
        case int() | float():
            near = [value * factor for factor in (1, 0.5, 0.9, 1.1, 2, -1)]
            return st.sampled_from([*near, 0, 1, 2, 0.5, 1e-9, 60, 3600])
        case str():
            return st.sampled_from([value, *_ODD_WORDS])
    return _VALUES


@st.composite
def _changed_fields(draw: st.DrawFn) -> dict[str, Any]:
    """Return the fields of a pose with some values, however deep, replaced by others."""
    import tomllib

    fields = tomllib.loads(draw(st.sampled_from(_POSES)).decode("utf-8"))
    for _ in range(draw(st.integers(1, 3))):
        where: Any = fields
        while True:
            if not where:
                break
            key = draw(st.sampled_from(sorted(where) if isinstance(where, dict) else
                                       list(range(len(where)))))  # fmt: skip
            if isinstance(where[key], dict | list) and draw(st.integers(0, 9)):
                where = where[key]
                continue
            where[key] = draw(_like(where[key]) if draw(st.integers(0, 3)) else _VALUES)
            break
    return fields


def check_truth(content: bytes) -> None:
    """Read a truth file."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        clip = Path(folder, "clip.mp4")
        truth_path(clip).write_bytes(content)
        try:
            truth = read_truth(clip)
        except FormcheckError as error:
            told(error)
            return
    assert all(0 <= each.duration_s < 1e6 for each in truth.intervals)
    assert sum(each.duration_s for each in truth.intervals) >= 0


_TRUTHS: Final = [(_SAMPLES / f"{name}.truth.json").read_bytes()
                  for name in ("lunge-stretch-good", "starts-in-pose")]  # fmt: skip
_EVIL_TRUTHS: Final = [b"NaN", b"-1e999", b"null", b"[" * 3000, b"9" * 5000, b'"held": true,',
                       b"\xff", b'"\\ud800"', b"{}", b'"intervals": [],', b"1e308"]  # fmt: skip


def check_routine(content: bytes) -> None:
    """Read a routine file, and whichever poses it names."""
    file = Path(_folder().name, "mine.toml")
    file.write_bytes(content)
    try:
        routine = read_routine(file)
        for number in range(len(routine.steps)):
            rest_before(routine, number, poses_of(routine))
    except FormcheckError as error:
        told(error)


POSE_TEXTS: Final = Target(
    "pose texts", damaged(_POSES, _EVIL) | st.binary(max_size=300), check_pose
)
POSE_VALUES: Final = Target("pose values", _changed_fields(), check_pose_fields)
ROUTINES: Final = Target(
    "routine files", damaged(_ROUTINES, _EVIL_ROUTINES) | st.binary(max_size=300), check_routine
)
TRUTHS: Final = Target(
    "truth files", damaged(_TRUTHS, _EVIL_TRUTHS) | st.binary(max_size=300), check_truth
)
