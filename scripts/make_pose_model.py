# /// script
# requires-python = ">=3.9,<3.13"
# dependencies = ["mediapipe==0.10.21"]
# ///
"""Makes `formcheck/models/pose_full.task` from the models that mediapipe 0.10.21 carries.

The README.md beside the bundle tells what is in it.
"""

import hashlib
import io
import zipfile
from pathlib import Path

import mediapipe
from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer

BUNDLE = Path(__file__).parents[1] / "formcheck" / "models" / "pose_full.task"

PARTS = (
    # where in the package, its SHA-256, name in the bundle, mean and deviation of the pixels
    (
        "modules/pose_detection/pose_detection.tflite",
        "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        "pose_detector.tflite",
        (127.5, 127.5),
    ),
    (
        "modules/pose_landmark/pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        "pose_landmarks_detector.tflite",
        (0.0, 255.0),
    ),
)


def main() -> None:
    """Write the bundle beside this file and tell its SHA-256."""
    package = Path(mediapipe.__file__).parent
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:  # MediaPipe maps it unpacked
        for where, digest, name, (mean, deviation) in PARTS:
            model = (package / where).read_bytes()
            if hashlib.sha256(model).hexdigest() != digest:
                raise SystemExit(f"{where} is not the model of mediapipe 0.10.21.")
            # A fixed date, so that the same models make the same bytes.
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            bundle.writestr(entry, with_normalisation(model, mean, deviation))
    BUNDLE.write_bytes(buffer.getvalue())
    print(hashlib.sha256(buffer.getvalue()).hexdigest())


def with_normalisation(model: bytes, mean: float, deviation: float) -> bytes:
    """Return a TFLite model whose metadata tell that it takes (pixel - mean) / deviation."""
    writer = metadata_writer.MetadataWriter.create(bytearray(model))
    writer.add_image_input([mean], [deviation])
    populated, _ = writer.populate()
    return bytes(populated)


if __name__ == "__main__":
    main()
