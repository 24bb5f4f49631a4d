"""Everything that writes SQL: the book's file, its change log and the projections made from it.

`changelog` is the one door through which facts enter; `projections` writes what follows from them; `tables` declares
where it lands; `migrate` brings older books up to date. Only `services`, `queries` and (for the log) `sync` import it.
"""
