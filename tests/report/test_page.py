"""What the page says is what the history and the export say, and it brings nothing else along."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from formcheck.body.landmarks import SIDES
from formcheck.judge.ribbon import held_s, ribbons
from formcheck.pose.definition import load_pose
from formcheck.report import content
from formcheck.report.page import session_page, sessions_page
from formcheck.report.week import week_of
from formcheck.store import SessionRecord
from formcheck.store.export import as_json, session_rows
from formcheck.store.report import weeks
from formcheck.store.session_ledger import SessionLedger
from tests.report.histories import NOW, Page, histories, rows_of
from tests.store.sessions import RECORD
from tests.store.test_ledgers import restless_hour

History = tuple[list[SessionRecord], dict[int, SessionLedger]]

OF_A_SESSION = ("left_s", "right_s", "longest_s", "left_depth_deg", "right_depth_deg", "discomfort")


@settings(max_examples=10)
@given(histories())
def test_every_number_of_a_session_is_that_of_the_export(history: History) -> None:
    sessions, ledgers = history
    page = Page(sessions_page(sessions, ledgers, NOW, in_full=2, weeks=200))
    exported = list(reversed(json.loads(as_json(session_rows(sessions, ledgers)))))
    told = [*page.articles, *rows_of(page.rows["earlier"])]
    assert [each.when[0] for each in told] == [each["started_at"] for each in exported]
    for number, (shown, wanted) in enumerate(zip(told, exported, strict=True)):
        names = set(OF_A_SESSION) & shown.numbers.keys()
        assert {name: shown.numbers[name] for name in names} == {
            name: wanted[name] for name in names
        }
        is_one_side = wanted["pose"] == "bridge" and number < 2
        assert names >= ({"left_s", "longest_s"} if is_one_side else {"left_s", "right_s"})
        assert ("discomfort" in names) == (wanted["discomfort"] is not None)
        for side in SIDES:
            if f"{side}_full_s" in shown.numbers:
                assert shown.numbers[f"{side}_full_s"] == wanted[f"{side}_full_s"]
        for reason, seconds in wanted["lost_s"].items():
            if number < 2 and seconds >= 0.5:
                assert shown.numbers[f"lost {reason}"] == seconds


@settings(max_examples=10)
@given(histories())
def test_every_number_of_a_week_is_that_of_the_history(history: History) -> None:
    sessions, ledgers = history
    page = Page(sessions_page(sessions, ledgers, NOW, in_full=1, weeks=200))
    wanted = list(reversed(weeks(sessions)))
    told = rows_of(page.rows["weeks"])
    assert [each.when[0] for each in told] == [each.monday.isoformat() for each in wanted]
    for shown, week in zip(told, wanted, strict=True):
        assert shown.numbers["days"] == week.days
        for side in SIDES:
            assert shown.numbers[f"{side}_s"] == pytest.approx(week.held_s[side], abs=0.001)
            assert shown.numbers.get(f"{side}_depth_deg") == pytest.approx(week.depth_deg[side])
        assert shown.numbers.get("discomfort") == pytest.approx(week.discomfort)
    this = week_of(sessions, NOW.date())
    assert page.all.numbers["week_done"] == len(this.done)
    assert this.told(NOW.date()).removeprefix("This week: ").split(" Today")[0].split(" Next")[
        0
    ] in " ".join(page.text.split())


@settings(max_examples=10)
@given(histories())
def test_what_people_read_is_what_programs_read_rounded(history: History) -> None:
    page = Page(sessions_page(*history, NOW, in_full=3, weeks=200))
    assert page.all.shown
    for words, value in page.all.shown:
        number = re.match(r"-?[\d.]+", words)
        assert number is not None
        decimals = len(number[0].partition(".")[2])
        assert float(number[0]) == pytest.approx(float(value), abs=0.5 * 10**-decimals + 1e-6)


@settings(max_examples=10)
@given(histories())
def test_the_ribbons_hold_every_second_once_and_what_was_held_to_the_tenth(
    history: History,
) -> None:
    sessions, ledgers = history
    for session in sessions:
        if session.number in ledgers:
            ledger = ledgers[session.number]
            found = ribbons(ledger.intervals)
            for side in SIDES:
                assert held_s(found[side]) == pytest.approx(session.held_s[side], abs=0.05)
            spans = sorted((s.start_s, s.end_s) for ribbon in found.values() for s in ribbon)
            assert spans[0][0] == 0.0
            assert all(end == start for (_, end), (start, _) in pairwise(spans))
            assert spans[-1][1] == ledger.duration_s


def page_of(**changes: object) -> str:
    session = replace(RECORD, number=1, **changes)  # type: ignore[arg-type]
    return sessions_page([session], {1: restless_hour()}, NOW, in_full=1, weeks=52)


def test_the_page_names_no_address_and_brings_no_script() -> None:
    page = page_of()
    told = Page(page)
    assert "//" not in re.sub(r"\s//\s", "", page.replace("</", ""))
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "a"} & set(told.tags)
    assert not {name for name, _ in told.attributes if name.startswith("on") or name == "style"}
    contents = [value or "" for name, value in told.attributes if name == "content"]
    (policy,) = (each for each in contents if "style-src" in each)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} \x1b[31m\u202e"


def test_a_hostile_name_is_text_and_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Page(page_of())
    for changes in ({"source": HOSTILE}, {"source": HOSTILE, "is_live": False}, {"pose": HOSTILE}):
        page = Page(page_of(**changes))
        assert set(page.tags) <= set(plain.tags)
        assert "<script>alert(1)</script>" in page.text
        assert "{{ 7*7 }}" in page.text
        assert "\x1b" not in page.text
        assert "\u202e" not in page.text
    pose = load_pose("lunge-stretch").model_copy(update={"title": "<b onclick=x>A pose</b>"})
    monkeypatch.setattr(content, "known_pose", lambda _: pose)
    assert "<b onclick=x>A pose</b>" in Page(page_of()).text
    assert "<b onclick=x>A pose</b>" in Page(session_page(RECORD, None, NOW)).text


@pytest.mark.long
def test_two_thousand_sessions_make_a_page_of_less_than_three_megabytes() -> None:
    sessions = [
        replace(RECORD, started_at=NOW - timedelta(days=2 * (1999 - number)), number=number)
        for number in range(2000)
    ]
    hour = restless_hour()
    ledgers = dict.fromkeys(range(1800, 2000), hour)
    page = sessions_page(sessions, ledgers, NOW, in_full=12, weeks=52)
    assert len(page.encode()) < 3_000_000
    assert len(Page(page).articles) == 12
    assert len(rows_of(Page(page).rows["earlier"])) == 1988


def test_each_chart_has_its_table() -> None:
    page = page_of()
    assert page.count("<details>") == 3  # the weeks, and a ribbon a side
    assert page.count('class="chart"') == 3
    assert page.count('role="img"') == 3 + 4  # and two figures a side


def test_the_week_of_a_clock_change_and_of_a_years_end_has_each_day_once() -> None:
    for today in (date(2026, 3, 29), date(2026, 1, 1)):
        now = NOW.replace(year=today.year, month=today.month, day=today.day)
        page = sessions_page([RECORD], {}, now, in_full=1, weeks=1)
        (strip,) = re.findall(r'<ol class="days">.*?</ol>', page, re.DOTALL)
        assert re.findall(r"<b>(\w+)</b>", strip) == [
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
            "Sun",
        ]
        assert strip.count("aria-current") == 1
