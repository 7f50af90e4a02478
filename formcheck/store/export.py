"""The history as text for other programs."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from formcheck.body.landmarks import SIDES
from formcheck.printable import printable
from formcheck.store.history import SessionRecord


def as_json(sessions: Iterable[SessionRecord]) -> str:
    """Return a JSON array with an object for each session."""
    return json.dumps([fields_of(session) for session in sessions], indent=2) + "\n"


def as_csv(sessions: Iterable[SessionRecord]) -> str:
    """Return a heading and a row for each session; what was lost is one column, as JSON.

    It may be read in a terminal, which the name of a clip must not steer.
    """
    rows = [
        {name: _cell(value) for name, value in row}
        for row in (fields_of(session).items() for session in sessions)
    ]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _NAMES, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _cell(value: object) -> object:
    text = json.dumps(value) if isinstance(value, dict) else value
    return printable(text) if isinstance(text, str) else text


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


def fields_of(session: SessionRecord) -> dict[str, Any]:
    """Return a session as plain values, under the names of the columns."""
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
