"""Tests of value-added tax."""
