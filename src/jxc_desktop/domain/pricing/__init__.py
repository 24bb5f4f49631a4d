"""Prices and discounts: in which mode a price is entered, what follows from a typed amount, how a discount spreads.

`domain.documents` and everything above may import it; it imports the kernel only.
A new rule is one module named after what it decides (the order of price sources comes with the entry screens).
"""
