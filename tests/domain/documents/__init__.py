"""Tests of what every document is made of."""
