"""The one database file: its schema, and what becomes of it when it cannot be used."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.redaction import without_secrets
from formcheck.store.private_files import kind_of, make_private_file, make_private_folder

FILE_NAME: Final = "history.db"

_WITHOUT_SECRETS: Final = "UPDATE sessions SET source = without_secrets(source) WHERE is_live"

MIGRATIONS: Final = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        started_at TEXT NOT NULL,
        pose TEXT NOT NULL,
        source TEXT NOT NULL,
        is_live INTEGER NOT NULL,
        hold_s REAL NOT NULL,
        sides TEXT NOT NULL,
        sets INTEGER NOT NULL,
        duration_s REAL NOT NULL,
        left_s REAL NOT NULL,
        right_s REAL NOT NULL,
        longest_s REAL NOT NULL,
        lost_s TEXT NOT NULL,
        left_depth_deg REAL,
        right_depth_deg REAL,
        discomfort INTEGER CHECK (discomfort BETWEEN 0 AND 10),
        ended TEXT
    )
    """,
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # The address of a network camera was kept with its user and password.
    _WITHOUT_SECRETS,
    # Five minutes of a session's ledger each: what is under way writes but the newest anew.
    """
    CREATE TABLE ledger_parts (
        session_id INTEGER NOT NULL,
        part INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (session_id, part)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE held_postures (
        session_id INTEGER NOT NULL,
        side TEXT NOT NULL,
        turn_deg REAL NOT NULL,
        distance_m REAL NOT NULL,
        off_middle REAL NOT NULL,
        landmarks BLOB NOT NULL,
        PRIMARY KEY (session_id, side)
    ) WITHOUT ROWID
    """,
    # Where the clip of a session lies, beside which its landmarks are.
    "CREATE TABLE recordings (session_id INTEGER PRIMARY KEY, path TEXT NOT NULL)",
)
"""Each brings the schema from its place in this list to the next. What is published stays."""

_CLEAN: Final = MIGRATIONS.index(_WITHOUT_SECRETS) + 1
"""The schema's first version with no secret in the file."""

SIDECARS: Final = ("-wal", "-shm", "-journal")
"""SQLite's own files beside the database; it gives them the rights of the database."""

_QUICK_WAIT_S: Final = 0.25
"""Another session writes for a millisecond; whoever holds the file for longer keeps it."""

_UNUSABLE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_WRITABLE: Final = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_HELD: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class StoreError(FormcheckError):
    """The history cannot be read or written, for a reason outside the program."""

    def __init__(self, reason: str) -> None:
        """Say why, in half a sentence with its remedy."""
        super().__init__(f"The history cannot be used: {reason}.")
        self.reason = reason


class Database:
    """The file of the history. It is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        """Use the file in this folder."""
        self.path = folder / FILE_NAME
        self.notices: list[str] = []
        """What happened to the file that its owner should know, a sentence each."""

    def exists(self) -> bool:
        """Tell whether anything was ever kept.

        Raises:
            StoreError: This account has no place where anything could be, or it is closed to us.
        """
        if not self.path.is_absolute():
            raise StoreError(
                f"{self.path.parent} is no place for it, since it depends on where a command is "
                "run; set HOME to your home folder, and XDG_DATA_HOME to a whole path or to nothing"
            )
        with told(self.path):
            return kind_of(self.path) is not None

    def connect(self, wait_s: float = _QUICK_WAIT_S) -> sqlite3.Connection:
        """Open the file, made and brought to the present schema; the caller closes it.

        A damaged file is set aside under another name, never deleted, and a new one is begun.

        Args:
            wait_s: How long to wait for another process that holds the file.

        Raises:
            StoreError: It cannot be used.
        """
        with told(self.path):
            self.exists()
            make_private_folder(self.path.parent)
            make_private_file(self.path)
            try:
                return _opened(self.path, wait_s)
            except sqlite3.DatabaseError as error:
                if _kind(error) not in _UNUSABLE:
                    raise
                self._set_aside()
                make_private_file(self.path)
                return _opened(self.path, wait_s)

    @contextmanager
    def transaction(self, wait_s: float = _QUICK_WAIT_S) -> Iterator[sqlite3.Connection]:
        """Do several things as one, over a connection of its own.

        Raises:
            StoreError: It cannot be used; nothing was changed.
        """
        with closing(self.connect(wait_s)) as connection, told(self.path), written(connection):
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read, also where nothing may be written.

        Raises:
            StoreError: It cannot be read.
        """
        try:
            connection = self.connect()
        except StoreError:
            # Not pathlib's `is_file`, which raises for a folder that is closed to us.
            if os.access(self.path, os.W_OK) or not os.path.isfile(self.path):  # noqa: PTH113
                raise
            with told(self.path):
                connection = _opened_to_read(self.path)
        with closing(connection), told(self.path):
            yield connection

    def _set_aside(self) -> None:
        now = datetime.now().strftime("%Y%m%dT%H%M%S")
        aside = self.path.with_name(f"history-damaged-{now}.db")
        os.replace(self.path, aside)  # noqa: PTH105 - the atomic call, by name
        for sidecar in SIDECARS:
            with suppress(FileNotFoundError):
                os.replace(f"{self.path}{sidecar}", f"{aside}{sidecar}")  # noqa: PTH105
        self.notices.append(
            f"The history was damaged. It is set aside as {aside}, and a new one is begun."
        )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system raise within into a sentence.

    Raises:
        StoreError: In place of them.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_why(error, path)) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError("the disk is full; make room on it") from error
        raise StoreError(
            f"{error.filename or path} cannot be written ({error.strerror}); "
            "check the rights of that folder"
        ) from error


@contextmanager
def written(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all that is done within, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _opened(path: Path, wait_s: float) -> sqlite3.Connection:
    # Transactions are begun by hand: the module's own way commits before changes of the schema.
    connection = sqlite3.connect(
        path, timeout=wait_s, isolation_level=None, check_same_thread=False
    )
    try:
        # A commit costs no wait for the disk, and no crash of the program can undo or tear it.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise _damaged()
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened_to_read(path: Path) -> sqlite3.Connection:
    # Immutable: else SQLite would have to write beside it before it reads.
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
    try:
        if _version(connection) != len(MIGRATIONS):
            raise sqlite3.OperationalError("it was written by another formcheck")
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    connection.create_function("without_secrets", 1, without_secrets, deterministic=True)
    if 0 < _version(connection) < _CLEAN:
        # What was written over is still in the file, up to here. Before the version says that it
        # is clean: if this is cut short, the next start does it again.
        connection.execute(_WITHOUT_SECRETS)
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with written(connection):
        version = _version(connection)  # another process may just have been here
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{path} was written by a newer formcheck; use that one, or move the file away"
            )
        for number, change in enumerate(MIGRATIONS[version:], start=version + 1):
            connection.execute(change)
            connection.execute(f"PRAGMA user_version = {number}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _damaged() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _kind(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 where the module itself complains."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _why(error: sqlite3.Error, path: Path) -> str:
    kind = _kind(error)
    if kind == sqlite3.SQLITE_FULL:
        return "the disk is full; make room on it"
    if kind in _NOT_WRITABLE:
        return f"{path} cannot be written; check its rights and those of its folder"
    if kind in _HELD:
        return f"another program holds {path}; close it"
    if kind in _UNUSABLE:
        return f"{path} is damaged; the next start sets it aside"
    return f"{path} cannot be read or written ({error}); check the disk"
