"""The tour: a day in the shop in the real window, quick, whole and without a complaint."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from jxc_desktop.cli.tour import LOOKS as SPOKEN
from jxc_desktop.services.demo import make_demo
from jxc_desktop.ui.tour.cut import cut_texts
from jxc_desktop.ui.tour.looks import LOOKS
from jxc_desktop.ui.tour.script import read_steps, tour_script

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.gui

POSTED = 5
"""Receipt, sale, sale over the counter, return, count."""


@pytest.mark.parametrize("look", ["small", "double"])
def test_a_day_in_the_shop(tmp_path: Path, demo: Path, look: str) -> None:
    walked = _walked(tmp_path / "first", demo, look)
    assert walked["troubles"] == []
    assert walked["cut"] == []
    assert walked["posted"] == POSTED
    assert walked["turns"] > 100
    pictured = [step for step in tour_script()[1] if step.verb == "picture"]
    assert len(walked["pictures"]) == len(pictured)
    assert len(list((tmp_path / "first" / look).glob("*.png"))) == len(pictured)
    slow = {turn["step"] for turn in walked["slow"]}
    for again in ("second", "third", "fourth"):
        # What the program makes slow is slow every time; a busy machine is so now and then.
        slow = slow and slow & {turn["step"] for turn in _walked(tmp_path / again, demo, look)["slow"]}
    assert slow == set(), "a turn of the loop took more than 50 ms of the window's thread"


def _walked(folder: Path, demo: Path, look: str) -> Any:
    words = [sys.executable, "-m", "jxc_desktop", "tour", str(folder), "--look", look, "--demo", str(demo), "--json"]
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (walked,) = json.loads(ran.stdout)["looks"]
    return walked


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo book, made once."""
    file = tmp_path_factory.mktemp("demo") / "demo.jxc"
    make_demo(file).close()
    return file


def test_every_look_can_be_asked_for() -> None:
    assert tuple(look.name for look in LOOKS) == SPOKEN


def test_a_step_that_cannot_be_done_is_refused() -> None:
    with pytest.raises(ValueError, match="jump"):
        read_steps([["jump", "high"]])
    with pytest.raises(ValueError, match="scan"):
        read_steps([["scan"]])


def test_what_does_not_fit_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    parts: list[QLabel | QPushButton | QComboBox] = [QLabel("a long label"), QPushButton("a long button"), QComboBox()]
    for part in parts:
        box.addWidget(part)
    wrapped = QLabel("many words that need more than one line to be read")
    wrapped.setWordWrap(True)
    box.addWidget(wrapped)
    assert isinstance(parts[2], QComboBox)
    parts[2].addItem("a long choice")
    window.show()
    qtbot.waitUntil(window.isVisible)
    assert cut_texts(window) == []
    for part in parts:
        part.setFixedWidth(20)
    wrapped.setFixedSize(60, 10)
    qtbot.wait(20)
    assert len(cut_texts(window)) == 4
    QLabel("outside", window).setGeometry(-200, -200, 100, 20)
    window.findChildren(QLabel)[-1].show()
    assert any("outside" in each for each in cut_texts(window))
