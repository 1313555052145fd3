"""Label Studio's tasks: what is exported is imported again, regions lie where their words are."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from corpus.label_studio import CONFIGURATION, LabelStudioError, from_task, to_task
from tests.corpus.made import ARTICLE, TEXT, at


def test_round_trip_through_json() -> None:
    assert from_task(json.loads(json.dumps(to_task(ARTICLE)))) == ARTICLE


def test_order_of_regions_does_not_matter() -> None:
    task = to_task(ARTICLE)
    task["annotations"][0]["result"].reverse()
    assert set(from_task(task).quotations) == set(ARTICLE.quotations)


def test_regions_have_the_words_they_cover() -> None:
    regions = [item for item in to_task(ARTICLE)["annotations"][0]["result"] if item["type"] == "labels"]
    assert all(TEXT[r["value"]["start"] : r["value"]["end"]] == r["value"]["text"] for r in regions)
    assert at("absurd") in [(r["value"]["start"], r["value"]["end"]) for r in regions]


def test_interface_has_every_label_and_relation() -> None:
    tree = ElementTree.fromstring(CONFIGURATION)
    known = {node.get("value") for node in tree.iter() if node.tag in ("Label", "Relation")}
    result = to_task(ARTICLE)["annotations"][0]["result"]
    used = {
        item["labels"][0] if item["type"] == "relation" else item["value"]["labels"][0] for item in result
    }
    assert used <= known


@pytest.mark.parametrize(
    "task", [{}, {"data": {}, "annotations": []}, {"data": {"text": ""}, "annotations": [{}]}]
)
def test_other_task_is_refused(task: dict[str, object]) -> None:
    with pytest.raises(LabelStudioError, match=re.escape("no task as exported: ")):
        from_task(task)
