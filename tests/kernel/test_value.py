"""The class decorator of every value."""

from __future__ import annotations

import dataclasses

import pytest

from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.value import changed, value, workpiece
from tests.kernel.copies import copies_of


@value
class Point:
    """A value with a default and a method."""

    x: int
    y: int = 2
    amount: Money = ZERO

    @property
    def reach(self) -> int:
        return self.x + self.y


@value
class Checked:
    """A value that looks at itself."""

    size: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError(self.size)


@value
class Empty:
    """A value of nothing."""


@value
class OtherPoint:
    """The same fields under another name."""

    x: int
    y: int = 2
    amount: Money = ZERO


@workpiece
class Work:
    """What is worked on."""

    size: int
    done: int = 0


def test_fields_are_taken_by_place_and_by_name_and_have_defaults() -> None:
    assert Point(1) == Point(1, 2) == Point(x=1, y=2, amount=Money(0))
    assert (Point(1, 5).reach, Point(1).amount) == (6, ZERO)


def test_a_missing_or_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point(1, z=3)  # type: ignore[call-arg]


def test_values_are_equal_by_content_and_only_within_their_class() -> None:
    assert Point(1) != Point(2)
    other: object = OtherPoint(1)
    assert Point(1) != other
    assert len({Point(1), Point(1, 2), Point(1, 3)}) == 2
    assert hash(Point(1)) == hash(Point(1, 2))


def test_values_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.y
    with pytest.raises((AttributeError, TypeError)):
        point.z = 3  # type: ignore[attr-defined]
    assert point == Point(1)
    assert not hasattr(point, "__dict__")


def test_a_changed_copy_leaves_the_first_as_it_was() -> None:
    point = Point(1)
    assert changed(point, y=9) == dataclasses.replace(point, y=9) == Point(1, 9)
    with pytest.raises(TypeError):
        changed(point, z=3)
    assert point == Point(1)


def test_values_survive_pickle_and_copy() -> None:
    point = Point(1, amount=Money(7))
    assert copies_of(point) == [point] * 3


def test_a_value_may_check_itself() -> None:
    assert Checked(1).size == 1
    with pytest.raises(ValueError, match="-1"):
        Checked(-1)


def test_a_value_may_be_empty() -> None:
    assert Empty() == Empty()


def test_defaults_that_could_be_changed_are_refused() -> None:
    with pytest.raises(TypeError, match="immutable defaults"):

        @value
        class Loose:
            parts: list[int] = dataclasses.field(default_factory=list)

    with pytest.raises(ValueError, match="mutable default"):

        @value
        class Looser:
            parts: list[int] = []  # noqa: RUF012 — what is refused


def test_a_value_is_still_a_dataclass_that_shows_itself() -> None:
    assert [field.name for field in dataclasses.fields(Point)] == ["x", "y", "amount"]
    assert repr(Point(1)) == "Point(x=1, y=2, amount=Money(0))"
    match Point(1, 4):
        case Point(x, y):
            assert (x, y) == (1, 4)


def test_a_workpiece_can_be_worked_on_and_is_equal_to_itself_only() -> None:
    work = Work(1)
    work.done = 3
    assert (work.size, work.done) == (1, 3)
    assert work == work  # noqa: PLR0124 — what is asked
    assert work != Work(1, 3)
    with pytest.raises(AttributeError):
        work.other = 1  # type: ignore[attr-defined]
