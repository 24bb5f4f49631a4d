"""Everything that is read: a query is a function of a `Session` and keyword parameters that changes nothing.

Rows are NamedTuples declared beside their SQL; a question is one text constant run by `Session.rows`. Services use
queries, and everything above reaches them through `book.read(query, **params)`. To add one: a module named after what
it answers, a NamedTuple, the text, the function, a test of its rows and, where it runs often, of its query plan.
Reports stand in `reports/`, one per file.
"""
