"""Declarations of master data: items, parties, warehouses, money accounts, accounts, units, categories, tax rates.

One file per kind; `registry` lists them. Used by `db` (a table per kind), `services` and everything above. To add a
field, declare it here and bump the schema: the table, the forms and the importers read the declaration.
"""
