"""Short sounds that tell without a look how a scan went; they never wait and never complain.

Qt's own sounds live in a wheel that the program does without. Windows and macOS play a file by what they ship, Linux by
the first of the usual players that is there; where there is none the bell rings for what went wrong.
"""

from __future__ import annotations

import io
import math
import shutil
import struct
import sys
import tempfile
import wave
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

RATE, LOUDNESS, FADE = 22_050, 0.35, 0.004
"""Samples in a second, share of the loudest possible, seconds in which a tone swells and fades."""
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
BELL_GAP_MS = 180

Play = Callable[[Path], object]


class Sound(StrEnum):
    """How a scan went."""

    OK = "ok"
    UNKNOWN = "unknown"
    REPEATED = "repeated"


TONES: dict[Sound, tuple[tuple[float, float], ...]] = {
    Sound.OK: ((1_976, 0.07),),
    Sound.UNKNOWN: ((392, 0.14), (0, 0.04), (262, 0.3)),
    Sound.REPEATED: ((1_319, 0.06), (0, 0.05), (1_319, 0.06)),
}
"""Hertz and seconds, one after the other; 0 is silence."""
BELLS = {Sound.OK: 0, Sound.UNKNOWN: 1, Sound.REPEATED: 2}


def tone_file(sound: Sound) -> bytes:
    """A sound as the bytes of a WAV file."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(_samples(hertz, seconds) for hertz, seconds in TONES[sound]))
    return made.getvalue()


def _samples(hertz: float, seconds: float) -> bytes:
    count = int(RATE * seconds)
    fade = RATE * FADE
    values = (
        math.sin(2 * math.pi * hertz * at / RATE) * min(1.0, at / fade, (count - at) / fade) * LOUDNESS * 32_767
        for at in range(count)
    )
    return struct.pack(f"<{count}h", *map(int, values))


class Sounds(QObject):
    """Plays the sounds of scans; `is_on` switches them."""

    def __init__(self, parent: QObject, *, is_on: bool = True, play: Play | None = None) -> None:
        super().__init__(parent)
        self.is_on = is_on
        self._play = play or _system_player()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: dict[Sound, Path] = {}

    def play(self, sound: Sound) -> None:
        """Begin to play a sound."""
        if not self.is_on:
            return
        if self._play is None:
            for bell in range(BELLS[sound]):
                QTimer.singleShot(bell * BELL_GAP_MS, QApplication.beep)
            return
        self._play(self._file(sound))

    def _file(self, sound: Sound) -> Path:
        if sound not in self._files:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="jxc-sounds-", ignore_cleanup_errors=True)
                self.destroyed.connect(self._folder.cleanup)
            self._files[sound] = Path(self._folder.name) / f"{sound}.wav"
            self._files[sound].write_bytes(tone_file(sound))
        return self._files[sound]


def _system_player() -> Play | None:
    """What plays a file here without being waited for; None where nothing does, or where no one hears it."""
    if QApplication.platformName() == "offscreen":
        return None
    if sys.platform == "win32":
        return _play_on_windows
    for name, *words in PLAYERS:
        found = shutil.which(name)
        if found:
            return partial(_start, found, words)
    return None


def _start(program: str, words: list[str], file: Path) -> None:
    process = QProcess()
    process.setProgram(program)
    process.setArguments([*words, str(file)])
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    process.startDetached()


def _play_on_windows(file: Path) -> None:
    import winsound  # noqa: PLC0415 — there on Windows only

    flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT  # type: ignore[attr-defined,unused-ignore]
    try:
        winsound.PlaySound(str(file), flags)  # type: ignore[attr-defined,unused-ignore]
    except RuntimeError:
        QApplication.beep()
