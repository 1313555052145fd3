"""What the shipped model finds: in the article that the project began with, and in sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import Analysis, Analyzer, Quotation

pytestmark = pytest.mark.weights

SEED = Path(__file__).parents[1] / "corpus" / "articles" / "seed.txt"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture(scope="module")
def seed(analyzer: Analyzer) -> Analysis:
    return analyzer.analyze(SEED.read_text(encoding="utf-8"))


def only(analysis: Analysis, words: str) -> Quotation:
    """The one quotation with *words* in it."""
    (found,) = (quotation for quotation in analysis.quotations if words in quotation.text)
    return found


def source_of(analysis: Analysis, quotation: Quotation) -> str:
    return " ".join(analysis.text[start:end] for start, end in quotation.source)


def test_rudenkos_words_are_direct_and_his_in_his_role(seed: Analysis) -> None:
    quotation = only(seed, "until the cows come home")
    assert quotation.text.startswith("“They can talk about")
    assert quotation.text.endswith("until Japan changes its policy toward Russia,”")
    assert quotation.kind == "direct"
    assert source_of(seed, quotation) == "Rudenko"
    assert quotation.speaker.name == "Andrey Rudenko"
    assert quotation.role.text == "Russian Deputy Foreign Minister"


def test_peskovs_words_are_mixed_and_his_in_his_role(seed: Analysis) -> None:
    quotation = only(seed, "“openly hostile” actions")
    assert quotation.kind == "mixed"
    assert quotation.speaker.name == "Dmitry Peskov"
    assert quotation.role.text == "presidential press secretary"


def test_the_commitment_is_the_foreign_ministrys(seed: Analysis) -> None:
    quotation = only(seed, "signing a peace treaty with Russia")
    assert quotation.kind == "indirect"
    assert quotation.speaker.name == "Japan’s foreign ministry"


def test_the_refusal_is_russias(seed: Analysis) -> None:
    quotation = only(seed, "negotiations remain off the table until Tokyo changes its stance")
    assert source_of(seed, quotation) == "Moscow"
    assert (quotation.speaker.name, quotation.speaker.kind) == ("Russia", "country")


@pytest.mark.parametrize(
    ("words", "label", "target"),
    [
        ("until the cows come home", "conditional", "Japan"),
        ("negotiations remain off the table until", "conditional", "Japan"),
        ("“openly hostile” actions", "hostile", "Japan"),
        ("signing a peace treaty with Russia", "conciliatory", "Russia"),
    ],
)
def test_stances_of_the_seed_article(seed: Analysis, words: str, label: str, target: str) -> None:
    stance = only(seed, words).stance
    assert stance.label == label
    assert stance.target is not None
    assert stance.target.name == target


def test_the_insistence_on_sovereignty_is_russias(seed: Analysis) -> None:
    quotation = only(seed, "sovereignty over the Kuril Islands is non-negotiable")
    assert (quotation.speaker.name, quotation.speaker.kind) == ("Russia", "country")


@pytest.mark.parametrize(
    "words",
    [
        "The primary roadblock",
        "While both nations resumed",
        "the prospect of a peace treaty remains elusive",
        "the strained diplomatic relations",
    ],
)
def test_what_the_reporter_says_is_nobodys_quotation(seed: Analysis, words: str) -> None:
    place = seed.text.index(words)
    spans = [span for quotation in seed.quotations for span in quotation.spans]
    assert not [span for span in spans if span[0] < place + len(words) and place < span[1]]


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        pytest.param(
            "Foreign minister: No talks with Sudria until troops leave\n\nAna Lind left the capital on Friday.",
            "No talks with Sudria until troops leave",
            "Foreign minister",
            id="headline with a colon",
        ),
        pytest.param(
            "Lind: talks are over\n\nNorland’s foreign minister Ana Lind left the capital on Friday.",
            "talks are over",
            "Lind",
            id="headline with a bare surname",
            marks=pytest.mark.xfail(strict=True, reason="communique-small takes the surname for a label"),
        ),
        pytest.param(
            "“We are proud to open our new office in Sudria,” said Per Holm, chief executive of Nordwind "
            "Shipping.\n\nAbout Nordwind Shipping: the company was founded in 1987.",
            "“We are proud to open our new office in Sudria,”",
            "Per Holm, chief executive of Nordwind Shipping",
            id="press release",
        ),
        pytest.param(
            "The envoy was not convinced. ‘We don’t trust the ministers’ promise any longer,’ Lind said on Monday.",
            "‘We don’t trust the ministers’ promise any longer,’",
            "Lind",
            id="British marks",
        ),
        pytest.param(
            "The talks ended early. «We will return when Sudria opens the strait», Maslova said.",
            "«We will return when Sudria opens the strait»",
            "Maslova",
            id="guillemets",
        ),
        pytest.param(
            "“The strait is ours and it will stay ours,” Lind said on Friday. “Nobody will take it from us.",
            "“The strait is ours and it will stay ours,”",
            "Lind",
            id="mark that is never closed",
        ),
    ],
)
def test_quotations_in_every_dress_are_found(
    analyzer: Analyzer, text: str, content: str, source: str
) -> None:
    analysis = analyzer.analyze(text)
    quotation = only(analysis, content)
    assert quotation.text.startswith(content)
    assert source_of(analysis, quotation) == source


def test_a_quotation_over_two_paragraphs_is_one(analyzer: Analyzer) -> None:
    first = "“We have waited for ten years, and we have kept our word."
    second = "“Now it is for Sudria to open the strait and to let our ships pass.”"
    analysis = analyzer.analyze(f"Foreign minister Ana Lind said: {first}\n\n{second}\n\nIt rained all day.")
    assert only(analysis, "our word").id == only(analysis, "ships pass").id
    assert only(analysis, "our word").speaker.name == "Ana Lind"


def test_a_quotation_around_its_cue_is_one(analyzer: Analyzer) -> None:
    analysis = analyzer.analyze(
        "“We came a long way,” Foreign Minister Ana Lind said on Friday, “to hear what Sudria has to offer.”"
    )
    (quotation,) = analysis.quotations
    assert [analysis.text[slice(*span)].strip(",") for span in quotation.spans] == [
        "“We came a long way,”",
        "“to hear what Sudria has to offer.”",
    ]
    assert quotation.speaker.name == "Ana Lind"


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “peace bridge” over the river was closed for repairs on Monday.",
        "Her second novel, “The Long Winter”, was published in March and sold well.",
        "The ‘smart’ lamps in the harbour failed twice in one week.",
    ],
)
def test_marks_without_an_attribution_are_no_quotation(analyzer: Analyzer, text: str) -> None:
    assert analyzer.analyze(text).quotations == ()
