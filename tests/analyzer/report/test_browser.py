"""The report's articles as a reader sees them, in Chromium; test_filtering.py has the filter and the overview."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.analyzer.report.made import FAILURE, HOSTILE, hostile_analysis, two_analyses
from tests.analyzer.report.opened import PROSE, Reports, count, figures, headings
from tests.hand_made import TEXT, make_analysis, make_quotation, strait_analysis


def tooltip(page: Any) -> str:
    return str(page.locator("#tooltip").inner_text())


def test_the_article_stands_there_in_full_with_its_metadata(reports: Reports) -> None:
    page = reports.open(replace(two_analyses()[0], warnings=("the encoding was guessed",)))
    assert page.locator(".prose").evaluate(PROSE) == TEXT
    assert headings(page) == ["Talks on the strait"]
    byline = page.locator(".byline").inner_text()
    assert byline.startswith("The Norland Courier · 2 March 2026 · news/strait.txt · 2 quotations ▼1")
    assert "Note: the encoding was guessed" in page.locator("article").inner_text()


def test_quotations_are_coloured_by_stance_with_their_evidence_underlined(reports: Reports) -> None:
    page = reports.open(strait_analysis())
    marks = page.locator(".prose mark.conditional").evaluate_all(f"all => all.map({PROSE})")
    assert "".join(marks) == "“We will return,”“if Sudria opens the strait.”"
    assert page.locator(".prose u").all_inner_texts() == ["if Sudria opens the strait", "a farce"]
    assert page.locator(".prose .marker").all_inner_texts() == ["1◆", "2▼"]


@pytest.mark.parametrize("before", ["🕊🇳🇴 ", "e\u0301𝔘 ", "a\udcffb "])
def test_offsets_are_right_after_what_is_no_single_unit(reports: Reports, before: str) -> None:
    text = f"{before}Lind said “we will 🕊 talk” today."
    quotation = make_quotation(text, "“we will 🕊 talk”", stance="conciliatory", evidence="talk")
    page = reports.open(make_analysis(text, quotation))
    marks = page.locator(".prose mark").evaluate_all(f"all => all.map({PROSE})")
    assert "".join(marks) == page.locator(".words").inner_text() == "“we will 🕊 talk”"
    assert page.locator(".prose u").inner_text() == "talk"


def test_a_nested_quotation_has_its_own_colour_and_marker(reports: Reports) -> None:
    text = "He said “they told us ‘never’ twice”."
    outer = make_quotation(text, "“they told us ‘never’ twice”", stance="conciliatory")
    inner = make_quotation(text, "‘never’", id=1, stance="hostile")
    page = reports.open(make_analysis(text, outer, inner))
    assert page.locator(".prose mark.conciliatory").evaluate_all(f"all => all.map({PROSE})") == [
        "“they told us ",
        " twice”",
    ]
    assert page.locator(".prose mark.nested").evaluate(PROSE) == "‘never’"
    assert page.locator(".marker").all_inner_texts() == ["1▲", "2▼"]


def test_the_tooltip_comes_by_pointer_and_by_keyboard(reports: Reports) -> None:
    page = reports.open(strait_analysis())
    page.locator(".prose mark.hostile").last.hover()
    assert tooltip(page).startswith("Sudria's foreign ministry\n\n▼ hostile")
    page.mouse.move(0, 0)
    page.locator("#tooltip").wait_for(state="hidden")
    page.locator("article h3 button").focus()
    page.keyboard.press("Tab")
    marker = page.locator(".marker:focus")
    assert marker.get_attribute("aria-label") == "Quotation 1: Ana Lind, conditional toward Sudria"
    assert marker.get_attribute("aria-describedby") == "tooltip"
    for part in (
        "Ana Lind, Norland's chief negotiator",
        "◆ conditional (cooperative)",
        "Sudria",
        "source 93 %",
    ):
        assert part in tooltip(page)
    page.keyboard.press("Escape")
    assert not page.locator("#tooltip").is_visible()


def test_marker_and_list_lead_to_each_other(reports: Reports) -> None:
    page = reports.open(strait_analysis())
    page.locator(".marker").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "Quotation 2 in the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "marker hostile"
    page.locator(".entry").first.click()
    assert page.evaluate("document.activeElement.className") == "marker conditional"


def test_ten_articles_are_open_at_first_and_all_on_demand(reports: Reports) -> None:
    analyses = [replace(strait_analysis(), id=f"news/{number}.txt") for number in range(12)]
    page = reports.open(*analyses)
    assert page.locator(".prose:visible").count() == page.locator(".prose").count() == 10
    page.get_by_role("button", name="Expand all").click()
    assert page.locator(".prose:visible").count() == 12
    page.get_by_role("button", name="Collapse all").click()
    assert page.locator(".prose:visible").count() == 0
    page.get_by_role("button", name="news/11.txt").click()
    assert page.locator(".prose:visible").count() == 1


def test_what_the_filter_shows_is_printed(reports: Reports) -> None:
    analyses = [replace(strait_analysis(), id=f"news/{number}.txt") for number in range(12)]
    page = reports.open(*analyses, make_analysis("It rained."), fragment="stance=hostile")
    page.evaluate(
        """addEventListener("beforeprint", () => {
            window.printed = [...document.querySelectorAll(".prose")].filter(text => text.checkVisibility()).length;
        })"""
    )
    page.pdf()
    assert page.evaluate("window.printed") == 12
    assert page.locator(".prose:visible").count() == 10
    page.emulate_media(media="print")
    assert page.locator("article:visible").count() == 12
    assert page.locator("#count").is_visible()
    assert not page.locator("#filter").is_visible()
    assert not page.get_by_role("button", name="Download").is_visible()


def test_hostile_text_stays_text(reports: Reports) -> None:
    failure = replace(FAILURE, id=HOSTILE, message=HOSTILE)
    page = reports.open(hostile_analysis(), *two_analyses(), failure, title=HOSTILE)
    assert page.locator(".prose").first.evaluate(PROSE) == HOSTILE
    page.locator(".marker").first.focus()
    assert HOSTILE.split("\u2028")[0] in tooltip(page)
    page.locator(".ranking button").last.click()
    page.get_by_label("by speaker").check()
    page.get_by_label("Speaker", exact=True).select_option(HOSTILE)
    assert count(page).startswith("1 of 5 quotations in 1 article: speaker </script>")
    page.reload()
    assert count(page).startswith("1 of 5 quotations in 1 article: speaker </script>")
    assert page.evaluate("[window.hacked === undefined, document.images.length]") == [True, 0]


def test_dark_mode_and_paper_have_their_own_colours(reports: Reports) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = reports.open(strait_analysis(), color_scheme="light")
    dark = reports.open(strait_analysis(), color_scheme="dark")
    assert light.evaluate(background) == "rgb(251, 250, 246)"
    assert dark.evaluate(background) == "rgb(23, 22, 20)"
    dark.emulate_media(media="print", color_scheme="dark")
    assert dark.evaluate(background) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_need_not_be_scrolled_sideways(reports: Reports, width: int) -> None:
    page = reports.open(*two_analyses(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert not page.get_by_label("Words in the quotation").is_visible()


def test_no_results_and_failures_alone_are_said_plainly(reports: Reports) -> None:
    page = reports.open()
    assert figures(page)["articles"] == "0"
    assert not page.locator("#filter").is_visible()
    page = reports.open(FAILURE)
    assert figures(page)["not analyzed"] == "1"
    assert page.locator("#failures").inner_text() == "Not analyzed\nnews/empty.txt: the file is empty"
    page = reports.open(make_analysis("It rained."))
    assert "No quotations." in page.locator("article").inner_text()


def test_without_scripts_the_page_says_what_to_do(reports: Reports) -> None:
    page = reports.open(strait_analysis(), java_script_enabled=False)
    assert "Turn JavaScript on" in page.locator("body").inner_text()


def test_a_screen_reader_finds_its_way(reports: Reports) -> None:
    page = reports.open(*two_analyses(), FAILURE)
    for role in ("banner", "main", "search", "contentinfo", "status"):
        assert page.get_by_role(role).count() >= 1, role
    regions = {
        page.get_by_role("region", name=name).count() for name in ("Who speaks most", "Over time", "Articles")
    }
    assert regions == {1}
    unnamed = page.evaluate(
        """[...document.querySelectorAll("input, select")]
            .filter(field => !field.labels.length).map(field => field.outerHTML)"""
    )
    assert unnamed == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "articles"
    assert count(page) == "All 4 quotations in 2 articles"
