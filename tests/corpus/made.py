"""A small annotated article, with everything that an annotation can have, for the tests of this folder."""

from __future__ import annotations

from analyzer.quotation import Role, Span, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity

TEXT = (
    "Envoy Ana Lind of Norland said on Monday:\r\n“We will return,” she added, “if Sudria\npays.” "
    "Sudria’s ministry called it absurd. 😀 It was announced that talks go on."
)


def at(piece: str, number: int = 0) -> Span:
    """The span of the occurrence *number* of *piece* in ``TEXT``."""
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(piece, start + 1)
    return start, start + len(piece)


ENVOY = Role(
    text="Envoy of Norland",
    spans=(at("Envoy"), at("of Norland")),
    title="envoy",
    affiliation="Norland",
    country="NOR",
    category="diplomat",
)
MINISTRY = Role(text=None, spans=(), title=None, affiliation="Sudria", country=None, category="institution")
LIND = Entity(id=3, name="Ana Lind", kind="person", mentions=(at("Ana Lind"), at("she")), roles=(ENVOY,))
SUDRIA = Entity(id=1, name="Sudria", kind="country", country="SDN", mentions=(at("Sudria"), at("Sudria", 1)))
BODY = Entity(
    id=2,
    name="Sudria’s ministry",
    kind="organization",
    mentions=(at("Sudria’s ministry"),),
    roles=(MINISTRY,),
)
PARTIES = Entity(id=7, name="the parties", kind="group")

ARTICLE = AnnotatedArticle(
    id="strait",
    text=TEXT,
    metadata={"annotator": "A", "genre": "wire copy"},
    entities=(SUDRIA, BODY, LIND, PARTIES),
    quotations=(
        AnnotatedQuotation(
            id=0,
            content=(at("“We will return,”"), at("“if Sudria\npays.”")),
            cue=(at("added"),),
            source=(at("she"),),
            kind="direct",
            speaker=3,
            role=ENVOY,
            stances=(
                AnnotatedStance(
                    label="conditional",
                    target=Target(name="Sudria", country="SDN", spans=(at("Sudria"),)),
                    evidence=(at("if Sudria\npays"),),
                    consequence="cooperative",
                ),
                AnnotatedStance(
                    label="conciliatory",
                    target=Target(name="the parties", country=None, spans=()),
                    evidence=(at("return"),),
                ),
            ),
        ),
        AnnotatedQuotation(
            id=1,
            content=(at("absurd"),),
            cue=(at("called"),),
            source=(at("Sudria’s ministry"),),
            kind="indirect",
            speaker=2,
            role=MINISTRY,
            stances=(AnnotatedStance(label="none"),),
        ),
        AnnotatedQuotation(id=2, content=(at("that talks go on"),), cue=(at("was announced"),)),
    ),
)
