"""Random histories, and what a page says, for whoever compares the two."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from formcheck.body.landmarks import SIDES
from formcheck.judge.ledger import Interval, State
from formcheck.store import End, SessionRecord
from formcheck.store.session_ledger import DepthSecond, HeldPosture, SessionLedger
from tests.factories import Body
from tests.store.sessions import RECORD

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 31, 20, tzinfo=ZONE)
"""Two days after summer time began."""

seconds = st.floats(0.0, 200.0).map(lambda value: round(value, 3))
degrees = st.none() | st.floats(-20.0, 70.0).map(lambda value: round(value, 1))


def days_back() -> st.SearchStrategy[int]:
    """Days before now: near the change of the clock, near the year's end, or any."""
    return st.integers(0, 4) | st.integers(85, 95) | st.integers(0, 700)


@st.composite
def ledgers(draw: st.DrawFn) -> SessionLedger:
    """What became of a session second by second: both sides, one, or nothing held."""
    lengths = draw(st.lists(st.floats(0.2, 30.0), min_size=1, max_size=12))
    edges = np.cumsum([0.0, *lengths]).round(3).tolist()
    sides = draw(st.sampled_from([SIDES, SIDES[:1], SIDES[1:], ()]))
    kinds = [
        *(Interval(0, 0, State.HELD, side=side, is_full=True) for side in sides),
        *(Interval(0, 0, State.HELD, side=side) for side in sides),
        *(Interval(0, 0, state) for state in State if state is not State.HELD),
        Interval(0, 0, State.OUT_OF_FORM, faults=("trunk_forward", "trunk_back")),
    ]
    intervals = tuple(
        replace(draw(st.sampled_from(kinds)), start_s=start_s, end_s=end_s)
        for start_s, end_s in pairwise(edges)
    )
    errors = draw(st.none() | st.floats(0.5, 9.0))
    depths = tuple(
        DepthSecond(second, 25.0 + second % 5, errors)
        for second in range(int(edges[-1]))
        if any(i.state is State.HELD and i.start_s <= second < i.end_s for i in intervals)
    )
    held = {each.side for each in intervals if each.side is not None}
    postures = {
        side: HeldPosture(Body(stretched=side).landmarks(), 8.0, 2.9, 0.0)
        for side in SIDES
        if side in held
    }
    return SessionLedger(intervals, depths, postures)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[SessionRecord], dict[int, SessionLedger]]:
    """Sessions as the history tells them, oldest first, some with a ledger."""
    count = draw(st.integers(1, 6))
    found: list[SessionRecord] = []
    kept: dict[int, SessionLedger] = {}
    for number in range(count):
        started_at = NOW - timedelta(days=draw(days_back()), minutes=draw(st.integers(0, 1440)))
        ledger = draw(st.none() | ledgers())
        held = dict(zip(SIDES, (draw(seconds), draw(seconds)), strict=True))
        if ledger is not None:
            held = {side: round(each, 3) for side, each in ledger.held_s.items()}
            kept[number] = ledger
        found.append(
            replace(
                RECORD,
                started_at=started_at.astimezone(ZONE),
                pose=draw(st.sampled_from(["lunge-stretch", "bridge", "crescent", "gone-by-now"])),
                is_live=draw(st.booleans()) or number == 0,
                held_s=held,
                longest_s=max(held.values()),
                lost_s=draw(st.dictionaries(st.sampled_from(["trunk_forward", "turned"]), seconds)),
                depth_deg={"left": draw(degrees), "right": draw(degrees)},
                discomfort=draw(st.none() | st.integers(0, 10)),
                ended=draw(st.sampled_from(End)),
                number=number,
            )
        )
    return sorted(found, key=lambda each: each.started_at.timestamp()), kept


@dataclass
class Told:
    """What a row or an article of the page says."""

    numbers: dict[str, float] = field(default_factory=dict)
    """By the name of each; the first, where there are several of a name."""
    when: list[str] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)
    """Each number as it is written for people, with what it is for programs."""


class Page(HTMLParser):
    """What a page says: its numbers by article and row, its text, and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.articles: list[Told] = []
        self.rows: dict[str, list[Told]] = {"weeks": [], "earlier": []}
        self.all = Told()
        self._table = ""
        self._within: list[Told] = [self.all]
        self._value = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        given = dict(attrs)
        if tag == "table":
            self._table = given.get("class") or ""
        if tag == "article":
            self.articles.append(Told())
            self._within = [self.all, self.articles[-1]]
        if tag == "tr" and self._table in self.rows:
            self.rows[self._table].append(Told())
            self._within = [self.all, self.rows[self._table][-1]]
        if tag == "time":
            for told in self._within:
                told.when.append(given.get("datetime") or "")
        if tag == "data":
            self._value = given.get("value") or ""
            for told in self._within:
                told.numbers.setdefault(given.get("class") or "", float(self._value))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("article", "table"):
            self._table = "" if tag == "table" else self._table
            self._within = [self.all] if tag == "article" or not self.articles else self._within
        if tag == "data":
            self._value = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._value:
            self.all.shown.append((data, self._value))


def rows_of(table: Sequence[Told]) -> list[Told]:
    """Return the rows of a table without its heading."""
    return [row for row in table if row.when]
