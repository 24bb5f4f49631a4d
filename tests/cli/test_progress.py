"""Who waits longer than a second is told what goes on; who does not is told nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.bootstrap import UserSurroundings
from jxc_desktop.cli import progress
from jxc_desktop.cli.call import Call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _short_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FIRST", 0.05)


def test_quick_work_says_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FIRST", 60)
    call = Call(UserSurroundings())
    with progress.patience(call), progress.Progress(call, "cli.import.progress") as bar:
        bar.step(1_000)
    assert capsys.readouterr() == ("", "")


def test_long_work_says_so_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.patience(Call(UserSurroundings())):
        time.sleep(0.3)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_a_long_import_counts_its_rows(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    with progress.Progress(Call(UserSurroundings()), "cli.import.progress") as bar:
        time.sleep(0.1)
        bar.step(1_000)
        bar.step(12_000)
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 2
    assert "12,000" in shown[1]


def test_a_watched_import_draws_over_its_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = Call(UserSurroundings())
    monkeypatch.setattr("jxc_desktop.cli.output.Output.is_watched", True)
    with progress.Progress(call, "cli.import.progress") as bar:
        time.sleep(0.1)
        bar.step(1_000)
    shown = capsys.readouterr().err
    assert shown.startswith("\r")
    assert shown.endswith("\n")


def test_a_slow_check_is_announced_and_json_stays_clean(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_words: object, **_more: object) -> list[object]:
        time.sleep(0.3)
        return []

    monkeypatch.setattr("jxc_desktop.cli.upkeep.run_checks", slow)
    answer = run("doctor", "--book", shop, "--json")
    assert answer.json == {"ok": True, "checks": []}
    assert answer.err
