"""A copied or restored file writes a stream of its own; tokens outside the book tell it from the original."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db.book_file import copy_live
from jxc_desktop.db.changelog import Log
from jxc_desktop.services import tokens as tokens_module
from jxc_desktop.services.book import Book
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.new_book import NewBook, create_book
from jxc_desktop.services.tokens import FileTokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def tokens(tmp_path: Path) -> FileTokens:
    return FileTokens(tmp_path / "config" / "tokens")


@pytest.fixture
def path(tmp_path: Path, tokens: FileTokens) -> Path:
    path = tmp_path / "shop.jxc"
    create_book(path, NewBook("小店", 202601), tokens=tokens).close()
    return path


def _write(path: Path, tokens: FileTokens, name: str = "甲") -> None:
    with Book.open(path, tokens=tokens) as book:
        book.do(set_setting, key="company_name", value=name)


def _streams(path: Path) -> list[int]:
    """The streams of a file in the order they were begun; the last is its own."""
    with Book.open(path) as book:
        return book.read(lambda session: [row[0] for row in session.rows("SELECT id FROM stream ORDER BY ordinal")])


def _note(tokens: FileTokens, path: Path) -> int:
    known = tokens.find(path)
    assert known is not None
    return known.last_seq


def test_opening_again_goes_on_with_the_same_stream(path: Path, tokens: FileTokens) -> None:
    for name in ("甲", "乙"):
        _write(path, tokens, name)
    assert len(_streams(path)) == 1


def test_reading_a_copy_changes_nothing_and_its_first_write_begins_a_stream(path: Path, tokens: FileTokens) -> None:
    copy = path.with_name("copy.jxc")
    copy_live(path, copy)
    with Book.open(copy, tokens=tokens) as book:
        book.read(lambda session: session.value("SELECT 1"))
    assert len(_streams(copy)) == 1
    _write(copy, tokens)
    original, own = _streams(copy)
    assert own != original
    with Book.open(copy) as book:
        begin = book.read(lambda session: next(iter(Log(session).read("WHERE kind = 'stream.begin'"))))
        last = book.read(lambda session: session.value("SELECT last_seq FROM stream WHERE is_own = 0"))
    assert (begin.stream, begin.seq) == (own, 1)
    assert begin.content() == {"from": f"{original:016x}", "reason": "copied_or_restored"}
    assert json.loads(begin.seen) == {f"{original:016x}": last}
    _write(path, tokens, "丙")
    assert _streams(path) == [original]


@pytest.mark.parametrize("copy_back", [shutil.copyfile, lambda saved, path: saved.replace(path)])
def test_an_older_file_put_back_by_hand_begins_a_stream(
    path: Path, tokens: FileTokens, copy_back: Callable[[Path, Path], object]
) -> None:
    saved = path.with_name("saved")
    shutil.copyfile(path, saved)
    _write(path, tokens, "后来的")
    copy_back(saved, path)
    _write(path, tokens, "又写")
    assert len(_streams(path)) == 2


def test_a_newer_file_put_back_goes_on(path: Path, tokens: FileTokens) -> None:
    saved = path.with_name("saved")
    _write(path, tokens)
    shutil.copyfile(path, saved)
    saved.replace(path)
    _write(path, tokens, "又写")
    assert len(_streams(path)) == 1


def test_a_moved_book_or_a_lost_note_begins_a_stream(path: Path, tokens: FileTokens, tmp_path: Path) -> None:
    moved = path.with_name("moved.jxc")
    path.rename(moved)
    _write(moved, tokens)
    assert len(_streams(moved)) == 2
    for note in (tmp_path / "config" / "tokens").iterdir():
        note.write_text("{", encoding="utf-8")
    _write(moved, tokens, "又写")
    assert len(_streams(moved)) == 3


def test_postings_do_not_write_the_note_and_closing_does(path: Path, tokens: FileTokens) -> None:
    before = _note(tokens, path)
    with Book.open(path, tokens=tokens) as book:
        for name in ("甲", "乙", "丙"):
            book.do(set_setting, key="company_name", value=name)
        assert _note(tokens, path) == before
    assert _note(tokens, path) == before + 3


def test_a_book_that_stays_open_is_noted_now_and_then(
    path: Path, tokens: FileTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _note(tokens, path)
    monkeypatch.setattr(tokens_module, "EVERY_SECONDS", 0)
    with Book.open(path, tokens=tokens) as book:
        book.do(set_setting, key="company_name", value="甲")
        assert _note(tokens, path) == before + 1


def test_a_folder_that_cannot_be_written_costs_a_stream_never_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    tokens = FileTokens(tmp_path / "file" / "tokens")
    path = tmp_path / "shop.jxc"
    create_book(path, NewBook("小店", 202601), tokens=tokens).close()
    _write(path, tokens)
    assert len(_streams(path)) == 2
    assert tokens.new_stream() != tokens.new_stream()


def test_a_write_that_is_taken_back_leaves_no_stream_behind(path: Path, tokens: FileTokens) -> None:
    copy = path.with_name("copy.jxc")
    copy_live(path, copy)
    with Book.open(copy, tokens=tokens) as book:
        book.preview(set_setting, lambda session: session.value("SELECT 1"), key="company_name", value="试")
    assert len(_streams(copy)) == 1
