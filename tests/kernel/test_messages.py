"""Texts, problems, errors and changes: what goes back to the user and to the screens."""

from __future__ import annotations

import inspect

import pytest

from jxc_desktop.kernel import errors
from jxc_desktop.kernel.changes import Changes
from jxc_desktop.kernel.errors import ExternalError, FileLocked, HasProblems, PeriodClosed, UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.problems import Problem, Severity, errors_in
from jxc_desktop.kernel.text import Text
from tests.kernel.copies import copies_of

CHILDREN = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__]


def test_texts_are_equal_by_id_and_parameters() -> None:
    assert Text("a") == Text("a", {})
    assert Text("a", {"n": 1}) == Text("a", {"n": 1})
    assert Text("a", {"n": 1}) != Text("a", {"n": 2})
    assert Text("a") != Text("b")
    assert Text("a") != "a"
    assert len({Text("a", {"n": 1}), Text("a", {"n": 1}), Text("a")}) == 2


def test_a_text_cannot_be_changed_and_survives_pickle() -> None:
    text = Text("a", {"n": 1, "inner": Text("b")})
    with pytest.raises(AttributeError):
        text.id = "b"
    with pytest.raises(AttributeError):
        del text.params
    assert copies_of(text) == [text] * 3
    assert copies_of(Text("a")) == [Text("a")] * 3
    assert repr(text) == "Text('a', {'n': 1, 'inner': Text('b', {})})"


def test_only_errors_keep_a_document_from_being_posted() -> None:
    wrong = Problem(("lines", 3, "quantity"), Text("a"))
    doubtful = Problem(("date",), Text("b"), Severity.WARNING)
    assert wrong.severity is Severity.ERROR
    assert errors_in([doubtful, wrong, doubtful]) == [wrong]
    assert errors_in([]) == []


def test_a_refusal_carries_its_text_and_its_problems() -> None:
    problem = Problem((), Text("b"))
    refusal = HasProblems(Text("a", {"n": 1}), [problem])
    assert refusal.text == Text("a", {"n": 1})
    assert refusal.problems == (problem,)
    assert str(refusal) == "a"
    assert PeriodClosed(Text("a")).problems == ()


def test_what_the_environment_denies_carries_its_text() -> None:
    assert FileLocked(Text("a")).text == Text("a")
    assert str(FileLocked(Text("a"))) == "a"


@pytest.mark.parametrize("kind", CHILDREN)
def test_every_error_is_a_refusal_or_a_denial_and_never_both(kind: type[Exception]) -> None:
    assert issubclass(kind, UserError) is not issubclass(kind, ExternalError)


def test_changes_join_and_name_each_item_once() -> None:
    one, two, three = Id("1"), Id("2"), Id("3")
    joined = Changes(frozenset({"stock"}), (one,), (two, three), (one,)) | Changes(
        frozenset({"ledger"}), (two,), (three, two, one), (two,)
    )
    assert joined == Changes(frozenset({"stock", "ledger"}), (one, two), (two, three, one), (one, two))
    assert joined | Changes() == joined
