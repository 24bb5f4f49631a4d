"""Checks, rebuilding, digests, backups and months, from the command line."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]

DELIVERY = "XS-20260106-0001"


def _harm(file: Path) -> None:
    """Change a projection behind the program's back."""
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE stock_on_hand SET quantity = quantity + 1000000")


def test_a_sound_book_has_only_green_checks(run: Run, shop: Path) -> None:
    answer = run("doctor", "--book", shop, "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert all(list(each) == ["name", "ok", "level", "detail"] for each in answer.json["checks"])
    assert all(each["ok"] for each in answer.json["checks"])
    assert len(run("doctor").out.splitlines()) == len(answer.json["checks"]) + 1
    assert run("doctor", "--quick").code == 0


def test_a_harmed_book_is_red_by_name_and_can_be_repaired(run: Run, shop: Path) -> None:
    before = run("digest", "--book", shop).out
    _harm(shop)
    answer = run("doctor", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert "on_hand_is_sum_of_moves" in {each["name"] for each in answer.json["checks"] if not each["ok"]}
    assert run("doctor", "--repair").code == 2, "a repair is a write: it needs the book by name"
    assert run("doctor", "--repair", "--book", shop, "--json").json["ok"] is True
    assert run("digest").out == before


def test_rebuild_compares_without_changing_and_repairs(run: Run, shop: Path) -> None:
    assert run("rebuild", "--check", "--book", shop).code == 0
    _harm(shop)
    harmed = run("digest", "--book", shop).out
    answer = run("rebuild", "--check", "--json")
    assert answer.code == 1
    assert answer.json["equal"] is False
    assert answer.json["differing"] == ["stock_on_hand"]
    assert run("digest").out == harmed
    done = run("rebuild", "--book", shop, "--json")
    assert done.code == 0
    assert run("rebuild", "--check", "--json").json["equal"] is True
    assert run("digest", "--json").json == {"digest": done.json["rebuilt"]}


def test_a_backup_is_made_proved_and_put_back(run: Run, shop: Path, tmp_path: Path) -> None:
    before = run("digest", "--book", shop).out.strip()
    made = run("backup", tmp_path / "safe", "--json").json["backup"]
    verified = run("verify", made, "--json").json
    assert (verified["ok"], verified["digest"]) == (True, before)
    assert verified["summary"]["documents"] == 2
    run("void", DELIVERY, "--reason", "错", "--book", shop)
    assert run("digest").out.strip() != before
    assert run("restore", made).code == 2, "a restore is a write: it needs the book by name"
    restored = run("restore", made, "--book", shop, "--json").json
    assert restored["book"] == str(shop)
    assert restored["replaced"]["documents"] == 2
    assert run("digest").out.strip() == before
    assert run("digest", "--book", restored["kept"]).out.strip() != before


def test_a_backup_is_put_beside_the_book(run: Run, shop: Path, tmp_path: Path) -> None:
    made = run("backup", tmp_path, "--book", shop, "--json").json["backup"]
    before = run("digest").out
    run("void", DELIVERY, "--reason", "错", "--book", shop)
    changed = run("digest", "--book", shop).out
    beside = run("restore", made, "--beside", "--book", shop, "--json").json
    assert beside["kept"] is None
    assert run("digest", "--book", beside["book"]).out == before
    assert run("digest", "--book", shop).out == changed


def test_without_a_folder_a_backup_goes_beside_the_book(run: Run, shop: Path) -> None:
    assert run("backup", "--book", shop).code == 0
    (made,) = (shop.parent / "backups").iterdir()
    assert run("verify", made).code == 0


def test_what_is_no_backup_is_refused(run: Run, shop: Path, tmp_path: Path) -> None:
    assert run("verify", tmp_path / "none").code == 3
    assert run("verify", shop).code == 3
    before = run("digest", "--book", shop).out
    assert run("restore", shop, "--book", shop).code == 3
    assert run("digest").out == before


def test_a_copied_book_goes_on_under_a_letter_of_its_own(run: Run, shop: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jxc"
    shutil.copy(shop, copy)
    first = run("reverse", DELIVERY, "--book", copy, "--json").json["number"]
    second = run("reverse", DELIVERY, "--book", shop, "--json").json["number"]
    assert (first, second) == ("XS-20260106-B0001", "XS-20260106-0002")


def test_a_month_is_closed_and_opened_again(run: Run, shop: Path) -> None:
    assert run("close", "2026-01", "--check", "--book", shop).code == 0
    assert run("close", "2026-02", "--book", shop).code == 1
    assert run("close", "2026-01", "--book", shop, "--json").json == {"period": "2026-01", "state": "closed"}
    assert run("close", "2026-01", "--book", shop).code == 1
    assert run("void", DELIVERY, "--reason", "错", "--book", shop).code == 1
    assert run("reopen", "2026-01", "--book", shop).code == 2
    assert run("reopen", "2026-01", "--reason", " ", "--book", shop).code == 1
    assert run("reopen", "2026-01", "--reason", "漏单", "--book", shop, "--json").json["state"] == "open"
    assert run("void", DELIVERY, "--reason", "错", "--book", shop).code == 0


def test_a_book_that_is_not_sound_is_not_closed(run: Run, shop: Path) -> None:
    _harm(shop)
    assert run("close", "2026-01", "--check", "--book", shop).code == 1
    answer = run("close", "2026-01", "--book", shop)
    assert answer.code == 1
    assert "2026-01" in answer.err
    assert run("void", DELIVERY, "--reason", "错", "--book", shop).code == 0, "the month is still open"


def test_a_book_that_was_cut_off_is_called_damaged(run: Run, shop: Path) -> None:
    run("digest", "--book", shop)
    raw = shop.read_bytes()
    shop.write_bytes(raw[: len(raw) // 2])
    answer = run("list", "documents", "--book", shop, "--json")
    assert (answer.code, answer.json["error"]["id"]) == (3, "book.damaged")
    shop.write_bytes(b"x" * len(raw))
    assert run("list", "documents", "--book", shop, "--json").json["error"]["id"] == "book.not_a_book"


def test_what_needs_a_look_is_listed_once(run: Run, shop: Path) -> None:
    _harm(shop)
    answer = run("doctor", "--book", shop)
    lines = answer.out.splitlines()
    assert answer.code == 1
    assert len(lines) == len(set(lines))


def test_a_book_is_no_backup(run: Run, shop: Path) -> None:
    answer = run("verify", shop, "--json")
    assert (answer.code, answer.json["error"]["id"]) == (3, "backup.not_a_backup")


def test_a_document_of_a_closed_month_is_not_voided(run: Run, shop: Path) -> None:
    assert run("close", "2026-01", "--book", shop).code == 0
    answer = run("void", DELIVERY, "--reason", "错", "--book", shop)
    assert answer.code == 1
    assert DELIVERY in answer.err
    assert "2026-01" in answer.err
