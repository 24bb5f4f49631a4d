"""The window on a book, or on a fresh copy of the demo company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text

from .command import command, option

if TYPE_CHECKING:
    from .call import Call


@command("window")
@option("--demo", "is_demo", is_flag=True, help="window_demo")
def window(call: Call, *, is_demo: bool) -> int:
    """Open the window; without a book it asks which one."""
    if not is_demo:
        return call.surroundings.open_window(call.file_if_any())
    from jxc_desktop.services.demo import make_demo  # noqa: PLC0415 — an own book starts without it

    call.surroundings.refuse_without_screen()
    file = call.surroundings.demo_book
    if not file.exists():
        call.note(Text("cli.demo.working"))
        file.parent.mkdir(parents=True, exist_ok=True)
        make_demo(file).close()
    return call.surroundings.open_window(file)
