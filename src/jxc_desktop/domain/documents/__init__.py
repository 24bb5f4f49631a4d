"""What every document is made of: head, lines, totals, effects, numbering, linking.

Used by `doctypes` and above. One module per noun; a link to the line a document was made from stands on the line
itself (`source_document`, `source_line`), because each line has at most one source and the posting path then writes
one row less; `allocation` is kept for settlements.
"""
