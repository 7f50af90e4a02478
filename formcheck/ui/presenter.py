"""What is shown at each moment, calm enough to be read: decided here, drawn elsewhere."""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from formcheck.coach.coach import BOUNCE, SLOWLY
from formcheck.coach.cue import Cue, Tone
from formcheck.figure.side_view import Figure
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.ui.display import USUAL, Looking, Resting, Status
from formcheck.ui.drawing.layout import Layout
from formcheck.ui.drawing.pictogram import Pictogram
from formcheck.ui.person.ghost import GhostPlace, Place
from formcheck.ui.readout import REST, Inner, Mood, Readout, readout
from formcheck.ui.steady import Steady

CUE_STAYS_S: Final = 1.0
CUE_SURE_S: Final = 0.3
"""A few large words are read in a second; what flashes up for a moment says nothing."""


AT_ONCE: Final = (SLOWLY, BOUNCE)
"""Said of what is happening now: later it would be about something else."""

NOTE_STAYS_S: Final = 4.0
"""Small print is for who looks closely, and must not catch the eye of who does not."""


class _Inside(NamedTuple):
    """What the ring has in it."""

    inner: Inner
    step: Pictogram | None
    turn_deg: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the canvas beside the picture."""

    now: Readout
    ghost: Place | None
    """Where the target figure stands on the picture; None where it does not."""
    faces_right: bool
    """Which way the target figure faces."""
    is_bright: bool
    """The picture is live: what is seen in it can be marked."""


class Presenter:
    """Follows a session, and lets what is shown change no faster than it can be read.

    Only what must be prompt is so: whether this moment counts, and what somebody asked for.
    """

    def __init__(self, pose: PoseDefinition, plan: Plan, figure: Figure | None) -> None:
        """Show this pose, held by this plan."""
        self._pose, self._plan = pose, plan
        self._outcome: Outcome | None = None
        self._cue: Steady[Cue] = Steady(CUE_STAYS_S, CUE_SURE_S)
        self._inside: tuple[Cue, Steady[_Inside], _Inside] | None = None
        """What is shown beside a cue belongs to it: an arrow and words must not contradict."""
        self._title: Steady[str] = Steady()
        self._note: Steady[str] = Steady(NOTE_STAYS_S)
        self._faces_right: Steady[bool] = Steady()
        self._is_facing_right = True
        self._ghost = GhostPlace(pose, figure)

    def step(
        self,
        outcome: Outcome | None,
        status: Status | Resting,
        layout: Layout | None = None,
        *,
        has_image: bool = True,
        looking: Looking = USUAL,
    ) -> Shown:
        """Return what to show now.

        Args:
            outcome: Of this very image; None before the first, or without an image.
            status: Where the pictures stand.
            layout: Of the canvas; None where nothing is drawn.
            has_image: There is a new picture.
            looking: How often is looked.
        """
        self._outcome = outcome or self._outcome
        now = self._calm(readout(self._outcome, status, self._pose, self._plan))
        if self._outcome is not None and status is Status.LIVE:
            now = replace(now, note=self._note.step(looking.note, self._outcome.time_s))
        is_bright = has_image and not now.is_paused and not now.is_done
        seen = outcome if status is Status.LIVE and is_bright else None
        if seen is not None and seen.view is not None:
            self._is_facing_right = self._faces_right.step(
                seen.view.facing == "left",
                seen.time_s,  # the picture is a mirror
            )
        # Who is still being led into place has one thing to look at: where to go.
        is_asked = now.inner not in (Inner.STEP, Inner.SIGN) or now.step is Pictogram.SWITCH
        ghost = self._ghost.step(seen, layout, is_asked=is_asked)
        return Shown(now, ghost, self._is_facing_right, is_bright)

    def forget_place(self) -> None:
        """Let the figure stand nowhere: the picture lies elsewhere now."""
        self._ghost.forget()

    def _calm(self, now: Readout) -> Readout:
        if now.phase == REST:  # it changes slowly by itself
            return now
        time_s = self._outcome.time_s if self._outcome else 0.0
        cue = self._cue.step(now.cue, time_s, at_once=now.cue in AT_ONCE)
        title = self._title.step(now.title, time_s, at_once=now.is_counting)
        if _is_prompt(now):
            return replace(now, title=title)
        # Where nothing counts, the colour goes with the cue.
        mood = Mood.MEND if cue.tone is Tone.MEND else Mood.WAIT
        inner, step, turn_deg = self._beside(cue, now, time_s)
        return replace(
            now, mood=mood, cue=cue, inner=inner, step=step, turn_deg=turn_deg, title=title
        )

    def _beside(self, cue: Cue, now: Readout, time_s: float) -> _Inside:
        """Return what goes with the cue that is shown: that of the last moment that wanted it."""
        wanted = _Inside(now.inner, now.step, now.turn_deg)
        if self._inside is None or self._inside[0] != cue:
            self._inside = cue, Steady(), wanted
        elif now.cue != cue:
            return self._inside[2]
        _, calm, _ = self._inside
        self._inside = cue, calm, calm.step(wanted, time_s)
        return self._inside[2]


def _is_prompt(now: Readout) -> bool:
    """Tell whether this moment is shown at once, whatever was shown before."""
    return (
        now.is_counting
        or now.is_paused
        or now.is_done
        or now.inner is Inner.SIGN
        or now.step in (Pictogram.CAMERA, Pictogram.SWITCH)
    )
