"""spaCy documents, as spaCy reads them back from a DocBin."""

from __future__ import annotations

import io
import sys

import pytest
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from analyzer.errors import MissingExtraError
from analyzer.results import Result
from analyzer.writers import to_doc, write_spacy
from tests.analyzer.writers.samples import FAILURE, full_analysis, surrogate_analysis
from tests.hand_made import TEXT, make_analysis, strait_analysis


def documents(*results: Result) -> list[Doc]:
    stream = io.BytesIO()
    write_spacy(results, stream)
    return list(DocBin().from_bytes(stream.getvalue()).get_docs(Vocab()))


def test_documents_hold_text_spans_and_analysis() -> None:
    (doc,) = documents(full_analysis())
    assert doc.text == TEXT
    assert [(span.label_, span.text) for span in doc.spans["communique"]] == [
        ("content", "“We will return,”"),
        ("content", "“if Sudria opens the strait.”"),
        ("cue", "said"),
        ("source", "Lind"),
        ("content", "the offer a farce"),
        ("source", "Sudria's foreign ministry"),
    ]
    assert doc._.communique.to_dict() == full_analysis().to_dict()
    assert [span._.quotation.id for span in doc.spans["communique"]] == [0, 0, 0, 0, 1, 1]


def test_failures_are_left_out() -> None:
    first, second = documents(strait_analysis(), FAILURE, make_analysis("Nobody spoke.", id="quiet"))
    assert (first._.communique.id, second._.communique.id) == ("news/strait.txt", "quiet")
    assert list(second.spans["communique"]) == []


def test_no_results_are_an_empty_docbin() -> None:
    assert documents() == []


def test_lone_surrogates_keep_the_offsets() -> None:
    (doc,) = documents(surrogate_analysis())
    assert doc.text == "A � code. “No talks,” � said."
    assert [span.text for span in doc.spans["communique"]] == ["“No talks,”", "�"]
    assert doc._.communique.id == "news/\\udcff.txt"


def test_texts_may_be_longer_than_a_pipeline_takes() -> None:
    text = "word " * 200_001
    assert len(to_doc(make_analysis(text), Vocab())) == 200_001


def test_words_are_those_of_blank_english() -> None:
    doc = to_doc(make_analysis("“We don't,” U.S. envoy Ana Lind-Ray said."), Vocab())
    words = "“ We do n't , ” U.S. envoy Ana Lind - Ray said ."
    assert [token.text for token in doc] == words.split()


def test_without_spacy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'communique\[spacy\]'"):
        write_spacy([], io.BytesIO())
