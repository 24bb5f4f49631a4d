"""DOCUMENT:LINE, the way to name one line of a document."""

from __future__ import annotations

from jxc_desktop.kernel.text import Text

from .usage import WrongUsage


def with_line(text: str) -> tuple[str, int]:
    """DOCUMENT:LINE as number and line key; a number without a line is the whole document, line 0."""
    reference, colon, line = text.rpartition(":")
    if not colon:
        return text, 0
    if not line.isdecimal():
        raise WrongUsage(Text("cli.bad.line", {"value": line}))
    return reference, int(line)
