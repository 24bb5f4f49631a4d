"""The reports, one file each: name, parameters, columns, query, drill-down.

`spec` says what a report is declared with, `registry` lists them, `report` runs one and puts the answer into plain
values. To add one: write its file, name it in the registry, add the texts of its columns and a test.
"""
