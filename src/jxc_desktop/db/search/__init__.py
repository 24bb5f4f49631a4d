"""The search index: what people type, taken to the cards they mean.

`parts` folds a text and cuts it into what is compared, `sounds` knows every reading of a character, `tokens` says what
of a card goes into the index, `expression` what the index is asked for, `matching` whether a card really matches and
where, `index` keeps the tables. The index only narrows down: every card it names is looked at by `matching` before it
is shown, so a hit is exact whatever the index holds. It is an FTS5 table per kind over our own tokens: words in their
order, and beginnings, sounds and endings with a mark in front; its tokenizer only splits at blanks. It follows from
the cards, is not in the digest, and the doctor has a check of its own for it. To make another kind of card searchable:
an entry in `SEARCHED`.
"""

from .expression import expression
from .index import SEARCHED, SearchIndex, create_texts, expected_tokens, stored_tokens_text
from .matching import Term, read_terms

__all__ = [
    "SEARCHED",
    "SearchIndex",
    "Term",
    "create_texts",
    "expected_tokens",
    "expression",
    "read_terms",
    "stored_tokens_text",
]
