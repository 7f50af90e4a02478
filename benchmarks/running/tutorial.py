"""What people copy from tutorials: MediaPipe's pose landmarker in one plain loop.

    python -m benchmarks.running.tutorial [CAMERA NUMBER or CLIP]

It reads a frame, turns it to RGB, looks for the pose, draws the skeleton, shows the picture, waits
ten milliseconds for a key, and begins anew; q ends it. It counts nothing and says nothing. It is
here to be compared with (`benchmarks.running.duel`), and takes the same model.
"""

import sys
import time
from pathlib import Path

import cv2
import mediapipe as mp

MODEL = Path(__file__).parents[2] / "formcheck" / "models" / "pose_full.task"


def follow(source: int | str) -> None:
    """Run the loop on a camera's number or a clip's path, until its end or a q."""
    vision = mp.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(model_asset_path=str(MODEL)),
        running_mode=vision.RunningMode.VIDEO,
    )
    capture = cv2.VideoCapture(source)
    started_s = time.monotonic()
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        while capture.isOpened():
            is_there, picture = capture.read()
            if not is_there:
                break
            rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
            found = landmarker.detect_for_video(image, int(1000 * (time.monotonic() - started_s)))
            if found.pose_landmarks:
                draw(picture, found.pose_landmarks[0])
            cv2.imshow("pose", picture)
            if cv2.waitKey(10) & 0xFF == ord("q"):
                break
    capture.release()
    cv2.destroyAllWindows()


def draw(picture: cv2.typing.MatLike, landmarks: list[object]) -> None:
    """Draw the skeleton on a picture."""
    height, width = picture.shape[:2]
    points = [(int(point.x * width), int(point.y * height)) for point in landmarks]  # type: ignore[attr-defined]
    for bone in mp.tasks.vision.PoseLandmarksConnections.POSE_LANDMARKS:
        cv2.line(picture, points[bone.start], points[bone.end], (255, 255, 255), 2)
    for point in points:
        cv2.circle(picture, point, 3, (0, 0, 255), -1)


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "0"
    follow(int(wanted) if wanted.isdecimal() else wanted)
