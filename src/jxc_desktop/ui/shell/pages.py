"""Which page an address means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.ui.editor.page import EditorPage
from jxc_desktop.ui.listing.page import ListPage
from jxc_desktop.ui.listing.sources import DOCUMENT
from jxc_desktop.ui.screens.document_page import DocumentPage
from jxc_desktop.ui.screens.module_page import ModulePage
from jxc_desktop.ui.screens.print_page import PrintPage
from jxc_desktop.ui.widgets.page import EDITOR, PRINT

from .modules import BY_CODE, MODULE_PAGE, groups_of

if TYPE_CHECKING:
    from jxc_desktop.ui.widgets.page import Address, Desk, Page


def make_page(desk: Desk, address: Address) -> Page:
    """A new page."""
    if address.kind == MODULE_PAGE:
        module = BY_CODE[address.name]
        return ModulePage(desk, address, module.title, groups_of(module))
    if address.kind == DOCUMENT:
        return DocumentPage(desk, address)
    if address.kind == EDITOR:
        return EditorPage(desk, address)
    if address.kind == PRINT:
        return PrintPage(desk, address)
    return ListPage(desk, address)
