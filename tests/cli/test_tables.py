import io

import pytest
from rich.console import Console

from formcheck.body.landmarks import Side
from formcheck.cli.output.tables import summary
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.result.score import ClipScore


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("bridge", ["Held 20.0 s of 20 s done"]),
        ("lunge-stretch", ["Left 20.0 s of 20 s done", "Right 0.0 s of 20 s"]),
    ],
)
def test_the_summary_tells_sides_only_where_the_pose_has_sides(name: str, rows: list[str]) -> None:
    pose = load_pose(name)
    held_s: dict[Side, float] = {"left": 20.0, "right": 0.0}
    score = ClipScore("", name, 1, 30.0, held_s, 20.0, 20.0, (), {})
    console = Console(file=io.StringIO(), width=80)
    console.print(summary(score, pose, Plan.of(pose, hold_s=20.0), {}))
    assert isinstance(console.file, io.StringIO)
    said = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]
    assert said[1:-1] == rows


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        ({"median": 23.6, "error": 2.9}, "about 24° deep, give or take 3"),
        ({"median": 23.6, "error": 0.2}, "about 24° deep, give or take 1"),
        ({"median": 23.6}, "24° deep"),
    ],
)
def test_the_summary_tells_the_depth_with_what_it_may_be_off_by(
    spread: dict[str, float], said: str
) -> None:
    pose = load_pose("lunge-stretch")
    held_s: dict[Side, float] = {"left": 20.0, "right": 0.0}
    measured = {"rear_hip_extension": spread}
    score = ClipScore("", pose.name, 1, 30.0, held_s, 20.0, 20.0, (), measured)
    console = Console(file=io.StringIO(), width=80)
    console.print(summary(score, pose, Plan.of(pose, hold_s=20.0), {"left": 23.6}))
    assert isinstance(console.file, io.StringIO)
    assert said in " ".join(console.file.getvalue().split())
