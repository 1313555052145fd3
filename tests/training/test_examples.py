"""From annotations to what the model learns from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analyzer.model import PARTS, STANCES, TAGS
from analyzer.quotation import Span
from analyzer.windows import Window
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance
from tests.tiny import tiny_tokenizer
from training.batches import IGNORED, link_items, stance_items
from training.examples import Example, cut_training_windows, make_example, restyle_marks

TEXT = "Ana Lind said “we wait” and added that they hope. It was announced that talks end."


def at(piece: str) -> tuple[Span, ...]:
    return ((TEXT.index(piece), TEXT.index(piece) + len(piece)),)


def article() -> AnnotatedArticle:
    lind = at("Ana Lind")
    return AnnotatedArticle(
        id="a",
        text=TEXT,
        quotations=(
            AnnotatedQuotation(id=0, content=at("“we wait”"), cue=at("said"), source=lind),
            AnnotatedQuotation(id=1, content=at("that they hope"), cue=at("added"), source=lind),
            AnnotatedQuotation(id=2, content=at("that talks end"), cue=at("was announced")),
        ),
    )


def example() -> Example:
    return make_example(article(), tiny_tokenizer(["said"]))


def test_tags_and_links_follow_the_annotation() -> None:
    made = example()
    tagged = {
        word: TAGS[tag] for word, tag in zip(made.words.strings(), made.tags.tolist(), strict=True) if tag
    }
    assert tagged["Ana"] == "B-source"
    assert tagged["Lind"] == "I-source"
    assert tagged["announced"] == "I-cue"
    assert made.spans["content"] == ((3, 7), (9, 12), (16, 19))
    assert made.links == ((0, 0, 0), (1, 1, 0), (2, 2, -1))


def test_the_windows_of_an_epoch_cover_the_article() -> None:
    made = example()
    for seed in range(5):
        windows = cut_training_windows(made, 24, np.random.default_rng(seed))
        assert [word for window in windows for word in range(window.first, window.last)] == list(
            range(len(made.words))
        )
        for window in windows:
            assert made.pieces.starts[window.last] - made.pieces.starts[window.first] <= 22


def test_restyled_marks_change_pieces_only_at_marks() -> None:
    made, tokenizer = example(), tiny_tokenizer(["said"])
    changed = {
        tuple(restyle_marks(made, tokenizer, np.random.default_rng(seed)).pieces.ids.tolist())
        for seed in range(20)
    }
    assert len(changed) > 3
    restyled = restyle_marks(made, tokenizer, np.random.default_rng(1))
    assert len(restyled.pieces.starts) == len(made.pieces.starts)
    before = np.split(made.pieces.ids, made.pieces.starts[1:-1])
    after = np.split(restyled.pieces.ids, restyled.pieces.starts[1:-1])
    kept = [word for word in range(len(before)) if word not in (3, 6)]
    assert all(np.array_equal(before[word], after[word]) for word in kept)


def test_links_to_what_a_window_does_not_show_are_ignored() -> None:
    made = example()
    items = link_items(made, Window(3, 12, 3, 12), {"source": [], "cue": [], "content": []})
    assert items.spans["content"].tolist() == [[0, 4], [6, 9]]
    assert items.spans["cue"].tolist() == [[5, 6]]
    assert items.labels["content_cue"].tolist() == [IGNORED, 0]
    assert items.labels["content_source"].tolist() == [IGNORED, IGNORED]


def test_false_spans_are_candidates_to_pass_over_and_choose_none() -> None:
    made = example()
    predicted = {"source": [], "cue": [(7, 8)], "content": [(3, 6), (12, 14)]}
    items = link_items(made, Window(0, len(made.words), 0, len(made.words)), predicted)
    # The false cue (7, 8) is refused where it stands apart; the content (3, 6) touches a gold one and goes.
    assert items.spans["content"].tolist() == [[3, 7], [9, 12], [12, 14], [16, 19]]
    assert items.labels["content_cue"].tolist() == [0, 2, 4, 3]
    assert items.spans["cue"].tolist() == [[2, 3], [7, 8], [8, 9], [14, 16]]
    assert items.labels["cue_source"].tolist() == [0, 1, 0, 1]


def test_the_contents_of_a_hidden_cue_choose_none() -> None:
    made = example()
    window = Window(0, len(made.words), 0, len(made.words))
    # The tagger finds the hidden cue all the same: that is no false one.
    items = link_items(made, window, {"source": [], "cue": [(8, 9)], "content": []}, hidden_cues={1})
    assert items.spans["cue"].tolist() == [[2, 3], [14, 16]]
    assert items.labels["content_cue"].tolist() == [0, 2, 1]
    assert items.labels["content_source"].tolist() == [0, 0, 1]


def test_stances_are_learnt_from_the_windows_that_show_the_whole_quotation() -> None:
    annotated = article()
    hope = AnnotatedStance(label="conditional", consequence="adverse", evidence=at("hope"))
    second = replace(annotated.quotations[1], stances=(hope,))
    hoped = replace(second, source=())
    made = make_example(replace(annotated, quotations=(annotated.quotations[0], second)), tiny_tokenizer())
    (stance,) = made.stances
    assert (STANCES[stance.label], stance.evidence) == ("adverse", {11})
    items = stance_items(made, Window(0, 12, 0, 12))
    assert items.words.tolist() == [[0, 1, 8, 9, 10, 11]]
    assert [PARTS[part] for part in items.parts[0]] == ["source"] * 2 + ["cue"] + ["content"] * 3
    assert (items.labels.tolist(), items.evidence.tolist()) == ([stance.label], [[False] * 5 + [True]])
    later = stance_items(
        make_example(replace(annotated, quotations=(hoped,)), tiny_tokenizer()), Window(7, 12, 7, 12)
    )
    assert later.words.tolist() == [[1, 2, 3, 4]]
    for window in (Window(1, 12, 1, 12), Window(0, 11, 0, 11)):
        assert not len(stance_items(made, window).labels)
