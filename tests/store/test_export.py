"""The history as tables: what other programs read is what was kept."""

import csv
import io
import json
import sys
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from formcheck.body.landmarks import SIDES
from formcheck.cli.main import ExitStatus, run
from formcheck.errors import FormcheckError
from formcheck.store import SessionRecord, Store, private_files
from formcheck.store.export import (
    LEDGER,
    SESSIONS,
    Column,
    Row,
    as_csv,
    as_json,
    as_parquet,
    ledger_rows,
    session_rows,
)
from formcheck.store.history import insert
from formcheck.store.ledgers import LedgerWriter
from formcheck.store.session_ledger import SessionLedger
from tests.report.histories import histories
from tests.shared import CHECKOUT
from tests.store.sessions import RECORD
from tests.store.test_ledgers import restless_hour

History = tuple[list[SessionRecord], dict[int, SessionLedger]]


@given(histories())
def test_the_ledgers_rows_have_every_moment_once_and_add_up_to_the_sessions(
    history: History,
) -> None:
    sessions, ledgers = history
    of_session: defaultdict[int, list[Row]] = defaultdict(list)
    for row in ledger_rows(sessions, ledgers):
        of_session[row["session"]].append(row)
    assert of_session.keys() == ledgers.keys()
    wanted = {row["session"]: row for row in session_rows(sessions, ledgers)}
    for number, rows in of_session.items():
        assert rows[0]["start_s"] == 0.0
        assert all(before["end_s"] == after["start_s"] for before, after in pairwise(rows))
        assert all(int(row["start_s"]) + 1 >= row["end_s"] for row in rows)
        for side in SIDES:
            held = [row for row in rows if row["side"] == side]
            seconds = sum(row["end_s"] - row["start_s"] for row in held)
            full = sum(row["end_s"] - row["start_s"] for row in held if row["is_full"])
            assert seconds == pytest.approx(wanted[number][f"{side}_s"], abs=0.002)
            assert full == pytest.approx(wanted[number][f"{side}_full_s"], abs=0.002)
        assert all(row["depth_deg"] is None for row in rows if row["state"] != "held")


TABLES = [(SESSIONS, session_rows), (LEDGER, ledger_rows)]
ONE = replace(RECORD, number=7, source="\x1b[31m,\"';\n.mp4", discomfort=None)


@pytest.mark.parametrize(("columns", "rows_of"), TABLES)
def test_each_format_has_the_same_rows(columns: tuple[Column, ...], rows_of: object) -> None:
    assert callable(rows_of)
    rows = list(rows_of([ONE], {7: restless_hour()}))
    names = [column.name for column in columns]
    assert all(list(row) == names for row in rows)
    assert json.loads(as_json(rows)) == rows
    read = list(csv.DictReader(io.StringIO(as_csv(rows, columns))))
    assert len(read) == len(rows)
    for row, cells in zip(rows, read, strict=True):
        for column in columns:
            value, cell = row[column.name], cells[column.name]
            if value is None:
                assert cell == ""
            elif column.kind in ("number", "integer"):
                assert float(cell) == value
            elif column.kind == "truth":
                assert cell == str(value)
    assert "\x1b" not in as_csv(rows, columns)


@pytest.mark.parametrize(("columns", "rows_of"), TABLES)
def test_parquet_has_the_same_rows_and_types(columns: tuple[Column, ...], rows_of: object) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert callable(rows_of)
    rows = list(rows_of([ONE], {7: restless_hour()}))
    table = parquet.read_table(io.BytesIO(as_parquet(rows, columns)))
    assert table.column_names == [column.name for column in columns]
    read = table.to_pylist()
    for row in rows:
        if "lost_s" in row:
            row["lost_s"] = json.dumps(row["lost_s"])
    assert read == rows
    assert (
        parquet.read_table(io.BytesIO(as_parquet([], columns))).column_names == table.column_names
    )


def test_without_pyarrow_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(FormcheckError, match="Install formcheck\\[parquet\\]"):
        as_parquet([], SESSIONS)


def test_the_paper_tells_every_column() -> None:
    paper = (CHECKOUT / "docs" / "export.md").read_text("utf-8")
    sessions, ledger = paper.split("\n## ")[1:]
    for columns, section in ((SESSIONS, sessions), (LEDGER, ledger)):
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        assert lines == [f"| `{each.name}` | {each.kind} | {each.says} |" for each in columns]


def test_the_command_writes_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(private_files, "user_data_path", lambda *_, **__: tmp_path / "data")
    with Store().database.transaction() as connection:
        LedgerWriter().write(connection, insert(connection, RECORD), restless_hour())
    assert run(["export", "--ledger"]) == ExitStatus.DONE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) > 3600
    assert {row["session"] for row in rows} == {"1"}
    assert run(["export", "--ledger", str(tmp_path / "all.json")]) == ExitStatus.DONE
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))) == len(rows)
