"""One article for a notebook."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from analyzer.report import describe, highlight
from tests.analyzer.report.made import HOSTILE, hostile_analysis
from tests.hand_made import TEXT, make_analysis, strait_analysis


class Tags(HTMLParser):
    """The names of the tags that are opened, less those that are closed."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.names: set[str] = set()
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.names.add(tag)
        assert {name for name, _ in attrs} <= {"style", "title", "dir", "scope"}

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


def test_quotations_are_coloured_numbered_and_described() -> None:
    fragment = highlight(strait_analysis())
    assert fragment.count('title="Ana Lind, Norland&#x27;s chief negotiator: conditional → Sudria"') == 4
    assert "1◆" in fragment
    assert "<u>if Sudria opens the strait</u>" in fragment


def test_the_text_stands_there_in_full() -> None:
    words = unescape(re.sub(r"<span.*?</span>|<[^>]*>", "", highlight(strait_analysis())))
    assert TEXT in words


def test_hostile_text_stays_text() -> None:
    tags = Tags(highlight(hostile_analysis()))
    assert not tags.opened
    assert not tags.names & {"script", "img"}


def test_an_article_without_quotations_says_so() -> None:
    assert "No quotations." in highlight(make_analysis("It rained."))


def test_what_utf8_cannot_carry_is_replaced() -> None:
    highlight(make_analysis("odd \udcff byte", id="\udcff.txt")).encode("utf-8")


def test_a_quotation_without_stance_or_speaker_is_described() -> None:
    assert describe(hostile_analysis().quotations[0]).startswith(f"{HOSTILE}, {HOSTILE}: hostile → ")
