"""What people copy from tutorials: MediaPipe's legacy pose API in one plain loop.

    python -m benchmarks.running.tutorial [CAMERA NUMBER or CLIP]

It reads a frame, turns it to RGB, looks for the pose, draws the skeleton, shows the picture, waits
ten milliseconds for a key, and begins anew; q ends it. It counts nothing and says nothing. It is
here to be compared with (`benchmarks.running.duel`).
"""

import sys

import cv2
from mediapipe.python.solutions import drawing_utils
from mediapipe.python.solutions import pose as pose_solution


def follow(source: int | str) -> None:
    """Run the loop on a camera's number or a clip's path, until its end or a q."""
    capture = cv2.VideoCapture(source)
    with pose_solution.Pose(min_detection_confidence=0.5, min_tracking_confidence=0.5) as detector:
        while capture.isOpened():
            is_there, picture = capture.read()
            if not is_there:
                break
            found = detector.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            if found.pose_landmarks:
                drawing_utils.draw_landmarks(
                    picture, found.pose_landmarks, pose_solution.POSE_CONNECTIONS
                )
            cv2.imshow("pose", picture)
            if cv2.waitKey(10) & 0xFF == ord("q"):
                break
    capture.release()
    cv2.destroyAllWindows()


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "0"
    follow(int(wanted) if wanted.isdecimal() else wanted)
