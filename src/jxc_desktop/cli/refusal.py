"""What was refused: the message and every problem with its place, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jxc_desktop.kernel.errors import ExternalError, UserError
    from jxc_desktop.kernel.problems import Place, Problem
    from jxc_desktop.language import Translator

    from .usage import WrongUsage

    Words = Callable[[Text], str]

_COUNTED_FROM_0 = {"documents", "changes"}
"""Places whose number is a position, shown from 1; other numbers are line keys."""


def refusal_lines(error: UserError | ExternalError | WrongUsage, words: Translator) -> Iterator[str]:
    """The message, then one line per problem; a message that is its only problem is said once."""
    problems: tuple[Problem, ...] = tuple(getattr(error, "problems", ()))
    yield words(error.text)
    if len(problems) != 1 or problems[0].text != error.text:
        yield from problem_lines(problems, words)


def problem_lines(problems: Iterable[Problem], words: Translator) -> Iterator[str]:
    """One line per problem: where, what is wrong, what to do."""
    for problem in problems:
        message = words(problem.text)
        if problem.severity != "error":
            message = f"[{words(Text(f'severity.{problem.severity.value}'))}] {message}"
        place = shown_place(problem.place, words)
        yield f"  {place}: {message}" if place else f"  {message}"


def shown_place(place: Place, words: Translator) -> str:
    """A place from outside in, in words: 单据 1 › 明细 3 › 数量."""
    parts: list[str] = []
    for number, part in enumerate(place):
        if isinstance(part, int):
            before = place[number - 1] if number else "changes"
            shown = str(part + 1 if before in _COUNTED_FROM_0 else part)
            if parts:
                parts[-1] = f"{parts[-1]} {shown}"
            else:
                parts.append(shown)
        else:
            parts.append(_field(part, words))
    return " › ".join(parts)


def _field(name: str, words: Translator) -> str:
    """A field by the name its column has; what has none is shown as it is."""
    text = Text(f"field.{name}")
    shown = words(text)
    return name if shown == text.id else shown


def refusal_json(error: UserError | ExternalError | WrongUsage, words: Translator) -> dict[str, Any]:
    """What --json prints instead of the answer."""
    problems = problems_json(getattr(error, "problems", ()), words)
    return {"error": {"id": error.text.id, "message": words(error.text)}, "problems": problems}


def problems_json(problems: Iterable[Problem], words: Translator) -> list[dict[str, Any]]:
    """Each problem with its place as a list, positions counted from 0."""
    return [
        {
            "place": list(problem.place),
            "id": problem.text.id,
            "severity": problem.severity.value,
            "message": words(problem.text),
        }
        for problem in problems
    ]
