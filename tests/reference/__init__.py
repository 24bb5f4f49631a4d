"""A slow second opinion: a whole book computed from scratch from the list of its documents at every question.

It shares no line with the product (`jxc_desktop` is never imported here): plain integers and fractions, no caches,
no replay from the middle. The state machine and the shuffle test of `tests/services` compare the product with it.

- `arithmetic`: rounding, line amounts, the spreading of a header discount
- `records`: documents and lines as plain records
- `pool`: one cost pool under moving average, with what is short
- `layers`: one under first in, first out
- `stock`: all movements of a book in canonical order
- `ledger`: vouchers, open items, balances
- `book`: `BookModel`: the verbs (post, amend, void, reverse) and the questions

Units: money in fen, quantities, prices, discounts and rates in 10⁻⁶. To add a document type, give it an effect in
`stock` (if it moves any), a voucher in `ledger` and a test beside its neighbours.
"""
