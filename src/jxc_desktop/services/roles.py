"""Account roles resolved: item → category → book → chart, and frozen into the record of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop import resource_files
from jxc_desktop.domain.documents.line import NO_ID, Accounts, ItemKind, shared_accounts
from jxc_desktop.kernel.errors import NotFound
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.kernel.ids import Id

    from .catalog import Card
    from .work import Work


def role_codes(chart: str, taxpayer: str) -> dict[str, str]:
    """Account role → account code of the shipped table for a chart and kind of taxpayer."""
    codes = {}
    for row in resource_files.read_csv("standards", "account_roles.csv"):
        small = row["small_scale"] if taxpayer == "small" else ""
        codes[row["role"]] = small or row[chart]
    return codes


def book_role(work: Work, role: str) -> Id:
    """The account of a role as the book has set it. Raises NotFound where the chart lacks it."""
    cache = work.catalog.derived
    found: Id | None = cache.get(("role", role))
    if found is None:
        found = work.settings.accounts.get(role) or _default(work, role)
        cache["role", role] = found
    return found


def _default(work: Work, role: str) -> Id:
    codes = work.catalog.derived.get("role_codes")
    if codes is None:
        codes = role_codes(work.settings.get("chart"), work.settings.taxpayer)
        work.catalog.derived["role_codes"] = codes
    card = work.catalog.by_code("account", codes.get(role, ""))
    if card is None:
        raise NotFound(Text("account.role_without_account", {"role": role, "code": codes.get(role, "")}))
    return card.id


def head_accounts(work: Work, roles: Iterable[str]) -> Accounts:
    """The accounts of a document's head."""
    key = ("head", tuple(roles))
    found: Accounts | None = work.catalog.derived.get(key)
    if found is None:
        found = shared_accounts({role: book_role(work, role) for role in key[1] if _is_posted(work, role)})
        work.catalog.derived[key] = found
    return found


def _is_posted(work: Work, role: str) -> bool:
    """Roles of input VAT exist for a general taxpayer only."""
    return work.settings.taxpayer == "general" or not role.startswith("input_vat")


def line_accounts(work: Work, item: Card, roles: Iterable[str], *, is_gift: bool = False) -> Accounts:
    """The accounts of a line; the stock account of a service is the expense it is."""
    wanted = tuple(roles)
    gift = is_gift and "cost_of_sales" in wanted and work.settings.get("gift_cost") == "gift"
    own = item.id if item.accounts or item.category else item.fields["kind"]
    key = ("line", own, wanted, gift)
    found: Accounts | None = work.catalog.derived.get(key)
    if found is None:
        if gift:
            wanted = (*wanted, "gift")
        found = shared_accounts({role: _item_role(work, item, role) for role in wanted})
        work.catalog.derived[key] = found
    return found


def _item_role(work: Work, item: Card, role: str) -> Id:
    own = (item.accounts or {}).get(role) or _category_role(work, item.category, role)
    if own:
        return own
    if role == "stock" and item.fields["kind"] == ItemKind.SERVICE:
        return book_role(work, "expense")
    return book_role(work, role)


def _category_role(work: Work, category: Id, role: str) -> Id:
    seen = set()
    while category and category not in seen:
        seen.add(category)
        card = work.catalog.card("category", category)
        if card is None:
            break
        own: Id = (card.accounts or {}).get(role, NO_ID)
        if own:
            return own
        category = card.parent
    return NO_ID
