"""The results of many files, a JSON object a line, written as they come, and gone on with."""

import json
import os
import sys
from collections.abc import Iterable, Set
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, Self

from formcheck.errors import FormcheckError
from formcheck.io.model import fingerprint, read_model
from formcheck.scoring.batch import Job
from formcheck.scoring.dispatch import job_of
from formcheck.scoring.scored import Scored
from formcheck.scoring.settings import Settings
from formcheck.store.locks import try_lock
from formcheck.store.private_files import OWNER_ONLY_FILE, kind_of

_LETTERS: Final = 16
"""Of a hash: enough to tell any two apart that one will ever have."""

Key = tuple[int | None, int | None, str, str]
"""A file's size in bytes, its date in nanoseconds, and by which poses and which judge it was
scored."""


class Results:
    """A file of results. Each line is whole as soon as it is written, whatever happens to us."""

    def __init__(self, path: Path, settings: Settings, version: str, *, resume: bool) -> None:
        """Begin a file, or go on with one.

        Args:
            path: Where.
            settings: By what files are scored; what was scored otherwise is not done yet.
            version: Of formcheck.
            resume: There may be such a file: its lines are done, and its last one may be broken.

        Raises:
            FormcheckError: It is there without `resume`, is none, cannot be written, or another
                program is writing it.
        """
        self._path = path
        self._poses = _poses_of(settings)
        self._judge = _judge_of(settings, version)
        self._version = version
        self._done: dict[str, Key] = {}
        """The files that these poses were looked for in."""
        kind = kind_of(path)
        if kind == "folder":
            raise FormcheckError(f"{path} is a folder. Name a file for the results.")
        if kind and not resume:
            raise FormcheckError(
                f"{path} is there already. Add --resume to go on with it, or name another file."
            )
        try:
            self._file = self._claimed()
            try:
                self._read()
            except BaseException:
                self._file.close()
                raise
        except OSError as error:
            raise FormcheckError(
                f"{path} cannot be written: {error.strerror}. Name a file elsewhere."
            ) from error

    def left(self, files: Iterable[Path]) -> list[Path]:
        """Return the files, each once, that have no line yet as they are now.

        A file that has changed, or that another version judged, loses the line that it had.

        Raises:
            OSError: The file of results cannot be written.
        """
        left: dict[str, Path] = {}
        outdated = set()
        for number, file in enumerate(files):
            name = str(file)
            known = self._done.get(name)
            if known is None or known != self._key(job_of(number, file)):
                left[name] = file
                if known is not None:
                    outdated.add(name)
        if outdated:
            self._drop(outdated)
        self._done.clear()
        return list(left.values())

    def add(self, job: Job, scored: Scored) -> None:
        """Write what became of a file: its score, or the sentences that say why it has none.

        Raises:
            OSError: The disk is full, or gone.
        """
        size, modified_ns, poses, judge = self._key(job)
        row = scored.as_json()
        row["scored"] = {
            "size": size,
            "modified_ns": modified_ns,
            "poses": poses,
            "judge": judge,
            "version": self._version,
        }
        # One call: a line is there whole or not at all, but where the disk is full.
        self._file.write(f"{json.dumps(row, allow_nan=False)}\n".encode())

    def close(self) -> None:
        """Close the file; twice is fine."""
        self._file.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def _key(self, job: Job) -> Key:
        return (job.size, job.modified_ns, self._poses, self._judge)

    def _read(self) -> None:
        """Learn which files are done, and cut off what was not written to its end."""
        whole = 0
        with self._path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                row = _row(line)
                if row is None:
                    raise FormcheckError(
                        f"{self._path} is no file of results: line {number} is not one that "
                        "formcheck wrote. Name another file."
                    )
                key = _key_of(row)
                if key[2] == self._poses:
                    self._done[row["file"]] = key
        if whole < self._path.stat().st_size:
            os.truncate(self._path, whole)

    def _drop(self, names: Set[str]) -> None:
        """Remove the lines of these files by these poses: they are about to be scored anew."""
        rest = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        new = self._opened(rest)
        with self._path.open("rb") as old:
            for line in old:
                row = _row(line)
                if row is None or row["file"] not in names or _key_of(row)[2] != self._poses:
                    new.write(line)
        if sys.platform == "win32":  # which replaces no open file
            new.close()
            self._file.close()
            os.replace(rest, self._path)  # noqa: PTH105 - the atomic call, by name
            self._file = self._claimed()
        else:
            try_lock(new.fileno())
            os.replace(rest, self._path)  # noqa: PTH105 - the atomic call, by name
            self._file.close()
            self._file = new

    def _claimed(self) -> IO[bytes]:
        """Return the file, open to go on with, and ours alone."""
        while True:
            file = self._opened(self._path)
            if not try_lock(file.fileno()):
                file.close()
                raise FormcheckError(
                    f"Another program is writing {self._path}. Wait for it, or name another file."
                )
            if _is_there(file, self._path):
                return file
            file.close()  # whoever had it has just put another one in its place

    @staticmethod
    def _opened(path: Path) -> IO[bytes]:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(path, flags, OWNER_ONLY_FILE), "ab", buffering=0)


def _is_there(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    is_ours = isinstance(row, dict) and isinstance(row.get("file"), str)
    return row if is_ours and isinstance(row.get("scored"), dict) else None


def _key_of(row: dict[str, Any]) -> Key:
    scored = row["scored"]
    return (
        scored.get("size"),
        scored.get("modified_ns"),
        str(scored.get("poses")),
        str(scored.get("judge")),
    )


def _poses_of(settings: Settings) -> str:
    """Return a hash of what is looked for, at which rate, and in pictures turned by how much."""
    poses = [pose.model_dump_json() for pose in settings.poses]
    looks = (settings.is_sought, settings.every_s, settings.rotate_deg)
    return _hash("\n".join([*poses, *map(str, looks)]))


def _judge_of(settings: Settings, version: str) -> str:
    """Return a hash of who judges: formcheck's version and the model."""
    return _hash(f"{version} {fingerprint(read_model(settings.model))}")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_LETTERS]
