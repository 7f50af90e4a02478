"""Whoever has gone, or whose camera has: a session does not wait for them for ever."""

from typing import Final

LEFT_AFTER_S: Final = 300.0
"""With nobody in the picture, or no picture, for so long, whoever was there has gone."""

LEFT: Final = "For five minutes nobody was seen, so the session is over."


class Absence:
    """Follows for how long nobody has been seen. It knows no clock: time comes with the frames."""

    def __init__(self) -> None:
        """Begin with the first frame: whoever starts a session is given as long to come."""
        self._seen_s: float | None = None
        self.now_s = 0.0
        """Of the newest frame."""

    def see(self, time_s: float, *, is_somebody: bool) -> None:
        """Take in a frame of this time, in seconds, and whether somebody was seen in it."""
        self.now_s = time_s
        if is_somebody or self._seen_s is None:
            self._seen_s = time_s

    def is_long(self, silent_s: float = 0.0) -> bool:
        """Tell whether it has been too long, with no frame for the last `silent_s` seconds."""
        seen_s = self.now_s if self._seen_s is None else self._seen_s
        return self.now_s - seen_s + silent_s >= LEFT_AFTER_S
