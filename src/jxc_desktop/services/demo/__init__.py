"""The demo book: the invented company of `resources/demo` with a month of business, the same book every time.

`make_demo` is all that others call. `company` makes the cards, `opening` the opening documents, `january` thirty days
of business (`trade` buys and sells, `settling` pays, `happenings` tells what is written in `january_2026.json`),
`golden` instead the month of vouchers that statements are checked with. All chance comes from `chance`, all time from
a clock that is moved along the days.
"""

from .making import make_demo

__all__ = ["make_demo"]
