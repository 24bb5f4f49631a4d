"""What a kind of master data is declared with."""

from __future__ import annotations

from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.value import value

__all__ = ["ACCOUNTS", "CODE", "IS_ACTIVE", "MNEMONIC", "NAME", "NOTE", "Field", "FieldType", "MasterKind"]


@value
class MasterKind:
    """One kind of master data."""

    code: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


CODE = Field("code", is_required=True)
NAME = Field("name", is_required=True)
MNEMONIC = Field("mnemonic")
NOTE = Field("note")
IS_ACTIVE = Field("is_active", FieldType.YES_NO)
ACCOUNTS = Field("accounts", FieldType.JSON)
"""Account role → account; what is not named here comes from the category, then from the book."""
