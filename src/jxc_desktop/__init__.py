"""jxc_desktop: purchasing, sales, stock, cost and ledger of one company in one file.

What lives where and who may import whom stands in README.md; the contracts in pyproject.toml enforce it.
"""

__version__ = "0.1.0"
