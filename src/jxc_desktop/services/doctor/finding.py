"""What a check says: findings with their level, and the check as the user sees it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = 5
"""How many findings a check shows."""

MOST = 1_000
"""How many findings a check collects; more are counted as `1000+`."""


class Level(StrEnum):
    """Red: the book is wrong. Yellow: something to look at."""

    RED = "red"
    YELLOW = "yellow"


@value
class Finding:
    """One place where a rule does not hold."""

    text: Text
    level: Level = Level.RED


@value
class Check:
    """One rule and whether it holds; `level` is how bad it is where it does not."""

    name: str
    ok: bool
    level: Level
    detail: Text

    @property
    def title(self) -> Text:
        """The rule in words."""
        return Text(f"doctor.check.{self.name}")

    @property
    def is_alarm(self) -> bool:
        """Whether the book is wrong."""
        return not self.ok and self.level is Level.RED


def check_of(name: str, findings: Sequence[Finding], *, level: Level, is_log: bool) -> Check:
    """The check made of its findings, the red ones first; `level` is that of a check that holds.

    `is_log`: what is wrong lies in the facts, so making the projections anew does not help.
    """
    if not findings:
        return Check(name, ok=True, level=level, detail=Text("doctor.good"))
    ordered = sorted(findings, key=lambda finding: finding.level is Level.YELLOW)
    params = {
        "count": f"{MOST}+" if len(ordered) > MOST else str(len(ordered)),
        "examples": [finding.text for finding in ordered[:EXAMPLES]],
    }
    if ordered[0].level is Level.YELLOW:
        detail = Text("doctor.found_yellow", params)
    else:
        detail = Text("doctor.found_in_log", params) if is_log else Text("doctor.found", params)
    return Check(name, ok=False, level=ordered[0].level, detail=detail)
