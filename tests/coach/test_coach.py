from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import Side
from formcheck.body.measurements import MEASUREMENTS
from formcheck.coach import coach
from formcheck.coach.coach import (
    BOUNCE,
    DONE,
    HOLD,
    PAUSED,
    REST_NOW,
    SETTLE,
    SLOWLY,
    SWITCH,
    TURN,
    Coach,
    Phase,
)
from formcheck.coach.cue import Cue, Tone
from formcheck.judge.form import Form, FormVerdict, GateState, GateVerdict
from formcheck.judge.hold import HoldState
from formcheck.judge.ledger import State
from formcheck.judge.pace import Pace
from formcheck.pose.definition import load_pose, pose_names
from formcheck.pose.parts import MAX_CUE_WORDS
from formcheck.pose.plan import Plan
from formcheck.speech.rest import NEXT, RESTING
from tests.factories import IN_FORM, NOBODY, OUT, TURNED, UNSEEN

LUNGE = load_pose("lunge-stretch")
MINUTE = Plan.of(LUNGE, hold_s=60.0)
WORSE = FormVerdict(Form.OUT_OF_FORM, faults=("rear_knee_lifted", "trunk_forward"))
FEET = FormVerdict(Form.UNSEEN, unseen=("left_ankle", "right_ankle"))
HALF = FormVerdict(Form.UNSEEN, unseen=("left_knee", "left_ankle"))
TOP = FormVerdict(Form.UNSEEN, unseen=("left_shoulder",))
HINTED = FormVerdict(Form.IN_FORM, hints=(1, 0))


def standing_at(
    side: Side | None = None, left: float = 0.0, right: float = 0.0, *, is_paused: bool = False
) -> HoldState:
    """Return the state of a hold on this side, or of none."""
    state = State.HELD if side else State.MOVING
    return HoldState(
        state=State.PAUSED if is_paused else state,
        is_holding=side is not None,
        settling_s=0.0,
        side=side,
        held_s={"left": left, "right": right},
    )


def first_cue(verdict: FormVerdict, hold: HoldState) -> Cue:
    return Coach(LUNGE, MINUTE).step(0.0, verdict, hold).cue


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (NOBODY, "Step into the picture"),
        (TURNED, "Turn side-on to the camera"),
        (FEET, "Get your feet in the picture"),
        (HALF, "Step back from the camera"),
        (TOP, "Step back from the camera"),
        (UNSEEN, "Show me your whole body"),
        (OUT, "Lift your chest"),
        (WORSE, "Lower your back knee"),
        (IN_FORM, "Now hold still"),
        (HINTED, "Now hold still"),
    ],
)
def test_what_is_wrong_is_said_the_worst_first(verdict: FormVerdict, text: str) -> None:
    assert first_cue(verdict, standing_at()).text == text


def test_a_fault_is_named_and_marked_where_it_is() -> None:
    cue = first_cue(WORSE, standing_at())

    assert (cue.tone, cue.fault) == (Tone.MEND, "rear_knee_lifted")
    assert cue.marks == ("rear_knee", "front_ankle", "rear_ankle")


def test_a_hold_is_left_in_peace_but_for_a_hint() -> None:
    assert first_cue(IN_FORM, standing_at("left")) == HOLD
    hint = first_cue(HINTED, standing_at("left"))
    assert (hint.text, hint.tone) == ("Front foot a little forward", Tone.GOOD)


def test_a_side_that_is_done_is_switched_and_both_are_the_end() -> None:
    assert first_cue(IN_FORM, standing_at("left", left=59.9)) == HOLD
    assert first_cue(IN_FORM, standing_at("left", left=60.0)) == SWITCH
    assert first_cue(IN_FORM, standing_at("right", left=60.0, right=5.0)) == HOLD
    assert first_cue(IN_FORM, standing_at("right", left=60.0, right=60.0)) == DONE
    assert first_cue(NOBODY, standing_at(left=60.0, right=61.0)) == DONE


def test_all_is_done_only_where_no_other_exercise_follows() -> None:
    first = Coach(LUNGE, Plan.of(LUNGE, hold_s=60.0, is_last=False))
    feedback = first.step(0.0, IN_FORM, standing_at("right", left=60.0, right=60.0))
    assert (feedback.cue, feedback.is_done) == (REST_NOW, True)


def test_progress_is_that_of_the_side_under_way_or_the_last_one() -> None:
    guide = Coach(LUNGE, MINUTE)

    before = guide.step(0.0, NOBODY, standing_at())
    during = guide.step(1.0, IN_FORM, standing_at("right", left=60.0, right=15.0))
    after = guide.step(2.0, OUT, standing_at(left=60.0, right=15.0))
    beyond = guide.step(3.0, IN_FORM, standing_at("left", left=90.0))

    assert (before.side, before.seconds, before.progress) == (None, 0.0, 0.0)
    assert (during.side, during.seconds, during.progress) == ("right", 15.0, 0.25)
    assert (after.side, after.seconds) == ("right", 15.0)
    assert beyond.progress == 1.0
    assert beyond.target_s == 60.0


def test_a_pause_is_told_at_once() -> None:
    guide = Coach(LUNGE, MINUTE)
    guide.step(0.0, OUT, standing_at())

    assert guide.step(0.1, OUT, standing_at(is_paused=True)).cue == PAUSED


def test_nobody_is_told_to_hold_on_once_all_is_done() -> None:
    guide = Coach(LUNGE, MINUTE)
    guide.step(0.0, IN_FORM, standing_at("right", left=60.0, right=59.9))

    assert guide.step(0.1, IN_FORM, standing_at("right", left=60.0, right=60.0)).cue == DONE


moments = st.lists(
    st.tuples(
        st.sampled_from([0.03, 0.1, 0.4]),
        st.sampled_from([NOBODY, TURNED, UNSEEN, OUT, WORSE, IN_FORM, HINTED]),
        st.sampled_from(
            [standing_at(), standing_at("left", left=5.0), standing_at("left", left=60)]
        ),
    ),
    min_size=1,
    max_size=60,
)


@given(moments, st.sampled_from([0.0, -3.0, 1e9]))
def test_a_cue_stays_until_it_can_be_read_and_then_goes_where_it_is_wrong(
    drawn: list[tuple[float, FormVerdict, HoldState]], start_s: float
) -> None:
    guide = Coach(LUNGE, MINUTE)
    time_s = start_s
    said: list[tuple[float, Cue]] = []
    for step_s, verdict, hold in drawn:
        time_s += step_s
        cue = guide.step(time_s, verdict, hold).cue
        if said and cue == said[-1][1]:
            would_say = first_cue(verdict, hold)
            is_within_grace = hold.is_holding and verdict.form is not Form.IN_FORM
            assert (
                would_say == cue or time_s - said[-1][0] < 1.5 or is_within_grace or not hold.side
            )
        else:
            said.append((time_s, cue))

    for (earlier_s, earlier), (later_s, later) in pairwise(said):
        is_mended = earlier.tone is Tone.MEND and later.tone is not Tone.MEND
        assert later_s - earlier_s >= 1.5 or is_mended


def test_a_switch_is_told_for_a_while_and_then_the_other_side_is_lined_up() -> None:
    guide = Coach(LUNGE, MINUTE)
    guide.step(0.0, IN_FORM, standing_at("left", left=60.0))

    assert guide.step(2.0, OUT, standing_at(left=60.0)).cue == SWITCH
    assert guide.step(6.0, OUT, standing_at(left=60.0)).cue.fault == "trunk_forward"


def test_a_moment_out_of_form_within_a_hold_disturbs_nobody() -> None:
    guide = Coach(LUNGE, MINUTE)
    guide.step(0.0, IN_FORM, standing_at("left"))

    assert guide.step(3.0, OUT, standing_at("left")).cue == HOLD
    assert guide.step(3.4, OUT, standing_at()).cue.fault == "trunk_forward"


def test_advice_does_not_outlive_what_it_mends() -> None:
    guide = Coach(LUNGE, MINUTE)
    guide.step(0.0, OUT, standing_at())

    assert guide.step(0.2, IN_FORM, standing_at()).cue == SETTLE
    assert guide.step(0.4, OUT, standing_at()).cue == SETTLE  # no flicker the other way


@pytest.mark.parametrize("pace", [Pace(is_hasty=True), Pace(is_bouncing=True)])
def test_who_moved_too_fast_and_holds_now_is_not_told_so_any_more(pace: Pace) -> None:
    guide = Coach(LUNGE, MINUTE)
    assert guide.step(0.0, IN_FORM, standing_at(), pace=pace).cue in (SLOWLY, BOUNCE)
    assert guide.step(0.1, IN_FORM, standing_at()).cue in (SLOWLY, BOUNCE)
    assert guide.step(0.2, IN_FORM, standing_at("left")).cue == HOLD


def seen_as(*states: GateState, fault: str) -> FormVerdict:
    """Return a verdict out of form, with the gates that show the pose in these states."""
    measured = [gate.measurement for gate in LUNGE.gates]
    signs = [name for name in measured if not MEASUREMENTS[name].is_only_a_fault]
    state_of = dict(zip(signs, states, strict=True))
    gates = tuple(
        GateVerdict(name, state_of.get(name, GateState.IN), 0.0, is_full=False) for name in measured
    )
    out = sum(state in (GateState.BELOW, GateState.ABOVE) for state in states)
    return FormVerdict(Form.OUT_OF_FORM, gates, faults=(fault,) * out)


def test_a_leg_that_fades_from_sight_ends_no_way_in_but_standing_up_does() -> None:
    guide, nowhere = Coach(LUNGE, MINUTE), standing_at()
    seen, hidden, off = GateState.IN, GateState.UNSEEN, GateState.BELOW
    on_both_knees = seen_as(seen, off, seen, seen, seen, off, seen, fault="no_foot_in_front")
    half_hidden = seen_as(hidden, off, seen, hidden, seen, off, seen, fault="no_foot_in_front")
    stands = seen_as(hidden, off, off, hidden, seen, hidden, seen, fault="no_foot_in_front")

    assert Coach(LUNGE, MINUTE).step(0.0, half_hidden, nowhere).phase is Phase.READY
    assert guide.step(0.0, on_both_knees, nowhere).phase is Phase.WAY_IN
    assert guide.step(3.0, half_hidden, nowhere).cue.text == "Put one foot in front"
    assert guide.step(6.0, stands, nowhere).phase is Phase.READY
    assert guide.step(9.0, half_hidden, nowhere).phase is Phase.READY


def test_every_cue_of_the_program_and_of_every_pose_has_few_words() -> None:
    own = [value for value in vars(coach).values() if isinstance(value, Cue)]
    assert len(own) >= 10
    texts = [cue.text for cue in (*own, RESTING, *NEXT.values())]
    for name in pose_names():
        pose = load_pose(name)
        texts += [fault.cue for fault in pose.faults] + [hint.cue for hint in pose.hints]

    assert [text for text in texts if not 1 <= len(text.split()) <= MAX_CUE_WORDS] == []
    assert TURN in own
    assert SETTLE.tone is Tone.WAIT
