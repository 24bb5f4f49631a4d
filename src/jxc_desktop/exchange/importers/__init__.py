"""Importers: each makes a plan of what a file wants of a book, `run` carries it out, all of it or nothing.

Lives here: `known` (what the book has), `cards` (new and changed cards), `plan`, one importer per kind, `run`. Used by
`cli` and `ui` through `run.run_import`. To add a kind: an importer that returns a `Plan`, and its entry in `IMPORTERS`
of `run.py`.
"""
