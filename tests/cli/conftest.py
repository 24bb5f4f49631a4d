"""A command line with folders of its own, and a small shop in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from jxc_desktop.__main__ import main
from jxc_desktop.services.token_store import Token
from jxc_desktop.services.tokens import FileTokens
from tests.builders import delivery, line, open_shop, receipt, tender

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Answer(NamedTuple):
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JXC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JXC_LANG", "zh_CN")
    monkeypatch.delenv("JXC_BOOK", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run one command line in this process."""

    def call(*words: object) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The file of a shop: apples received on the 5th, 30.5 delivered on the 6th to 老王, 100 of them paid.

    The user's folder knows it, so that it goes on writing its own stream.
    """
    made = open_shop(tmp_path)
    apple = made.item("A1", "苹果", base_unit="公斤", units=[{"unit": "箱", "num": 12, "den": 1}])
    supplier, customer = made.supplier("S1", "果园"), made.customer("C1", "老王超市", payment_days=30)
    made.post(receipt(5, supplier, [line(apple, "10", "60", unit="箱")]))
    made.post(delivery(6, customer, [line(apple, "30.5", "9.9")], money=[tender(made.cash, "100")]))
    ((token,),) = made.rows("SELECT token FROM book_token")
    ((head,),) = made.rows("SELECT last_seq FROM stream")
    made.book.close()
    FileTokens(tmp_path / "home" / "settings" / "tokens").keep(made.book.path, Token(token, head))
    return made.book.path
