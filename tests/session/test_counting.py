"""Each second is counted once, or has its reason."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.body.landmarks import Side, other_side
from formcheck.judge.form import Form
from formcheck.judge.ledger import State
from formcheck.pose.plan import Plan
from formcheck.session import Session
from tests.factories import (
    FOLDED,
    KNEELING,
    STANDING,
    STRETCH,
    Body,
    mirrored,
    slide,
    stay,
    thinned,
    track,
)
from tests.session.watching import FRAME_S, LUNGE, the_way_in, told, total_s, watch


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
