"""The doctor: every rule a book must keep, looked up in the file itself.

A check is one function over an `Examined` book that yields findings; `CHECKS` is the list of all of them, and a new one
is a function in the module of its subject, a place in the list, and a test that breaks its rule by SQL
(tests/services/test_doctor.py). `run_checks` is all that others call; what `doctor --repair` does is
`services.rebuild.rebuild`. Source of the rules: domain.md §6.
"""

from .examination import CHECKS, run_checks
from .finding import Check, Finding, Level

__all__ = ["CHECKS", "Check", "Finding", "Level", "run_checks"]
