"""The page that --help prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jxc_desktop.kernel.text import Text

from .parameter_types import Choice, Kind
from .table import padded, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Words = Callable[[Text], str]

PLACES = 100
WIDEST_NAME = 34


def help_page(command: click.Command, ctx: click.Context, words: Words, summaries: Mapping[str, Text]) -> Iterator[str]:
    """Usage, what the command does, its arguments, options and the commands of a group with their summaries."""
    pieces = (_piece(each, words) for each in command.collect_usage_pieces(ctx))
    usage = " ".join((ctx.command_path, *pieces))
    yield words(Text("cli.page.usage", {"usage": usage}))
    yield ""
    yield from wrapped(words(meaning_of(command)), PLACES)
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option) and not param.hidden]
    yield from _section(words, "arguments", [(each.make_metavar(ctx), _meaning(each, words)) for each in arguments])
    yield from _section(words, "options", [(_spelling(each, ctx, words), _meaning(each, words)) for each in options])
    rows = [(name, words(text).partition("\n")[0]) for name, text in summaries.items()]
    yield from _section(words, "commands", rows)


PIECES = {
    "[OPTIONS]": "options",
    "[ARGS]...": "arguments",
    "COMMAND": "command",
    "[COMMAND]": "command_or_none",
    "TEXT": "text",
}


def _piece(piece: str, words: Words) -> str:
    """A part of the usage line: what click names in English is said in the language of the run."""
    return " ".join(words(Text(f"cli.usage.{PIECES[each]}")) if each in PIECES else each for each in piece.split(" "))


def meaning_of(part: click.Command | click.Parameter) -> Text:
    """What a command, an option or an argument of ours is for."""
    meaning = getattr(part, "meaning", None)
    assert isinstance(meaning, Text)
    return meaning


def _section(words: Words, title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield words(Text(f"cli.page.{title}"))
    places = min(max(width(name) for name, _meaning in rows), WIDEST_NAME)
    for name, meaning in rows:
        lines = list(wrapped(meaning, PLACES - places - 4)) or [""]
        if width(name) > places:
            yield f"  {name}"
        else:
            yield f"  {padded(name, places)}  {lines.pop(0)}".rstrip()
        for line in lines:
            yield f"  {' ' * places}  {line}"


def _spelling(option: click.Option, ctx: click.Context, words: Words) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {_piece(option.make_metavar(ctx), words)}"


def _meaning(param: click.Option | click.Argument, words: Words) -> str:
    parts = [words(meaning_of(param))]
    if isinstance(param.type, Choice) and not param.type.is_short:
        choices = param.type.named() if isinstance(param.type, Kind) else list(param.type.words)
        parts.append(words(Text("cli.page.choices", {"choices": choices})))
    if isinstance(param, click.Option) and param.required:
        parts.append(words(Text("cli.page.required")))
    if isinstance(param, click.Option) and isinstance(param.default, (str, int)) and param.default:
        parts.append(words(Text("cli.page.default", {"value": param.default})))
    return " ".join(parts)
