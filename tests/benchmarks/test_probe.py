"""The stopwatch holds on to the loop before the program can have begun it."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.running.probe import OnceLoaded


def test_a_module_is_changed_before_whoever_loads_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("a_loop_to_watch.py").write_text("def watch(): return 'bare'\n")
    monkeypatch.syspath_prepend(tmp_path)

    def change(module: ModuleType) -> None:
        monkeypatch.setattr(module, "watch", lambda: "watched")

    hook = OnceLoaded("a_loop_to_watch", change)
    monkeypatch.setattr(sys, "meta_path", [hook, *sys.meta_path])

    assert importlib.import_module("a_loop_to_watch").watch() == "watched"
    assert hook not in sys.meta_path
    del sys.modules["a_loop_to_watch"]
