"""How many people are judged rightly, pose by pose, as tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.people.judging import JudgedClip, JudgedPhoto, Said, may_credit
from formcheck.pose.definition import PoseDefinition

RIGHT_AT_LEAST: Final = 0.9
"""Of the photos labelled yes, in form."""


@dataclass(slots=True)
class PoseTally:
    """All photos by one pose."""

    pose: str
    yes: list[JudgedPhoto] = field(default_factory=list)
    no: list[JudgedPhoto] = field(default_factory=list)
    either: list[JudgedPhoto] = field(default_factory=list)
    others: list[JudgedPhoto] = field(default_factory=list)
    """Of a pose that this one does not include, or of none: whether by their labels this one may
    not credit them."""

    @property
    def credited(self) -> list[JudgedPhoto]:
        """What is in form and should not be."""
        return [each for each in (*self.no, *self.others) if each.said is Said.IN_FORM]

    @property
    def right(self) -> int:
        """How many good ones are in form."""
        return _count(self.yes, Said.IN_FORM)

    @property
    def meets_its_mark(self) -> bool:
        """Nine of ten good ones are in form, and nothing is credited that should not be."""
        return self.right >= RIGHT_AT_LEAST * len(self.yes) and not self.credited


def tally(judged: Iterable[JudgedPhoto], poses: Sequence[PoseDefinition]) -> list[PoseTally]:
    """Sort the judged photos by pose and by what their labels allow."""
    tallies = {pose.name: PoseTally(pose.name) for pose in poses}
    definitions = {pose.name: pose for pose in poses}
    for each in judged:
        mine = tallies[each.pose]
        may = may_credit(each.photo, definitions[each.pose])
        if each.photo.pose == each.pose:
            {"yes": mine.yes, "no": mine.no, "either": mine.either}[each.photo.label].append(each)
        elif may is False:
            mine.others.append(each)
    return list(tallies.values())


def print_photos(console: Console, tallies: Iterable[PoseTally]) -> None:
    """Print a line for each pose, and each photo that is judged against its label."""
    headings = ("yes", "right", "refused", "cannot tell", "no", "credited", "either", "in form")
    table = Table("pose", title="Photos", box=None, pad_edge=False)
    for heading in (*headings, "others", "credited"):
        table.add_column(heading, justify="right")
    tallies = list(tallies)
    for each in tallies:
        if not each.yes + each.no + each.either + each.credited:
            continue
        counts = (
            len(each.yes),
            each.right,
            _count(each.yes, Said.REFUSED),
            _count(each.yes, Said.CANNOT_TELL),
            len(each.no),
            _count(each.no, Said.IN_FORM),
            len(each.either),
            _count(each.either, Said.IN_FORM),
            len(each.others),
            _count(each.others, Said.IN_FORM),
        )
        table.add_row(each.pose, *map(str, counts))
    console.print(table)
    console.print("others: of another pose that the file does not include, or of none.")
    for each in tallies:
        for wrong in (one for one in each.yes if one.said is not Said.IN_FORM):
            console.print(f"{each.pose} {wrong.said.value}: {_shown(wrong)}: {wrong.why}")
        for wrong in each.credited:
            console.print(f"{each.pose} credits: {_shown(wrong)}")


def print_clips(console: Console, clips: Iterable[JudgedClip]) -> None:
    """Print a line for each clip, and an arrow at each that does not meet its mark."""
    table = Table("clip", "pose", title="Clips, seconds", box=None, pad_edge=False)
    for heading in ("to hold", "held", "wrongly", "by other poses", ""):
        table.add_column(heading, justify="right")
    for each in clips:
        counted = each.accuracy
        table.add_row(
            counted.clip[:48],
            counted.pose,
            *(f"{value:.1f}" for value in (counted.true_s, counted.counted_s, counted.wrongly_s)),
            ", ".join(f"{pose} {seconds:.1f}" for pose, seconds in each.by_others.items()),
            "" if each.meets_its_mark else "<--",
        )
    if table.row_count:
        console.print(table)


def print_spans(
    console: Console,
    poses: Iterable[PoseDefinition],
    tallies: Iterable[PoseTally],
    clips: Sequence[JudgedClip],
) -> None:
    """Print what good and bad ones measure in each gate, beside its bands."""
    by_name = {each.pose: each for each in tallies}
    for pose in poses:
        mine = by_name[pose.name]
        good = [each.measured for each in mine.yes]
        good += [held for clip in clips if clip.accuracy.pose == pose.name for held in clip.held]
        if not good:
            continue
        table = Table("gate", title=f"{pose.name}: lowest, median, highest", box=None)
        for heading in ("accept", "full", "good ones", "either", "bad ones", "support"):
            table.add_column(heading, justify="right")
        for gate in pose.gates:
            groups = (good, [e.measured for e in mine.either], [e.measured for e in mine.no])
            table.add_row(
                gate.measurement,
                f"{gate.accept[0]:g} to {gate.accept[1]:g}",
                f"{gate.full[0]:g} to {gate.full[1]:g}",
                *(_span(_of(gate.measurement, group)) for group in groups),
                gate.support,
            )
        console.print(table)


def _of(measurement: str, group: Iterable[dict[str, float]]) -> Iterator[float]:
    return (measured[measurement] for measured in group if measurement in measured)


def _span(values: Iterable[float]) -> str:
    found = sorted(values)
    if not found:
        return ""
    shown = ", ".join(_rounded(value) for value in (found[0], median(found), found[-1]))
    return f"{len(found)}: {shown}"


def _rounded(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 3 else f"{value:.1f}"


def _shown(judged: JudgedPhoto) -> str:
    photo = judged.photo
    return f"{photo.file.name} ({photo.pose}, {photo.label}; {photo.note})"


def _count(judged: Iterable[JudgedPhoto], said: Said) -> int:
    return sum(each.said is said for each in judged)
