"""Wrong usage: what click or a command finds wrong with the arguments, in the words of the catalogue."""

from __future__ import annotations

from click import exceptions as click_errors

from jxc_desktop.kernel.text import Text


class WrongUsage(Exception):
    """The arguments make no sense; exit code 2."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


def usage_text(error: click_errors.ClickException) -> Text:
    """What is wrong and what to do, for an error that click raised."""
    if isinstance(error, click_errors.NoSuchOption):
        near = list(error.possibilities or ())
        return Text("cli.no_such_option", {"option": error.option_name, "near": _or_help(near)})
    if isinstance(error, click_errors.NoSuchCommand):
        near = list(error.possibilities or ())
        return Text("cli.no_such_command", {"command": error.command_name, "near": _or_help(near)})
    if isinstance(error, click_errors.MissingParameter) and error.param is not None:
        return Text("cli.missing", {"parameter": _shown(error)})
    if isinstance(error, click_errors.BadOptionUsage):
        return Text("cli.option_needs_value", {"option": error.option_name})
    return Text("cli.wrong_usage", {"detail": error.format_message()})


def _or_help(near: list[str]) -> object:
    return near or Text("cli.see_help")


def _shown(error: click_errors.MissingParameter) -> str:
    """`--name` or `FILE`."""
    assert error.param is not None
    return error.param.opts[0] if error.param.param_type_name == "option" else error.param.human_readable_name.upper()
