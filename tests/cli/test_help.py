"""Help speaks the three languages and covers every command, option and argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from jxc_desktop.cli.help_page import meaning_of
from jxc_desktop.cli.main import jxc_desktop
from jxc_desktop.cli.table import width
from jxc_desktop.language import Language, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


def _all(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _all(command, (*path, name))


@pytest.mark.parametrize("language", list(Language))
def test_everything_that_can_be_typed_is_explained(language: Language) -> None:
    words = translator(language)
    bare = {}
    for path, command in _all(jxc_desktop):
        parts: list[click.Command | click.Parameter] = [command, *command.params]
        for part in parts:
            text = meaning_of(part)
            if words(text).startswith(text.id):
                bare[text.id] = path
    assert not bare


@pytest.mark.parametrize("language", list(Language))
def test_the_page_of_every_command_fits_a_screen(run: Run, language: Language) -> None:
    for path, _command in _all(jxc_desktop):
        answer = run(*path, "--help", "--lang", language.value)
        assert answer.code == 0
        assert not answer.err
        assert all(width(line) <= 140 for line in answer.out.splitlines())
        assert "cli." not in answer.out.replace("JXC", "")


def test_no_command_shows_what_there_is(run: Run) -> None:
    answer = run()
    assert answer.code == 0
    assert answer.out == run("--help").out
    names = [line.split()[0] for line in answer.out.splitlines() if line.startswith("  ")]
    assert {"new", "import", "post", "report", "doctor", "version"} <= set(names)


def test_a_default_a_choice_and_what_is_required_are_told(run: Run) -> None:
    page = run("new", "--help", "--lang", "en").out
    assert "--taxpayer small|general" in page
    assert "(default small)" in page
    assert "(required)" in page
    assert "goods_receipt" in run("list", "--help").out
