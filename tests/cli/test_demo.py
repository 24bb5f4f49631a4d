"""The demo company from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.architecture.source import needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


def test_the_demo_is_made_checked_and_shown(run: Run, tmp_path: Path) -> None:
    needs("jxc_desktop.services.demo")
    file = tmp_path / "demo.jxc"
    answer = run("demo", file)
    assert answer.code == 0
    assert "库存现存量" in answer.out
    assert "科目余额表" in answer.out
    digest = run("digest").out
    assert run("doctor").code == 0
    shown = run("demo", tmp_path / "again.jxc", "--json", "--lang", "en").json
    assert shown["ok"] is True
    assert set(shown["reports"]) == {"stock-on-hand", "trial-balance"}
    assert run("digest").out == digest, "the same company every time, in any language"
    assert run("demo", file).code == 3


def test_the_golden_month_stands_alone(run: Run, tmp_path: Path) -> None:
    needs("jxc_desktop.services.demo")
    assert run("demo", tmp_path / "golden.jxc", "--with", "golden").code == 0
    assert run("list", "voucher", "--json").json["count"] > 0
    assert run("list", "delivery_note", "--json").json["count"] == 0
