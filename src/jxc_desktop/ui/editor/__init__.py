"""The one editor of documents: head, lines and totals of every type come from its declaration.

`entry` holds the draft and its undo; `page` puts the parts together; `grid` is the Enter path over `model` and
`columns`; `picker` finds cards as one types; `scanner` tells a scan from typing. Sums and checks are worked out by the
draft on the window's thread, everything that needs the book is asked through `ops`.
"""
