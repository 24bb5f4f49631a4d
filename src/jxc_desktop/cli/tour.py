"""The tour: the window is driven through a day in the shop, pictured in every look, and watched."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import ExternalError
from jxc_desktop.kernel.text import Text

from .command import argument, command, option
from .parameter_types import FILE, FOLDER, Choice
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .call import Call

LOOKS = ("light", "dark", "traditional", "english", "small", "double")
COLUMNS = ("look", "pictures", "posted", "turns", "longest_ms", "p99_ms", "cut", "troubles")
COUNTED = ("pictures", "cut", "troubles")


@command("tour", book=False)
@argument("folder", type=FOLDER, help="tour_folder")
@option("--look", "looks", type=Choice(LOOKS), multiple=True, help="tour_look")
@option("--demo", type=FILE, help="tour_demo")
def tour(call: Call, *, folder: Path, looks: Sequence[str], demo: Path | None) -> int:
    """Drive the window through a day in the shop on the demo company and picture it."""
    with tempfile.TemporaryDirectory(prefix="jxc-tour-", ignore_cleanup_errors=True) as work:
        if demo is None:
            from jxc_desktop.services.demo import make_demo  # noqa: PLC0415 — a walk in a process of its own has one

            call.note(Text("cli.demo.working"))
            demo = Path(work) / "demo.jxc"
            make_demo(demo).close()
        chosen = list(looks) or list(LOOKS)
        if len(chosen) == 1:
            walked = [call.surroundings.walk_in(chosen[0], demo, folder)]
        else:
            walked = [_in_a_process(look, demo, folder) for look in chosen]
    call.answer({"folder": str(folder), "looks": walked}, lambda: _lines(call, walked))
    return 1 if any(each["troubles"] for each in walked) else 0


def _in_a_process(look: str, demo: Path, folder: Path) -> dict[str, Any]:
    """Each look starts Qt anew: dots to a pixel are given to it at its start."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "jxc_desktop"]
    words = ["tour", str(folder), "--look", look, "--demo", str(demo), "--json"]
    ran = subprocess.run([*program, *words], stdout=subprocess.PIPE, encoding="utf-8", check=False)  # noqa: S603
    try:
        found: dict[str, Any] = json.loads(ran.stdout)["looks"][0]
    except (KeyError, ValueError) as error:
        raise ExternalError(Text("cli.tour.failed", {"look": look, "code": str(ran.returncode)})) from error
    return found


def _lines(call: Call, walked: Sequence[dict[str, Any]]) -> Iterator[str]:
    columns = [Column(call.words(Text(f"cli.tour.{name}")), is_number=name != "look") for name in COLUMNS]
    yield from table(columns, [[_told(each, name) for name in COLUMNS] for each in walked])
    for each in walked:
        for name in ("troubles", "cut"):
            yield from (f"{each['look']}: {line}" for line in each[name])
        yield from (f"{each['look']}: {turn['ms']} ms {turn['step']}" for turn in each["slow"])


def _told(each: dict[str, Any], name: str) -> str:
    return str(len(each[name]) if name in COUNTED else each[name])
