"""`python -m tests.benchmarks.child NAME BOOK`: one measurement of the window, loaded as the program loads it."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

from jxc_desktop.ui.shell.starting import load_core

if __name__ == "__main__":
    load_core()
    measures = import_module("tests.benchmarks.window_child").MEASURES
    print(json.dumps(measures[sys.argv[1]](sys.argv[2])), flush=True)
    os._exit(0)
