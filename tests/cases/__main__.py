"""`python -m tests.cases DIR|FILE…`."""

from __future__ import annotations

import io
import sys

from tests.cases.runner import main

if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
