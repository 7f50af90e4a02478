"""The history as text for other programs."""

import csv
import io
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError
from formcheck.ledger import SIDES
from formcheck.store.history import SessionRecord
from formcheck.store.place import OWNER_ONLY_FILE


def as_json(sessions: Iterable[SessionRecord]) -> str:
    """Return a JSON array with an object for each session."""
    return json.dumps([_fields(session) for session in sessions], indent=2) + "\n"


def as_csv(sessions: Iterable[SessionRecord]) -> str:
    """Return a heading and a row for each session; what was lost is one column, as JSON."""
    rows = [
        {name: json.dumps(value) if isinstance(value, dict) else value for name, value in row}
        for row in (_fields(session).items() for session in sessions)
    ]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _NAMES, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_privately(path: Path, text: str, *, force: bool = False) -> None:
    """Write a file that its owner alone can read, in one step: whole or not at all.

    Raises:
        FormcheckError: It is there and `force` is not given, or it cannot be written.
    """
    if path.exists() and not force:
        raise FormcheckError(f"{path} is there already. Name another file, or add --force.")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.exists() and not path.is_file():
            raise FormcheckError(f"{path} is not a file that can be replaced. Name another one.")
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_TRUNC, OWNER_ONLY_FILE
        )
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(temporary, path)  # noqa: PTH105 - the atomic call, by name
    except OSError as error:
        raise FormcheckError(
            f"{path} cannot be written: {error.strerror}. Name a file in a folder of yours."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


_NAMES = (
    "started_at",
    "pose",
    "source",
    "is_live",
    "hold_s",
    "sides",
    "sets",
    "duration_s",
    *(f"{side}_s" for side in SIDES),
    "longest_s",
    *(f"{side}_depth_deg" for side in SIDES),
    "lost_s",
    "discomfort",
    "ended",
)


def _fields(session: SessionRecord) -> dict[str, Any]:
    values = (
        session.started_at.isoformat(timespec="seconds"),
        session.pose,
        session.source,
        session.is_live,
        session.hold_s,
        " ".join(session.sides),
        session.sets,
        session.duration_s,
        *(session.held_s[side] for side in SIDES),
        session.longest_s,
        *(session.depth_deg[side] for side in SIDES),
        dict(session.lost_s),
        session.discomfort,
        session.ended.value if session.ended else None,
    )
    return dict(zip(_NAMES, values, strict=True))
