"""The command line as a process: exit codes, Ctrl-C, what is loaded at start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "import sys; from jxc_desktop.__main__ import main; code = main(sys.argv[1:])"


def _process(*words: object, script: str = SCRIPT, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run(
        [sys.executable, "-c", script, *(str(word) for word in words)],
        capture_output=True,
        encoding=encoding,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "code"), [(["version"], 0), (["nonsense"], 2), (["digest", "--book", "none.jxc"], 3)]
)
def test_the_exit_code_is_that_of_the_process(words: list[str], code: int) -> None:
    run = subprocess.run([sys.executable, "-m", "jxc_desktop", *words], capture_output=True, check=False)
    assert run.returncode == code


def test_a_report_loads_nothing_it_does_not_need(shop: Path) -> None:
    run = _process("report", "stock-on-hand", "--book", shop, script=f"{SCRIPT}; print(*sys.modules, file=sys.stderr)")
    assert "苹果" in run.stdout
    loaded = set(run.stderr.split())
    assert "sqlalchemy" in loaded
    heavy = {"PySide6", "alembic", "openpyxl", "xlsxwriter", "python_calamine", "stdnum", "babel", "xml.sax"}
    assert not heavy & loaded


def test_help_and_wrong_usage_load_no_database() -> None:
    for words in (["--help"], ["nonsense"], ["version", "--json"]):
        run = _process(*words, script=f"{SCRIPT}; print(*sys.modules)")
        assert "sqlalchemy" not in run.stdout.split()


def test_a_chinese_code_page_takes_the_output(shop: Path) -> None:
    run = _process("report", "stock-on-hand", "--book", shop, encoding="gbk")
    assert "苹果" in run.stdout
    assert not run.stderr


def test_a_latin_code_page_breaks_nothing(shop: Path) -> None:
    run = _process("report", "stock-on-hand", "--book", shop, encoding="ascii")
    assert "A1" in run.stdout
    assert "\\u82f9\\u679c" in _process("list", "item", "--book", shop, "--json", encoding="ascii").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal cannot be sent to one process on Windows")
def test_ctrl_c_while_importing_leaves_the_book_as_it_was(shop: Path, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    rows = "".join(f"G{number},商品{number},个,{number % 90 + 1}\n" for number in range(40_000))
    goods.write_text(f"商品编码,商品名称,单位,零售价\n{rows}", encoding="utf-8")
    before = _process("digest", "--book", shop).stdout
    words = [sys.executable, "-m", "jxc_desktop", "import", "items", str(goods), "--book", str(shop)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as child:
        while child.poll() is None and not shop.with_name(shop.name + "-wal").exists():
            time.sleep(0.01)
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
    assert child.returncode == 130, (out, err)
    assert not out
    assert len(err.strip().splitlines()) == 1
    assert _process("digest", "--book", shop).stdout == before
    assert main(["doctor", "--book", str(shop)]) == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_an_answer_that_cannot_be_written_is_told(shop: Path, more: list[str]) -> None:
    words = [sys.executable, "-m", "jxc_desktop", "list", "documents", "--book", str(shop), *more]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        run = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert run.returncode == 3
    assert len(run.stderr.splitlines()) == 1
