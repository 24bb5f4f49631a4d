"""Tests of the document types: what each finds wrong with a document, without a book."""
