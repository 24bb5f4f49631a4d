"""Tests of what is read: documents, lists, reports and the plans of their questions."""
