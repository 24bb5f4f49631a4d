"""Ways to break each rule by SQL, so that this rule and no other is broken."""

from __future__ import annotations

from typing import NamedTuple


class Harm(NamedTuple):
    """What is done to the file, and which checks have to see it.

    `also` names the checks that cannot hold where this one does not; `is_closed`: the month is closed before.
    """

    check: str
    sql: str
    also: tuple[str, ...] = ()
    level: str = "red"
    is_closed: bool = False


PEN = "(SELECT id FROM item WHERE code = 'P1')"
SALE = "(SELECT max(id) FROM document WHERE type = 'delivery_note' AND status = 'posted' AND reverses = 0)"
RETURN = "(SELECT id FROM document WHERE type = 'sales_return')"
VOIDED = "(SELECT id FROM document WHERE status = 'voided')"
VOUCHER = "(SELECT id FROM document WHERE type = 'voucher')"
PAYMENT = "(SELECT id FROM document WHERE type = 'customer_payment')"
COSTS = "(SELECT id FROM account WHERE code = '560206')"
STOCK = "(SELECT max(stock_account) FROM stock_move)"
PLACE = "item, effective_period, effective_date, hlc, stream, document, leg, line"
PLACE_OF_BATCH = PLACE.replace("item,", "item, warehouse,").replace(", line", "")
NEW_POOL = "INSERT INTO cost_pool (item, pool, quantity, value, last_value, last_quantity) SELECT max(id) + 1, 0,"


def typed(account: str, document: str = VOUCHER) -> str:
    """A pair of voucher lines: 1.00 on an account that a ledger of its own controls."""
    return f"""INSERT INTO voucher_line VALUES ({document}, 8, {account}, 0, 0, 202601, 100, 0, '');
               INSERT INTO voucher_line VALUES ({document}, 9, {COSTS}, 0, 0, 202601, 0, 100, '')"""


def account(code: str) -> str:
    """The key of an account."""
    return f"(SELECT id FROM account WHERE code = '{code}')"


FILE = (
    Harm("integrity_check", "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema WHERE name = 'document_party'"),
    Harm("rebuild_equals_live", "UPDATE item SET note = 'x' WHERE code = 'P1'"),
    Harm(
        "closed_periods_unchanged",
        f"UPDATE voucher_line SET summary = 'x' WHERE document = {VOUCHER}",
        is_closed=True,
    ),
)

LOG = (
    Harm("hash_chain", "UPDATE change_record SET user = randomblob(16) WHERE id = 50"),
    Harm("hash_chain", "UPDATE change_record SET hash = randomblob(32) WHERE id = 50"),
    Harm("hash_chain", "UPDATE change_record SET body = randomblob(100) WHERE id = 60"),
    Harm("hash_chain", "DELETE FROM change_record WHERE id = 60"),
    Harm("hash_chain", "UPDATE change_record SET date = date + 1 WHERE kind = 'document.amend'"),
    Harm("hash_chain", "UPDATE stream SET last_hash = zeroblob(32)"),
    Harm(
        "record_order",
        "UPDATE change_record SET hlc = (SELECT hlc FROM change_record WHERE id = 60) WHERE id = 61",
        also=("hash_chain",),
    ),
    Harm(
        "merges_readable", "UPDATE change_record SET min_reader = 99 WHERE id = 5", also=("hash_chain",), level="yellow"
    ),
    Harm(
        "merges_settled",
        "INSERT INTO exception (kind, subject, detail) VALUES ('second_void', NULL, '{}')",
        level="yellow",
    ),
    Harm("every_document_has_its_record", f"UPDATE document SET amount = amount + 1 WHERE id = {VOUCHER}"),
    Harm("every_document_has_its_record", f"UPDATE document SET posted_by = posted_by + 1 WHERE id = {VOUCHER}"),
    Harm(
        "every_document_has_its_record",
        f"DELETE FROM change_record WHERE id = (SELECT record FROM document WHERE id = {VOUCHER})",
        also=("hash_chain",),
    ),
)

DOCUMENTS = (
    Harm(
        "lines_add_up_to_head",
        f"UPDATE item_line SET gross = gross + 1, net = net + 1 WHERE document = {SALE} AND line = 1",
    ),
    Harm(
        "net_plus_tax_is_gross",
        f"UPDATE item_line SET net = net + 1 WHERE document = {SALE} AND line = 1",
        also=("lines_add_up_to_head",),
    ),
    Harm(
        "tracking_adds_up",
        "UPDATE item_line_tracking SET base_quantity = base_quantity + 1",
        also=("batch_balances_match",),
    ),
    Harm("links_within_source", f"UPDATE item_line SET source_line = 2 WHERE document = {RETURN}"),
    Harm(
        "links_within_source",
        f"UPDATE item_line SET base_quantity = 21000000, quantity = 21000000 WHERE document = {RETURN}",
        also=("movements_match_lines",),
    ),
    Harm("voided_without_effects", typed(COSTS, VOIDED)),
    Harm("references_known", "INSERT INTO item (uuid) VALUES (randomblob(16))"),
    Harm(
        "numbers_gapless",
        f"UPDATE document SET number = '' WHERE id = {VOIDED}",
        also=("every_document_has_its_record",),
    ),
    Harm("numbers_gapless", "UPDATE series SET last = last - 1 WHERE key LIKE 'XS-%'"),
    Harm("voucher_numbers_gapless", f"UPDATE voucher SET number = number + 1 WHERE document = {VOUCHER}"),
    Harm(
        "codes_unique",
        "INSERT INTO item (uuid, code, name) VALUES (randomblob(16), 'P1', 'x')",
        also=("search_finds_cards",),
        level="yellow",
    ),
    Harm("codes_unique", "INSERT INTO item_barcode SELECT '690', id, '' FROM item", level="yellow"),
)

INVENTORY = (
    Harm("movements_match_lines", f"UPDATE item_line SET warehouse = 99 WHERE document = {SALE} AND line = 1"),
    Harm("on_hand_is_sum_of_moves", f"UPDATE stock_on_hand SET quantity = quantity + 1 WHERE item = {PEN}"),
    Harm("on_hand_is_sum_of_moves", f"UPDATE cost_pool SET value = value + 1 WHERE item = {PEN}"),
    Harm(
        "on_hand_is_sum_of_moves",
        f"UPDATE stock_move SET pool_value = pool_value + 1 WHERE item = {PEN} AND effective_date = 20260110",
    ),
    Harm("zero_quantity_zero_value", f"{NEW_POOL} 0, 5, 0, 0 FROM item", also=("on_hand_is_sum_of_moves",)),
    Harm("pool_value_not_negative", f"{NEW_POOL} 1, -5, 0, 0 FROM item", also=("on_hand_is_sum_of_moves",)),
    Harm("no_negative_where_forbidden", "UPDATE warehouse SET negative_stock = 'forbid'"),
    Harm("shortages_match", "UPDATE shortage SET quantity = quantity + 1"),
    Harm("covers_match", "UPDATE shortage_cover SET variance = variance + 1"),
    Harm("layers_match", f"INSERT INTO cost_layer SELECT {PLACE}, 0, pool, 2, 2, 1, 1 FROM stock_move LIMIT 1"),
    Harm("cost_edges_match", "DELETE FROM cost_edge"),
    Harm("additions_match", "UPDATE value_addition SET amount = amount + 1 WHERE line = 2"),
    Harm("additions_match", "UPDATE value_addition SET state = 0"),
    Harm("additions_match", "DELETE FROM value_addition"),
    Harm(
        "batch_balances_match",
        "UPDATE tracked_on_hand SET quantity = quantity + 1",
        also=("batches_add_up_to_stock",),
    ),
    Harm("batch_balances_match", "DELETE FROM batch"),
    Harm(
        "batch_balances_match",
        "UPDATE tracked_move SET line = line + 50 WHERE basis = 1 AND line = (SELECT max(line) FROM tracked_move)",
    ),
    Harm("batch_balances_match", "UPDATE item_line_tracking SET batch = 'x'"),
    Harm(
        "serials_in_one_place",
        f"""INSERT INTO tracked_on_hand SELECT id, 1, '', 'S1', '', 2000000 FROM item WHERE id = {PEN};
            INSERT INTO tracked_move SELECT {PLACE_OF_BATCH}, 9, 1, '', 'S1', '', line, NULL, 2000000, '', '', 0, 0
            FROM stock_move WHERE item = {PEN} AND document = {SALE}""",
        also=("batch_balances_match",),
    ),
    Harm("batches_add_up_to_stock", f"UPDATE item SET has_batch = 1 WHERE id = {PEN}", level="yellow"),
)

LEDGER = (
    Harm(
        "vouchers_balance",
        f"""UPDATE voucher_line SET debit = debit + 1 WHERE document = {VOUCHER} AND debit > 0;
            UPDATE voucher_line SET debit = debit - 1 WHERE account = {COSTS} AND debit > 0 AND document <> {VOUCHER}
            AND document = (SELECT id FROM document WHERE type = 'expense')""",
    ),
    Harm("vouchers_in_their_period", f"UPDATE voucher SET effective_period = 202602 WHERE document = {VOUCHER}"),
    Harm("trial_balance_zero", f"UPDATE voucher_line SET account = 99999 WHERE document = {VOUCHER} AND debit > 0"),
    Harm(
        "stock_value_per_account",
        f"UPDATE voucher_line SET account = {COSTS} WHERE document = {SALE} AND account = {STOCK}",
    ),
    Harm("stock_value_per_account", typed(STOCK), level="yellow"),
    Harm("receivables_match", "UPDATE open_item SET amount = amount + 1 WHERE kind = 'receivable' AND amount = 30000"),
    Harm("receivables_match", "UPDATE party_balance SET balance = balance + 1 WHERE kind = 'receivable'"),
    Harm(
        "receivables_match",
        f"""UPDATE voucher_line SET party = (SELECT id FROM party WHERE code = 'K2')
            WHERE document = {PAYMENT} AND account = {account("1122")}""",
    ),
    Harm("receivables_match", typed(account("1122")), level="yellow"),
    Harm("advances_match", "UPDATE party_balance SET balance = balance + 1 WHERE kind = 'advance_from_customer'"),
    Harm("payables_match", "UPDATE party_balance SET balance = balance + 1 WHERE kind = 'payable'"),
    Harm("estimates_match", "UPDATE open_item SET amount = amount + 1 WHERE kind = 'payable_estimated' AND amount > 0"),
    Harm(
        "additions_match",
        "UPDATE value_addition SET amount = amount + 1 WHERE item = (SELECT id FROM item WHERE code = 'P4')",
    ),
    Harm("prepayments_match", "UPDATE party_balance SET balance = balance + 1 WHERE kind = 'prepayment_to_supplier'"),
    Harm(
        "settled_within_open",
        "UPDATE open_item SET settled = settled + 1 WHERE kind = 'receivable' AND amount = 30000",
    ),
    Harm(
        "settled_within_open",
        f"""UPDATE allocation SET amount = 99999999 WHERE document = {PAYMENT};
            UPDATE open_item SET settled = -99999999 WHERE document = {PAYMENT} AND kind = 'receivable';
            UPDATE open_item SET settled = 99999999 WHERE kind = 'receivable'
            AND document = (SELECT target_document FROM allocation WHERE document = {PAYMENT})""",
    ),
    Harm(
        "money_accounts_match",
        f"UPDATE money_line SET amount = amount + 1 WHERE document = {PAYMENT} AND kind = 'payment'",
    ),
    Harm("money_accounts_match", typed(account("1001")), level="yellow"),
    Harm("opening_balances_zero", typed(account("9999")), level="yellow"),
)

SEARCH = (
    Harm("search_finds_cards", f"UPDATE item_search SET tokens = 'x' WHERE rowid = {PEN}"),
    Harm("search_finds_cards", "DELETE FROM party_search WHERE rowid = (SELECT id FROM party WHERE code = 'K1')"),
    Harm("search_finds_cards", "INSERT INTO item_search (rowid, tokens) VALUES (9999, 'x')"),
    Harm("search_finds_cards", "UPDATE item_search_content SET c0 = c0 || ' x'"),
    Harm("search_finds_cards", "DELETE FROM party_search_data WHERE id > 10"),
    Harm("search_finds_cards", "INSERT INTO former_name VALUES (8, 1, 'x')"),
)

HARMS = (*FILE, *LOG, *DOCUMENTS, *INVENTORY, *LEDGER, *SEARCH)
