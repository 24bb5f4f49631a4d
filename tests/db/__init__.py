"""Tests of the files of a book: digest, rebuild, migrations, order of records."""
