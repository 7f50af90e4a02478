"""The page in a real browser: no error, no request, nothing beyond the edge, nothing unreadable."""

import html
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from formcheck.report.page import sessions_page
from tests.report.histories import NOW
from tests.store.sessions import RECORD
from tests.store.test_ledgers import restless_hour

BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
"""The accessibility checker: `npm install axe-core` brings it."""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium")


@pytest.fixture(scope="module")
def page() -> str:
    sessions = [
        replace(RECORD, started_at=NOW - timedelta(days=2 * number), number=number)
        for number in range(30, 0, -1)
    ]
    hour = restless_hour()
    short = replace(hour, intervals=hour.intervals[:60], depths=hour.depths[:60])
    return sessions_page(sessions, {1: short, 2: hour}, NOW, in_full=3, weeks=52)


def opened(page: str, folder: Path, *options: str) -> tuple[str, list[str]]:
    """Return the document as it stands once it has settled, and what the console tells."""
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    assert BROWSER is not None
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=60000", "--dump-dom",
            *options, file.as_uri(),
        ],
        capture_output=True, text=True, check=True, timeout=240,
    )  # fmt: skip
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def told(document: str) -> str:
    """Return what a script wrote down for us."""
    (words,) = re.findall(r'<output id="told"[^>]*>(.*?)</output>', document, re.DOTALL)
    return html.unescape(words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


def test_the_console_tells_of_nothing(page: str, folder: Path) -> None:
    assert opened(page, folder)[1] == []


@pytest.mark.parametrize(
    "foreign",
    [
        "<p style='color: red'>",
        "<script>document.title = 'run'</script>",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
        "<link rel=stylesheet href=other.css>",
    ],
)
def test_the_policy_lets_nothing_in_that_is_not_the_pages_own(
    foreign: str, page: str, folder: Path
) -> None:
    document, console = opened(page.replace("<main>", f"<main>{foreign}"), folder)
    assert any("Content Security Policy" in line for line in console)
    assert "<title>run" not in document


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_lies_beyond_the_edge(width: int, page: str, folder: Path) -> None:
    frame = (
        f'<iframe width="{width}" height="800" srcdoc="{html.escape(page)}"></iframe>'
        '<output id="told"></output><script>onload = () => {'
        "const inner = document.querySelector('iframe').contentDocument.documentElement;"
        "document.querySelector('output').textContent = inner.scrollWidth + ' ' + inner.clientWidth"
        "}</script>"
    )
    is_over, seen = map(int, told(opened(frame, folder)[0]).split())
    assert is_over <= seen
    assert width - 20 <= seen <= width  # less a bar to scroll with


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core, which AXE_CORE may name")
@pytest.mark.parametrize(("scheme", "number"), [("dark", 0), ("light", 1)])
def test_who_does_not_see_well_or_uses_the_keys_can_read_all_of_it(
    scheme: str, number: int, page: str, folder: Path
) -> None:
    without_policy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    script = (
        '<output id="told" hidden></output><script>'
        "document.querySelectorAll('details').forEach(each => each.open = true);"
        "axe.run(document.querySelector('main')).then(found => document.querySelector('output')"
        ".textContent = found.passes.length + ' ' + (matchMedia("
        "'(prefers-color-scheme: dark)').matches ? 'dark ' : 'light ') + found.violations.map("
        "each => each.id + ' ' + each.nodes[0].html).join('; '))</script>"
    )
    document, _ = opened(
        without_policy.replace(
            "</body>", f"<script>{AXE.read_text('utf-8')}</script>{script}</body>"
        ),
        folder,
        f"--blink-settings=preferredColorScheme={number}",
    )
    passed, was, violations = told(document).split(" ", 2)
    assert int(passed) > 10
    assert was == scheme
    assert violations == ""
