"""Validation: a good annotation passes, and every rule that it can break is reported with its offset."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analyzer.quotation import Role, Span, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from corpus.json_form import dump_article, load_article
from corpus.validate import find_problems, validate_file

TEXT = "Envoy Ana Lind said that Norland would “gladly” return if Sudria paid. Sudria’s ministry called it absurd."


def at(piece: str) -> Span:
    return TEXT.index(piece), TEXT.index(piece) + len(piece)


TARGET = Target(name="Japan", country="JPN", spans=(at("Sudria"),))
STANCE = AnnotatedStance(
    label="conditional", target=TARGET, evidence=(at("if Sudria paid"),), consequence="cooperative"
)
ROLE = Role(
    text="Envoy",
    spans=(at("Envoy"),),
    title="envoy",
    affiliation="Norland",
    country="NOR",
    category="diplomat",
)
QUOTATION = AnnotatedQuotation(
    id=0,
    content=(at("that Norland would “gladly” return if Sudria paid"),),
    cue=(at("said"),),
    source=(at("Envoy Ana Lind"),),
    kind="mixed",
    speaker=1,
    role=ROLE,
    stances=(STANCE,),
)
SPEAKER = Entity(id=1, name="Ana Lind", kind="person", mentions=(at("Ana Lind"),), roles=(ROLE,))
OTHER = Entity(id=2, name="Japan", kind="country", country="JPN", mentions=(at("Sudria"),))


def problems(**changes: Any) -> list[str]:
    """The problems of an article with one quotation, which is ``QUOTATION`` but for *changes*."""
    quotation = replace(QUOTATION, **changes)
    speaker = replace(SPEAKER, roles=() if "role" in changes else (ROLE,))
    article = AnnotatedArticle(id="a", text=TEXT, quotations=(quotation,), entities=(speaker, OTHER))
    return [str(problem) for problem in find_problems(article)]


def stance_problems(**changes: Any) -> list[str]:
    return problems(stances=(replace(STANCE, **changes),))


def test_good_annotation_has_no_problem() -> None:
    assert problems() == []
    assert problems(kind=None, speaker=None, role=None, stances=None, cue=(), source=()) == []
    assert problems(stances=(AnnotatedStance(label="none"),)) == []


@pytest.mark.parametrize(
    ("span", "offset", "message"),
    [
        ((14, 19), 14, "begins or ends with white space"),
        ((15, 20), 15, "begins or ends with white space: ' Ana Lind [said ]that Norla'"),
        ((16, 19), 16, "begins inside a word"),
        ((15, 18), 18, "ends inside a word"),
        ((15, 15), 15, "is empty or runs backwards"),
        ((19, 15), 19, "is empty or runs backwards"),
        ((15, 999), 15, "does not lie in the text of 106 characters"),
        ((-4, 5), -4, "does not lie in the text of 106 characters"),
    ],
)
@pytest.mark.parametrize("part", ["cue", "evidence", "target", "role", "mentions", "content"])
def test_bad_span_is_reported_in_every_part(part: str, span: Span, offset: int, message: str) -> None:
    if part == "content":
        found = problems(content=(span,), cue=(), source=(), kind=None)
    elif part == "cue":
        found = problems(cue=(span,), content=(at("absurd"),), kind=None)
    elif part == "evidence":
        found = stance_problems(evidence=(span,))
    elif part == "target":
        found = stance_problems(target=replace(TARGET, spans=(span,)))
    elif part == "role":
        found = problems(role=replace(ROLE, spans=(span,)))
    else:
        article = AnnotatedArticle(
            id="a", text=TEXT, quotations=(), entities=(replace(SPEAKER, mentions=(span,)),)
        )
        found = [str(problem) for problem in find_problems(article)]
    owner = "entity 1" if part == "mentions" else "quotation 0"
    # A cue that runs to the end of everything overlaps the content too, which is said after.
    assert found[0].startswith(f"offset {offset}: {owner}: {part} [{span[0]}, {span[1]}) {message}")


@pytest.mark.parametrize("piece", ["Sudria", "gladly", "“gladly”", "Sudria’s ministry"])
def test_marks_and_apostrophes_are_word_boundaries(piece: str) -> None:
    assert stance_problems(evidence=(at(piece),)) == []


def test_combining_mark_belongs_to_its_word() -> None:
    text = "Jose\u0301 left."
    article = AnnotatedArticle(
        id="a", text=text, quotations=(AnnotatedQuotation(id=0, content=((0, 4),)),), entities=()
    )
    (problem,) = find_problems(article)
    assert problem.offset == 4
    assert "ends inside a word" in problem.message


def test_spans_of_a_part_must_be_apart_and_in_order() -> None:
    (overlap,) = stance_problems(evidence=(at("Sudria paid"), at("paid")))
    assert overlap.startswith("offset 65: quotation 0: evidence [65, 69) overlaps or precedes [58, 69)")
    (order,) = stance_problems(evidence=(at("paid"), at("Sudria")))
    assert order.startswith("offset 58: quotation 0: evidence [58, 64) overlaps or precedes [65, 69)")


def test_content_must_be_there_and_apart_from_cue_and_source() -> None:
    assert problems(content=()) == ["quotation 0: content has no span; a quotation needs one"]
    (cue,) = problems(cue=(at("return"),))
    assert cue.startswith("offset 48: quotation 0: content [20, 69) overlaps the cue [48, 54)")
    source, speaker = problems(source=(at("Norland"),))
    assert source.startswith("offset 25: quotation 0: content [20, 69) overlaps the source [25, 32)")
    assert speaker == "offset 25: quotation 0: the source holds no mention of its speaker, entity 1"


def test_source_may_stand_in_the_cue() -> None:
    assert problems(cue=(at("Lind said"),)) == []


def test_kind_must_be_true_to_the_marks() -> None:
    (problem,) = problems(kind="indirect")
    assert problem == ("offset 20: quotation 0: kind is 'indirect', but by its quotation marks it is 'mixed'")


def test_ids_must_be_unique_and_speakers_exist() -> None:
    article = AnnotatedArticle(
        id="a", text=TEXT, quotations=(QUOTATION, QUOTATION), entities=(SPEAKER, SPEAKER, SPEAKER, OTHER)
    )
    assert [str(problem) for problem in find_problems(article)] == [
        "quotation 0: the id is used 2 times; give each its own",
        "entity 1: the id is used 3 times; give each its own",
    ]
    assert problems(speaker=7) == ["quotation 0: speaker 7 is not among the article's entities"]


def test_role_is_one_of_the_speakers() -> None:
    other = replace(QUOTATION, role=replace(ROLE, spans=(at("Norland"),)))
    article = AnnotatedArticle(id="a", text=TEXT, quotations=(other,), entities=(SPEAKER, OTHER))
    assert [str(problem) for problem in find_problems(article)] == [
        "offset 25: quotation 0: the role is none of the roles of its speaker, entity 1"
    ]


def test_target_is_an_entity_other_than_the_speaker() -> None:
    assert stance_problems(target=replace(TARGET, name="Sudria")) == [
        "quotation 0: target 'Sudria' is not among the article's entities"
    ]
    assert stance_problems(target=replace(TARGET, name="Ana Lind")) == [
        "quotation 0: target 'Ana Lind' is the speaker; nobody is their own target"
    ]
    # The members of a group may mean each other.
    stance = replace(STANCE, target=replace(TARGET, name="Ana Lind"))
    group = replace(SPEAKER, kind="group")
    mutual = replace(QUOTATION, stances=(stance,))
    article = AnnotatedArticle(id="a", text=TEXT, quotations=(mutual,), entities=(group, OTHER))
    assert find_problems(article) == ()


def test_place_cannot_speak() -> None:
    place = replace(SPEAKER, kind="place")
    article = AnnotatedArticle(id="a", text=TEXT, quotations=(QUOTATION,), entities=(place, OTHER))
    assert [str(problem) for problem in find_problems(article)] == [
        "quotation 0: speaker 1 is a place, which cannot speak"
    ]


def test_stance_needs_target_and_evidence() -> None:
    assert stance_problems(target=None) == [
        "quotation 0: stance 'conditional' has no target; without one the label is 'none'"
    ]
    assert stance_problems(evidence=()) == [
        "quotation 0: stance 'conditional' has no evidence; give the shortest span that decides it"
    ]
    assert problems(stances=())[0].startswith("quotation 0: stances is empty")


def test_only_conditional_stances_have_a_consequence() -> None:
    assert stance_problems(consequence=None) == [
        "quotation 0: stance 'conditional' has no consequence; choose 'cooperative' or 'adverse'"
    ]
    assert stance_problems(label="hostile") == [
        "quotation 0: stance 'hostile' has a consequence; only 'conditional' has one, write null"
    ]


@pytest.mark.parametrize("code", ["JAP", "jpn", "JP", "Japan", ""])
def test_country_codes_must_be_real(code: str) -> None:
    assert problems(role=replace(ROLE, country=code)) == [
        f"quotation 0: role country {code!r} is no ISO 3166-1 alpha-3 code, such as 'JPN'"
    ]
    assert stance_problems(target=replace(TARGET, country=code)) == [
        f"quotation 0: target country {code!r} is no ISO 3166-1 alpha-3 code, such as 'JPN'"
    ]


def test_title_must_be_in_lower_case() -> None:
    assert problems(role=replace(ROLE, title="Envoy")) == [
        "quotation 0: role title 'Envoy' must be in lower case"
    ]


def test_file_problems_all_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    bad = replace(QUOTATION, cue=((14, 19),), speaker=3)
    dump_article(AnnotatedArticle(id="a", text=TEXT, quotations=(bad,), entities=(SPEAKER, OTHER)), path)
    path.with_suffix(".txt").write_bytes(TEXT.encode())
    found = validate_file(path)
    assert [problem.split(": ")[:3] for problem in found] == [
        [str(path), "offset 14", "quotation 0"],
        [str(path), "quotation 0", "speaker 3 is not among the article's entities"],
    ]


def test_file_that_cannot_be_read_has_that_as_its_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert validate_file(path) == (f"{path}: cannot be read: No such file or directory",)


def test_own_articles_are_valid() -> None:
    paths = sorted((Path(__file__).parents[2] / "corpus" / "articles").glob("*.json"))
    assert paths
    assert [problem for path in paths for problem in validate_file(path)] == []


def test_first_article_has_the_guidelines_worked_example() -> None:
    article = load_article(Path(__file__).parents[2] / "corpus" / "articles" / "seed.json")
    names = {entity.id: entity.name for entity in article.entities}
    found = {
        (names[q.speaker], q.role.category, q.stances[0].label, q.kind)
        for q in article.quotations
        if q.speaker is not None and q.role and q.stances
    }
    assert found >= {
        ("Russia", "institution", "conditional", "indirect"),
        ("Andrey Rudenko", "deputy_minister", "conditional", "direct"),
        ("Japan’s foreign ministry", "institution", "conciliatory", "indirect"),
        ("Dmitry Peskov", "spokesperson", "hostile", "mixed"),
        ("Russia", "institution", "hostile", "indirect"),
    }
