"""``communique evaluate-cofenet``: spans by CofeNet's protocol, from PolNeAR's files or from CofeNet's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from analyzer.quotation import QuotationSpans
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.cofenet import app
from eval.cofenet_instances import Instance, instances_of, predicted_spans, read_instances, spans_of_labels
from tests.eval.polnear_folder import stand_in_for_the_model, write_polnear

NOTHING: dict[str, set[tuple[int, int]]] = {"source": set(), "cue": set(), "content": set()}


def article(text: str, *quotations: AnnotatedQuotation) -> AnnotatedArticle:
    return AnnotatedArticle(id="strait", text=text, quotations=quotations, metadata={"annotator": "4e07"})


def words_of(instance: Instance, text: str) -> list[str | None]:
    return [None if token is None else text[slice(*token)] for token in instance.tokens]


def test_instance_is_a_paragraph_and_its_spans_are_numbers_of_words() -> None:
    text = "Ana Lind said\nthat they go.\n\nNobody else spoke."
    quotation = AnnotatedQuotation(id=0, content=((14, 26),), cue=((9, 13),), source=((0, 8),))
    first, second, third = instances_of(article(text, quotation))
    assert first.spans == {"source": {(0, 2)}, "cue": {(2, 3)}, "content": set()}
    assert second.spans == {"source": set(), "cue": set(), "content": {(0, 3)}}
    assert third.spans == NOTHING
    assert words_of(third, text) == ["Nobody", "else", "spoke", "."]


def test_span_over_the_end_of_a_paragraph_is_cut_there() -> None:
    text = "They go\nand come back soon"
    first, second = instances_of(article(text))
    (found,) = [QuotationSpans(content=((5, 16),))]
    assert predicted_spans(first, [found])["content"] == {(1, 2)}
    assert predicted_spans(second, [found])["content"] == {(0, 2)}


def test_instance_ends_after_300_words() -> None:
    text = "no " * 320
    quotation = AnnotatedQuotation(id=0, content=((3 * 298, 3 * 310),))
    (instance,) = instances_of(article(text, quotation))
    assert len(instance.tokens) == 300
    assert instance.spans["content"] == {(298, 300)}


@pytest.mark.parametrize(
    ("labels", "role", "spans"),
    [
        ("B-cue I-cue O B-cue", "cue", {(0, 2), (3, 4)}),
        ("B-cue B-cue I-cue", "cue", {(0, 1), (1, 3)}),
        ("O I-cue I-cue", "cue", set()),
        ("B-cue I-source I-cue", "cue", {(0, 1)}),
        ("B-cue I-source I-source", "source", set()),
    ],
)
def test_only_b_begins_a_span(labels: str, role: Any, spans: set[tuple[int, int]]) -> None:
    assert spans_of_labels(labels.split())[role] == spans


def write_instances(path: Path, *lines: tuple[str, str, str]) -> Path:
    """Lines of tokens, labels and id in CofeNet's form; the path."""
    items = [{"tokens": tokens.split(), "labels": labels.split(), "id": id} for tokens, labels, id in lines]
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return path


def test_tokens_are_found_in_the_text_in_order(tmp_path: Path) -> None:
    text = "A title\n\n“We go (now)… or not,” Lind said in the U.S.\n\nA title"
    data = write_instances(
        tmp_path / "valid.txt",
        ("A title", "O O", "strait_4e07"),
        (
            "`` We go -LRB- now -RRB- ... or not , '' Lind said in the U.S. .",
            "B-content" + " I-content" * 10 + " B-source B-cue O O O O",
            "strait_4e07",
        ),
        ("A title", "O O", "strait_4e07"),
    )
    first, second, third = read_instances(data, {"strait": text})
    last = text.rindex("A title")
    assert first.tokens == ((0, 1), (2, 7))
    assert third.tokens == ((last, last + 1), (last + 2, last + 7))
    assert words_of(second, text) == [*"“ We go ( now ) … or not , ” Lind said in the U.S.".split(), None]
    assert second.spans == {"source": {(11, 12)}, "cue": {(12, 13)}, "content": {(0, 11)}}
    end, lind, said = text.index(" Lind"), text.index("Lind"), text.index("said")
    quotation = QuotationSpans(content=((9, end),), cue=((said, said + 4),), source=((lind, lind + 4),))
    assert predicted_spans(second, [quotation]) == second.spans


class StandIn:
    """Finds the first quotation in each article."""

    model_name = "stand-in"

    def __init__(self, model: Path | None = None) -> None:
        pass

    def extract(self, text: str) -> tuple[QuotationSpans, ...]:
        return (QuotationSpans(content=((0, 13),), cue=((19, 23),), source=((14, 18),)),)


@pytest.fixture
def polnear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles; in the first annotator's copies there are two quotations, in the other copy of one there is one."""
    stand_in_for_the_model(StandIn, tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "120")
    return write_polnear(tmp_path / "polnear")


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["--resamples", "20", *map(str, arguments)])


def scores(path: Path) -> dict[str, list[dict[str, Any]]]:
    stored = json.loads(path.read_text(encoding="utf-8"))["scores"]
    return {
        name: [score for score in stored if score["counting"].startswith(name)]
        for name in ("every annotator's copy", "each article once")
    }


def test_copies_are_counted_as_cofenet_does_and_once(polnear: Path, tmp_path: Path) -> None:
    path = tmp_path / "cofenet.json"
    result = evaluate("--polnear", polnear, "--json", path)
    assert result.exit_code == 0
    found = scores(path)
    assert [score["counts"] for score in found["every annotator's copy"]] == [
        {"matched_gold": 3, "gold": 5, "matched_predicted": 3, "predicted": 3}
    ] * 3
    assert [score["counts"] for score in found["each article once"]] == [
        {"matched_gold": 2, "gold": 4, "matched_predicted": 2, "predicted": 2}
    ] * 3
    assert [score["f1"]["value"] for score in found["each article once"]] == [pytest.approx(2 / 3)] * 3
    assert "83.2" in result.stdout
    assert "2 articles are here in 3 copies" in result.stdout
    assert "The published figures are CofeNet's on the test split. These are ours on dev" in result.stdout
    assert "measure:cofenet cue|matching:exact token span of a paragraph|" in result.stdout


def test_cofenet_instances_take_the_place_of_polnears(polnear: Path, tmp_path: Path) -> None:
    tokens = "`` We will go , '' Lind said . Ruud said that Sudria `` must '' pay ."
    labels = "B-content" + " I-content" * 5 + " B-source B-cue" + " O" * 10
    data = write_instances(
        tmp_path / "valid.txt", (tokens, labels, "border_4e07"), ("Lost .", "B-cue O", "border_4e07")
    )
    path = tmp_path / "cofenet.json"
    result = evaluate("--polnear", polnear, "--data", data, "--json", path)
    assert result.exit_code == 0
    assert [tuple(score["counts"].values()) for score in scores(path)["each article once"]] == [
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (1, 1, 1, 1),
    ]
    assert "1 of 2 instances are not in the articles; nothing counts as found there." in result.stdout


def test_test_split_is_for_reports(polnear: Path) -> None:
    (polnear / "dev").rename(polnear / "test")
    result = evaluate("--polnear", polnear, "--split", "test")
    assert "This is the test split: it is for reports, and nothing may be chosen by it." in result.stdout


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no JSON", "valid.txt, line 2: expected an object with 'tokens', 'labels' and 'id'"),
        ('{"tokens": ["a"]}', "valid.txt, line 2: expected an object with 'tokens', 'labels' and 'id'"),
        ('{"tokens": ["a"], "labels": [], "id": "border_4e07"}', "valid.txt, line 2: 1 tokens, but 0 labels"),
        (
            '{"tokens": ["a"], "labels": ["O"], "id": "river_4e07"}',
            "valid.txt, line 2: PolNeAR's split has no article 'river'; give the split that the file is of",
        ),
        (
            '{"tokens": ["a"], "labels": ["B-verb"], "id": "border_4e07"}',
            "valid.txt, line 2: 'B-verb' is no label; expected O, or B- or I- and one of source, cue, content",
        ),
    ],
)
def test_line_that_is_no_instance_is_an_error(polnear: Path, tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "valid.txt").write_text("\n" + line + "\n", encoding="utf-8")
    result = evaluate("--polnear", polnear, "--data", tmp_path / "valid.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "nowhere"], "nowhere: cannot be read: No such file or directory"),
        (["--split", "test"], "test: not a PolNeAR split"),
        (["--json", "nowhere/cofenet.json"], "--json: there is no folder"),
    ],
)
def test_bad_argument_gives_one_line_and_exit_code_2(
    polnear: Path, arguments: list[str], message: str
) -> None:
    result = evaluate("--polnear", polnear, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
