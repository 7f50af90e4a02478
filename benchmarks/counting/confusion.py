"""What every pose credits while each pose is truly held, and while none is.

A row is what is true: the seconds in which somebody holds a pose by the truth of its clips, or
stands, walks, steps, makes a sign or does something else. A column is a pose, and what it credits
of them. Off the diagonal only a pose whose file says that it includes the row's may credit
anything. Being out of form for one pose may be good form for another, so the time of faults is in
no row; `leaks` holds it against the other pose's own true angles.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.counting.track import Track
from benchmarks.counting.truth import TrueInterval, Truth, read_truth
from formcheck.judge.ledger import State
from formcheck.pose.definition import PoseDefinition, load_pose, pose_names
from formcheck.session import Session
from samples.render.clip import clip_names, open_clip
from samples.render.labels.intervals import intervals

NO_POSE: Final = "(none)"
"""The row of whoever holds nothing: standing, walking, kneeling on both knees, on the way."""
_ON_THE_WAY: Final = "in form, but"
"""How a truth file says of an interval that the pose is there and not held."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Seconds: rows by what is true, columns by the pose that judged."""

    true_s: Mapping[str, float]
    """How long each row is true in all."""
    credited_s: Mapping[str, Mapping[str, float]]
    """Row, then column."""

    def wrong(self) -> Iterator[tuple[str, str, float]]:
        """Yield row, column and seconds of what no pose file allows."""
        for row, columns in self.credited_s.items():
            for column, seconds in columns.items():
                if seconds > 0 and not is_allowed(row, load_pose(column)):
                    yield row, column, seconds


def is_allowed(row: str, pose: PoseDefinition) -> bool:
    """Tell whether a pose may credit what this row holds."""
    return row == pose.name or row in pose.includes


def confusion(tracks: Mapping[Path, Track]) -> Confusion:
    """Judge every clip by every pose; the landmarks of a clip are looked at once."""
    poses = [load_pose(name) for name in pose_names()]
    rows = [*(pose.name for pose in poses), NO_POSE]
    true_s = dict.fromkeys(rows, 0.0)
    credited_s = {row: {pose.name: 0.0 for pose in poses} for row in rows}
    for clip, track in tracks.items():
        truth = read_truth(clip)
        spans = list(_rows(truth))
        for row, span in spans:
            true_s[row] += span.duration_s
        for pose in poses:
            for start_s, end_s in credited(pose, track):
                for row, span in spans:
                    credited_s[row][pose.name] += _shared_s((start_s, end_s), span)
    return Confusion(true_s, credited_s)


@dataclass(frozen=True, slots=True)
class Leak:
    """Seconds of a clip of another pose that a pose credits, though its own true angles forbid."""

    clip: str
    pose: str
    seconds: float
    faults: tuple[str, ...]


def leaks(tracks: Mapping[Path, Track]) -> Iterator[Leak]:
    """Yield what poses credit of the faults of other poses' rendered clips, and should not.

    A clip whose script is not among the samples is passed over: only a script has true angles for
    every pose.
    """
    for clip, track in tracks.items():
        truth = read_truth(clip)
        if clip.stem not in clip_names():
            continue
        for name in pose_names():
            pose = load_pose(name)
            spans = credited(pose, track) if name != truth.pose else []
            if not any(_shared_s(span, i) for span in spans for i in truth.intervals if i.faults):
                continue
            true = Truth.model_validate(
                {"pose": name, "intervals": intervals(open_clip(clip.stem), pose)}
            )
            wrong = [
                (_shared_s(span, interval), interval.faults)
                for span in spans
                for interval in true.intervals
                if interval.faults and _shared_s(span, interval)
            ]
            if wrong:
                faults = dict.fromkeys(fault for _, some in wrong for fault in some)
                yield Leak(clip.stem, name, sum(seconds for seconds, _ in wrong), tuple(faults))


def _shared_s(span: tuple[float, float], interval: TrueInterval) -> float:
    return max(0.0, min(span[1], interval.end_s) - max(span[0], interval.start_s))


def credited(pose: PoseDefinition, track: Track) -> list[tuple[float, float]]:
    """Return from when to when a pose credits a track."""
    session = Session(pose)
    for time_s, landmarks in track:
        session.step(time_s, landmarks)
    return [(i.start_s, i.end_s) for i in session.intervals() if i.state is State.HELD]


def _rows(truth: Truth) -> Iterator[tuple[str, TrueInterval]]:
    """Yield each interval that belongs to a row, with the row."""
    for interval in truth.intervals:
        if interval.held:
            yield truth.pose, interval
        elif not interval.faults and not interval.why.startswith(_ON_THE_WAY):
            yield NO_POSE, interval


def print_confusion(found: Confusion, leaked: Iterable[Leak]) -> None:
    """Print the table, every second that no file allows, and the leaks."""
    console = Console(width=160)
    names = [name for name in found.credited_s if name != NO_POSE]
    table = Table(title="Seconds credited while each pose is truly held", box=None, pad_edge=False)
    table.add_column("truly held")
    table.add_column("true s", justify="right")
    for name in names:
        table.add_column(name, justify="right")
    for row, columns in found.credited_s.items():
        cells = [_cell(row, load_pose(name), columns[name]) for name in names]
        table.add_row(row, f"{found.true_s[row]:.1f}", *cells)
    console.print(table)
    console.print("In brackets: the pose's file says that it includes the other.")
    for row, column, seconds in found.wrong():
        console.print(f"Wrongly: {column} credits {seconds:.2f} s of {row}.")
    for leak in leaked:
        console.print(
            f"{leak.pose} credits {leak.seconds:.2f} s of {leak.clip} that are by its own true "
            f"angles: {', '.join(leak.faults)}"
        )


def _cell(row: str, pose: PoseDefinition, seconds: float) -> str:
    if seconds == 0:
        return "."
    is_included = row != pose.name and is_allowed(row, pose)
    return f"({seconds:.1f})" if is_included else f"{seconds:.1f}"
