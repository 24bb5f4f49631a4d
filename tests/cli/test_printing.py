"""`print` and reports as PDF from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.printing.conftest import seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer


def test_a_delivery_is_printed(run: Callable[..., Answer], shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "出库单.pdf"
    answer = run("print", "XS-20260106-0001", "--pdf", file, "--copies", "2", "--book", shop, "--json")
    assert answer.code == 0
    assert answer.json == {"file": str(file), "pages": 2, "form": "delivery_note", "paper": "CF241x140"}
    first, second = seen(file.read_bytes())
    assert first.text == second.text
    assert "老王超市" in first.text


def test_a_label_is_printed(run: Callable[..., Answer], shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    assert run("print", "A1", "--form", "price_label", "--pdf", file, "--book", shop).code == 0
    assert "苹果" in seen(file.read_bytes())[0].text
    assert run("print", "B9", "--form", "price_label", "--pdf", file, "--book", shop).code == 1


def test_a_report_is_saved_as_pdf(run: Callable[..., Answer], shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "库存.pdf"
    assert run("report", "stock-on-hand", "--out", file, "--book", shop).code == 0
    (page,) = seen(file.read_bytes())
    for words in ("现存量", "苹果", "89.5", "合计"):
        assert words in page.text


def test_what_cannot_be_printed_leaves_no_file(run: Callable[..., Answer], shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    assert run("print", "XS-1", "--pdf", file, "--book", shop).code == 1
    assert run("print", "XS-20260106-0001", "--copies", "0", "--pdf", file, "--book", shop).code == 2
    broken = tmp_path / "mine.toml"
    broken.write_text('paper = "A9"', encoding="utf-8")
    answer = run("print", "XS-20260106-0001", "--form", broken, "--pdf", file, "--book", shop)
    assert answer.code == 1
    assert "A9" in answer.err
    assert not file.exists()
