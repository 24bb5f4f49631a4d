"""人民币大写: an amount in the capital numerals that receipts, cheques and vouchers carry.

Source: 《支付结算办法》附一《正确填写票据和结算凭证的基本规定》. Where the rule leaves a choice: 元 not 圆, 整 not 正,
整 also after 角, and no 零 where 万位 or 元位 is 0 but 千位 or 角位 is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jxc_desktop.kernel.money import Money

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def amount_in_words(amount: Money) -> str:
    """Write an amount in capital numerals, without 人民币 in front; 负 stands before a negative one."""
    yuan, small = divmod(abs(amount.fen), 100)
    sign = "负" if amount.fen < 0 else ""
    whole = f"{_number(yuan)}元" if yuan or not small else ""
    return sign + whole + _small(small, after_yuan=bool(yuan))


def _number(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    size, unit = next(entry for entry in _UNITS if number >= entry[0])
    high, low = divmod(number, size)
    gap = "零" if 0 < low < size // 10 else ""
    return _number(high) + unit + gap + (_number(low) if low else "")


def _small(small: int, *, after_yuan: bool) -> str:
    if not small:
        return "整"
    jiao, fen = divmod(small, 10)
    if not jiao:
        return ("零" if after_yuan else "") + f"{_DIGITS[fen]}分"
    return f"{_DIGITS[jiao]}角" + (f"{_DIGITS[fen]}分" if fen else "整")
