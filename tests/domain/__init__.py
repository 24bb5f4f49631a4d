"""Tests of the business rules, without a book: one folder per package of `domain`."""
