"""brat's standoff format (https://brat.nlplab.org/standoff.html): export, and import of what came back.

::

    T1<TAB>Content 10 26;40 52<TAB>the talks failed and were over
    #1<TAB>AnnotatorNotes T1<TAB>{"id": 0, "kind": "mixed", "speaker": 2}
    T2<TAB>Cue 27 31<TAB>said
    R1<TAB>cue Arg1:T1 Arg2:T2

Nodes and relations are those of ``corpus.graph``. Spans and relations can be changed in brat, and the fields in the
notes as text. A node without a span has a note to a text that is not there (``T0``), as brat has no place for it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from corpus.annotated import AnnotatedArticle
from corpus.graph import LABELS, RELATIONS, Edge, Graph, Node, from_graph, to_graph

_SPAN = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)(?:\t.*)?")
_RELATION = re.compile(r"R\d+\t(\w+) Arg1:([TN]\d+) Arg2:([TN]\d+)\s*")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t(.*)")

CONFIGURATION = "\n".join(
    [
        *("[entities]", *LABELS, ""),
        *("[relations]", *(f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>" for name in RELATIONS), ""),
        *("[events]", "", "[attributes]", ""),
    ]
)
"""The ``annotation.conf`` that brat needs in the folder."""


class BratError(ValueError):
    """A brat file that cannot be read; the message names the line."""


def to_brat(article: AnnotatedArticle) -> str:
    """*article*'s annotations as an ``.ann`` file; its text goes beside it as ``.txt``, unchanged."""
    graph = to_graph(article)
    names = {node.id: f"T{number}" for number, node in enumerate(graph.nodes, start=1) if node.spans}
    notes: list[tuple[str, dict[str, Any]]] = [("T0", {"article": graph.article, "metadata": graph.metadata})]
    lines = []
    for node in graph.nodes:
        if node.spans:
            lines.append(_span_line(names[node.id], node, article.text))
            notes += [(names[node.id], node.fields)] if node.fields else []
        else:
            notes.append(("T0", {"node": node.id, "label": node.label, "fields": node.fields}))
    for number, edge in enumerate(graph.edges, start=1):
        start, end = (names.get(name, name) for name in (edge.start, edge.end))
        lines.append(f"R{number}\t{edge.label} Arg1:{start} Arg2:{end}")
    for number, (of, value) in enumerate(notes, start=1):
        lines.append(f"#{number}\tAnnotatorNotes {of}\t{json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines, ""])


def _span_line(name: str, node: Node, text: str) -> str:
    offsets = ";".join(f"{start} {end}" for start, end in node.spans)
    # A line of brat's holds no line break: a blank stands for it.
    covered = re.sub(r"\s", " ", " ".join(text[start:end] for start, end in node.spans))
    return f"{name}\t{node.label} {offsets}\t{covered}"


def from_brat(annotations: str, text: str) -> AnnotatedArticle:
    """The article of *text* that the ``.ann`` file *annotations* describes, as ``to_brat`` writes it.

    Raises BratError if a line cannot be read, corpus.graph.GraphError if they make no annotated article.
    """
    spans: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {}
    fields: dict[str, dict[str, Any]] = {}
    edges: list[Edge] = []
    nodes: list[Node] = []
    head: dict[str, Any] = {"article": "", "metadata": {}}
    # Not splitlines: the covered text may hold other characters that it would break a line at.
    for number, line in enumerate(annotations.split("\n"), start=1):
        if match := _SPAN.fullmatch(line):
            pieces = (piece.split() for piece in match[3].split(";"))
            spans[match[1]] = match[2], tuple((int(start), int(end)) for start, end in pieces)
        elif match := _RELATION.fullmatch(line):
            edges.append(Edge(match[2], match[3], match[1]))
        elif match := _NOTE.fullmatch(line):
            note = _parse(match[2], number)
            if match[1] != "T0":
                fields[match[1]] = note
            elif "node" in note:
                nodes.append(Node(note["node"], note["label"], (), note["fields"]))
            else:
                head = note
        elif line.strip():
            raise BratError(f"line {number}: {line[:80]!r}: neither a span, a relation nor a note")
    nodes += [Node(name, label, pieces, fields.get(name, {})) for name, (label, pieces) in spans.items()]
    return from_graph(Graph(head["article"], head["metadata"], tuple(nodes), tuple(edges)), text)


def _parse(note: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(note)
    except json.JSONDecodeError as error:
        raise BratError(f"line {number}: the note is not JSON: {error.msg}") from error
    if not isinstance(value, dict):
        raise BratError(f"line {number}: the note is no JSON object")
    return value
