"""Tests of what goes in and out: tables, untidy cells, headings, mapping files, documents, error workbooks."""
