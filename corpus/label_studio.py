"""Label Studio's task format (https://labelstud.io/guide/tasks): export, and import of what came back.

Nodes and relations are those of ``corpus.graph``. A node of several spans is as many regions, which ``continues``
joins; its fields are the first region's note (``meta``), as JSON. Offsets are code points, as here.
"""

from __future__ import annotations

import json
from typing import Any

from corpus.annotated import AnnotatedArticle
from corpus.graph import LABELS, RELATIONS, Edge, Graph, Node, from_graph, to_graph

CONTINUES = "continues"
CONFIGURATION = f"""<View>
  <Relations>{"".join(f'<Relation value="{name}"/>' for name in (*RELATIONS, CONTINUES))}</Relations>
  <Labels name="span" toName="text">{"".join(f'<Label value="{label}"/>' for label in LABELS)}</Labels>
  <Text name="text" value="$text" granularity="character"/>
</View>
"""
"""The labelling interface that a project needs."""


class LabelStudioError(ValueError):
    """A task that cannot be read; the message says what is missing."""


def to_task(article: AnnotatedArticle) -> dict[str, Any]:
    """*article* as one task with one annotation; a list of them, as JSON, is what Label Studio imports."""
    graph = to_graph(article)
    result: list[dict[str, Any]] = []
    hidden = []
    for node in graph.nodes:
        if not node.spans:
            hidden.append({"node": node.id, "label": node.label, "fields": node.fields})
        for number, (start, end) in enumerate(node.spans):
            result.append(_region(node, number, start, end, article.text))
            if number:
                result.append(_relation(_name(node.id, number - 1), _name(node.id, number), CONTINUES))
    result += [_relation(_name(edge.start), _name(edge.end), edge.label) for edge in graph.edges]
    data = {"id": graph.article, "text": article.text, "metadata": graph.metadata, "hidden": hidden}
    return {"data": data, "annotations": [{"result": result}]}


def _name(node: str, number: int = 0) -> str:
    return f"{node}.{number}"


def _region(node: Node, number: int, start: int, end: int, text: str) -> dict[str, Any]:
    region = {
        "id": _name(node.id, number),
        "type": "labels",
        "from_name": "span",
        "to_name": "text",
        "value": {"start": start, "end": end, "text": text[start:end], "labels": [node.label]},
    }
    if node.fields and not number:
        region["meta"] = {"text": [json.dumps(node.fields, ensure_ascii=False)]}
    return region


def _relation(start: str, end: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]}


def from_task(task: dict[str, Any]) -> AnnotatedArticle:
    """The article that *task*, as exported from Label Studio in its JSON format, describes: its first annotation.

    Raises LabelStudioError if the task is of another form, corpus.graph.GraphError if it is no annotated article.
    """
    try:
        data, result = task["data"], task["annotations"][0]["result"]
        regions = {item["id"]: item for item in result if item["type"] == "labels"}
        relations = [
            (item["from_id"], item["to_id"], item["labels"][0])
            for item in result
            if item["type"] == "relation"
        ]
        next_region = {start: end for start, end, label in relations if label == CONTINUES}
        nodes = [Node(_name(item["node"]), item["label"], (), item["fields"]) for item in data["hidden"]]
        for name in regions.keys() - set(next_region.values()):
            nodes.append(_read_node(name, regions, next_region))
        order = {name: number for number, name in enumerate(regions)}
        nodes.sort(key=lambda node: order.get(node.id, -1))
        edges = [Edge(start, end, label) for start, end, label in relations if label != CONTINUES]
        graph = Graph(data["id"], data["metadata"], tuple(nodes), tuple(edges))
        return from_graph(graph, data["text"])
    except (KeyError, IndexError, TypeError, json.JSONDecodeError) as error:
        raise LabelStudioError(f"no task as exported: {error!r}") from error


def _read_node(name: str, regions: dict[str, Any], next_region: dict[str, str]) -> Node:
    first = regions[name]
    spans = []
    step: str | None = name
    while step is not None:
        spans.append((regions[step]["value"]["start"], regions[step]["value"]["end"]))
        step = next_region.get(step)
    meta = first.get("meta", {}).get("text") or ["{}"]
    return Node(name, first["value"]["labels"][0], tuple(sorted(spans)), json.loads(meta[0]))
