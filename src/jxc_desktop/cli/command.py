"""Commands, options and arguments whose help comes from the catalogue in the language of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, update_wrapper
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language

from .call import Call
from .parameter_types import FILE, Choice

if TYPE_CHECKING:
    from pathlib import Path

Function = Callable[..., Any]

LANGUAGES = Choice(tuple(language.value for language in Language))


class Option(click.Option):
    """An option; what it means is `meaning`, by default the text `cli.option.<help>`, `help` being its name."""

    def __init__(self, *declarations: Any, meaning: Text | None = None, **settings: Any) -> None:
        super().__init__(*declarations, **settings)
        self.help = self.help or self.name
        self.meaning = meaning or Text(f"cli.option.{self.help}")


class Argument(click.Argument):
    """An argument; what it means is the text `cli.option.<help>`, `help` being its name where none is given."""

    def __init__(self, *declarations: Any, **settings: Any) -> None:
        super().__init__(*declarations, **settings)
        self.help = self.help or self.name
        self.meaning = Text(f"cli.option.{self.help}")


class Command(click.Command):
    """A command; what it does is `meaning`, by default the text `cli.help.<help>`."""

    @property
    def meaning(self) -> Text:
        """What the command does."""
        return Text(f"cli.help.{self.help}")

    def summaries(self) -> dict[str, Text]:
        """The commands of a group, each with what it is for."""
        return {}

    def get_help(self, ctx: click.Context) -> str:
        """The page that --help prints."""
        from .help_page import help_page  # noqa: PLC0415 — most runs print no help

        call = ctx.find_object(Call)
        assert call is not None
        return "\n".join(help_page(self, ctx, call.words, self.summaries()))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, in our words."""
        del ctx
        if self._help_option is None:
            made = Option(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=_print_help)
            self._help_option = made
        return self._help_option


class Group(Command, click.Group):
    """A group whose commands lie in modules that are imported when they are called."""

    def __init__(self, name: str, commands: Mapping[str, str], *, prefix: str = "", **settings: Any) -> None:
        super().__init__(name=name, help=settings.pop("help", name), **settings)
        self._places = dict(commands)
        self._prefix = prefix

    def summaries(self) -> dict[str, Text]:
        """The commands, each with what it is for; none is imported."""
        return {name: Text(f"cli.help.{self._prefix}{name.replace('-', '_')}") for name in self._places}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which help shows them."""
        del ctx
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that holds a command."""
        del ctx
        place = self._places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a name nobody has suggests those that are near."""
        if args and args[0] not in self._places and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=list(self._places), ctx=ctx)
        return super().resolve_command(ctx, args)


def _print_help(ctx: click.Context, _param: click.Parameter, is_asked: bool) -> None:  # noqa: FBT001 — click's callback
    if is_asked and not ctx.resilient_parsing:
        call = ctx.find_object(Call)
        assert call is not None
        call.output.lines([ctx.get_help()])
        ctx.exit()


def option(*declarations: str, **settings: Any) -> Callable[[Function], Function]:
    """Declare an option of a command."""
    return click.option(*declarations, cls=Option, **settings)


def argument(*declarations: str, **settings: Any) -> Callable[[Function], Function]:
    """Declare an argument of a command."""
    return click.argument(*declarations, cls=Argument, **settings)


def command(name: str, *, book: bool = True, key: str = "") -> Callable[[Function], Command]:
    """Make a function `(call, **arguments) -> exit code or None` a command, with the options every command has."""

    def declare(function: Function) -> Command:
        wrapped = update_wrapper(partial(_run, function), function)
        made: Command = click.command(name, cls=Command, help=key or name.replace("-", "_"))(wrapped)
        made.params += [*([_book_option()] if book else []), *shared_options()]
        return made

    return declare


def _run(function: Function, **values: Any) -> Any:
    ctx = click.get_current_context()
    call = ctx.find_object(Call)
    assert call is not None
    return function(call, **values)


def _book_option() -> Option:
    return Option(["--book"], type=FILE, expose_value=False, callback=_take_book)


def shared_options() -> list[click.Parameter]:
    """--json and --lang, which stand before or after the name of the command."""
    return [
        Option(["--json"], is_flag=True, expose_value=False, callback=_take_json),
        Option(["--lang"], type=LANGUAGES, expose_value=False, is_eager=True, callback=_take_language),
    ]


def group_options() -> list[click.Parameter]:
    """What may stand before the name of the command."""
    return [_book_option(), *shared_options()]


def _take_book(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    call = ctx.find_object(Call)
    if call is not None and value is not None:
        call.book_file = value


def _take_json(ctx: click.Context, _param: click.Parameter, is_wanted: bool) -> None:  # noqa: FBT001 — click's callback
    call = ctx.find_object(Call)
    if call is not None and is_wanted:
        call.is_json = True


def _take_language(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    call = ctx.find_object(Call)
    if call is not None and value is not None:
        call.language = Language(value)
