"""What a document type is declared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from jxc_desktop.domain.accounting.posting_rule import NoRule, PostingRule, find_rule
from jxc_desktop.domain.field import Field
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
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
ProblemsOf = Callable[["Document"], "list[Problem]"]


@value
class DocumentType:
    """One document type.

    `prefix` starts its numbers; `party_role` is `customer`, `supplier` or empty; `line_fields` are the columns of its
    item lines, `money_kinds` the kinds of money lines it takes; `made_from` names upstream types; `rules` names the
    posting rules its effects may use; `form` is the id of its print form.
    """

    code: str
    area: str
    prefix: str
    head_fields: tuple[Field, ...]
    effects: EffectsOf
    problems: ProblemsOf
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
    is_opening: bool = False
    takes_back: str = ""
    form: str = ""

    @property
    def has_due_date(self) -> bool:
        """Whether its head names a due date."""
        return any(field.name == "due_date" for field in self.head_fields)
