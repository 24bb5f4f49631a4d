"""Every way a value is copied: what comes out must equal what went in."""

from __future__ import annotations

import copy
import pickle


def copies_of(original: object) -> list[object]:
    """A pickled, a shallow and a deep copy."""
    pickled = pickle.loads(pickle.dumps(original))  # noqa: S301 — our own bytes
    return [pickled, copy.copy(original), copy.deepcopy(original)]
