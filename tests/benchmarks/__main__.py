"""`python -m tests.benchmarks [NAME…] [--scale 0.1]`: one JSON line per figure, exit 1 if any is over its limit."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import exchange, finding, memory, month, posting, printing, replay, serials, start, stock, window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmarks.figure import Figure

BENCHMARKS: dict[str, Callable[[Path, float], Iterator[Figure]]] = {
    "post": posting.post_figures,
    "growth": posting.growth_figures,
    "import": exchange.import_figures,
    "backdated": replay.backdated_figures,
    "price-month": month.month_figures,
    "find": finding.find_figures,
    "print": printing.print_figures,
    "serials": serials.serial_figures,
    "stock": stock.stock_figures,
    "start": start.start_figures,
    "window": window.window_figures,
    "memory": memory.memory_figures,
}


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all of them."""
    parser = argparse.ArgumentParser(prog="poe bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which ones; all without a name")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size, for a quick look")
    chosen = parser.parse_args(arguments)
    is_within = True
    for name in chosen.names or BENCHMARKS:
        with tempfile.TemporaryDirectory(prefix="jxc-bench-") as folder:
            for figure in BENCHMARKS[name](Path(folder), chosen.scale):
                print(figure.line(), flush=True)
                is_within &= figure.ok
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
