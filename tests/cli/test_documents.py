"""Showing, posting and correcting documents."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]

RECEIPT, DELIVERY = "CR-20260105-0001", "XS-20260106-0001"


def _draft(folder: Path, content: Any) -> Path:
    file = folder / "draft.json"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def _sale(day: int = 7, **more: Any) -> dict[str, Any]:
    line = {"item": "A1", "quantity": "2", "price": "10"}
    return {"type": "delivery_note", "date": f"2026-01-{day:02d}", "party": "C1", "lines": [line], **more}


def test_a_document_is_found_by_number_external_number_and_id(run: Run, shop: Path, tmp_path: Path) -> None:
    run("post", _draft(tmp_path, _sale(external_number="外-1")), "--book", shop)
    by_number = run("show", DELIVERY, "--json").json
    assert by_number["head"]["number"] == DELIVERY
    assert run("show", by_number["head"]["id"], "--json").json == by_number
    assert run("show", "外-1", "--json").json["head"]["external_number"] == "外-1"
    assert run("show", "none").code == 1


def test_a_name_that_two_documents_have_gives_the_candidates(run: Run, shop: Path, tmp_path: Path) -> None:
    file = _draft(tmp_path, [_sale(external_number="同号"), _sale(8, external_number="同号")])
    numbers = [each["number"] for each in run("post", file, "--book", shop, "--json").json["posted"]]
    answer = run("show", "同号")
    assert (answer.code, answer.out) == (2, "")
    assert all(number in answer.err for number in numbers)
    assert run("void", "同号", "--reason", "错", "--book", shop).code == 2


def test_a_shown_document_says_what_it_did(run: Run, shop: Path) -> None:
    shown = run("show", DELIVERY, "--book", shop, "--json").json
    assert shown["totals"]["gross"] == "301.95"
    (move,) = shown["effects"]["moves"]
    assert (move["quantity"], move["value"]) == ("-30.5", "-152.50")
    lines = shown["effects"]["voucher"]["lines"]
    assert sum(round(100 * float(each["debit"])) for each in lines) == 45445
    page = run("show", DELIVERY).out
    for word in ("销售出库单", "老王超市", "苹果", "301.95", "-152.50", "主营业务收入"):
        assert word in page


def test_the_chain_names_the_linked_documents(run: Run, shop: Path, tmp_path: Path) -> None:
    back = {"item": "A1", "quantity": "1", "source_document": DELIVERY, "source_line": 1}
    file = _draft(tmp_path, {**_sale(), "type": "sales_return", "lines": [back]})
    (posted,) = run("post", file, "--book", shop, "--json").json["posted"]
    chain = run("show", DELIVERY, "--chain", "--json").json["chain"]
    assert [each["number"] for each in chain] == [posted["number"]]
    assert posted["number"] in run("show", DELIVERY, "--chain").out


def test_drafts_are_posted_in_order(run: Run, shop: Path, tmp_path: Path) -> None:
    answer = run("post", _draft(tmp_path, [_sale(7), _sale(8), _sale(7)]), "--book", shop, "--json")
    assert answer.code == 0
    assert answer.json["problems"] == []
    numbers = [each["number"] for each in answer.json["posted"]]
    assert numbers == ["XS-20260107-0001", "XS-20260108-0001", "XS-20260107-0002"]
    for each in answer.json["posted"]:
        assert run("show", each["number"], "--json").json["head"]["id"] == each["id"]


def test_drafts_come_from_stdin_too(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps(_sale()).encode())

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert run("post", "-", "--book", shop).out.strip() == "已过账：销售出库单 XS-20260107-0001"


def test_one_bad_draft_keeps_all_from_being_posted_and_every_problem_is_told(
    run: Run, shop: Path, tmp_path: Path
) -> None:
    before = run("digest", "--book", shop).out
    bad = _sale(8, lines=[{"item": "none", "quantity": "x", "price": "1"}])
    worse = _sale(9, party="nobody", lines=[{"item": "A1", "quantity": "1", "price": "1", "colour": "red"}])
    answer = run("post", _draft(tmp_path, [_sale(), bad, worse]), "--book", shop, "--json")
    assert answer.code == 1
    assert answer.json["posted"] == []
    places = [tuple(each["place"]) for each in answer.json["problems"]]
    assert {place[:2] for place in places} == {("documents", 1), ("documents", 2)}
    assert {place[-1] for place in places} == {"item", "quantity", "party", "colour"}
    assert "单据 2" in run("post", tmp_path / "draft.json", "--book", shop).err
    assert run("digest").out == before


@pytest.mark.parametrize("content", ["{", "[]", "3", '{"type": "none", "date": "2026-01-07"}', "\ufeff{]"])
def test_a_file_that_is_no_draft_is_refused(run: Run, shop: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "draft.json"
    file.write_text(content, encoding="utf-8")
    assert run("post", file, "--book", shop).code == 1
    assert run("amend", DELIVERY, file, "--book", shop).code == 1


def test_a_file_in_another_encoding_is_refused(run: Run, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.json"
    file.write_bytes('{"type": "销售"}'.encode("gbk"))
    assert run("post", file, "--book", shop).code == 1


def test_what_show_prints_is_what_amend_takes(run: Run, shop: Path, tmp_path: Path) -> None:
    shown = run("show", DELIVERY, "--book", shop, "--json").json
    shown["lines"][0]["quantity"] = "40"
    file = _draft(tmp_path, shown)
    answer = run("amend", DELIVERY, file, "--book", shop, "--json")
    assert answer.json == {"id": shown["head"]["id"], "number": DELIVERY, "status": "posted", "of": DELIVERY}
    again = run("show", DELIVERY, "--json").json
    assert (again["lines"][0]["quantity"], again["totals"]["gross"]) == ("40", "396.00")
    assert again["head"]["revision"] == 1
    stale = run("amend", DELIVERY, file, "--book", shop)
    assert stale.code == 1, "the file was made from the content before"


def test_an_amendment_is_one_document(run: Run, shop: Path, tmp_path: Path) -> None:
    assert run("amend", DELIVERY, _draft(tmp_path, [_sale(), _sale()]), "--book", shop).code == 1


def test_a_voided_document_keeps_its_number(run: Run, shop: Path) -> None:
    answer = run("void", DELIVERY, "--reason", "录错", "--book", shop, "--json")
    assert (answer.json["number"], answer.json["status"]) == (DELIVERY, "voided")
    assert run("void", DELIVERY, "--reason", "录错", "--book", shop).code == 1
    assert run("void", RECEIPT, "--book", shop).code == 2
    (row,) = run("report", "stock-on-hand", "--json").json["rows"]
    assert row["quantity"] == "120"


def test_a_reversal_is_a_new_document(run: Run, shop: Path) -> None:
    answer = run("reverse", DELIVERY, "--date", "2026-01-09", "--book", shop, "--json").json
    assert (answer["number"], answer["of"], answer["status"]) == ("XS-20260109-0001", DELIVERY, "posted")
    (row,) = run("report", "stock-on-hand", "--json").json["rows"]
    assert (row["quantity"], row["value"]) == ("120", "600.00")
    assert run("reverse", DELIVERY, "--book", shop).code == 1


def test_what_others_stand_on_is_not_taken_away(run: Run, shop: Path, tmp_path: Path) -> None:
    back = {"item": "A1", "quantity": "1", "source_document": DELIVERY, "source_line": 1}
    run("post", _draft(tmp_path, {**_sale(), "type": "sales_return", "lines": [back]}), "--book", shop)
    answer = run("void", DELIVERY, "--reason", "错", "--book", shop)
    assert answer.code == 1
    assert "XT-20260107-0001" in answer.err


def test_a_document_or_a_line_is_closed_short(run: Run, shop: Path) -> None:
    assert run("close-short", DELIVERY, "--book", shop).code == 0
    assert run("close-short", f"{DELIVERY}:1", "--book", shop).code == 0
    assert run("close-short", f"{DELIVERY}:99", "--book", shop).code == 1


def test_numbers_that_come_to_too_much_are_refused(run: Run, shop: Path, tmp_path: Path) -> None:
    before = run("digest", "--book", shop).out
    line = {"item": "A1", "quantity": "999999999999", "price": "999999999999"}
    answer = run("post", _draft(tmp_path, _sale(lines=[line])), "--book", shop, "--json")
    assert (answer.code, answer.json["error"]["id"]) == (1, "book.number_too_large")
    assert run("digest").out == before


def test_selling_more_than_there_is_warns(run: Run, shop: Path, tmp_path: Path) -> None:
    lines = [{"item": "A1", "quantity": quantity, "price": "10"} for quantity in ("100", "20.5")]
    answer = run("post", _draft(tmp_path, _sale(lines=lines)), "--book", shop, "--json")
    assert answer.code == 0
    (warning,) = answer.json["problems"]
    assert (warning["severity"], warning["id"]) == ("warning", "stock.went_short")
    assert warning["place"] == ["documents", 0, "stock", "A1"]
    assert "31" in warning["message"]
    assert "欠 31" in answer.err
    assert not run("post", _draft(tmp_path, _sale(lines=lines)), "--preview", "--book", shop).err
    run("setting", "negative_stock", "allow", "--book", shop)
    assert run("post", _draft(tmp_path, _sale(lines=lines)), "--book", shop, "--json").json["problems"] == []


def test_a_refusal_that_is_its_only_problem_is_said_once(run: Run, shop: Path, tmp_path: Path) -> None:
    run("setting", "negative_stock", "forbid", "--book", shop)
    answer = run(
        "post", _draft(tmp_path, _sale(lines=[{"item": "A1", "quantity": "100", "price": "1"}])), "--book", shop
    )
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1


def test_the_choices_of_a_head_are_shown_in_words(run: Run, shop: Path) -> None:
    shown = run("show", DELIVERY, "--book", shop).out
    assert "含税" in shown
    assert "included" not in shown
    assert "1%" in shown
