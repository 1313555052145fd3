"""How much more a unit of a longer hostile text costs, by a clock made for the test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval import growth
from eval.growth import CASES, measure_growth


def test_growth_is_one_in_proportion_and_four_with_the_square(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]

    def costing(cost: Callable[[int], int]) -> growth.Case:
        def case(units: int) -> Callable[[], object]:
            def work() -> None:
                clock[0] += cost(units)

            return work

        return case

    monkeypatch.setattr("eval.growth.time.process_time", lambda: clock[0])
    monkeypatch.setattr(
        growth, "CASES", {"linear": costing(lambda n: 3 * n), "square": costing(lambda n: n * n)}
    )
    assert measure_growth(10) == {"linear": 1.0, "square": 4.0}


@pytest.mark.parametrize("name", CASES)
def test_every_hostile_text_is_worked_through(name: str) -> None:
    CASES[name](20)()
