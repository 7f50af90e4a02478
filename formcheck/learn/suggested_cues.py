"""What to say, as a first suggestion, when a measurement is below or above its band."""

from collections.abc import Mapping
from typing import Final

from formcheck.pose.parts import Bound

SUGGESTED_CUES: Final[Mapping[str, Mapping[Bound, str]]] = {
    "trunk_lean": {"below": "Bring your chest forward", "above": "Lift your chest"},
    "rear_thigh_tilt": {"below": "Bring your hips forward", "above": "Bring your hips back"},
    "rear_hip_extension": {"below": "Slide your hips forward", "above": "Ease your hips back"},
    "front_hip_flexion": {
        "below": "Front thigh closer to your chest",
        "above": "Open your front hip",
    },
    "front_knee_flexion": {"below": "Bend your front knee", "above": "Straighten your front knee"},
    "rear_knee_flexion": {"below": "Bend your back knee", "above": "Straighten your back knee"},
    "front_shank_lean": {"below": "Front foot closer", "above": "Front foot further forward"},
    "rear_shank_rise": {"below": "Raise your back foot", "above": "Lower your back foot"},
    "rear_knee_clearance": {"below": "Lift your back knee", "above": "Lower your back knee"},
    "rear_knee_rise": {"below": "Lift your back knee", "above": "Lower your back knee"},
    "front_knee_rise": {"below": "Front knee higher", "above": "Front knee lower"},
    "stance_length": {"below": "Take a longer step", "above": "Shorten your step"},
    "rear_wrist_rise": {
        "below": "Arm up on back leg's side",
        "above": "Arm down on back leg's side",
    },
    "raised_arm_lean": {"below": "Arms less far back", "above": "Lift your arms higher"},
    "trunk_lateral_tilt": {"below": "Bend to the front leg", "above": "Come up a little"},
    "pelvic_obliquity": {"below": "Lift your back hip", "above": "Lift your front hip"},
    "shoulder_obliquity": {
        "below": "Lower your front shoulder",
        "above": "Lift your front shoulder",
    },
    "front_shank_lateral_tilt": {
        "below": "Front knee further in",
        "above": "Front knee further out",
    },
    "shoulder_width": {"below": "Face the camera", "above": "Turn a little more side-on"},
}
"""At most six words for each measurement and each way out of its band."""
