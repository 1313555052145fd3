"""What a reader sees in a terminal."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from analyzer.failure import Failure
from analyzer.quotation import Analysis
from analyzer.table import printable, write_table
from tests.hand_made import make_analysis, make_quotation, strait_analysis


def shown(monkeypatch: pytest.MonkeyPatch, *results: Analysis | Failure, columns: int = 80) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    stream = io.StringIO()
    write_table(results, stream)
    return stream.getvalue()


def test_quotations_are_shown_with_speaker_role_stance_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    article, *lines = shown(monkeypatch, strait_analysis()).splitlines()
    assert article.startswith("news/strait.txt ──")
    assert lines == [
        "  1 Ana Lind · Norland's chief negotiator",
        "    conditional (cooperative) → Sudria",
        "    ▌ “We will return,” … “if Sudria opens the strait.”",
        "",
        "  2 Sudria's foreign ministry",
        "    hostile → Norland",
        "    ▌ the offer a farce",
        "",
    ]


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    words = "“" + "We shall consider the matter in due course and reply at length. " * 6 + "”"
    text = f"{words} said the envoy. {'首相は交渉を続けると述べた' * 4}"
    quotations = [
        make_quotation(
            text, words, speaker="Ana Lind", role="special envoy for all that is left to settle " * 3
        ),
        make_quotation(text, text[-50:], id=1, stance="hostile", target="Sudria and its many allies " * 5),
    ]
    output = shown(monkeypatch, make_analysis(text, *quotations, id="folder/" * 30), columns=columns)
    assert max(map(cell_len, output.splitlines())) <= columns
    assert output.count("length") == 6


def test_every_word_of_a_long_quotation_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    words = " ".join(f"word{number}" for number in range(300))
    output = shown(
        monkeypatch, make_analysis(words, make_quotation(words, words, evidence="word150 word151"))
    )
    assert output.replace("▌", " ").split()[-300:] == words.split()


def test_hostile_text_reaches_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202eback [bold]loud[/bold] :smile: \ud800"
    quotation = make_quotation(words, words, speaker=words, role=words, stance="hostile", target=words)
    failure = Failure(id=words, type="ArticleError", message=words)
    output = shown(monkeypatch, make_analysis(words, quotation, id=words), failure, columns=100)
    assert not set(output) & set("\x1b\x07\x9b\u202e\ud800")
    assert "[bold]loud[/bold] :smile:" in output


def test_failures_and_articles_without_quotations_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    failure = Failure(id="a.txt", type="ArticleError", message="the file is empty")
    output = shown(monkeypatch, failure, make_analysis("Rain fell.", id="b.txt"))
    assert "not analyzed: the file is empty" in output
    assert "no quotations" in output


def test_colours_only_where_there_is_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" not in shown(monkeypatch, strait_analysis())
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[4mif Sudria opens the strait\x1b[0m" in shown(monkeypatch, strait_analysis())


def test_printable_keeps_words_apart() -> None:
    assert printable("one\r\n\r\ntwo\tthree") == "one two three"
