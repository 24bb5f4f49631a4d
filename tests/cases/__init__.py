"""Numeric cases from elsewhere, run against the product: `python -m tests.cases DIR|FILE…`.

A case file is JSON: `{"cases": [{"id", "kind", "given", "expect", "scope"}]}`. One module per group of kinds translates
`given` into calls of the product's public functions and hands back its figures; `compare` holds them against `expect`.
Nothing here computes: an architecture test forbids arithmetic. A new kind is one function, listed in its module's
`KINDS`; a new module is listed in `registry`.
"""
