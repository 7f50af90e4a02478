"""Small things to remember between sessions, such as a person's own depth."""

import json
from typing import Any

from formcheck.store.database import Database, StoreError


class Settings:
    """JSON values by name, e.g. "depth/lunge-stretch/left"."""

    def __init__(self, database: Database) -> None:
        """Read from and write to this database."""
        self._database = database

    def get(self, name: str) -> Any:
        """Return what was set; None where nothing was, or where it cannot be read."""
        try:
            if not self._database.exists():
                return None
            with self._database.reading() as connection:
                row = connection.execute(
                    "SELECT value FROM settings WHERE name = ?", (name,)
                ).fetchone()
        except StoreError:
            return None
        return None if row is None else json.loads(row[0])

    def set(self, name: str, value: Any) -> None:
        """Remember a value that JSON can hold; None forgets it.

        Raises:
            StoreError: It cannot be kept, with the reason and the remedy.
        """
        with self._database.transaction() as connection:
            if value is None:
                connection.execute("DELETE FROM settings WHERE name = ?", (name,))
            else:
                connection.execute(
                    "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
                    (name, json.dumps(value, allow_nan=False)),
                )
