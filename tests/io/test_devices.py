"""What is said of a camera that does not open, on each system, and how it is opened there."""

import cv2
import pytest

from formcheck.io.cameras.devices import open_capture, why_it_does_not_open


@pytest.mark.parametrize(
    ("platform", "settings"),
    [
        ("darwin", "System Settings, Privacy & Security, Camera"),
        ("win32", "Settings, Privacy & security, Camera"),
    ],
)
def test_a_camera_that_may_not_be_used_is_told_with_the_place_that_allows_it(
    platform: str, settings: str
) -> None:
    assert settings in why_it_does_not_open(0, platform)
    assert "not there" not in why_it_does_not_open(0, platform)


def test_a_network_camera_is_told_of_alike_on_every_system() -> None:
    said = {why_it_does_not_open("rtsp://camera/1", each) for each in ("linux", "darwin", "win32")}
    assert len(said) == 1


def test_windows_tries_the_older_interface_where_the_newer_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []

    class Camera:
        def __init__(self, where: int, interface: int) -> None:
            tried.append(interface)

        def isOpened(self) -> bool:  # noqa: N802
            return tried[-1] == cv2.CAP_DSHOW

    monkeypatch.setattr(cv2, "VideoCapture", Camera)

    assert open_capture(0, "win32").isOpened()
    assert tried == [cv2.CAP_MSMF, cv2.CAP_DSHOW]
