"""communique in spaCy: what stands on a document, and what is left of it when it has been stored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.analyzer import MAX_CHARACTERS, Analyzer
from analyzer.errors import ArticleError, ModelError
from tests.hand_made import TEXT, make_analysis, make_quotation, strait_analysis
from tests.tiny import tiny_model, tiny_tokenizer

spacy = pytest.importorskip("spacy", reason="the extra communique[spacy] is not installed")

from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, DocBin, Span  # noqa: E402

import analyzer.spacy_component  # noqa: E402, F401
from analyzer.spacy_docs import annotate_doc  # noqa: E402

ARTICLE = (
    "Envoy Ana Lind said that “no talks are planned”, according to the ministry. Per Holm agreed with her."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model that finds quotations where there are none, which is all that these tests ask of it."""
    place = tmp_path_factory.mktemp("model")
    tiny_model(seed=1).save_pretrained(place)
    tiny_tokenizer().save_pretrained(place)
    return str(place)


@pytest.fixture(scope="module")
def pipeline(folder: str) -> Language:
    nlp: Language = spacy.blank("en")
    nlp.add_pipe("communique", config={"model": folder})
    return nlp


@pytest.fixture
def doc() -> Doc:
    """A document with the analysis of `TEXT`."""
    made: Doc = spacy.blank("en").make_doc(TEXT)
    annotate_doc(made, strait_analysis())
    return made


def labelled(doc: Doc) -> list[tuple[str, str]]:
    return [(span.label_, span.text) for span in doc.spans["communique"]]


def test_spans_are_labelled_with_their_part_of_the_quotation(doc: Doc) -> None:
    assert doc.text == TEXT
    assert labelled(doc) == [
        ("content", "“We will return,”"),
        ("content", "“if Sudria opens the strait.”"),
        ("source", "Lind"),
        ("content", "the offer a farce"),
        ("source", "Sudria's foreign ministry"),
    ]


def test_a_span_knows_its_quotation(doc: Doc) -> None:
    lind, ministry = strait_analysis().quotations
    assert [span._.quotation for span in doc.spans["communique"]] == [lind, lind, lind, ministry, ministry]
    assert doc[0:2]._.quotation is None


def test_a_document_knows_its_analysis(doc: Doc) -> None:
    assert doc._.communique == strait_analysis()
    assert spacy.blank("en")("Ana Lind left.")._.communique is None


def test_a_span_within_a_token_is_expanded_to_it() -> None:
    text = "Pro-talks envoy Ana Lind smiled."
    doc = spacy.blank("en").make_doc(text)
    annotate_doc(doc, make_analysis(text, make_quotation(text, "vo", source="An")))
    assert labelled(doc) == [("content", "envoy"), ("source", "Ana")]


def test_a_later_analysis_takes_the_place_of_an_earlier_one(doc: Doc) -> None:
    annotate_doc(doc, make_analysis(TEXT))
    assert labelled(doc) == []
    assert doc._.communique == make_analysis(TEXT)


def test_an_analysis_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not that of the analysis 'news/strait\.txt'"):
        annotate_doc(spacy.blank("en").make_doc("Ana Lind left."), strait_analysis())


def test_everything_outlives_storing(doc: Doc) -> None:
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (from_bin,) = DocBin().from_bytes(stored).get_docs(spacy.blank("en").vocab)
    from_bytes = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    for restored in (from_bin, from_bytes, doc.copy()):
        assert restored._.communique == strait_analysis()
        assert labelled(restored) == labelled(doc)
        quotations = [span._.quotation for span in doc.spans["communique"]]
        assert [span._.quotation for span in restored.spans["communique"]] == quotations


def test_a_part_of_a_document_has_no_analysis(doc: Doc) -> None:
    part = doc[0:5].as_doc(copy_user_data=True)
    assert part._.communique is None
    assert Span(part, 0, 2, span_id="quotation-0")._.quotation is None


def test_the_component_gives_what_the_analyzer_does(pipeline: Language, folder: str) -> None:
    analysis = Analyzer(folder).analyze(ARTICLE)
    assert analysis.quotations
    doc = pipeline(ARTICLE)
    assert doc.text == ARTICLE
    # Probabilities are kept as in the output format, to four places.
    assert doc._.communique.to_dict() == analysis.to_dict()
    assert {span._.quotation.id for span in doc.spans["communique"]} == {
        quotation.id for quotation in analysis.quotations
    }


def test_a_stream_of_texts_goes_through(pipeline: Language) -> None:
    texts = [ARTICLE, "", " \n ", ARTICLE]
    docs = list(pipeline.pipe(texts))
    assert [doc.text for doc in docs] == texts
    assert [doc._.communique is None for doc in docs] == [False, True, True, False]
    assert [len(doc.spans["communique"]) > 0 for doc in docs] == [True, False, False, True]


def test_a_text_that_is_no_article_goes_to_the_error_handler(folder: str) -> None:
    nlp = spacy.blank("en")
    nlp.max_length = 2 * MAX_CHARACTERS
    nlp.add_pipe("communique", config={"model": folder})
    doc = Doc(nlp.vocab, words=["a" * (MAX_CHARACTERS + 1)])
    with pytest.raises(ArticleError, match="split it"):
        nlp(doc)
    messages: list[str] = []
    nlp.set_error_handler(lambda name, component, docs, error: messages.append(f"{name}: {error}"))
    assert [kept.text for kept in nlp.pipe([doc, nlp.make_doc(ARTICLE)])] == [ARTICLE]
    assert len(messages) == 1
    assert messages[0].startswith("communique: the text has 2,000,002 characters")


def test_a_saved_pipeline_analyzes_as_before(pipeline: Language, folder: str, tmp_path: Path) -> None:
    pipeline.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.config["components"]["communique"] == {
        "factory": "communique",
        "model": folder,
        "threads": None,
    }
    assert loaded(ARTICLE)._.communique == pipeline(ARTICLE)._.communique


def test_a_folder_without_a_model_is_refused_when_the_pipeline_is_made(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model there"):
        spacy.blank("en").add_pipe("communique", config={"model": str(tmp_path)})


def test_spacy_finds_the_component_without_an_import(folder: str) -> None:
    program = (
        "import spacy, sys\n"
        "nlp = spacy.blank('en')\n"
        "nlp.add_pipe('communique', config={'model': sys.argv[1]})\n"
        "print(len(nlp(sys.argv[2]).spans['communique']) > 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", program, folder, ARTICLE], capture_output=True, text=True)
    assert run.stdout == "True\n", run.stderr


@pytest.mark.weights
def test_the_shipped_model_is_the_default() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique")
    doc = nlp("“We will return to the talks,” envoy Ana Lind said on Friday.")
    assert labelled(doc) == [
        ("content", "“We will return to the talks,”"),
        ("cue", "said"),
        ("source", "envoy Ana Lind"),
    ]
    assert doc.spans["communique"][0]._.quotation.speaker.name == "Ana Lind"
