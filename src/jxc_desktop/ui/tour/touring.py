"""A tour in one look, in this process: a copy of the demo book, the window on it, the walk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .looks import BY_NAME

if TYPE_CHECKING:
    from .looks import Look
    from .walk import Walked


def walk_in(look_name: str, demo: Path, folder: Path) -> dict[str, Any]:
    """Walk through the script on a copy of the demo book; pictures go to `folder`/look. What was seen, as plain data.

    Qt must not have been started in this process: the scale is given to it at its start. Raises ExternalError where
    its libraries are missing.
    """
    look = BY_NAME[look_name]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(look.scale)
    pictures = folder / look.name
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="jxc-tour-", ignore_cleanup_errors=True) as work:
        book = Path(work) / demo.name
        shutil.copyfile(demo, book)
        return told(look, _walked(look, book, pictures))


def _walked(look: Look, file: Path, pictures: Path) -> Walked:
    from PySide6.QtCore import QEventLoop, QSettings, QTimer  # noqa: PLC0415 — the scale is set before Qt is loaded

    from jxc_desktop.kernel.clock import FixedClock  # noqa: PLC0415
    from jxc_desktop.services.book import Book  # noqa: PLC0415
    from jxc_desktop.ui.shell.running import application  # noqa: PLC0415
    from jxc_desktop.ui.shell.window import THEME, MainWindow  # noqa: PLC0415
    from jxc_desktop.ui.widgets.theme import Mode  # noqa: PLC0415

    from .script import tour_script  # noqa: PLC0415
    from .walk import Walk  # noqa: PLC0415

    now_ms, steps = tour_script()
    settings = QSettings(str(file.with_name("window.ini")), QSettings.Format.IniFormat)
    settings.setValue(THEME, (Mode.DARK if look.is_dark else Mode.LIGHT).value)
    app = application(settings)
    window = MainWindow(Book.open(file, clock=FixedClock(now_ms)), settings, look.language)
    window.resize(*look.size)
    window.show()
    window.activateWindow()
    walk = Walk(window, steps, pictures)
    loop = QEventLoop()
    walk.ended.connect(loop.quit)
    QTimer.singleShot(0, walk.start)
    loop.exec()
    window.ops.close()
    window.deleteLater()
    app.processEvents()
    return walk.walked


def told(look: Look, walked: Walked) -> dict[str, Any]:
    """What a walk has shown, as plain data."""
    times = sorted(turn.milliseconds for turn in walked.turns)
    return {
        "look": look.name,
        "pictures": walked.pictures,
        "posted": len(set(walked.posted)),
        "turns": len(times),
        "longest_ms": round(times[-1], 1) if times else 0.0,
        "p99_ms": round(times[len(times) * 99 // 100], 1) if times else 0.0,
        "slowness": round(walked.slowness, 2),
        "slow": [{"ms": round(turn.milliseconds, 1), "step": turn.step} for turn in walked.slow],
        "cut": walked.cut,
        "troubles": walked.troubles,
    }
