"""What formcheck keeps between sessions, on this machine and readable by its owner alone.

It decides where and for how long. It may import `run` and what is below it, but no other edge.
"""

from pathlib import Path

from formcheck.store.database import Database, StoreError
from formcheck.store.history import End, History, SessionRecord
from formcheck.store.ledgers import Ledgers
from formcheck.store.private_files import data_folder
from formcheck.store.settings import Settings

__all__ = ["End", "History", "SessionRecord", "Settings", "Store", "StoreError"]


class Store:
    """The history and the settings, in one file. Nothing is made before something is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use this folder; by default the system's place for a program's data."""
        self.database = Database(data_folder() if folder is None else folder)
        self.history = History(self.database)
        self.ledgers = Ledgers(self.database)
        self.settings = Settings(self.database)
        self.told_reason: str | None = None
        """Why it cannot be used, as `news` told; once is enough."""

    def news(self) -> list[str]:
        """Return what a person should be told at the start, a sentence each.

        Sessions that ended without a word are closed on the way. A history that cannot be used
        is one of the news, and nothing worse.
        """
        try:
            lost = self.history.take_in_lost()
        except StoreError as error:
            self.told_reason = error.reason
            return [*self._notices(), str(error)]
        return [*self._notices(), *(_told(session) for session in lost if _has_held(session))]

    def _notices(self) -> list[str]:
        notices = [*self.database.notices]
        self.database.notices.clear()
        return notices


def _has_held(session: SessionRecord) -> bool:
    return any(round(seconds) for seconds in session.held_s.values())


def _told(session: SessionRecord) -> str:
    held = ", ".join(f"{side} {seconds:.0f} s" for side, seconds in session.held_s.items())
    return f"Last time ended early: {held} of {session.pose} were kept."
