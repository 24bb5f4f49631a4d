"""会计科目: the chart of accounts."""

from __future__ import annotations

from .spec import CODE, IS_ACTIVE, MNEMONIC, NAME, Field, FieldType, MasterKind

ACCOUNT = MasterKind(
    "account",
    (
        CODE,
        NAME,
        Field("name_zh_tw"),
        Field("name_en"),
        MNEMONIC,
        Field("category", FieldType.CHOICE, choices=("asset", "liability", "equity", "cost", "income", "system")),
        Field("normal_balance", FieldType.CHOICE, choices=("debit", "credit")),
        Field("parent", FieldType.REFERENCE, to="account"),
        Field("is_leaf", FieldType.YES_NO),
        Field("aux", FieldType.JSON),
        Field(
            "control",
            FieldType.CHOICE,
            choices=(
                "",
                "stock",
                "receivable",
                "advance_from_customer",
                "payable",
                "payable_estimated",
                "prepayment_to_supplier",
                "money",
            ),
        ),
        IS_ACTIVE,
    ),
)
"""`control` names the ledger that an account must agree with."""

OWN_LEDGERS = frozenset(
    ("stock", "receivable", "advance_from_customer", "payable", "payable_estimated", "prepayment_to_supplier")
)
"""The `control` of accounts that documents keep: stock, and what is open between the company and a party."""
