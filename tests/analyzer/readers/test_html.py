"""Web pages and fragments of HTML."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

import pytest

from analyzer.errors import ArticleError
from analyzer.readers.html import html_text, read_html
from tests.analyzer.readers.helpers import as_dict, read

PARAGRAPHS = (
    "“We will not return to the talks as long as the strait is closed,” Norland's envoy Ana Lind said on Friday.",
    "Sudria's foreign ministry called the offer a farce and said that it would wait for a better one until June.",
    "José Peña, who leads the mission of the Union, said both sides had asked him to come back the next week.",
)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Talks on the strait stall | The Norland Post</title>
<meta property="og:title" content="Talks on the
 strait   stall"><meta property="og:site_name" content=" The Norland Post ">
<meta property="article:published_time" content="2026-05-03T10:00:00+02:00"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Talks on the strait stall</h1>{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article>
<footer>Copyright 2019 The Norland Post. All rights reserved.</footer><script>var hacked = 1</script></body></html>"""


def test_a_page_gives_its_main_text_title_date_and_outlet() -> None:
    article = read_html(PAGE.encode(), "post.html")
    assert article.id == "post.html"
    assert article.text.splitlines()[-3:] == list(PARAGRAPHS)
    assert "Copyright" not in article.text
    assert "hacked" not in article.text
    assert (article.title, article.date, article.outlet) == (
        "Talks on the strait stall",
        "2026-05-03",
        "The Norland Post",
    )
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
        ("utf-16", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", ""),
    ],
)
def test_the_encoding_is_marked_declared_or_plain_to_see(encoding: str, declared: str) -> None:
    page = PAGE.replace("<head>", "<head>" + declared).encode(encoding)
    article = read_html(page, "post.html")
    assert "José Peña" in article.text
    assert "“We will not" in article.text
    assert article.warnings == ()


def test_a_declaration_within_xml_is_no_obstacle() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-1"?>' + PAGE.removeprefix("<!DOCTYPE html>")
    assert "José Peña" in read_html(page.encode("latin-1", "xmlcharrefreplace"), "post.html").text


@pytest.mark.parametrize("name", ["unknown-8", "idna", "hex", "rot13", "undefined"])
def test_a_wrong_declaration_is_guessed_past(name: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{name}">').encode("cp1252")
    article = read_html(page, "post.html")
    assert "José Peña" in article.text
    assert any("guess" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "<html><head><title>Login</title></head></html>", "<>"]
)
def test_a_page_without_main_text_is_refused(page: str) -> None:
    with pytest.raises(ArticleError, match="no main text"):
        read_html(page.encode(), "post.html")


def test_pages_are_read_in_read_item_and_fail_with_a_reason(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.htm").write_bytes(b"<html></html>")
    (tmp_path / "c.html").write_bytes(b"")
    good, bare, empty = read(tmp_path)
    assert as_dict(good)["title"] == "Talks on the strait stall"
    assert "no main text" in str(bare)
    assert "empty" in str(empty)
    assert capfd.readouterr().err == ""
    assert logging.getLogger("trafilatura").propagate


def test_nothing_is_kept_of_a_page() -> None:
    read_html(PAGE.encode(), "a.html")
    handlers = list(logging.getLogger("trafilatura").handlers)
    read_html(PAGE.encode(), "b.html")
    assert logging.getLogger("trafilatura").handlers == handlers


@pytest.mark.parametrize("declared", ["", '<meta charset="utf-8">', '<meta charset="iso-8859-1">'])
def test_a_bad_byte_does_not_make_a_page_another_encoding(declared: str) -> None:
    page = PAGE.replace("<head>", "<head>" + declared).replace("Sudria's", "Sudria\0s").encode()
    article = read_html(page.replace(b"\0", b"\x92"), "post.html")
    assert "José Peña" in article.text
    assert "Sudria�s" in article.text
    assert article.warnings == ("1 byte is not UTF-8; shown as �",)


def test_a_page_that_says_it_is_utf_8_is_so_with_more_bad_bytes() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="utf-8">').replace("'", "\0").encode()
    article = read_html(page.replace(b"\0", b"\x92"), "post.html")
    assert "José Peña" in article.text
    assert article.warnings == ("2 bytes are not UTF-8; shown as �",)


def test_a_page_that_wrongly_says_it_is_utf_8_is_guessed() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="utf-8">').encode("cp1252")
    article = read_html(page, "post.html")
    assert "José Peña" in article.text
    assert any("guess" in warning for warning in article.warnings)


@pytest.mark.parametrize("begin", ["<html><body><article>", ""])
def test_a_surrogate_ends_no_text(begin: str) -> None:
    markup = begin + f"<p>{PARAGRAPHS[0]}</p><p>A lone \ud83d one.</p><p>{PARAGRAPHS[1]}</p>"
    assert html_text(markup).splitlines() == [PARAGRAPHS[0], "A lone � one.", PARAGRAPHS[1]]


def test_very_deep_html_is_read_or_refused() -> None:
    deep = "<div>" * 20_000 + PARAGRAPHS[0]
    with contextlib.suppress(ArticleError):
        assert "Ana Lind" in html_text(deep)


def test_fragments_keep_their_paragraphs_apart() -> None:
    fragment = (
        "<p>“We wait,”\n  said <b>Ana</b> Lind.</p><!-- no --><style>p {}</style>"
        "He left.<br>They\0 stayed.<ul><li>One</ul>"
    )
    assert html_text(fragment) == "“We wait,” said Ana Lind.\nHe left.\nThey stayed.\nOne"


@pytest.mark.parametrize("fragment", ["", "<p> </p>", "<!-- “No,” she said. -->", "<script>1</script>"])
def test_fragments_without_text_are_refused(fragment: str) -> None:
    with pytest.raises(ArticleError, match="no text"):
        html_text(fragment)
