"""The version of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop import __version__

from .command import command

if TYPE_CHECKING:
    from .call import Call


@command("version", book=False)
def version(call: Call) -> None:
    """Print the version; bare `jxc-desktop version` is answered by bootstrap without coming here."""
    call.answer({"version": __version__}, lambda: [f"jxc-desktop {__version__}"])
