"""What a document type is declared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from jxc_desktop.domain.accounting.posting_rule import NoRule, PostingRule, find_rule
from jxc_desktop.domain.documents.check import Checks
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.draft import Draft, TotalsFrom, draft_of
from jxc_desktop.domain.field import Field
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.effects import Effects
    from jxc_desktop.kernel.problems import Problem


class Rules:
    """The posting rules a document may use, and how one is found for a kind of taxpayer."""

    __slots__ = ("_found", "_rules")

    def __init__(self, rules: Mapping[str, PostingRule]) -> None:
        self._rules = rules
        self._found: dict[tuple[str, str], PostingRule] = {}

    def rule(self, name: str, taxpayer: str) -> PostingRule:
        """The one rule for this event and taxpayer. Raises LookupError naming both where there is none."""
        key = (name, taxpayer)
        found = self._found.get(key)
        if found is None:
            answer = find_rule(self._rules, name, taxpayer)
            if isinstance(answer, NoRule):
                raise LookupError(name, taxpayer)
            found = self._found[key] = answer
        return found


EffectsOf = Callable[["Document", Rules], "Effects"]


@value
class DocumentType:
    """One document type.

    `prefix` starts its numbers; `party_role` is `customer`, `supplier` or empty; `line_fields` are the columns of its
    item lines, `checks` what may be wrong with one, `money_kinds` the kinds of money lines it takes; `made_from`
    names upstream types; `revalues_stock`: its movements change value, not quantity; `is_kit`: it has a product and
    parts; `is_invoice`: it clears what its sources are owed by estimate; `rules` names the posting rules its effects
    may use; `form` is the id of its print form; `to_settle` is what its money may settle or make an advance.
    """

    code: str
    area: str
    prefix: str
    head_fields: tuple[Field, ...]
    effects: EffectsOf
    checks: Checks
    party_role: str = ""
    is_party_required: bool = False
    line_fields: tuple[Field, ...] = ()
    money_fields: tuple[Field, ...] = ()
    money_kinds: tuple[str, ...] = ()
    allocation_fields: tuple[Field, ...] = ()
    allocation_kinds: tuple[str, ...] = ()
    tracking_fields: tuple[Field, ...] = ()
    entry_fields: tuple[Field, ...] = ()
    made_from: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    line_roles: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    price_of: str = ""
    moves_stock: int = 0
    revalues_stock: bool = False
    is_kit: bool = False
    is_invoice: bool = False
    is_opening: bool = False
    takes_back: str = ""
    form: str = ""
    to_settle: Callable[[Document], Money] | None = None

    @property
    def has_due_date(self) -> bool:
        """Whether its head names a due date."""
        return any(field.name == "due_date" for field in self.head_fields)

    @property
    def totals_from(self) -> TotalsFrom:
        """Which lines make its total."""
        if self.price_of:
            return TotalsFrom.LINES
        return TotalsFrom.EXPENSES if "expense" in self.money_kinds else TotalsFrom.NOTHING

    def problems(self, document: Document) -> list[Problem]:
        """What keeps a whole document from being posted."""
        return self.checks.problems(document)

    def draft(self, document: Document) -> Draft:
        """The document opened for editing. Raises ValueError where its line keys are not its own."""
        return draft_of(document, self.checks, totals_from=self.totals_from)
