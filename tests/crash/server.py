"""Makes children that have everything imported already: `python -m tests.crash.server`.

A line of JSON on stdin is a task; the answer is the child's process id. The line `wait` is answered with the signal or
exit code the last child ended with. Where there is no fork the task itself is the argument and is done at once.
"""

from __future__ import annotations

import json
import os
import sys

from tests.crash.work import Task, perform


def serve() -> None:
    """Answer until stdin ends."""
    child = 0
    for words in sys.stdin:
        if words.strip() == "wait":
            _pid, status = os.waitpid(child, 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            child = answer = _born(Task(*json.loads(words)))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _born(task: Task) -> int:
    child = os.fork()
    if child:
        return child
    try:
        perform(task)
    finally:
        os._exit(1)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        perform(Task(*json.loads(sys.argv[1])))
    else:
        serve()
