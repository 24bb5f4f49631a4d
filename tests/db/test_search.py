"""The search index follows the cards through every door: here, from another device, and made again from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.db.rebuild import build_beside, look
from jxc_desktop.db.search import SEARCHED, expected_tokens, stored_tokens_text
from jxc_desktop.db.search.parts import parts
from jxc_desktop.db.search.sounds import readings, spellings
from jxc_desktop.queries.find import find
from jxc_desktop.services.doctor.examined import Examined
from jxc_desktop.services.doctor.search import search_finds_cards
from tests.builders import Shop, open_shop
from tests.db.devices import device, merge, records_of

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.services.doctor import Finding


def _index(session: Session) -> dict[str, dict[str, Any]]:
    """What the index holds, by the code of the card."""
    held = {}
    for kind in SEARCHED:
        codes: dict[int, str] = dict(session.rows(f"SELECT id, code FROM {kind}"))
        held[kind] = {codes[key]: tokens for key, tokens in session.rows(stored_tokens_text(kind))}
        assert dict(session.rows(stored_tokens_text(kind))) == dict(expected_tokens(session, kind))
    return held


def _findings(session: Session, shop: Shop, *, quick: bool) -> list[Finding]:
    return list(search_finds_cards(Examined(session, shop.book, quick=quick)))


@pytest.fixture
def two(tmp_path: Path) -> tuple[Shop, Shop]:
    """Two devices that renamed the same card without knowing of each other, and then met."""
    here = open_shop(tmp_path)
    here.item("A1", "红牛")
    here.item("A2", "脉动", barcodes=[{"barcode": "6901234567892", "unit": "个"}])
    there = device(tmp_path, 2, records_of(here.book))
    here.item("A1", "战马")
    there.item("A1", "乐虎")
    there.item("A2", "脉动青柠", is_active=0)
    there.customer("K9", "重庆老王")
    ours, theirs = records_of(here.book), records_of(there.book)
    merge(here, theirs)
    merge(there, ours)
    return here, there


def test_devices_that_met_find_the_same(two: tuple[Shop, Shop]) -> None:
    here, there = two
    assert here.book.read(_index) == there.book.read(_index)
    for typed in ("hongniu", "zhanma", "lehu", "yuehu"):
        assert [row.code for row in here.book.read(find, text=typed)] == ["A1"]
    assert [row.title for row in there.book.read(find, text="7892")] == ["脉动青柠"]
    assert [row.title for row in here.book.read(find, text="cqlw")] == ["重庆老王"]


def test_the_log_alone_makes_the_same_index(two: tuple[Shop, Shop], tmp_path: Path) -> None:
    here, _there = two
    here.book.checkpoint()
    build_beside(here.book.path, tmp_path / "again.jxc")
    assert look(tmp_path / "again.jxc", _index) == here.book.read(_index)
    for quick in (True, False):
        assert here.book.read(lambda session, quick=quick: _findings(session, here, quick=quick)) == []


def test_what_is_taken_back_is_not_found(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    before = shop.book.read(_index)
    with pytest.raises(RuntimeError):
        shop.book.do(_set_and_fail)
    assert shop.book.read(_index) == before
    shop.item("A1", "红牛")
    assert [row.title for row in shop.book.read(find, text="hn")] == ["红牛"]


def _set_and_fail(work: Any) -> None:
    card = work.ids.new_id()
    content = {"fields": {"code": "A1", "name": "红牛"}, "id": card, "kind": "item"}
    work.append([(work.record("master.set", content, subject=card), None)])
    work.transaction.finish()
    raise RuntimeError


_set_and_fail.right = "masters.edit"  # type: ignore[attr-defined]


def test_a_text_is_cut_where_the_script_changes() -> None:
    assert parts("Ａ-0012 可乐(330ML)é") == ("a", "0012", "可", "乐", "330", "ml", "é")


def test_every_reading_is_known() -> None:
    assert {"zhong", "chong"} <= set(readings("重"))
    assert {"hang", "xing"} <= set(readings("行"))
    assert {"lv", "lu"} <= set(readings("绿"))
    assert readings("12") == readings("abcd") == ()


def test_letters_are_read_as_syllables_in_every_way() -> None:
    assert {("xian",), ("xi", "an")} <= set(spellings("xian", is_open=False))
    assert ("chong", "q") in spellings("chongq", is_open=True)
    assert ("u", "pan") in spellings("upan", is_open=False)
    assert spellings("v", is_open=False) == ()
