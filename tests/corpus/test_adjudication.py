"""Two passes side by side: what is a difference, and what decisions make of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.adjudication import Comparison, DecisionError, compare_passes
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from corpus.finishing import finish
from corpus.notation import read_notation

TEXT = "Envoy Ana Lind said that talks failed, and left. Sudria called it absurd. Orr praised Norland."
FIRST = """
E1 person Ana Lind
all: Ana Lind
role: Envoy | envoy | - | - | diplomat

E2 country Sudria (SDN)
all: Sudria

Q indirect
content: that talks failed
cue: said
source: Envoy Ana Lind
speaker: E1
stance: none

Q indirect
content: it absurd
cue: called
source: Sudria
speaker: E2
stance: none
"""
SECOND = """
E7 country Sudria (SDN)
all: Sudria

E8 person Ana Lind
all: Ana Lind
role: Envoy | envoy | - | - | diplomat

E9 person Orr
all: Orr

Q indirect
content: that talks failed,
cue: said
source: Ana Lind
speaker: E8
stance: none

Q indirect
content: it absurd
cue: called
source: Sudria
speaker: E7
stance: hostile
target: E8
evidence: absurd

Q indirect
content: Norland
cue: praised
source: Orr
speaker: E9
stance: none
"""


def read(written: str) -> AnnotatedArticle:
    return read_notation(written, TEXT, id="strait", metadata={})


@pytest.fixture
def comparison() -> Comparison:
    return compare_passes(read(FIRST), read(SECOND), [(0, 0), (1, 1)])


def test_differences_are_found_whatever_the_entities_numbers(comparison: Comparison) -> None:
    assert [(d.what, d.first, d.second) for d in comparison.differences] == [
        (
            "Q “that talks failed, and left. Sudria called it absurd.” source",
            ("source: Envoy Ana Lind",),
            ("source: Ana Lind",),
        ),
        (
            "Q “it absurd. Orr praised Norland.” stance",
            ("stance: none",),
            ("stance: hostile", "target: E1", "evidence: absurd"),
        ),
        (
            "only B has this quotation (A = leave out, B = keep)",
            (),
            ("Q indirect", "content: Norland", "cue: praised", "source: Orr", "speaker: E3", "stance: none"),
        ),
    ]


def test_everything_is_shown_with_the_text(comparison: Comparison) -> None:
    shown = comparison.render()
    assert TEXT in shown
    assert all(f"@D{number}\n" in shown and f"\nD{number} " in shown for number in (1, 2, 3))
    assert "  A: (nothing)\n  B: Q indirect" in shown


def test_decisions_make_an_article(comparison: Comparison) -> None:
    article = read(comparison.apply("D1 A\nD2 B\nD3 B\n"))
    first, second, third = article.quotations
    assert first == read(FIRST).quotations[0]
    assert second.stances is not None
    assert second.stances[0].label == "hostile"
    assert third.speaker == 3


def test_own_lines_changes_new_blocks_and_remarks(comparison: Comparison) -> None:
    written = comparison.apply(
        "# hard: who left\nD1 = source: Lind\nD2 =\nstance: hostile\ntarget: E1\nevidence: absurd\nD3 A\n"
        "change E2 country Sudria => E2 country the Sudrian state\n"
        "+\nQ indirect\ncontent: Norland\ncue: praised\nsource: Orr\nspeaker: unknown\nstance: none\n"
    )
    article = read(written)
    assert written.startswith("# hard: who left\n")
    assert article.entities[1].name == "the Sudrian state"
    assert [q.speaker for q in article.quotations] == [1, 2, None]
    assert TEXT[slice(*article.quotations[0].source[0])] == "Lind"


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        ("D1 A", "no decision for D2, D3"),
        ("D1 A\nD2 A\nD3 A\nD4 A", "line 4: there is no difference D4"),
        ("D1 A\nD2 A\nD3 A\nperhaps", "line 4: 'perhaps' is no decision"),
        ("D1 A\nD2 A\nD3 A\nchange Norway => Norland", "change: 'Norway' is not in the annotation"),
    ],
)
def test_decisions_that_cannot_be_carried_out_are_told(
    comparison: Comparison, decisions: str, message: str
) -> None:
    with pytest.raises(DecisionError, match=message):
        comparison.apply(decisions)


def test_the_same_pass_twice_has_no_differences() -> None:
    same = compare_passes(read(FIRST), read(FIRST), [(0, 0), (1, 1)])
    assert same.differences == []
    assert read(same.apply("")) == read(FIRST)


def test_finishing_sets_what_needs_no_judgement() -> None:
    article = read(SECOND.replace("all: Sudria", "at: Envoy").replace("(SDN)", "(SUN)"))
    wrong = replace(article.quotations[1], kind="direct", id=9)
    finished = finish(replace(article, quotations=(article.quotations[0], wrong)))
    start, end = finished.quotations[0].content[0]
    assert TEXT[start:end] == "that talks failed"
    assert (finished.quotations[1].id, finished.quotations[1].kind) == (1, "indirect")
    sudria = finished.entities[0]
    assert (sudria.country, [TEXT[slice(*mention)] for mention in sudria.mentions]) == (
        None,
        ["Envoy", "Sudria"],
    )


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        ("Lind said the talks failed.", "the talks failed.", "said", "the talks failed"),
        ("Lind said it lay in the U.S.", "it lay in the U.S.", "said", "it lay in the U.S."),
        ("“Talks failed.” Lind said “No.”", "“Talks failed.”", "said", "“Talks failed.”"),
        ("LIND: The talks failed. Next.", "The talks failed", ":", "The talks failed."),
        ("Lind said they wait...", "they wait...", "said", "they wait..."),
        ("No cue. The talks failed.", "The talks failed.", "", "The talks failed."),
    ],
)
def test_a_full_stop_is_inside_marks_and_whole_answers_only(
    text: str, content: str, cue: str, expected: str
) -> None:
    start = text.index(content)
    cues = ((text.index(cue), text.index(cue) + len(cue)),) if cue else ()
    quotation = AnnotatedQuotation(id=0, content=((start, start + len(content)),), cue=cues)
    finished = finish(AnnotatedArticle(id="a", text=text, quotations=(quotation,)))
    ((first, last),) = finished.quotations[0].content
    assert text[first:last] == expected
