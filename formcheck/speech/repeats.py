"""How often the same words may be heard."""

from typing import Final

LONGEST_S: Final = 60.0


class Repeats:
    """Keeps the same words apart, further each time, so that nobody is nagged."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._said: dict[str, tuple[float, float, float]] = {}
        """Of each words: when, the pause after them, and the first one."""

    def may_say(self, words: str, time_s: float) -> bool:
        """Whether the pause after these words is over; always, where they are new."""
        said_s, pause_s, _ = self._said.get(words, (time_s, 0.0, 0.0))
        return time_s - said_s >= pause_s

    def say(self, words: str, time_s: float, first_pause_s: float) -> None:
        """Note that these words are said now; each time doubles the pause after them.

        Whoever has not needed them for twice the longest pause hears them as if for the first
        time.
        """
        said_s, pause_s, _ = self._said.get(words, (time_s, first_pause_s / 2, 0.0))
        pause_s = first_pause_s if time_s - said_s > 2 * LONGEST_S else 2 * pause_s
        self._said[words] = (time_s, min(pause_s, max(LONGEST_S, first_pause_s)), first_pause_s)

    def start_afresh(self) -> None:
        """Let every pause be its first one again: what is wrong from now on is news."""
        self._said = {
            words: (said_s, first_s, first_s) for words, (said_s, _, first_s) in self._said.items()
        }
