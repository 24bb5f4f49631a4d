"""A measured figure with its limit, and the few ways of measuring that all benchmarks share."""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Figure(NamedTuple):
    """One line of the result."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def ok(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value <= self.limit

    def line(self) -> str:
        """The figure as one line of JSON."""
        return json.dumps(
            {
                "name": self.name,
                "value": round(self.value, 4),
                "limit": self.limit,
                "unit": self.unit,
                "ok": self.ok,
            }
        )


class Spent(NamedTuple):
    """Wall and CPU seconds."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """Run once and take the time."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def median_ratio(pairs: Sequence[tuple[Spent, Spent]]) -> Spent:
    """The medians of the ratios of pairs, wall and CPU apart."""
    return Spent(
        statistics.median(one.wall / other.wall for one, other in pairs),
        statistics.median(one.cpu / other.cpu for one, other in pairs),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
