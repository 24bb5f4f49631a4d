"""The types of arguments: days, months, amounts, words of a choice, files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from jxc_desktop.kernel.text import Text

from .call import Call
from .usage import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{4})(\d{2})", re.ASCII)


MOST_SPELLED_OUT = 5
"""Choices of more words than this are named in the usage line and listed in the help."""


class Reading(click.ParamType[Any]):
    """A type made of a function that reads a text and raises ValueError."""

    def __init__(self, name: str, metavar: str, read: Callable[[str], Any], fault: str) -> None:
        self.name = name
        self._metavar = metavar
        self._read = read
        self._fault = fault

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """How help shows the value."""
        del param, ctx
        return self._metavar

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a value that is still a text."""
        del ctx
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except ValueError:
            self._refuse(value, param)

    def _refuse(self, value: str, param: click.Parameter | None) -> NoReturn:
        raise WrongUsage(Text(f"cli.bad.{self._fault}", {"parameter": shown(param), "value": value}))


class Choice(click.ParamType[str]):
    """One of a few words."""

    name = "choice"

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.is_short = len(words) <= MOST_SPELLED_OUT

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """How help shows the value."""
        del ctx
        return "|".join(self.words) if self.is_short else shown(param).lstrip("-").upper()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none of the words."""
        del ctx
        if value not in self.words:
            params = {"parameter": shown(param), "value": str(value), "choices": list(self.words)}
            raise WrongUsage(Text("cli.bad.choice", params))
        return str(value)


class Kind(Choice):
    """One of many kinds, by its code (with - or _) or by its name in the user's language."""

    name = "kind"

    def __init__(self, names: Mapping[str, Text]) -> None:
        super().__init__(tuple(names))
        self.names = names

    def named(self) -> list[Text]:
        """Every kind with its name, for lists of what is possible."""
        return [Text("cli.kind", {"code": code, "name": name}) for code, name in self.names.items()]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code of what was written. Raises WrongUsage with every kind."""
        written = str(value).strip()
        code = written.lower().replace("-", "_")
        if code in self.names:
            return code
        call = None if ctx is None else ctx.find_object(Call)
        for each, name in self.names.items():
            if call is not None and call.words(name) == written:
                return each
        params = {"parameter": shown(param), "value": written, "choices": self.named()}
        raise WrongUsage(Text("cli.bad.choice", params))


def shown(param: click.Parameter | None) -> str:
    """A parameter as the user types it."""
    if param is None:
        return ""
    return param.opts[0] if param.param_type_name == "option" else param.human_readable_name.upper()


def read_day(text: str) -> date:
    """2026-01-31 or 20260131 as a date. Raises ValueError."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) for part in match.groups() if part)
    return date(year, month, day)


def read_month(text: str) -> int:
    """2026-01 or 202601 as YYYYMM. Raises ValueError."""
    match = _MONTH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month = (int(part) for part in match.groups() if part)
    if not 1 <= month <= 12 or year < 1900:
        raise ValueError(text)
    return year * 100 + month


DAY = Reading("day", "YYYY-MM-DD", read_day, "day")
MONTH = Reading("month", "YYYY-MM", read_month, "month")
WHOLE = Reading("whole", "N", int, "whole")
FILE = Reading("file", "FILE", Path, "file")
FOLDER = Reading("folder", "DIR", Path, "file")
