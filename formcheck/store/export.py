"""The history as text for other programs."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from formcheck.body.landmarks import SIDES, Side
from formcheck.printable import printable
from formcheck.store.history import SessionRecord, credited


def as_json(sessions: Sequence[SessionRecord]) -> str:
    """Return a JSON array with an object for each session."""
    return json.dumps(fields_of(sessions), indent=2) + "\n"


def as_csv(sessions: Sequence[SessionRecord]) -> str:
    """Return a heading and a row for each session; what was lost is one column, as JSON.

    It may be read in a terminal, which the name of a clip must not steer.
    """
    rows = [
        {name: _cell(value) for name, value in row}
        for row in (fields.items() for fields in fields_of(sessions))
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
    *(f"{side}_credited_s" for side in SIDES),
)


def fields_of(sessions: Sequence[SessionRecord]) -> list[dict[str, Any]]:
    """Return each session as plain values, under the names of the columns.

    What is credited of a session depends on the others: no second counts twice.
    """
    own_s = credited(sessions)
    return [_fields(session, own) for session, own in zip(sessions, own_s, strict=True)]


def _fields(session: SessionRecord, own_s: Mapping[Side, float]) -> dict[str, Any]:
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
        *(round(own_s[side], 3) for side in SIDES),
    )
    return dict(zip(_NAMES, values, strict=True))
