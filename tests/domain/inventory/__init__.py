"""Tests of stock, units and costing."""
