"""Tests of prices and discounts."""
