"""Value-added tax: what a line's amount is with and without tax.

`domain.documents` and everything above may import it; it imports the kernel only.
A further tax is one module of pure functions beside `vat`.
"""
