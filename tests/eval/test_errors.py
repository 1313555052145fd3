"""Which errors are found, and what is shown of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from analyzer.quotation import Analysis, QuotationSpans, Target
from corpus.annotated import AnnotatedArticle
from eval.annotated_layers import ANNOTATED_LAYERS
from eval.errors import ArticleErrors, find_errors, summarize_errors
from eval.evaluation import ErrorType, Piece
from eval.excerpts import CONTEXT, LONGEST, excerpt
from eval.systems import Prediction
from tests.eval.test_layers import GOLD, TEXT, analysis, at, change

EVERY = frozenset(ANNOTATED_LAYERS)


def prediction(made: Analysis) -> Prediction:
    spans = tuple(QuotationSpans(content=q.spans, cue=q.cue, source=q.source) for q in made.quotations)
    return Prediction(spans=spans, analysis=made)


def errors(made: Analysis) -> ArticleErrors:
    return find_errors(GOLD, prediction(made), EVERY, has_stances=True)


def types(made: Analysis) -> list[str]:
    return [error.type for error in errors(made).errors]


def test_what_is_right_is_no_error_and_all_is_judged() -> None:
    found = errors(analysis())
    assert found.errors == ()
    assert found.judged == {
        "missed quotation": 3,
        "spurious quotation": 3,
        "wrong boundary": 3,
        "wrong source": 3,
        "wrong speaker": 3,
        "wrong role": 3,
        "wrong stance": 3,
        "wrong target": 1,
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"spans": (at("called it"),)}, ["missed quotation", "spurious quotation"]),
        ({"spans": (at("Japan must"),)}, ["wrong boundary"]),
        ({"source": ()}, ["wrong source"]),
        ({"speaker": replace(analysis().quotations[1].speaker, id=1)}, ["wrong speaker"]),
        ({"role": replace(analysis().quotations[1].role, text=None)}, ["wrong role"]),
        ({"role": replace(analysis().quotations[1].role, text="minister")}, ["wrong role"]),
        ({"stance": replace(analysis().quotations[1].stance, label="none")}, ["wrong stance"]),
        (
            {
                "stance": replace(
                    analysis().quotations[1].stance, target=Target(name="China", country="CHN", spans=())
                )
            },
            ["wrong target"],
        ),
    ],
)
def test_each_type(changes: dict[str, object], expected: list[str]) -> None:
    assert types(change(1, **changes)) == expected


def test_layers_that_are_not_annotated_have_no_errors() -> None:
    wrong = change(1, source=(), speaker=replace(analysis().quotations[1].speaker, id=1))
    found = find_errors(GOLD, prediction(wrong), frozenset(), has_stances=True)
    assert found.errors == ()
    assert set(found.judged) == {"missed quotation", "spurious quotation", "wrong boundary"}


def summarized(made: Analysis, may_show: bool) -> dict[str, ErrorType]:
    article = AnnotatedArticle(id="b", text=GOLD.text, quotations=GOLD.quotations, entities=GOLD.entities)
    found = [errors(analysis()), errors(made)]
    groups = {"first": [0], "second": [1]}
    summary = summarize_errors(groups, [GOLD, article], found, may_show=lambda _: may_show, seed=0)
    return {error.name: error for error in summary}


def test_counts_are_by_group_out_of_what_was_judged() -> None:
    summary = summarized(replace(analysis(), quotations=()), True)
    assert summary["missed quotation"].counts == {"first": (0, 3), "second": (3, 3)}
    assert summary["wrong stance"].counts == {"first": (0, 3), "second": (0, 0)}
    assert Counter(example.article for example in summary["missed quotation"].examples) == {"b": 3}


def test_words_are_shown_only_where_they_may_be() -> None:
    other = Target(name="China", country="CHN", spans=())
    wrong = change(1, stance=replace(analysis().quotations[1].stance, target=other))
    (shown,) = summarized(wrong, True)["wrong target"].examples
    assert (shown.right, shown.given) == ("Japan", "China")
    assert shown.excerpt is not None
    (hidden,) = summarized(wrong, False)["wrong target"].examples
    assert (hidden.right, hidden.given, hidden.excerpt) == (None, None, None)
    assert hidden.gold == hidden.predicted == (at("Japan must pay"),)


def test_labels_are_no_words_and_always_shown() -> None:
    wrong = change(1, stance=replace(analysis().quotations[1].stance, label="none"))
    (hidden,) = summarized(wrong, False)["wrong stance"].examples
    assert (hidden.right, hidden.given, hidden.excerpt) == ("hostile", "none", None)


def test_an_excerpt_marks_both_sides() -> None:
    pieces = excerpt("Lind said no.", [(0, 4), (10, 12)], [(5, 12)])
    assert pieces == (
        Piece("Lind", True, False),
        Piece(" ", False, False),
        Piece("said ", False, True),
        Piece("no", True, True),
        Piece(".", False, False),
    )


def test_an_excerpt_is_cut_between_words() -> None:
    text = "word " * 100 + "no " + "word " * 100
    place = text.index("no")
    words = "".join(piece.text for piece in excerpt(text, [(place, place + 2)], []))
    assert words.startswith("… word ")
    assert words.endswith("word …")
    assert len(words) <= 2 * CONTEXT + 10


def test_a_long_excerpt_loses_its_middle() -> None:
    text = "begin " + "word " * 1000 + "end"
    words = "".join(piece.text for piece in excerpt(text, [(0, len(text))], [(0, 3)]))
    assert words.startswith("begin word")
    assert words.endswith("word end")
    assert " […] " in words
    assert len(words) <= LONGEST + 10


def test_nothing_to_mark_nothing_to_show() -> None:
    assert excerpt(TEXT, [], []) == ()
