"""Tests of the schema's revisions, and books that older programs left behind."""
