"""Costing methods, one file each, with the same names.

`issue`, `receive`, `give_back` (of a line), `change` (by what was found out), `set_cost` (by a count) and `add_late`
(a fee) change the pool they are given and say what the movement is worth; `current_value` is what a quantity is worth
now. `POOL` is the kind of pool, `IS_LAYERED` whether that keeps what came in apart. Where a movement stands and what
depends on it is the business of `inventory.lane`. Source of the rules: domain.md §3; the cases under
`tests/cases` hold them.
"""
