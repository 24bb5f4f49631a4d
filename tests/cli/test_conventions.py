"""What holds for every command: which book, which language, one JSON document, exit codes, nothing lost."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.__main__ import main
from jxc_desktop.cli.output import Output
from jxc_desktop.services import bug_report
from jxc_desktop.services.book_settings import set_setting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jxc_desktop.services.work import Work
    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


def test_a_read_takes_the_named_book_else_that_of_the_environment_else_the_last(
    run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run("digest").code == 2
    named = run("digest", "--book", shop).out
    assert run("digest").out == named
    assert run("--book", shop, "digest").out == named
    monkeypatch.setenv("JXC_BOOK", str(tmp_path / "other.jxc"))
    assert run("digest").code == 3
    monkeypatch.setenv("JXC_BOOK", str(shop))
    assert run("digest").out == named


def test_a_write_never_guesses_the_book(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("setting", "--book", shop).code == 0
    refused = run("setting", "negative_stock", "forbid")
    assert (refused.code, refused.out) == (2, "")
    assert "--book" in refused.err
    monkeypatch.setenv("JXC_BOOK", str(shop))
    assert run("setting", "negative_stock", "forbid").code == 0
    assert run("setting", "negative_stock", "--json").json == {"settings": {"negative_stock": "forbid"}}


def test_a_last_book_that_is_gone_is_none(run: Run, shop: Path) -> None:
    run("digest", "--book", shop)
    shop.unlink()
    assert run("digest").code == 2


@pytest.mark.parametrize("words", [["--lang", "en"], ["--lang=en"]])
def test_the_language_of_the_command_line_wins(run: Run, words: list[str]) -> None:
    assert "There is no command" in run(*words, "nonsense").err
    assert "没有命令" in run("nonsense").err


@pytest.mark.parametrize(
    ("tag", "word"), [("zh_TW", "沒有指令"), ("en_GB.UTF-8", "There is no"), ("fr_FR", "没有命令")]
)
def test_the_language_follows_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch, tag: str, word: str) -> None:
    monkeypatch.delenv("JXC_LANG")
    monkeypatch.setenv("LC_ALL", tag)
    assert word in run("nonsense").err


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["list"],
        ["list", "nonsense"],
        ["list", "item", "--nonsense"],
        ["list", "item", "--limit"],
        ["list", "item", "--limit", "many"],
        ["list", "documents", "--from", "2026-02-30"],
        ["list", "item", "extra"],
        ["close", "2026-13"],
        ["new", "a.jxc", "--name", "x"],
        ["--lang", "de", "version"],
        ["report"],
        ["report", "nonsense"],
        ["version", "--book", "a.jxc"],
        ["master", "nonsense"],
        ["close-short", "XS-1:x"],
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(run: Run, words: list[str]) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    refused = run(*words, "--json") if words[-1] not in {"--limit"} else None
    if refused is not None:
        assert refused.code == 2
        assert refused.json["error"]["message"] == answer.err.strip()


def test_a_near_name_is_offered(run: Run) -> None:
    assert "reverse" in run("revers").err
    assert "--party" in run("list", "documents", "--prty", "x").err


def test_what_the_environment_denies_exits_with_3(run: Run, tmp_path: Path, shop: Path) -> None:
    assert run("digest", "--book", tmp_path / "none.jxc").code == 3
    text = tmp_path / "text.jxc"
    text.write_text("no book")
    assert run("digest", "--book", text).code == 3
    assert run("digest", "--book", tmp_path).code == 3
    assert run("post", tmp_path / "none.json", "--book", shop).code == 3
    assert run("new", shop, "--name", "x", "--start", "2026-01").code == 3


def test_what_a_use_case_refuses_exits_with_1_and_lists_every_problem(run: Run, shop: Path) -> None:
    words = ["master", "set", "item", "N1", "retail_price=x", "nonsense=1", "--book", shop]
    answer = run(*words)
    assert (answer.code, answer.out) == (1, "")
    assert len(answer.err.splitlines()) == 3
    refused = run(*words, "--json")
    assert refused.code == 1
    assert [each["place"] for each in refused.json["problems"]] == [["retail_price"], ["nonsense"]]
    assert {each["severity"] for each in refused.json["problems"]} == {"error"}
    assert refused.json["error"]["id"] == "master.has_problems"


def test_json_is_one_document_whatever_else_is_said(run: Run, shop: Path) -> None:
    for words in (["list", "item"], ["doctor"], ["setting"], ["report", "stock-on-hand"], ["version"], ["digest"]):
        book = [] if words == ["version"] else ["--book", shop]
        assert isinstance(run(*words, *book, "--json").json, dict)
        assert isinstance(run("--json", *words, *book).json, dict)


def _broken(_session: object) -> str:
    secret = "老王超市 305.50"  # noqa: S105 — stands for what is in the book
    raise ValueError(secret)


def test_a_bug_is_kept_and_shown_without_anything_of_the_book(
    run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("jxc_desktop.cli.upkeep.book_digest", _broken)
    answer = run("digest", "--book", shop)
    assert (answer.code, answer.out) == (70, "")
    kept = (tmp_path / "home" / "logs" / bug_report.LOG).read_text(encoding="utf-8")
    for text in (answer.err, kept):
        assert "ValueError" in text
        assert "test_conventions.py" in text
        assert "老王" not in text
        assert str(shop) not in kept
    assert run("digest", "--book", shop, "--json").json["error"]["id"] == "cli.bug"


def test_a_bug_in_a_write_leaves_the_book_as_it_was(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("digest", "--book", shop).out

    def breaks(work: Work, *, key: str, value: object, period: int) -> None:
        written.append(key)
        set_setting(work, key=key, value=value, period=period)
        raise ZeroDivisionError

    written: list[str] = []
    breaks.right = "settings.edit"  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr("jxc_desktop.cli.settings.set_setting", breaks)
        assert run("setting", "negative_stock", "forbid", "--book", shop).code == 70
    assert written == ["negative_stock"]
    assert run("digest", "--book", shop).out == before


def test_ctrl_c_leaves_the_book_as_it_was(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("digest", "--book", shop).out

    def stopped(work: Work, *, key: str, value: object, period: int) -> None:
        set_setting(work, key=key, value=value, period=period)
        raise KeyboardInterrupt

    stopped.right = "settings.edit"  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr("jxc_desktop.cli.settings.set_setting", stopped)
        answer = run("setting", "negative_stock", "forbid", "--book", shop)
    assert (answer.code, answer.out) == (130, "")
    assert len(answer.err.strip().splitlines()) == 1
    assert run("digest", "--book", shop).out == before


def test_ctrl_c_after_the_work_was_saved_says_so(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("jxc_desktop.cli.settings.shown_settings", stopped)
        answer = run("setting", "negative_stock", "forbid", "--book", shop)
    assert answer.code == 130
    assert run("setting", "negative_stock", "--json").json["settings"] == {"negative_stock": "forbid"}
    with monkeypatch.context() as patch:
        patch.setattr("jxc_desktop.cli.settings.read_setting", stopped)
        assert run("setting", "negative_stock", "allow", "--book", shop).err != answer.err


def test_a_reader_who_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_text: str) -> int:
        raise BrokenPipeError

    monkeypatch.setattr("jxc_desktop.cli.main.drop_pipe", lambda: None)
    monkeypatch.setattr(sys.stdout, "write", gone)
    assert main(["version", "--json"]) == 0


def test_a_program_without_a_console_still_works(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["version"]) == 0
    assert main(["setting", "--book", str(shop)]) == 0
    assert main(["nonsense"]) == 2


def test_a_code_page_without_the_characters_shows_what_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="gbk"))
    output = Output()
    output.lines(["苹果 🍎 1"])
    output.document({"name": "苹果 🍎"})
    output.flush()
    shown, _, document = raw.getvalue().decode("gbk").partition("\n")
    assert shown == "苹果 ? 1"
    assert json.loads(document) == {"name": "苹果 🍎"}


def test_utf8_shows_json_as_people_read_it(run: Run, shop: Path) -> None:
    assert "苹果" in run("list", "item", "--book", shop, "--json").out
