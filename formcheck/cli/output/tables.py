"""The tables that the commands print."""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.body.landmarks import Side
from formcheck.cli.output.rows import Rows
from formcheck.coach.loss import in_words, losses_of, worth_telling
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.printable import printable
from formcheck.result.recognise import Recognition
from formcheck.result.score import ClipScore, NoPose, PhotoScore, Score


def score_table(scores: Sequence[Score]) -> Rows:
    """Return a row for each file, with the pose where it was looked for."""
    was_sought = any(score.recognition is not None for score in scores)
    numbers, why = ("seconds", "left", "right", "longest"), "not held because of"
    headings = ("file", *["pose"] * was_sought, *numbers, why)
    table = Rows(headings, folding=("file", "pose", why), right=numbers)
    for score in scores:
        pose = [_found(score.recognition)] if was_sought else []
        table.add(printable(score.file), *pose, *_cells(score))
    return table


def _cells(score: Score) -> tuple[str, str, str, str, str]:
    """Return seconds, left, right and longest of a clip, and what is to be said."""
    turn = None if isinstance(score, PhotoScore) else score.rotate_deg
    aslant = "" if turn is None else f"the picture does not stand upright: --rotate {turn}"
    if isinstance(score, ClipScore):
        return (
            f"{score.duration_s:.1f}",
            f"{score.held_s['left']:.1f}",
            f"{score.held_s['right']:.1f}",
            f"{score.longest_unbroken_s:.1f}",
            aslant or next((in_words(reason) for reason in score.lost_s()), ""),
        )
    if isinstance(score, NoPose):
        nearest = score.recognition.nearest
        almost = f"almost {nearest[0]}: {in_words(nearest[1])}" if nearest else ""
        return ("", "", "", "", aslant or almost)
    verdict = {True: "in form", False: "out of form", None: "cannot be judged"}[score.in_form]
    why = ", ".join(map(in_words, (*score.faults, *score.unseen)))
    if not why and score.in_form is None:
        why = in_words(score.state)
    return ("photo", "", "", "", f"{verdict}: {why}" if why else verdict)


def _found(recognition: Recognition | None) -> str:
    if recognition is None or recognition.best is None:
        return "none"
    return f"{recognition.best.pose}, {100 * recognition.best.sureness:.0f} % sure"


def summary(
    score: ClipScore, pose: PoseDefinition, plan: Plan, depths: Mapping[Side, float]
) -> RenderableType:
    """Return what a session came to, for the person who did it.

    Args:
        score: Of the whole session.
        pose: What was held.
        plan: What was to be reached.
        depths: The middle depth of the time held on each side, in degrees.
    """
    held = Rows(("side", "seconds", "is done", "depth"), has_heading=False, leading=2)
    has_sides = pose.dosage.sides == 2
    error_deg = score.measurements.get(pose.depth or "", {}).get("error")
    for side, seconds in score.held_s.items():
        if side == "right" and not has_sides:
            continue  # where both legs do the same, a session keeps it all as the left's
        name = side.capitalize() if has_sides else "Held"
        asked = f" of {plan.total_s:.0f} s" if side in plan.sides else ""
        mark = "done" if plan.is_side_done(side, score.held_s) else ""
        depth = about(f"{depths[side]:.0f}° deep", error_deg) if side in depths else ""
        held.add(name, f"{seconds:.1f} s{asked}", mark, depth)
    held.add("Longest", f"{score.longest_unbroken_s:.1f} s without a pause", "", "")
    lines: list[RenderableType] = [Text(pose.title, style="bold"), held]
    losses = worth_telling(losses_of(score.lost_s(), pose))
    if losses:
        lost = Rows(
            ("seconds", "reason", "remedy"), has_heading=False, folding=("reason", "remedy")
        )
        for loss in losses:
            lost.add(f"{loss.seconds:.1f} s", loss.words, loss.remedy)
        lines += [Text("Not counted:"), lost]
    return Group(*lines)


def about(angle: str, error_deg: float | None) -> str:
    """Return an angle in words, with the degrees it may be off by where that is known."""
    if error_deg is None:
        return angle
    return f"about {angle}, give or take {max(1, round(error_deg))}"


def not_begun(pose: PoseDefinition, plan: Plan) -> RenderableType:
    """Return what to say of an exercise that the session never came to."""
    sides = " and ".join(plan.sides) if pose.dosage.sides == 2 else ""
    asked = f"{sides} {plan.total_s:.0f} s".strip().capitalize()
    return Group(Text(pose.title, style="bold"), Text(f"Not done: {asked.lower()}"))
