"""Starting the program: the quick answers load nothing heavy, and the wheel is complete without the source tree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from hatchling.builders.wheel import WheelBuilder

from jxc_desktop import __version__
from jxc_desktop.__main__ import main

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"sqlalchemy", "PySide6", "alembic", "openpyxl", "click"}


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert capsys.readouterr().out == f"jxc-desktop {__version__}\n"


def test_version_loads_nothing_heavy() -> None:
    script = "import sys; from jxc_desktop.__main__ import main; main(['version']); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[0].endswith(__version__)
    assert not HEAVY & set(run.stdout.split())


def test_the_module_answers_like_the_console_script() -> None:
    run = subprocess.run([sys.executable, "-m", "jxc_desktop", "version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"jxc-desktop \d+\.\d+\.\d+\n", run.stdout)


def test_the_wheel_carries_resources_and_translations(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    carried = set(ZipFile(wheel).namelist())
    for folder in ("resources", "translations"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert files
        assert {f"jxc_desktop/{path.relative_to(ROOT).as_posix()}" for path in files} <= carried
    assert "jxc_desktop/__main__.py" in carried
