"""The posting rules that no document type of today posts, each with the reason, in one table."""

from __future__ import annotations

NOT_YET: dict[str, str] = {
    "input tax that waits to be certified: with the registers of VAT": """
        purchase_receipt_pending_input input_vat_certified""",
    "goods paid for that are still on their way: with the purchase order": """
        purchase_in_transit purchase_in_transit_small purchase_transit_arrival""",
    "red invoices, allowances and rebates: with the invoices": """
        purchase_return_transfer_out purchase_allowance purchase_allowance_small sales_allowance
        sales_allowance_small supplier_rebate supplier_rebate_small""",
    "purchases on papers of their own: farm products, imports": "purchase_farm_products purchase_import",
    "sales whose tax waits for the invoice: with the sales invoice": """
        sales_tax_later sales_tax_later_due advance_tax_first advance_tax_first_delivery
        advance_tax_first_delivery_small simplified_vat trade_in""",
    "goods given away that the tax law takes for sold: with the registers of VAT": """
        free_gift free_gift_small gift_with_sale donation_goods welfare_own_products welfare_allocation
        input_vat_transfer_out input_vat_transfer_out_small owner_drawings_goods""",
    "goods shipped and not yet sold, consignment: with their types": """
        goods_shipped goods_shipped_cost consignment_out consignment_sold consignment_cost
        consignment_commission""",
    "one open item against another: with the settlement type": """
        advance_applied prepayment_applied ar_ap_offset ar_transfer bad_debt bad_debt_recovered
        payable_written_off prepaid_card_used advance_refund""",
    "notes receivable and payable, endorsed, discounted, collected: with the notes register": """
        notes_received notes_endorsed notes_discounted notes_collected notes_payable_issued
        notes_payable_paid""",
    "money from one account to another and its count: with money transfer": """
        platform_settlement platform_commission cash_to_bank cash_surplus cash_surplus_approved
        cash_shortage cash_shortage_approved""",
    "deposits and other income: with other income": """
        deposit_received deposit_refunded deposit_forfeited deposit_paid deposit_back
        other_income_received""",
    "what employees owe, are owed and must make good: with employees": """
        employee_advance employee_advance_settle employee_paid_expense stock_loss_approved""",
    "the warehouse is no auxiliary of the stock account: a transfer posts nothing": "stock_transfer",
    "nothing is left over when the last piece goes: it takes the rest": "zero_qty_residual",
    "posted net: the voucher of a change of cost says what the stock took": "cost_adjustment_difference",
    "stock used up on other accounts than own use: with reasons the user adds": """
        consumables_issue packaging_with_goods""",
    "production: with work orders": """
        material_issue material_return overhead_material labour_direct labour_indirect
        overhead_absorption finished_goods_receipt by_product subcontract_issue subcontract_fee
        subcontract_fee_small subcontract_receipt""",
    "fixed assets and what is spread over months: with the asset register": """
        asset_purchase asset_purchase_small depreciation asset_disposal_1 asset_disposal_2
        asset_disposal_2_small asset_disposal_3_loss asset_shortage deferred_expense
        deferred_expense_amortise intangible_amortise prepaid_rent_monthly expense_no_invoice
        rd_expense_transfer""",
    "wages, social insurance and what is withheld: with payroll": """
        payroll_accrual payroll_social_accrual payroll_payment social_payment iit_payment""",
    "taxes computed and paid: with the returns": """
        vat_transfer_unpaid vat_transfer_overpaid vat_payment vat_payment_small vat_paid_current_month
        small_vat_exempt surcharges_accrual surcharges_payment stamp_duty income_tax_accrual
        income_tax_payment owner_iit_business""",
    "closing of months and years: with the close of the accounts": """
        close_income close_expense year_end_profit year_end_loss surplus_reserve profit_distribution
        profit_distribution_close profit_paid""",
    "loans, capital, grants, bank interest, currencies: a manual voucher until they have a type": """
        bank_interest_income loan_received loan_interest_accrual loan_interest_paid loan_repaid
        capital_paid_in owner_drawings government_grant fx_loss""",
    "methods of costing that the book does not offer yet": """
        retail_method_receipt retail_method_receipt_small retail_method_cost retail_method_month
        planned_cost_purchase planned_cost_receipt planned_cost_variance""",
}
"""Reason → the ids of the rules, separated by blanks."""
