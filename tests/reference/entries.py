"""The lines of one voucher while it is written."""

from __future__ import annotations

from collections import defaultdict

Voucher = dict[str, tuple[int, int]]


class Entries:
    """Debits and credits per account; `sign` −1 makes every given amount red."""

    def __init__(self, sign: int = 1) -> None:
        self._sign = sign
        self._lines: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def debit(self, account: str, amount: int) -> None:
        """Dr account."""
        self.as_it_is(account, debit=self._sign * amount)

    def credit(self, account: str, amount: int) -> None:
        """Cr account."""
        self.as_it_is(account, credit=self._sign * amount)

    def moved(self, debit: str, credit: str, amount: int) -> None:
        """Dr debit / Cr credit by an amount that carries its own sign: what the stock really did."""
        self.as_it_is(debit, debit=amount)
        self.as_it_is(credit, credit=amount)

    def as_it_is(self, account: str, *, debit: int = 0, credit: int = 0) -> None:
        """One line by an amount that carries its own sign."""
        self._lines[account][0] += debit
        self._lines[account][1] += credit

    def difference(self) -> int:
        """Debits less credits."""
        return sum(debit - credit for debit, credit in self._lines.values())

    def voucher(self) -> Voucher:
        """The lines; accounts on which nothing stands are left out."""
        return {account: (debit, credit) for account, (debit, credit) in self._lines.items() if debit or credit}
