"""资金账户: cash box, bank account, wallet; each belongs to one account of the general ledger."""

from __future__ import annotations

from .spec import CODE, IS_ACTIVE, NAME, NOTE, Field, FieldType, MasterKind

MONEY_ACCOUNT = MasterKind(
    "money_account",
    (
        CODE,
        NAME,
        Field("kind", FieldType.CHOICE, choices=("cash", "bank", "wallet", "other")),
        Field("account", FieldType.REFERENCE, to="account", is_required=True),
        Field("account_no"),
        IS_ACTIVE,
        NOTE,
    ),
)
