"""One component for every list and report: `source` says what it shows, `model` holds its pages, `page` is the screen.

A list of documents pages by local numbers that are asked for once; cards and reports come whole. To show something
new, write a source; nothing else changes.
"""
