"""Use cases: the only way to change a book. `book.Book` is the one object handed upward.

One module per group of use cases; a use case is a function `(work, **params)` marked with `@use_case(right=…)` that
validates, numbers and builds change records; what follows from them is the business of `db`. To add one, write it here
and give it a command.
"""
