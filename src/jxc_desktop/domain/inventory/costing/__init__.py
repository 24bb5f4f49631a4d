"""Costing methods, one file each, with the same three functions: `current_value`, `issue`, `receive`.

A method changes the pool it is given and says what the movement is worth; where a movement stands and what depends on
it is the business of `inventory.lane`. Source of the rules: domain.md §3; the cases under `tests/cases` hold them.
"""
