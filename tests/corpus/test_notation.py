"""The annotators' notation: what it becomes, and what it says when it cannot be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.quotation import covered_text
from corpus.annotated import AnnotatedArticle
from corpus.load import load
from corpus.notation import NotationError, read_notation
from corpus.notation_writer import write_notation

TEXT = (
    "Envoy Ana Lind met reporters. “We will return,” she said, “if Sudria pays.” "
    "Sudria called it absurd. Lind’s brother Ole Lind laughed. It was announced that talks go on."
)
WRITTEN = """
# Monday's article
E1 person Ana Lind
all: Ana Lind | Lind
not: Ole [[Lind]]
at: [[she]] said
role: Envoy | Envoy | Norland | NOR | diplomat

E2 country Sudria (SDN)
all: Sudria
role: - | - | Sudria | SDN | institution

Q direct
content: "We will return," || "if Sudria pays."
cue: said
source: she
speaker: E1
stance: conditional cooperative
target: E2 Sudria
evidence: if Sudria pays

Q indirect
content: it absurd
cue: called
source: Sudria
speaker: E2
stance: hostile
target: E1
evidence: absurd

Q indirect
content: that talks go on
cue: was announced
source: -
speaker: unknown
stance: none
"""


def read(written: str = WRITTEN) -> AnnotatedArticle:
    return read_notation(written, TEXT, id="strait", metadata={})


def problems(old: str, new: str) -> tuple[str, ...]:
    assert old in WRITTEN
    with pytest.raises(NotationError) as caught:
        read(WRITTEN.replace(old, new, 1))
    return caught.value.problems


def test_spans_are_those_of_the_words() -> None:
    first, second, third = read().quotations
    assert [TEXT[start:end] for start, end in first.content] == ["“We will return,”", "“if Sudria pays.”"]
    assert (first.kind, first.speaker, covered_text(TEXT, first.cue)) == ("direct", 1, "said")
    assert first.source[0] == (TEXT.index("she said"), TEXT.index("she said") + 3)
    # The source is the Sudria beside the cue, not the one in the content before.
    assert second.source[0][0] == TEXT.index("Sudria called")
    assert (third.source, third.speaker) == ((), None)


def test_mentions_are_all_occurrences_but_for_those_taken_out() -> None:
    lind, sudria = read().entities
    assert [TEXT[start:end] for start, end in lind.mentions] == ["Ana Lind", "she", "Lind"]
    assert lind.mentions[-1][0] == TEXT.index("Lind’s brother")
    assert [start for start, _ in sudria.mentions] == [TEXT.index("Sudria pays"), TEXT.index("Sudria called")]
    assert sudria.country == "SDN"


def test_role_and_stance_follow_the_entities() -> None:
    first, second, third = read().quotations
    assert first.role is not None
    assert (first.role.text, first.role.title, first.role.country) == ("Envoy", "envoy", "NOR")
    assert third.role is not None
    assert third.role.category == "unknown"
    assert first.stances is not None
    (stance,) = first.stances
    assert (stance.label, stance.consequence, covered_text(TEXT, stance.evidence)) == (
        "conditional",
        "cooperative",
        "if Sudria pays",
    )
    assert stance.target is not None
    assert (stance.target.name, stance.target.country) == ("Sudria", "SDN")
    assert second.stances is not None
    assert second.stances[0].target is not None
    assert second.stances[0].target.spans == ()


def test_second_role_and_second_stance() -> None:
    written = WRITTEN.replace("| diplomat\n", "| diplomat\nrole: reporters | reporter | - | - | media\n")
    written = written.replace("speaker: E1\n", "speaker: E1\nrole: 2\n")
    written = written.replace(
        "evidence: absurd", "evidence: absurd\nstance: conciliatory\ntarget: E1\nevidence: it"
    )
    first, second, _ = read(written).quotations
    assert first.role is not None
    assert first.role.category == "media"
    assert second.stances is not None
    assert [stance.label for stance in second.stances] == ["hostile", "conciliatory"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cue: called", "cue: named", "'named' is not in the article"),
        ("all: Sudria", "all: Sudria | Norland", "line 10: 'Norland' is not in the article"),
        ("at: [[she]] said", "at: [[he]] said", "line 6: '[[he]] said' is not in the article"),
        ("Q direct", "Q spoken", "write Q and its kind: direct, mixed, indirect"),
        ("E2 country Sudria", "E2 realm Sudria", "write: E1 KIND NAME"),
        ("E2 country", "E1 country", "E1 is there twice"),
        ("speaker: E2", "speaker: E7", "'E7' is none of this file's entities"),
        ("| diplomat", "| envoy", "categories: head_of_state"),
        ("stance: hostile", "stance: angry", "stance 'angry': write one of"),
        ("conditional cooperative", "conditional", "'conditional cooperative' or 'conditional adverse'"),
        ("stance: hostile", "stance: hostile adverse", "no other label has either"),
        ("evidence: absurd", "", "stance hostile: needs target: and evidence:"),
        ("cue: called", "verb: called", "'verb: called' is no field here; known: content"),
        ("content: it absurd", "", "content: is missing"),
        ("stance: none", "", "stance: is missing"),
    ],
)
def test_problems_say_where_and_what_to_write(old: str, new: str, message: str) -> None:
    found = problems(old, new)
    assert any(message in problem for problem in found)
    assert all(problem.startswith("line ") for problem in found)


def test_a_quotation_that_lost_its_first_line_is_not_taken_for_the_one_before() -> None:
    (message,) = problems("\nQ indirect\ncontent: it absurd", "\ncontent: it absurd")
    assert (
        message == "line 13 (Q direct): content: is there twice; line 22 needs a Q line of its own before it"
    )


def test_all_problems_come_at_once() -> None:
    with pytest.raises(NotationError) as caught:
        read(WRITTEN.replace("cue: called", "cue: named").replace("Q direct", "Q spoken"))
    assert len(caught.value.problems) == 2


def test_what_is_written_is_read_again() -> None:
    assert read(write_notation(read())) == read()


def test_words_between_long_ones_are_told_apart_by_whole_words() -> None:
    text = "Ms Delacroix-Parr: All right. Mr Lind-Delacroix-Parr-Olsen: No. Go on: I said no."
    place = text.index(": No")
    cue, content = ((place, place + 1),), ((place + 2, place + 4),)
    quotation = replace(read().quotations[2], id=0, content=content, cue=cue, source=())
    article = replace(read(), text=text, quotations=(quotation,), entities=())
    again = read_notation(write_notation(article), text, id="strait", metadata={})
    assert again.quotations == article.quotations


def test_letters_in_parentheses_that_belong_to_a_name_are_no_country() -> None:
    officers = read(WRITTEN.replace("E1 person Ana Lind", "E1 group Officers (NCA) (-)"))
    assert (officers.entities[0].name, officers.entities[0].country) == ("Officers (NCA)", None)
    assert "Officers (NCA) (-)" in write_notation(officers)


def test_every_own_article_can_be_written_and_read_again() -> None:
    for article in load():
        written = write_notation(article)
        assert read_notation(written, article.text, id=article.id, metadata=article.metadata) == article


def test_words_that_cannot_be_told_apart_are_refused() -> None:
    article = read()
    text = "said " * 300
    quotation = replace(article.quotations[2], content=((700, 704),), cue=(), source=())
    with pytest.raises(ValueError, match="offset 700: these words cannot be told from others: 'said'"):
        write_notation(replace(article, text=text, quotations=(quotation,), entities=()))
