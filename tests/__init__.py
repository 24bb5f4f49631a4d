"""The tests mirror src; beside them: scenarios, cases, migrations, architecture, benchmarks, data.

`conftest.py` holds the profiles, `builders.py` makes drafts and books. Add a test where the module it speaks of lies.
"""
