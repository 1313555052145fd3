"""The report, as a browser's parser reads it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html.parser import HTMLParser

from analyzer.failure import Failure
from analyzer.html import segments, write_html
from analyzer.quotation import Analysis
from tests.hand_made import TEXT, make_analysis, make_quotation, strait_analysis

HOSTILE = "<script>alert(1)</script> \" onmouseover='x' &amp; {{ 7 * 7 }} <img src=//evil.example/x>"


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Every element with the text directly or indirectly in it."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in {"meta", "br", "img", "link"}:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if element.tag == tag and attributes.items() <= element.attributes.items()
        ]


def page_of(*results: Analysis | Failure) -> Page:
    stream = io.StringIO()
    write_html(results, stream)
    page = Page()
    page.feed(stream.getvalue())
    page.close()
    return page


def test_the_article_stands_there_in_full() -> None:
    (text,) = [
        element for element in page_of(strait_analysis()).all("div") if element.attributes["class"] == "text"
    ]
    assert text.text == TEXT


def test_quotations_are_coloured_by_stance_and_explained_on_hover() -> None:
    page = page_of(strait_analysis())
    title = "Ana Lind, Norland's chief negotiator: conditional → Sudria"
    assert (
        "".join(mark.text for mark in page.all("mark", title=title))
        == "“We will return,”“if Sudria opens the strait.”"
    )
    assert {mark.attributes["class"] for mark in page.all("mark", title=title)} == {"conditional"}
    assert page.all("mark", title="Sudria's foreign ministry: hostile → Norland")


def test_evidence_is_underlined() -> None:
    underlined = [element.text for element in page_of(strait_analysis()).all("u")]
    assert underlined[-2:] == ["if Sudria opens the strait", "a farce"]


def test_the_list_leads_to_each_quotation() -> None:
    page = page_of(strait_analysis(), strait_analysis())
    anchors = [mark.attributes["id"] for mark in page.all("mark") if "id" in mark.attributes]
    assert [link.attributes["href"] for link in page.all("a")] == [f"#{anchor}" for anchor in anchors]
    assert len(set(anchors)) == 4


def test_hostile_text_stays_text() -> None:
    quotation = make_quotation(
        HOSTILE, HOSTILE, speaker=HOSTILE, role=HOSTILE, stance="hostile", target=HOSTILE
    )
    page = page_of(
        make_analysis(HOSTILE, quotation, id=HOSTILE),
        Failure(id=HOSTILE, type="ArticleError", message=HOSTILE),
    )
    assert not page.all("script")
    assert not page.all("img")
    assert not [element for element in page.elements if "onmouseover" in element.attributes]
    assert [heading.text for heading in page.all("h2")] == [HOSTILE, HOSTILE]


def test_nothing_is_fetched() -> None:
    page = page_of(strait_analysis())
    assert not page.all("link")
    assert not [element for element in page.elements if "src" in element.attributes]
    (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
    assert "default-src 'none'" in (policy.attributes["content"] or "")


def test_failures_have_their_place_and_reason() -> None:
    page = page_of(Failure(id="a.txt", type="ArticleError", message="the file is empty"), strait_analysis())
    assert [heading.text for heading in page.all("h2")] == ["a.txt", "news/strait.txt"]
    assert "the file is empty" in page.all("article")[0].text


def test_a_nested_quotation_has_its_own_colour() -> None:
    text = "He said “they told us ‘never’ twice”."
    outer = make_quotation(text, "“they told us ‘never’ twice”")
    inner = make_quotation(text, "‘never’", id=1, stance="hostile")
    shown = [
        (segment.text, segment.quotation and segment.quotation.id)
        for segment in segments(text, [outer, inner])
    ]
    assert shown == [("He said ", None), ("“they told us ", 0), ("‘never’", 1), (" twice”", 0), (".", None)]
