"""Which page an address means. A page's module is loaded when the first of its kind is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.ui.screens.module_page import ModulePage
from jxc_desktop.ui.widgets.page import CARD, DOCUMENT, EDITOR, IMPACT, PRINT

from .modules import BY_CODE, MODULE_PAGE, groups_of

if TYPE_CHECKING:
    from jxc_desktop.ui.widgets.page import Address, Desk, Page


def make_page(desk: Desk, address: Address) -> Page:
    """A new page."""
    if address.kind == MODULE_PAGE:
        module = BY_CODE[address.name]
        return ModulePage(desk, address, module.title, groups_of(module))
    return _class_of(address.kind)(desk, address)


def _class_of(kind: str) -> type[Page]:
    if kind == EDITOR:
        from jxc_desktop.ui.editor.page import EditorPage  # noqa: PLC0415 — see the docstring of the module

        return EditorPage
    if kind == DOCUMENT:
        from jxc_desktop.ui.screens.document_page import DocumentPage  # noqa: PLC0415

        return DocumentPage
    if kind == CARD:
        from jxc_desktop.ui.screens.card_page import CardPage  # noqa: PLC0415

        return CardPage
    if kind == PRINT:
        from jxc_desktop.ui.screens.print_page import PrintPage  # noqa: PLC0415

        return PrintPage
    if kind == IMPACT:
        from jxc_desktop.ui.screens.impact_page import ImpactPage  # noqa: PLC0415

        return ImpactPage
    from jxc_desktop.ui.listing.page import ListPage  # noqa: PLC0415

    return ListPage
