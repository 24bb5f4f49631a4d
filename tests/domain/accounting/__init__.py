"""Tests of the general ledger's rules."""
