"""Excel and CSV in and out: what a user's file says, checked, and what a user's file gets back.

Lives here: opening tables (`tabular`, with `delimited`, `spreadsheet` and the guards of `archive`), reading untidy
cells (`cells`, `numbers`, `dates`, `packs`), finding headings (`synonyms`, `headings`), records of a kind (`fields`,
`records`, `checks`), mapping files (`mapping`, `rules`), documents out of rows (`line_store`, `grouping`, `matching`),
and the answer (`faults`, `report`, `error_workbook`). All of that knows no book; `importers` binds it to one.

May be imported by `cli`, `ui` and `bootstrap`; imports `services` and below, never `db`.
To add a kind of import: its fields in `fields.py`, its headings in `resources/import_synonyms.json`, its checks in
`checks.py`, its importer in `importers/`.
"""
