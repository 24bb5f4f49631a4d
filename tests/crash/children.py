"""Children to be killed: forked from a server where the system can fork, else started one by one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.work import Task

ROOT = Path(__file__).resolve().parent.parent.parent
CAN_FORK = hasattr(os, "fork")
_SERVER = [sys.executable, "-m", "tests.crash.server"]


class Child:
    """One process at work."""

    def __init__(self, started: subprocess.Popen[str]) -> None:
        self._started = started
        self._pid = 0

    def begin(self, task: Task) -> None:
        """Start the work."""
        if CAN_FORK:
            self._pid = self._ask(json.dumps(task))

    def kill(self) -> None:
        """End it without a word; it may be dead already."""
        if not CAN_FORK:
            self._started.kill()
            return
        try:
            os.kill(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def wait(self) -> int:
        """How it ended: minus the signal, or the exit code."""
        return self._ask("wait") if CAN_FORK else self._started.wait()

    def _ask(self, words: str) -> int:
        stdin, stdout = self._started.stdin, self._started.stdout
        assert isinstance(stdin, IO) or stdin is not None
        assert stdout is not None
        stdin.write(f"{words}\n")
        stdin.flush()
        return int(stdout.readline())


@contextmanager
def nursery(environment: dict[str, str]) -> Iterator[Nursery]:
    """Something that makes children."""
    if not CAN_FORK:
        yield Nursery(None, environment)
        return
    with subprocess.Popen(
        _SERVER,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as server:
        try:
            yield Nursery(server, environment)
        finally:
            assert server.stdin is not None
            server.stdin.close()


class Nursery:
    """Makes children."""

    def __init__(self, server: subprocess.Popen[str] | None, environment: dict[str, str]) -> None:
        self._server = server
        self._environment = environment

    def child(self, task: Task) -> Child:
        """A child at work on the task."""
        started = self._server or subprocess.Popen(
            [*_SERVER, json.dumps(task)], cwd=ROOT, env=self._environment, text=True, encoding="utf-8"
        )
        child = Child(started)
        child.begin(task)
        return child
