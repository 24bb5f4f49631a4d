"""House rules that no tool knows, as tests: a rule that matters is broken by nobody for long.

A new rule is one test with the list of offenders in its failure; `source.py` reads the tree for all of them.
"""
