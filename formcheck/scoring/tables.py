"""Results as plain dicts, and as a table where pandas is there."""

import json
from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, Any

from formcheck.body.landmarks import Side
from formcheck.errors import FormcheckError
from formcheck.pose.definition import PoseDefinition
from formcheck.result.score import ClipScore, NoPose, PhotoScore
from formcheck.scoring.scored import Scored
from formcheck.session import Outcome
from formcheck.store.export import session_rows
from formcheck.store.history import SessionRecord

if TYPE_CHECKING:
    import pandas

Result = ClipScore | PhotoScore | NoPose | Scored | Outcome | SessionRecord | PoseDefinition
"""What can be turned into a dict."""


def as_dict(result: Result) -> dict[str, Any]:
    """Return a result as a dict of plain values, which `json.dumps` takes as it is.

    A score has the keys of `formcheck score --json`; what `score_many` yields has them too, with
    `error` in their place where a file cannot be read. A session of the history has those of
    `formcheck export`, a pose those of its file. An outcome has `time_s`, `form`, `state`, `side`,
    `is_holding`, `held_s`, `faults` (worst first), `unseen`, `cue` and `measurements`, each with
    `value` (None where it has none) and `confidence`.

    Raises:
        TypeError: It is none of these.
    """
    if isinstance(result, Outcome):
        return _of_outcome(result)
    if isinstance(result, SessionRecord):
        return next(session_rows([result], {}))
    if isinstance(result, PoseDefinition):
        plain: dict[str, Any] = json.loads(result.model_dump_json())
        return plain
    if isinstance(result, ClipScore | PhotoScore | NoPose | Scored):
        return result.as_json()
    raise TypeError(f"as_dict takes what formcheck returns, not {type(result).__name__}")


def as_frame(results: Iterable[Result]) -> "pandas.DataFrame":
    """Return results of one kind as a pandas DataFrame, a row each.

    Of an outcome each measurement is a column in its unit (NaN where it has no value), and
    `NAME_confidence` beside it; of a clip's score `NAME_p10`, `NAME_median`, `NAME_p90` and, where
    it is known, `NAME_error`. What was held is in `held_left_s`, `held_right_s` and `held_total_s`.

    Raises:
        FormcheckError: pandas is not installed.
        TypeError: As `as_dict`.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise FormcheckError(
            "A DataFrame needs pandas. Install it: pip install 'formcheck[notebook]'"
        ) from error
    found = list(results)
    sessions = [result for result in found if isinstance(result, SessionRecord)]
    told = session_rows(sessions, {})  # at once: what two of them share is credited once
    return pd.DataFrame(
        [
            _row(result, next(told) if isinstance(result, SessionRecord) else None)
            for result in found
        ]
    )


def _of_outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "time_s": outcome.time_s,
        "form": outcome.verdict.form.value,
        "state": outcome.hold.state.value,
        "side": outcome.hold.side,
        "is_holding": outcome.hold.is_holding,
        "held_s": {**outcome.hold.held_s, "total": outcome.hold.total_s},
        "faults": list(outcome.verdict.faults),
        "unseen": list(outcome.verdict.unseen),
        "cue": outcome.feedback.cue.text,
        "measurements": {
            name: {
                "value": float(each.value) if isfinite(each.value) else None,
                "confidence": float(each.confidence),
            }
            for name, each in outcome.measurements.items()
        },
    }


def _row(result: Result, told: dict[str, Any] | None) -> dict[str, Any]:
    """Return a result, told already or not, as one row: what is nested has a column of its own."""
    row = as_dict(result) if told is None else told
    held: dict[Side | str, float] = row.pop("held_s", {})
    row |= {f"held_{side}_s": seconds for side, seconds in held.items()}
    row |= {f"camera_{name}": value for name, value in row.pop("camera", {}).items()}
    sought = row.pop("recognised", None)
    if sought is not None:
        row["sureness"] = sought["sureness"]
    if isinstance(result, PoseDefinition | SessionRecord):
        return row
    for name, measured in row.pop("measurements", {}).items():
        if isinstance(result, Outcome):
            row[name] = float("nan") if measured["value"] is None else measured["value"]
            row[f"{name}_confidence"] = measured["confidence"]
        else:
            row |= {f"{name}_{share}": value for share, value in measured.items()}
    return row
