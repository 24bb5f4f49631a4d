"""The posting rules that the program ships, read once per process."""

from __future__ import annotations

from functools import cache

from jxc_desktop import resource_files
from jxc_desktop.doctypes.spec import Rules
from jxc_desktop.domain.accounting.posting_rule import rules_from


@cache
def shipped_rules() -> Rules:
    """All of them, with what was found for each kind of taxpayer remembered."""
    return Rules(rules_from(resource_files.read_json("standards", "posting_rules.json")))
