"""The page of the command line names every command and shows the delivery note that `show` prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jxc_desktop.cli.main import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "command_line.md").read_text(encoding="utf-8")
NOTE = json.loads((ROOT / "tests" / "data" / "delivery_note.json").read_text(encoding="utf-8"))


def test_every_command_is_on_the_page() -> None:
    assert not [name for name in COMMANDS if not re.search(rf"(jxc-desktop|\|) {name}\b", PAGE)]


def test_the_page_shows_the_delivery_note_as_it_is_printed() -> None:
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
    assert blocks[-1] == NOTE


def _names(content: Any) -> Any:
    """The names in a document, without its values."""
    if isinstance(content, dict):
        return {name: _names(value) for name, value in content.items()}
    return [_names(content[0])] if isinstance(content, list) and content else []


def test_the_command_prints_the_names_of_the_file(run: Run, shop: Path) -> None:
    shown = run("show", "XS-20260106-0001", "--book", shop, "--json").json
    assert list(shown) == list(NOTE)
    for part in ("head", "totals", "links"):
        assert list(shown[part]) == list(NOTE[part])
    assert _names(shown["lines"]) == _names(NOTE["lines"])
    assert _names(shown["tenders"]) == _names(NOTE["tenders"])
    assert _names(shown["effects"]["moves"]) == _names(NOTE["effects"]["moves"])


def test_a_shown_document_posted_elsewhere_is_shown_the_same(run: Run, shop: Path, tmp_path: Path) -> None:
    shown = run("show", "XS-20260106-0001", "--book", shop, "--json").json
    other = tmp_path / "other.jxc"
    run("new", other, "--name", "分店", "--start", "2026-01")
    for words in (["item", "A1", "name=苹果", "base_unit=公斤"], ["party", "C1", "name=老王超市", "payment_days=30"]):
        assert run("master", "set", *words, "--book", other).code == 0
    file = tmp_path / "note.json"
    file.write_text(json.dumps(shown), encoding="utf-8")
    (posted,) = run("post", file, "--book", other, "--json").json["posted"]
    again = run("show", posted["number"], "--book", other, "--json").json
    for name in ("quantity", "price", "discount", "gross", "net", "tax", "item_code", "unit"):
        assert again["lines"][0][name] == shown["lines"][0][name]
    assert again["totals"] == shown["totals"]
    for name in ("date", "due_date", "party_code", "price_mode", "amount", "number"):
        assert again["head"][name] == shown["head"][name]
