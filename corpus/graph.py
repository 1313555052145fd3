"""An annotated article as a graph of labelled spans, the form that annotators' tools have in common.

A node is one labelled piece of text with fields, an edge a named relation between two nodes:

========  =================================  ==========================================================
node      covers                             edges
========  =================================  ==========================================================
Content   a quotation's content              ``cue``, ``source``, ``stance``, ``speaker`` (first mention)
Stance    its evidence                       ``target``
Mention   one mention of an entity           ``same`` to the entity's next mention, ``role`` from the first
Role      an office, as the article names it
========  =================================  ==========================================================

Nodes whose spans are empty (a stance without evidence, an entity without mentions) are nodes all the same; a tool
that cannot show them keeps them in a note.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from analyzer.quotation import Role, Span, Target, covered_text
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity

LABELS = ("Content", "Cue", "Source", "Stance", "Target", "Mention", "Role")
RELATIONS = ("cue", "source", "stance", "target", "same", "role", "speaker")


class GraphError(ValueError):
    """A graph that is no annotated article; the message names the node."""


@dataclass(frozen=True, slots=True)
class Node:
    """*id* is unique in its graph; *fields* are JSON values."""

    id: str
    label: str
    spans: tuple[Span, ...]
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes, by their ids; *label* is one of ``RELATIONS``."""

    start: str
    end: str
    label: str


@dataclass(frozen=True, slots=True)
class Graph:
    """All annotations of one article."""

    article: str
    metadata: dict[str, str]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def to_graph(article: AnnotatedArticle) -> Graph:
    """The graph of *article*; ``from_graph`` gives the same article again."""
    builder = _Builder()
    entities = {entity.id: builder.entity(entity) for entity in article.entities}
    for quotation in article.quotations:
        builder.quotation(quotation, entities)
    return Graph(article.id, article.metadata, tuple(builder.nodes), tuple(builder.edges))


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def _node(self, label: str, spans: tuple[Span, ...], fields: dict[str, Any] | None = None) -> str:
        name = f"N{len(self.nodes) + 1}"
        self.nodes.append(Node(name, label, spans, fields or {}))
        return name

    def entity(self, entity: Entity) -> str:
        fields = {"id": entity.id, "name": entity.name, "kind": entity.kind, "country": entity.country}
        first = last = self._node("Mention", entity.mentions[:1], fields)
        for mention in entity.mentions[1:]:
            following = self._node("Mention", (mention,))
            self.edges.append(Edge(last, following, "same"))
            last = following
        for role in entity.roles:
            self.edges.append(Edge(first, self._role(role), "role"))
        return first

    def _role(self, role: Role) -> str:
        fields = asdict(role)
        del fields["text"], fields["spans"]
        return self._node("Role", role.spans, fields)

    def quotation(self, quotation: AnnotatedQuotation, entities: dict[int, str]) -> None:
        fields = {"id": quotation.id, "kind": quotation.kind, "speaker": quotation.speaker}
        content = self._node("Content", quotation.content, fields)
        for label, spans in (("cue", quotation.cue), ("source", quotation.source)):
            if spans:
                self.edges.append(Edge(content, self._node(label.capitalize(), spans), label))
        if quotation.role is not None:
            self.edges.append(Edge(content, self._role(quotation.role), "role"))
        if quotation.speaker in entities:
            self.edges.append(Edge(content, entities[quotation.speaker], "speaker"))
        for number, stance in enumerate(quotation.stances or ()):
            self._stance(content, number, stance)

    def _stance(self, content: str, number: int, stance: AnnotatedStance) -> None:
        fields = {"number": number, "label": stance.label, "consequence": stance.consequence}
        node = self._node("Stance", stance.evidence, fields)
        self.edges.append(Edge(content, node, "stance"))
        if stance.target is not None:
            named = {"name": stance.target.name, "country": stance.target.country}
            self.edges.append(Edge(node, self._node("Target", stance.target.spans, named), "target"))


def from_graph(graph: Graph, text: str) -> AnnotatedArticle:
    """The annotated article of *text* that *graph* describes; quotations and entities in the
    order of their ids.

    Raises GraphError if a node lacks a field or an edge leads nowhere.
    """
    try:
        reader = _Reader(graph, text)
        return AnnotatedArticle(
            id=graph.article,
            text=text,
            quotations=tuple(sorted(reader.quotations(), key=lambda quotation: quotation.id)),
            entities=tuple(sorted(reader.entities(), key=lambda entity: entity.id)),
            metadata=graph.metadata,
        )
    except (KeyError, TypeError) as error:
        raise GraphError(f"{graph.article}: a node or a field is missing: {error}") from error


class _Reader:
    def __init__(self, graph: Graph, text: str) -> None:
        self._text = text
        self._nodes = {node.id: node for node in graph.nodes}
        self._ends: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for edge in graph.edges:
            self._ends[edge.start, edge.label].append(self._nodes[edge.end])

    def _one(self, node: Node, label: str) -> Node | None:
        ends = self._ends[node.id, label]
        if len(ends) > 1:
            raise GraphError(
                f"node {node.id} ({node.label}) has {len(ends)} relations {label!r}; it may have one"
            )
        return ends[0] if ends else None

    def entities(self) -> list[Entity]:
        found = []
        for node in self._nodes.values():
            if node.label == "Mention" and "kind" in node.fields:
                roles = tuple(self._role(end) for end in self._ends[node.id, "role"])
                found.append(Entity(**node.fields, mentions=self._chain(node), roles=roles))
        return found

    def _chain(self, node: Node | None) -> tuple[Span, ...]:
        spans: list[Span] = []
        seen: set[str] = set()
        while node is not None and node.id not in seen:
            seen.add(node.id)
            spans += node.spans
            node = self._one(node, "same")
        return tuple(sorted(spans))

    def quotations(self) -> list[AnnotatedQuotation]:
        return [self._quotation(node) for node in self._nodes.values() if node.label == "Content"]

    def _quotation(self, node: Node) -> AnnotatedQuotation:
        cue, source, role = (self._one(node, label) for label in ("cue", "source", "role"))
        speaker = self._one(node, "speaker")
        stances = sorted(self._ends[node.id, "stance"], key=lambda end: end.fields["number"])
        return AnnotatedQuotation(
            id=node.fields["id"],
            content=node.spans,
            cue=cue.spans if cue else (),
            source=source.spans if source else (),
            kind=node.fields["kind"],
            speaker=speaker.fields["id"] if speaker else node.fields["speaker"],
            role=self._role(role) if role else None,
            stances=tuple(self._stance(end) for end in stances) or None,
        )

    def _role(self, node: Node) -> Role:
        return Role(**node.fields, spans=node.spans, text=covered_text(self._text, node.spans) or None)

    def _stance(self, node: Node) -> AnnotatedStance:
        target = self._one(node, "target")
        return AnnotatedStance(
            label=node.fields["label"],
            target=None if target is None else Target(**target.fields, spans=target.spans),
            evidence=node.spans,
            consequence=node.fields["consequence"],
        )
