"""What every document is made of: head, lines, totals, effects, numbering, linking.

Used by `doctypes` and above. One module per noun; a link to the line a document was made from stands on the line
itself (`source_document`, `source_line`), because each line has at most one source and the posting path then writes
one row less; `allocation` is kept for settlements.

A document being entered is a `Draft`: `check` says how a type declares what may be wrong, `sheet` and `tracked` keep
lines with their problems, `sums` and `totals` the figures, `line_map` and `index_map` are the maps whose copies share
what did not change. Checks come to it as data, because document types stand above this package.
"""
