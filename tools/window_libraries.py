"""See that Qt can be loaded before the window's tests: where libraries of the system are missing, install them.

Debian and Ubuntu only, as root; anywhere else it ends with one line that says what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("libglib2.0-0", "libgl1", "libegl1", "libdbus-1-3", "libxkbcommon0", "libfontconfig1")
LOAD = "import PySide6.QtGui, PySide6.QtWidgets"


def can_load() -> bool:
    """Whether Qt's libraries load in a fresh process."""
    return subprocess.run([sys.executable, "-c", LOAD], check=False, capture_output=True).returncode == 0  # noqa: S603


def install() -> None:
    """Install what Qt needs, where that is possible."""
    apt = shutil.which("apt-get")
    if apt is None or os.name != "posix" or os.geteuid() != 0:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update", "-q"), ("install", "-qy", "--no-install-recommends", *PACKAGES)):
        subprocess.run([apt, *arguments], check=False, env=quiet)  # noqa: S603


def main() -> int:
    """0 where Qt loads, perhaps after installing; 1 with one line where it does not."""
    if can_load():
        return 0
    install()
    if can_load():
        return 0
    sys.stderr.write(f"The window's tests need Qt's system libraries: apt-get install {' '.join(PACKAGES)}\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
