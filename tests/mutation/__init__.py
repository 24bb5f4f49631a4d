"""Tests of the tests: a damaged copy of the code must fail the numeric checks. One module per area of the domain."""
