"""Files for users: what is shown on the screen, written as Excel or CSV.

One module per kind of file. Used by `cli` and `ui`, which read from the book and hand plain values over; nothing here
knows a book. Texts are written as texts, never as formulas.
"""
