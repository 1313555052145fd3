"""``communique evaluate-peer``: what a peer says, on the article's own text; with stand-ins for the peers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from analyzer.quotation import QuotationSpans
from eval.alignment import Alignment, AlignmentError
from eval.peers.cli import app
from eval.peers.running import PeerError, run_peer
from tests.eval.peer_stubs import write_stubs
from tests.eval.polnear_folder import TEXT, stand_in_for_the_model, write_polnear

PYTHON = Path(sys.executable)


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our own Python with the stand-ins, as if it were the peer's."""
    stubs = write_stubs(tmp_path / "peers")
    monkeypatch.setenv("PYTHONPATH", str(stubs))
    return stubs


def parts(text: str, quotation: QuotationSpans) -> list[list[str]]:
    return [
        [text[slice(*span)] for span in spans]
        for spans in (quotation.content, quotation.cue, quotation.source)
    ]


def test_textacy_gives_content_cue_and_speaker_of_neighbouring_words() -> None:
    text = "Talks began. “We will go,” Ana Lind said."
    run = run_peer("textacy", PYTHON, [text], "en_stub")
    assert run.system == "textacy 0.13.0, spacy 3.8.0, en_stub 3.0"
    assert [parts(text, quotation) for quotation in run.quotations[0]] == [
        [["“We will go,”"], ["said"], ["Ana Lind"]]
    ]


def test_citron_is_asked_for_spans_and_what_it_prints_is_no_answer() -> None:
    run = run_peer("citron", PYTHON, ["Nothing.", TEXT])
    assert run.quotations[0] == ()
    assert parts(TEXT, run.quotations[1][0]) == [["“We will go,”"], ["said"], ["Lind"]]
    assert run.system.endswith(" with en_2021-11-15, spacy 3.8.0, en_stub 3.0")


def test_tracker_offsets_are_put_back_on_the_text_that_it_rewrote() -> None:
    text = "A title\n\nThe\u00a0café is  open.\n“We will go,” Léa Lind said.\n\nAnd so they did"
    run = run_peer("gender-gap-tracker", PYTHON, [text])
    assert [parts(text, quotation) for quotation in run.quotations[0]] == [
        [["“We will go,”"], ["said"], ["Léa Lind"]],
        [["And so they did"], [], []],
    ]


def test_article_on_which_a_peer_raises_has_no_quotations_and_a_reason() -> None:
    run = run_peer("textacy", PYTHON, ["“We", TEXT])
    assert run.failures == {0: "ValueError: an unclosed quotation"}
    assert [len(found) for found in run.quotations] == [0, 1]


@pytest.mark.parametrize("texts", [["CRASH", TEXT], [TEXT, "CRASH"], ["CRASH"]])
def test_peer_that_dies_on_an_article_goes_on_with_the_next(texts: list[str]) -> None:
    run = run_peer("citron", PYTHON, texts)
    assert run.failures == {
        texts.index("CRASH"): "its process ended without an answer; it said last: out of memory"
    }
    assert [len(found) for found in run.quotations] == [int(text == TEXT) for text in texts]


def test_span_outside_the_text_is_a_failure() -> None:
    text = "OUTSIDE “We will go,” Lind said."
    assert run_peer("citron", PYTHON, [text]).failures == {0: "[8, 33) is no span in a text of 32 characters"}


@pytest.mark.parametrize(
    ("peer", "pipeline", "message"),
    [
        (
            "textacy",
            "nn",
            "cannot run textacy: OSError: [E050] Can't find model 'nn'. docs/peers.md says how",
        ),
        ("citron", "en_stub", "Citron loads its own spaCy pipeline, en_core_web_sm; leave --pipeline out"),
    ],
)
def test_peer_that_cannot_be_loaded_is_an_error(peer: str, pipeline: str, message: str) -> None:
    with pytest.raises(PeerError) as error:
        run_peer(peer, PYTHON, [TEXT], pipeline)
    assert message in str(error.value)


def test_module_that_is_not_installed_is_an_error(environment: Path) -> None:
    (environment / "quote_extractor.py").unlink()
    with pytest.raises(PeerError, match=r"No module named 'quote_extractor'\. docs/peers\.md says how to"):
        run_peer("gender-gap-tracker", PYTHON, [TEXT])


@pytest.mark.parametrize("program", ["nowhere/bin/python", "/bin/false"])
def test_python_that_is_none_is_an_error(program: str) -> None:
    with pytest.raises(PeerError, match=program):
        run_peer("textacy", Path(program), [TEXT])


class StandIn:
    """Finds the first article's first quotation."""

    model_name = "stand-in"

    def __init__(self, model: Path | None = None) -> None:
        pass

    def extract(self, text: str) -> tuple[QuotationSpans, ...]:
        return (QuotationSpans(content=((0, 13),), source=((14, 18),)),)


@pytest.fixture
def polnear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stand_in_for_the_model(StandIn, tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "120")
    return write_polnear(tmp_path / "polnear")


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["--resamples", "20", *map(str, arguments)])


def figures(result: dict[str, Any], group: str, measure: str) -> dict[str, float]:
    return {
        figure["system"]: figure["score"]["f1"]
        for figure in result["figures"]
        if (figure["group"], figure["measure"], figure["part"]) == (group, measure, ["all", "all"])
    }


def test_peer_rules_and_model_are_scored_on_the_same_articles(polnear: Path, tmp_path: Path) -> None:
    path = tmp_path / "peer.json"
    result = evaluate("textacy", "--python", PYTHON, "--polnear", polnear, "--json", path)
    assert result.exit_code == 0
    stored = json.loads(path.read_text(encoding="utf-8"))
    # One of two quotations in either article.
    assert figures(stored, "all articles", "linked") == {
        "textacy": pytest.approx(2 / 3),
        "rules baseline": 1.0,
        "model": pytest.approx(2 / 3),
    }
    assert stored["systems"]["textacy"] == "textacy 0.13.0, spacy 3.8.0, en_stub 3.0"
    assert "linked: textacy" in result.stdout
    assert "model:textacy 0.13.0, spacy 3.8.0, en_stub 3.0|" in result.stdout


def test_failures_are_said_and_what_it_got_through_is_scored_apart(polnear: Path, tmp_path: Path) -> None:
    text = polnear / "dev" / "text" / "border.txt"
    text.write_text(text.read_text(encoding="utf-8") + "“Lind\n", encoding="utf-8")
    path = tmp_path / "peer.json"
    result = evaluate("textacy", "--python", PYTHON, "--polnear", polnear, "--json", path)
    assert "textacy did not get through 1 of 2 articles, and counts as having found nothing" in result.stdout
    assert "border: ValueError: an unclosed quotation" in result.stdout
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert figures(stored, "all articles", "content overlap")["textacy"] == pytest.approx(0.4)
    assert figures(stored, "articles that textacy got through", "content overlap") == {
        "textacy": pytest.approx(2 / 3),
        "rules baseline": 1.0,
        "model": pytest.approx(2 / 3),
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["spacy"], "spacy: no such peer; choose from textacy, citron, gender-gap-tracker"),
        (["textacy", "--python", "nowhere"], "nowhere: no such program; give the Python of textacy's own"),
        (["textacy", "--split", "test"], "test: not a PolNeAR split"),
        (["textacy", "--json", "nowhere/peer.json"], "--json: there is no folder"),
    ],
)
def test_bad_argument_gives_one_line_and_exit_code_2(
    polnear: Path, arguments: list[str], message: str
) -> None:
    result = evaluate("--python", PYTHON, "--polnear", polnear, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("communique evaluate-peer: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("original", "rewritten", "part", "expected"),
    [
        ("“Go,” Lind said", '"Go," Lind said', '"Go,"', "“Go,”"),
        ("“Go,”  Lind\nsaid", '" Go , " Lind said', '" Go , "', "“Go,”"),
        ("Go — said Lind …", "Go -- said Lind ...", "-- said Lind ...", "— said Lind …"),
        ("Talks.\n\n“Go”", 'Talks.\n .\n "Go"', '"Go"', "“Go”"),
        ("Talks\n“Go”", 'Talks.\n "Go"', 'Talks.\n "Go', "Talks\n“Go"),
        ("Léa (left)", "Lea -( left )-", "( left )", "(left)"),
    ],
)
def test_alignment_leads_back_over_changed_marks_and_spaces(
    original: str, rewritten: str, part: str, expected: str
) -> None:
    start = rewritten.index(part)
    span = Alignment(original, rewritten).span(start, start + len(part))
    assert span is not None
    assert original[slice(*span)] == expected


def test_alignment_of_what_was_added_is_nothing() -> None:
    assert Alignment("Talks\nend", "Talks.\n end").span(5, 6) is None


def test_texts_with_other_letters_cannot_be_aligned() -> None:
    with pytest.raises(AlignmentError, match="differ from letter or digit 8 on"):
        Alignment("The colour", "The color")
