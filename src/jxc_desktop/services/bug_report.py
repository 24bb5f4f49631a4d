"""What is kept and shown when the program itself is at fault: where it broke, never what was in the book.

The report holds no messages of exceptions and no arguments: both may carry names, amounts or paths.
"""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jxc_desktop import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG = "errors.log"
LONGEST_LOG = 1_000_000


def report(error: BaseException, command: str) -> str:
    """What may be sent to the makers: versions, the command's name, kinds of errors and places in the code."""
    return "\n".join(_lines(error, command))


def _lines(error: BaseException, command: str) -> Iterator[str]:
    when = datetime.now(UTC).isoformat(timespec="seconds")
    python = platform.python_version()
    yield f"jxc-desktop {__version__} · Python {python} · {sys.platform} {platform.machine()} · {when}"
    yield f"command: {command or '-'}"
    for each in _chain(error):
        yield f"{type(each).__module__}.{type(each).__qualname__}"
        for frame in traceback.extract_tb(each.__traceback__):
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, the cause first."""
    chain: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in chain:
        chain.append(here)
        here = here.__cause__ or here.__context__
    return reversed(chain)


def _short(file: str) -> str:
    """A file below its package, without the folders of this machine."""
    parts = Path(file).parts
    for anchor in ("site-packages", "src", "tests"):
        if anchor in parts:
            return "/".join(parts[parts.index(anchor) + 1 :])
    return "/".join(parts[-2:])


def keep(text: str, folder: Path) -> Path | None:
    """Append a report to the log; None where the folder cannot be written."""
    file = folder / LOG
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LONGEST_LOG:
            file.replace(file.with_suffix(".old.log"))
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{text}\n\n")
    except OSError:
        return None
    return file
