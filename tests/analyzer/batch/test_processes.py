"""Several processes, with a model that is too small to know anything."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.analyzer import Analyzer
from analyzer.article import Article
from analyzer.batch.engine import Engine
from analyzer.batch.worker import Outcome, Settings
from analyzer.errors import InputError, ModelError
from analyzer.failure import Failure
from analyzer.quotation import Analysis
from analyzer.readers import Item


def article(number: int) -> Item:
    text = f"“We wait,” said envoy Lind of article {number}. " * (1 + number % 5)
    return Item(id=str(number), size=len(text), content=Article(id=str(number), text=text))


class Deadly:
    """Kills the process that unpickles it, as a lack of memory would."""

    def __reduce__(self) -> object:
        return os._exit, (9,)


def outcomes(
    items: Iterator[Item] | list[Item],
    model: Path,
    processes: int,
    *,
    ordered: bool = True,
    together: int = 16,
) -> list[Outcome]:
    settings = Settings(model=model, threads=1)
    engine = Engine(settings=settings, processes=processes, ordered=ordered, together=together)
    return list(engine.run(items))


def lines(of: list[Outcome]) -> list[str]:
    return [outcome.line for outcome in of]


@pytest.fixture(scope="module")
def alone(model: Path) -> list[str]:
    """The lines of 120 articles by one process."""
    return lines(outcomes([article(number) for number in range(120)], model, 1))


@pytest.mark.parametrize("ordered", [True, False])
def test_two_processes_give_the_same_lines_even_if_one_is_killed(
    model: Path, alone: list[str], ordered: bool
) -> None:
    def items() -> Iterator[Item]:
        for number in range(120):
            if number in (50, 100):
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
            yield article(number)

    # Few together, so that results are there, and processes to kill, before all is sent.
    found = lines(outcomes(items(), model, 2, ordered=ordered, together=2))
    assert sorted(found) == sorted(alone)
    assert not ordered or found == alone


def test_an_article_that_kills_its_process_is_one_failure(model: Path, alone: list[str]) -> None:
    items = [article(number) for number in range(8)]
    items[3] = Item(id="deadly", size=1, content=Deadly())  # type: ignore[arg-type]
    found = outcomes(items, model, 2)
    assert [outcome.failure.type if outcome.failure else None for outcome in found] == [
        "WorkerDied" if number == 3 else None for number in range(8)
    ]
    assert [line for number, line in enumerate(lines(found)) if number != 3] == [
        line for number, line in enumerate(alone[:8]) if number != 3
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_model_that_cannot_be_loaded_is_said_once(tmp_path: Path, processes: int) -> None:
    with pytest.raises(ModelError, match="no model there"):
        outcomes([article(0)], tmp_path, processes)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_model_of_another_version_is_no_fault_of_the_articles(
    model: Path, tmp_path: Path, processes: int
) -> None:
    other = shutil.copytree(model, tmp_path / "other")
    configuration = json.loads((other / "config.json").read_text())
    (other / "config.json").write_text(json.dumps(configuration | {"calibration": {"unheard_of": 1}}))
    with pytest.raises(ModelError, match="unheard_of"):
        outcomes([article(0)], other, processes)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_reader_that_raises_loses_nothing_before(model: Path, alone: list[str], processes: int) -> None:
    def items() -> Iterator[Item]:
        yield from (article(number) for number in range(5))
        raise RuntimeError("the share is gone")

    found = []
    engine = Engine(settings=Settings(model=model, threads=1), processes=processes)
    with pytest.raises(InputError, match="the share is gone"):
        found.extend(engine.run(items()))
    # What extend has taken before the error stays.
    assert lines(found) == alone[:5]


def test_input_is_taken_as_it_is_needed(model: Path) -> None:
    taken = 0

    def items() -> Iterator[Item]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield article(number)

    for processes, most in ((1, 16), (2, 2 * 6 * 16)):
        taken = 0
        results = Engine(settings=Settings(model=model, threads=1), processes=processes).run(items())
        next(results)
        assert taken <= most
        results.close()  # type: ignore[attr-defined]


def test_none_is_taken_ahead_if_asked(model: Path) -> None:
    taken: list[int] = []

    def items() -> Iterator[Item]:
        for number in range(5):
            taken.append(number)
            yield article(number)

    for place, _ in enumerate(Engine(settings=Settings(model=model, threads=1), together=1).run(items())):
        assert taken == list(range(place + 1))


def test_what_is_wrong_with_one_stays_with_it(model: Path) -> None:
    analyzer = Analyzer(model)
    texts = [
        "“We wait,” said Lind.",
        "",
        "“No,” said Maslov of Norland.",
        "x" * 2_000_001,
        "“We wait,” said Lind.",
    ]
    texts += [f"“So it is,” said Lind on day {number}. " * (1 + number * 5) for number in range(12)]
    articles = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    together = analyzer.analyze_together(articles)
    assert [isinstance(result, Failure) for result in together[:5]] == [False, True, False, True, False]
    for article, result in zip(articles, together, strict=True):
        if isinstance(result, Analysis):
            assert result.to_json() == analyzer.analyze_article(article).to_json()


def test_many_articles_of_any_kind_in_python(model: Path) -> None:
    analyzer = Analyzer(model)
    given = [
        "“We wait,” said Lind.",
        {"id": "b", "text": "“No,” said Maslov.", "date": "2024-05-03"},
        {"text": "“Yes,” said Lind."},
        {"id": "d", "headline": "Nothing"},
        None,
        Article(id="f", text="“So,” said Lind."),
    ]
    results = list(analyzer.analyze_articles(given))  # type: ignore[arg-type]
    assert [result.id for result in results] == ["1", "b", "3", "d", "5", "f"]
    assert [isinstance(result, Failure) for result in results] == [False, False, False, True, True, False]
    assert isinstance(results[1], Analysis)
    assert results[1].date == "2024-05-03"


def test_how_sure_a_stance_must_be_is_a_probability(model: Path) -> None:
    with pytest.raises(ValueError, match="min_confidence is 70; expected a probability from 0 to 1"):
        Analyzer(model, min_confidence=70)


def test_an_iterable_that_raises_loses_nothing_before(model: Path) -> None:
    def articles() -> Iterator[str]:
        yield from ("“We wait,” said Lind.", "“No,” said Maslov.")
        raise RuntimeError("the feed is gone")

    results = []
    with pytest.raises(RuntimeError, match="the feed is gone"):
        results.extend(Analyzer(model).analyze_articles(articles()))
    assert [result.id for result in results] == ["1", "2"]


def test_an_article_without_a_text_is_one_failure(model: Path) -> None:
    given = [Article(id="a", text=None), Article(id="b", text="“No,” said Maslov.")]  # type: ignore[arg-type]
    first, second = Analyzer(model).analyze_articles(given)
    assert isinstance(first, Failure)
    assert "NoneType, not str" in first.message
    assert isinstance(second, Analysis)
