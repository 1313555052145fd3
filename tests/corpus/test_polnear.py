"""PolNeAR's layout, on small files of invented text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.quotation import covered_text
from corpus.annotated import AnnotatedArticle
from corpus.polnear import PolnearError, load_polnear

TEXT = (
    "Lind said the talks failed.\n“We left,” she said, “at dawn.”\nIt was announced that\nNorland agreed.\n"
)

Write = Callable[..., None]


def entity(name: str, part: str, *pieces: str) -> str:
    """A ``T`` line for *pieces* of ``TEXT``, with the covered text as PolNeAR has it, line breaks included."""
    starts = [TEXT.index(piece) for piece in pieces]
    spans = ";".join(f"{start} {start + len(piece)}" for start, piece in zip(starts, pieces, strict=True))
    return f"{name}\t{part} {spans}\t{' '.join(pieces)}"


FIRST = (
    entity("T1", "Source", "Lind"),
    entity("T2", "Cue", "said"),
    entity("T3", "Content", "the talks failed"),
    "E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1",
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an article of the split ``dev`` with one annotator's lines."""

    def write_article(
        *lines: str,
        name: str = "strait",
        annotator: str = "4e07",
        text: bytes = TEXT.encode(),
        end: str = "\n",
    ) -> None:
        for folder in ("text", "attributions"):
            (tmp_path / "dev" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "dev" / "text" / f"{name}.txt").write_bytes(text)
        annotations = tmp_path / "dev" / "attributions" / f"{name}_{annotator}.ann"
        annotations.write_bytes(end.join(lines).encode())

    return write_article


def load_one(folder: Path) -> AnnotatedArticle:
    (article,) = load_polnear(folder, "dev")
    return article


def parts(article: AnnotatedArticle) -> list[tuple[str, str, str]]:
    return [
        (
            covered_text(article.text, quotation.source),
            covered_text(article.text, quotation.cue),
            covered_text(article.text, quotation.content),
        )
        for quotation in article.quotations
    ]


def test_source_cue_and_content_are_read(tmp_path: Path, write: Write) -> None:
    write(*FIRST)
    article = load_one(tmp_path)
    assert (article.id, article.text) == ("strait", TEXT)
    assert article.metadata == {"annotator": "4e07", "split": "dev"}
    assert parts(article) == [("Lind", "said", "the talks failed")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_the_annotations_make_no_difference(tmp_path: Path, write: Write, end: str) -> None:
    write(*FIRST, "", end=end)
    assert parts(load_one(tmp_path)) == [("Lind", "said", "the talks failed")]


def test_discontinuous_span_becomes_several_spans(tmp_path: Path, write: Write) -> None:
    write(entity("T1", "Content", "“We left,”", "“at dawn.”"), "E1\tAttribution:T9 Content:T1")
    assert load_one(tmp_path).quotations[0].content == ((28, 38), (49, 59))


def test_numbered_parts_and_repeated_ones_are_joined_in_text_order(tmp_path: Path, write: Write) -> None:
    write(
        entity("T1", "Content", "“at dawn.”"),
        entity("T2", "Content", "“We left,”"),
        "E1\tAttribution:T9 Content:T1 Content2:T2 Content3:T2",
    )
    assert load_one(tmp_path).quotations[0].content == ((28, 38), (49, 59))


def test_covered_text_may_run_over_a_line_break(tmp_path: Path, write: Write) -> None:
    write(entity("T5", "Content", "that\nNorland agreed"), "E1\tAttribution:T9 Content:T5", *FIRST[:3])
    assert parts(load_one(tmp_path)) == [("", "", "that\nNorland agreed")]


def test_missing_source_is_empty(tmp_path: Path, write: Write) -> None:
    write(*FIRST[:3], "E1\tAttribution-no-source:T9 Content:T3 Cue:T2")
    assert parts(load_one(tmp_path)) == [("", "said", "the talks failed")]


def test_attribution_without_content_is_no_quotation(tmp_path: Path, write: Write) -> None:
    write(*FIRST, "E2\tAttribution:T9 Cue:T2 Source:T1")
    assert [quotation.id for quotation in load_one(tmp_path).quotations] == [0]


def test_id_may_be_used_before_it_is_defined(tmp_path: Path, write: Write) -> None:
    write(*reversed(FIRST))
    assert parts(load_one(tmp_path)) == [("Lind", "said", "the talks failed")]


def test_notes_and_stray_lines_are_passed_over(tmp_path: Path, write: Write) -> None:
    write("#1\tAnnotatorNotes T1\tunsure", *FIRST, "A1\tCertain E1", "The end of some covered text", "")
    assert parts(load_one(tmp_path)) == [("Lind", "said", "the talks failed")]


def test_offsets_count_code_points(tmp_path: Path, write: Write) -> None:
    write("T1\tContent 2 6\tgone", "E1\tAttribution:T9 Content:T1", text="🕊 gone".encode())
    assert parts(load_one(tmp_path)) == [("", "", "gone")]


def test_line_ends_of_the_text_are_kept(tmp_path: Path, write: Write) -> None:
    write("T1\tContent 3 7\tgone", "E1\tAttribution:T9 Content:T1", text=b"a\r\ngone")
    assert load_one(tmp_path).text == "a\r\ngone"


def test_articles_come_sorted_and_by_their_first_annotator(tmp_path: Path, write: Write) -> None:
    write(*FIRST, annotator="ef2d")
    write(annotator="4e07")
    write(*FIRST, name="border", annotator="9999")
    found = [(article.id, article.metadata["annotator"]) for article in load_polnear(tmp_path, "dev")]
    assert found == [("border", "9999"), ("strait", "4e07")]


def test_every_annotator_gives_the_article_once_for_each(tmp_path: Path, write: Write) -> None:
    write(*FIRST, annotator="ef2d")
    write(annotator="4e07")
    articles = load_polnear(tmp_path, "dev", every_annotator=True)
    found = [(article.metadata["annotator"], len(article.quotations)) for article in articles]
    assert found == [("4e07", 0), ("ef2d", 1)]


def test_undefined_id_is_an_error_with_file_and_line(tmp_path: Path, write: Write) -> None:
    write(*FIRST[1:])
    with pytest.raises(
        PolnearError, match=r"strait_4e07\.ann, line 3: .* T1, which the file does not define"
    ):
        load_one(tmp_path)


def test_id_defined_twice_is_an_error(tmp_path: Path, write: Write) -> None:
    write(*FIRST, entity("T1", "Source", "she"))
    with pytest.raises(PolnearError, match=r"strait_4e07\.ann, line 5: T1 is defined twice"):
        load_one(tmp_path)


@pytest.mark.parametrize("span", ["95 99", "4 4", "9 4"])
def test_span_outside_the_text_or_backwards_is_an_error(tmp_path: Path, write: Write, span: str) -> None:
    write(f"T1\tSource {span}\tLind")
    start, end = span.split()
    with pytest.raises(
        PolnearError, match=rf"strait_4e07\.ann, line 1: T1: \[{start}, {end}\) .* of 98 char"
    ):
        load_one(tmp_path)


def test_entity_that_covers_other_words_is_an_error_with_the_offset(tmp_path: Path, write: Write) -> None:
    write("T1\tSource 0 4\tRuud")
    with pytest.raises(PolnearError, match=r"line 1: T1: at offset 0 the text has 'Lind', .* 'Ruud'"):
        load_one(tmp_path)


def test_entity_with_broken_span_is_an_error_that_shows_it(tmp_path: Path, write: Write) -> None:
    write("T1\tSource 0 x\tLind")
    with pytest.raises(PolnearError, match=r"line 1: expected .* found 'T1\\tSource 0 x\\tLind'"):
        load_one(tmp_path)


def test_text_that_is_not_utf8_is_an_error_with_the_byte(tmp_path: Path, write: Write) -> None:
    write(*FIRST, text=b"Lind s\xe9id")
    with pytest.raises(PolnearError, match=r"strait\.txt: byte 6 is not UTF-8"):
        load_one(tmp_path)


def test_annotations_that_are_not_utf8_are_an_error_with_the_byte(tmp_path: Path, write: Write) -> None:
    write(*FIRST)
    (tmp_path / "dev" / "attributions" / "strait_4e07.ann").write_bytes(b"T1\t\xff")
    with pytest.raises(PolnearError, match=r"strait_4e07\.ann: byte 3 is not UTF-8"):
        load_one(tmp_path)


def test_annotated_text_that_is_missing_is_an_error(tmp_path: Path, write: Write) -> None:
    write(*FIRST)
    (tmp_path / "dev" / "text" / "strait.txt").unlink()
    with pytest.raises(
        PolnearError, match=r"strait\.txt: missing, though it is annotated in .*strait_4e07\.ann"
    ):
        load_one(tmp_path)


def test_annotations_without_an_annotator_are_an_error(tmp_path: Path, write: Write) -> None:
    write(*FIRST, annotator="nobody")
    with pytest.raises(
        PolnearError, match=r"strait_nobody\.ann: expected a name that ends in _ANNOTATOR\.ann"
    ):
        load_one(tmp_path)


@pytest.mark.parametrize("missing", ["text", "attributions"])
def test_folder_in_another_layout_is_an_error_that_names_it(tmp_path: Path, missing: str) -> None:
    (tmp_path / "dev" / ({"text", "attributions"} - {missing}).pop()).mkdir(parents=True)
    with pytest.raises(PolnearError, match=r"dev: not a PolNeAR split: expected the folders 'text' and"):
        list(load_polnear(tmp_path, "dev"))
