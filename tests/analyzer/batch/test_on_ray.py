"""A cluster of two nodes on this machine, with a model that is too small to know anything."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.batch.engine import Engine
from analyzer.batch.on_ray import analyze_on_ray
from analyzer.batch.worker import Settings
from analyzer.formats import Format
from analyzer.readers import find_items

ray = pytest.importorskip("ray", reason="the extra communique[ray] is not installed")
cluster_utils = pytest.importorskip("ray.cluster_utils")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of 160 articles, an empty file, a missing row and two texts."""
    folder = tmp_path_factory.mktemp("input") / "news"
    folder.mkdir()
    rows = [
        {"id": f"row {number}", "text": f"“We wait,” said envoy Lind of {number}. " * 30}
        for number in range(160)
    ]
    rows[100]["text"] = ""
    (folder / "b.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "a.txt").write_text("“No,” said Maslov.", encoding="utf-8")
    (folder / "c.txt").write_bytes(b"")
    (folder / "d.txt").write_text("“Yes,” said Lind.", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(news: Path, model: Path) -> str:
    """What one machine writes."""
    outcomes = Engine(settings=Settings(model=model, threads=1)).run(find_items([news]))
    return "".join(f"{outcome.line}\n" for outcome in outcomes)


@pytest.fixture
def cluster() -> Iterator[cluster_utils.Cluster]:
    made = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    made.add_node(num_cpus=1)
    ray.init(address=made.address, log_to_driver=False, logging_level="error")
    yield made
    ray.shutdown()
    made.shutdown()


def test_a_node_that_dies_in_the_middle_changes_nothing(
    cluster: cluster_utils.Cluster, news: Path, model: Path, alone: str, tmp_path: Path
) -> None:
    killed = threading.Event()

    def kill() -> None:
        # When both actors have their processor, and have been at work for a while.
        while ray.available_resources().get("CPU", 0):
            time.sleep(0.1)
        time.sleep(5)
        cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
        killed.set()

    killer = threading.Thread(target=kill)
    killer.start()
    parts = analyze_on_ray([news], Settings(model=model, threads=1), tmp_path / "out", Format.JSONL, actors=2)
    assert killed.is_set()
    killer.join()
    written = "".join(path.read_text("utf-8") for path in sorted((tmp_path / "out").iterdir()))
    assert written == alone
    assert sum(part.tally.articles for part in parts) == 163
    assert [failure.id for part in parts for failure in part.failures] == [
        "news/b.jsonl#row 100",
        "news/c.txt",
    ]
