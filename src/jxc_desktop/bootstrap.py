"""The only place that wires: config, book, window, command line or server."""

import sys
from collections.abc import Sequence
from importlib import import_module

from jxc_desktop import __version__


def main(argv: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return its exit code.

    `version` is answered here: it must cost no more than starting Python.
    """
    if list(argv) == ["version"]:
        sys.stdout.write(f"jxc-desktop {__version__}\n")
        return 0
    return int(import_module("jxc_desktop.cli.main").main(argv))
