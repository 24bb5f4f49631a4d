"""Whole processes: their CPU seconds and their peak memory as the operating system counted them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Process(NamedTuple):
    """What one process used."""

    wall: float
    cpu: float
    peak_mib: float


def installed() -> dict[str, str]:
    """The surroundings of a program that is installed: its modules are compiled once and kept."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return given | {"PYTHONHASHSEED": "0"}


def run(arguments: Sequence[str]) -> Process:
    """Run a process to its end; its output is thrown away. Raises CalledProcessError."""
    began = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, env=installed())
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    per_mib = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Process(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / per_mib)


def ratio(one: Sequence[str], other: Sequence[str], *, pairs: int = 15) -> float:
    """The median CPU ratio of two commands run in turn, after one warm-up of each."""
    run(one)
    run(other)
    return statistics.median(run(one).cpu / run(other).cpu for _ in range(pairs))
