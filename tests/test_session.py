from collections.abc import Callable
from dataclasses import replace
from math import pi, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.body.landmarks import Side, other_side
from formcheck.coach.coach import READY
from formcheck.judge.form import Form
from formcheck.judge.ledger import State
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.session import Outcome, Session
from tests.factories import (
    FOLDED,
    KNEELING,
    STANDING,
    STRETCH,
    Body,
    Track,
    mirrored,
    slide,
    stay,
    swapped,
    thinned,
    track,
)

LUNGE = load_pose("lunge-stretch")
FRAME_S = 1 / 30


def watch(frames: Track) -> tuple[Session, list[Outcome]]:
    session = Session(LUNGE)
    return session, [session.step(time_s, landmarks) for time_s, landmarks in frames]


def total_s(frames: Track) -> float:
    return sum(watch(frames)[0].held_s.values())


def told(frames: Track) -> list[tuple[str, str]]:
    """Return the ledger without its times: each state with its worst fault or its side."""
    ledger = watch(frames)[0].intervals()
    said = [
        (each.state.value, each.faults[0] if each.faults else each.side or "") for each in ledger
    ]
    return [each for index, each in enumerate(said) if index == 0 or each != said[index - 1]]


def the_way_in(stretch: Body = STRETCH) -> Track:
    return track(
        stay(1.0, STANDING),
        slide(1.5, STANDING, KNEELING),
        stay(1.0, KNEELING),
        slide(1.5, KNEELING, stretch),
        stay(10.0, stretch),
    )


def test_a_whole_stretch_is_counted_and_every_other_moment_has_its_reason() -> None:
    frames = track(
        stay(1.0, STANDING),
        slide(1.5, STANDING, KNEELING),
        stay(1.0, KNEELING),
        slide(1.5, KNEELING, STRETCH),
        stay(10.0, STRETCH),
        slide(0.5, STRETCH, FOLDED),
        stay(2.0, FOLDED),
        slide(0.5, FOLDED, STRETCH),
        stay(5.0, STRETCH),
        slide(1.0, STRETCH, STANDING),
        stay(1.0, STANDING),
    )
    session, outcomes = watch(frames)

    # A hold starts where the body has come to rest; it ends where the way out begins.
    assert session.held_s["left"] == pytest.approx(15.0, abs=0.8)
    assert session.held_s["right"] == 0
    assert session.longest_unbroken_s == pytest.approx(10.0, abs=0.5)
    assert told(frames) == [
        ("out_of_form", "rear_knee_lifted"),
        ("out_of_form", "rear_hip_not_extended"),
        ("moving", ""),
        ("held", "left"),
        ("moving", ""),
        ("out_of_form", "trunk_forward"),
        ("moving", ""),
        ("held", "left"),
        ("moving", ""),
        ("out_of_form", "rear_knee_lifted"),
    ]
    cues = list(dict.fromkeys(each.feedback.cue.text for each in outcomes))
    assert cues == [
        "Ready, take up the pose",
        "Lower your back knee",
        "Slide your hips forward",
        "Now hold still",
        "Hold it there, breathe",
        "Lift your chest",
        "Slowly and gently",
        "Ready for your left side",
    ]


def test_a_stretch_that_is_under_way_when_the_picture_starts_counts_from_the_first_frame() -> None:
    assert total_s(track(stay(5.0, STRETCH))) == pytest.approx(5.0)
    assert total_s(track(stay(5.0, STRETCH), fps=10)) == pytest.approx(5.0)


def test_a_camera_that_stops_for_a_while_costs_that_while_alone() -> None:
    frames = track(stay(8.0, STRETCH))
    without = [frame for frame in frames if not 3.0 < frame[0] < 4.0]
    session, _ = watch(without)

    assert session.held_s["left"] == pytest.approx(7.0)
    assert [each.state.value for each in session.intervals()] == ["held", "no_camera", "held"]


def test_leaving_a_band_takes_three_degrees_more_than_entering_it() -> None:
    at_22 = replace(STRETCH, trunk_lean=22.0)
    leaning = track(stay(3.0, STRETCH), slide(2.0, STRETCH, at_22), stay(3.0, at_22))

    assert total_s(leaning) == pytest.approx(8.0)
    assert total_s(track(stay(3.0, at_22))) == 0


def test_a_flicker_does_not_make_a_band_narrower() -> None:
    at_22 = replace(STRETCH, trunk_lean=22.0)
    leaning = stay(3.0, STRETCH), slide(2.0, STRETCH, at_22), stay(1.0, at_22)

    for lost in (None, replace(at_22, moved_px={"right_ankle": (0.0, 400.0)})):
        assert total_s(track(*leaning, stay(0.1, lost), stay(3.0, at_22))) == pytest.approx(9.1)


def test_a_stretch_of_the_other_leg_counts_for_the_other_side() -> None:
    right = replace(STRETCH, stretched="right", facing="right")
    session, outcomes = watch(
        track(stay(4.0, STRETCH), stay(1.0, STANDING), stay(6.0, right), stay(0.1, None))
    )

    assert session.held_s["left"] == pytest.approx(4.0, abs=0.1)
    assert session.held_s["right"] == pytest.approx(6.0, abs=0.7)
    assert outcomes[-1].verdict.form is Form.NO_PERSON
    assert outcomes[-1].view is None
    assert outcomes[-1].measurements == {}


def test_a_pause_asked_for_counts_nothing() -> None:
    session = Session(LUNGE)
    for time_s, landmarks in track(stay(9.0, STRETCH)):
        outcome = session.step(time_s, landmarks, is_paused=3.0 < time_s < 6.0)

    assert outcome.hold.state is State.HELD
    assert session.held_s["left"] == pytest.approx(6.0, abs=2 * FRAME_S)


def test_the_target_is_the_poses_dose_unless_another_is_wished() -> None:
    assert Session(LUNGE).plan.hold_s == 60
    shorter = Plan.of(LUNGE, hold_s=20.0)
    assert Session(LUNGE, shorter).step(0.0, None).feedback.target_s == 20.0


def test_a_time_that_does_not_grow_is_refused() -> None:
    session = Session(LUNGE)
    session.step(0.0, None)
    with pytest.raises(ValueError, match="times must grow"):
        session.step(0.0, None)


SPOILERS: dict[str, Callable[[Body], Body | None]] = {
    "hides the front ankle": lambda body: replace(body, hidden={"right_ankle": 0.2}),
    "hides the rear knee": lambda body: replace(body, hidden={"left_knee": 0.4}),
    "loses the person": lambda _: None,
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_sight_that_flickers_costs_nothing_and_sight_that_goes_costs_its_time(
    spoil: Callable[[Body], Body | None],
) -> None:
    lost = spoil(STRETCH)
    flickering = track(
        stay(3.0, STRETCH), *[stay(0.2, lost), stay(0.3, STRETCH)] * 8, stay(2.0, STRETCH)
    )
    gone = track(stay(3.0, STRETCH), stay(3.0, lost), stay(4.0, STRETCH))

    assert total_s(flickering) == pytest.approx(9.0)
    assert total_s(gone) == pytest.approx(7.0, abs=0.1)


def test_somebody_else_who_does_the_same_stretch_does_not_go_on_with_this_hold() -> None:
    elsewhere = replace(STRETCH, hips_at=(300.0, 330.0))
    larger = replace(STRETCH, trunk_px=100.0)
    for other in (elsewhere, larger):
        session, _ = watch(track(stay(5.0, STRETCH), stay(5.0, other)))
        assert session.longest_unbroken_s < 5.1
        assert session.held_s["left"] == pytest.approx(9.5, abs=0.2)


def test_a_noisy_picture_does_not_look_like_a_movement() -> None:
    noise = np.random.default_rng(7)
    frames: Track = []
    for time_s, landmarks in track(stay(10.0, STRETCH)):
        assert landmarks is not None
        shaken = landmarks.image_xy + noise.normal(0, 0.025 * STRETCH.trunk_px, (33, 2))
        frames.append((time_s, replace(landmarks, image_xy=shaken)))
    assert total_s(frames) == pytest.approx(10.0, abs=0.5)


def test_who_shuffles_or_sways_stays_the_same_person() -> None:
    swayed = replace(STRETCH, hips_at=(660.0, 325.0), trunk_px=185.0)
    assert total_s(track(*[stay(0.5, STRETCH), stay(0.5, swayed)] * 5)) == pytest.approx(5.0)


def test_a_leg_of_a_length_that_nobody_has_is_not_judged() -> None:
    stretched_out = replace(STRETCH, moved_px={"right_knee": (-120.0, -60.0)})
    _, outcomes = watch(track(stay(2.0, stretched_out)))
    assert outcomes[-1].verdict.form is Form.UNSEEN
    assert "right_knee" in outcomes[-1].verdict.unseen


def test_the_wider_bands_end_with_their_hold() -> None:
    just_outside = replace(STRETCH, trunk_lean=22.0)  # entered at 20, left at 23
    assert total_s(track(stay(3.0, STRETCH), stay(3.0, just_outside))) > 5.0
    assert total_s(track(stay(3.0, STRETCH), stay(3.0, None), stay(3.0, just_outside))) < 3.1


def test_the_wider_bands_end_where_a_camera_that_stops_or_a_pause_ends_the_hold() -> None:
    just_outside = replace(STRETCH, trunk_lean=22.0)  # entered at 20, left at 23
    before = track(stay(3.0, STRETCH))
    assert total_s(before + track(stay(5.0, just_outside), start_s=60.0)) == pytest.approx(3.0)

    session = Session(LUNGE)
    for time_s, landmarks in track(
        stay(3.0, STRETCH), slide(2.0, STRETCH, just_outside), stay(5.0, just_outside)
    ):
        session.step(time_s, landmarks, is_paused=2.0 < time_s < 6.0)
    assert session.held_s["left"] == pytest.approx(2.0)


def test_a_fast_bounce_is_a_movement_though_it_comes_back() -> None:
    frames = track(*[
        phase
        for _ in range(12)
        for phase in (
            slide(0.15, STRETCH, replace(STRETCH, rear_thigh_tilt=50.0)),
            slide(0.15, replace(STRETCH, rear_thigh_tilt=50.0), STRETCH),
        )
    ])  # fmt: skip
    assert total_s(frames) == 0


@pytest.mark.parametrize("fps", [10, 15, 30])
@pytest.mark.parametrize(("swing_deg", "bounces_per_s"), [(10.0, 1.0), (8.0, 1.0), (8.0, 1.5)])
def test_a_hold_ends_where_the_body_begins_to_bounce_though_each_turn_is_a_rest(
    swing_deg: float, bounces_per_s: float, fps: int
) -> None:
    session = Session(LUNGE)
    for frame in range(12 * fps):
        time_s = frame / fps
        since_s = max(0.0, time_s - 4.0)
        swing = swing_deg * sin(2 * pi * bounces_per_s * since_s)
        session.step(time_s, replace(STRETCH, rear_thigh_tilt=35.0 + swing).landmarks())

    assert session.held_s["left"] == pytest.approx(4.0, abs=0.2)


def swinging(swing_deg: float, swings_per_s: float, fps: int, seconds: float) -> Track:
    """Film six seconds of stillness, so many of swinging, and six of stillness again."""
    frames: Track = []
    for frame in range(round((12 + seconds) * fps) + 1):
        time_s = frame / fps
        since_s = time_s - 6.0 if 6.0 <= time_s <= 6.0 + seconds else 0.0
        swing = swing_deg * sin(2 * pi * swings_per_s * since_s)
        body = replace(STRETCH, rear_thigh_tilt=32.0 + swing, trunk_lean=5.0)
        frames.append((time_s, body.landmarks()))
    return frames


@pytest.mark.parametrize("fps", [10, 12, 15, 30])
@pytest.mark.parametrize(
    ("swing_deg", "swings_per_s"),
    [(4.5, 0.4), (8.0, 0.5), (5.0, 0.5), (5.0, 2.0), (3.0, 2.5), (4.0, 3.0), (12.0, 3.0)],
)
def test_a_swing_that_no_speed_shows_is_no_hold_and_rest_after_it_is(
    swing_deg: float, swings_per_s: float, fps: int
) -> None:
    seconds = 20.0  # whole swings
    session, _ = watch(swinging(swing_deg, swings_per_s, fps, seconds))
    held = [each for each in session.intervals() if each.state is State.HELD]

    def held_s(start_s: float, end_s: float) -> float:
        return sum(max(0.0, min(each.end_s, end_s) - max(each.start_s, start_s)) for each in held)

    assert held_s(0.0, 6.0) == pytest.approx(6.0, abs=0.2)
    known_after_s = max(2.0, 1.8 / swings_per_s)
    assert held_s(6.0 + known_after_s, 6.0 + seconds) < 0.2
    assert held_s(6.0 + seconds, 12.0 + seconds) == pytest.approx(6.0, abs=0.25)


@pytest.mark.parametrize("fps", [10, 15, 30])
@pytest.mark.parametrize("settled_deg", [-8.0, 8.0])
def test_breathing_and_one_correction_out_and_back_are_a_hold(settled_deg: float, fps: int) -> None:
    calm = replace(STRETCH, rear_thigh_tilt=32.0)
    corrected = replace(calm, rear_thigh_tilt=32.0 + settled_deg)
    correction = track(
        stay(5.0, calm), slide(0.7, calm, corrected), slide(0.7, corrected, calm), stay(5.0, calm),
        slide(0.7, calm, corrected), stay(5.0, corrected), fps=fps,
    )  # fmt: skip
    assert total_s(correction) == pytest.approx(17.1, abs=2 / fps)

    breathing: Track = [
        (frame / fps, replace(calm, trunk_lean=5.0 + 2.5 * sin(frame / fps * 1.7)).landmarks())
        for frame in range(20 * fps)
    ]
    assert total_s(breathing) == pytest.approx(20.0, abs=2 / fps)


def test_another_body_for_a_moment_is_not_counted_and_breaks_nothing() -> None:
    passer_by = replace(STANDING, hips_at=(400.0, 250.0), facing="right")
    frames = track(stay(4.0, STRETCH), stay(0.2, passer_by), stay(4.0, STRETCH))
    session, _ = watch(frames)

    assert session.held_s["left"] == pytest.approx(8.0, abs=2 * FRAME_S)
    assert session.longest_unbroken_s == session.held_s["left"]


@pytest.mark.parametrize(
    "parts", [("knee", "ankle"), ("hip", "knee", "ankle"), ("shoulder", "hip")]
)
def test_labels_that_swap_for_a_third_of_the_time_change_nothing(parts: tuple[str, ...]) -> None:
    names = {f"{side}_{part}" for side in ("left", "right") for part in parts}
    frames = the_way_in()
    swapping = [
        (time_s, swapped(body, names) if body and int(time_s * 6) % 3 == 0 else body)
        for time_s, body in frames
    ]

    assert watch(swapping)[0].intervals() == watch(frames)[0].intervals()


@given(
    st.builds(
        Body,
        trunk_lean=st.floats(-10, 18),
        rear_thigh_tilt=st.floats(25, 40),
        facing=st.sampled_from(["left", "right"]),
        stretched=st.sampled_from(["left", "right"]),
    )
)
@settings(max_examples=5)
def test_a_mirror_exchanges_the_sides_and_nothing_else(stretch: Body) -> None:
    def exchanged(side: Side | None) -> Side | None:
        return other_side(side) if side else None

    frames = the_way_in(stretch)
    ours, _ = watch(frames)
    mirror, _ = watch([(time_s, mirrored(body) if body else None) for time_s, body in frames])

    assert mirror.intervals() == tuple(
        replace(each, side=exchanged(each.side)) for each in ours.intervals()
    )


@given(
    st.lists(
        st.tuples(
            st.floats(3.0, 5.0),
            st.sampled_from([FOLDED, KNEELING, STANDING, None]),
            st.sampled_from([0.1, 2.0]),
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=12)
def test_a_slower_camera_counts_the_same_seconds(
    drawn: list[tuple[float, Body | None, float]],
) -> None:
    """At most one frame more or less at each edge of a hold."""
    phases = [stay(1.0, KNEELING)]
    for hold_s, lost, lost_s in drawn:
        phases += [stay(hold_s, STRETCH), stay(lost_s, lost)]
    frames = track(*phases)

    fast = total_s(frames)
    for keep_every in (2, 3):
        slow = total_s(thinned(frames, keep_every))
        assert abs(fast - slow) <= 2 * len(drawn) * keep_every * FRAME_S


@pytest.mark.parametrize("start_s", [0.0, 5.0, 86_400.0, 1.7e9])
def test_where_the_clock_stands_changes_nothing(start_s: float) -> None:
    frames = track(stay(1.0, KNEELING), stay(4.0, STRETCH), stay(0.2, None), stay(1.0, STRETCH))
    later = [(time_s + start_s, body) for time_s, body in frames]

    assert total_s(later) == pytest.approx(total_s(frames), abs=FRAME_S + 1e-4)


def test_one_who_stands_side_on_is_ready_although_the_far_leg_is_hidden() -> None:
    far_leg = {f"right_{joint}": 0.2 for joint in ("hip", "knee", "ankle")}
    standing = replace(STANDING, hidden=far_leg)

    assert Session(LUNGE).step(0.0, standing.landmarks()).feedback.cue == READY


def test_a_rolled_camera_is_undone_once_somebody_stood_before_it_and_not_without() -> None:
    rolled = replace(STRETCH, roll_deg=9.0)
    came = track(stay(1.5, replace(STANDING, roll_deg=9.0)), stay(1.0, rolled))
    assert watch(came)[1][-1].measurements["trunk_lean"].value == pytest.approx(5.0, abs=1.5)
    there = watch(track(stay(1.0, rolled)))[1][-1]
    assert there.measurements["trunk_lean"].value == pytest.approx(14.0, abs=0.5)
