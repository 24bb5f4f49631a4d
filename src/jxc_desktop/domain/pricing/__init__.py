"""Prices and discounts: where a price comes from, in which mode, what a typed amount means, how a discount spreads.

`domain.documents` and everything above may import it; it imports the kernel only.
A new rule is one module named after what it decides.
"""
