from importlib.metadata import distributions, packages_distributions


def test_exactly_one_distribution_provides_cv2() -> None:
    """Two builds of OpenCV overwrite each other's files; removing either then breaks both."""
    by_package = set(packages_distributions().get("cv2", []))
    by_record = {
        each.name
        for each in distributions()
        if any(file.parts[0] == "cv2" for file in each.files or [])
    }

    assert by_package == by_record
    # The second is what mediapipe requires on an Intel Mac and on ARM.
    assert by_package in ({"opencv-python"}, {"opencv-contrib-python"})
