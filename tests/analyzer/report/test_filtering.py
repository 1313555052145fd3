"""What the report's filter shows, and the overview of it, in Chromium."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.writers import CSV_COLUMNS
from tests.analyzer.report.made import FAILURE, two_analyses
from tests.analyzer.report.opened import PROSE, Reports, count, figures, headings
from tests.hand_made import make_analysis, make_quotation


def test_figures_and_the_bar_count_what_is_there(reports: Reports) -> None:
    page = reports.open(*two_analyses(), FAILURE, title="Dispatches")
    assert page.title() == page.locator("h1").inner_text() == "Dispatches"
    assert figures(page) == {"articles": "2", "quotations": "4", "named speakers": "2", "not analyzed": "1"}
    labels = page.locator(".bar-labels li").all_inner_texts()
    assert labels == [
        "▼ hostile 2 50 %",
        "◆ conditional 1 25 %",
        "▲ conciliatory 0 0 %",
        "○ no stance 1 25 %",
    ]
    assert "2 March 2026 to 20 March 2026" in page.locator("#standfirst").inner_text()


def test_unknown_stances_can_be_chosen_where_there_are_any(reports: Reports) -> None:
    text = "Lind said “no”. Maslov said “yes”."
    known, unknown = make_quotation(text, "“no”"), make_quotation(text, "“yes”", id=1, stance="unknown")
    page = reports.open(make_analysis(text, known, unknown))
    assert page.locator(".bar-labels li").all_inner_texts()[-1] == "? stance unknown 1 50 %"
    page.locator("input[value=none]").uncheck()
    assert count(page).startswith("1 of 2 quotations in 1 article")
    assert reports.open(make_analysis(text, known)).locator("input[value=unknown]").count() == 0


FILTERED = {
    "words=THEFT": "1 of 4 quotations in 1 article: with the words “THEFT”",
    "speaker=Ana+Lind": "2 of 4 quotations in 2 articles: speaker Ana Lind",
    "target=Norland": "1 of 4 quotations in 1 article: target Norland",
    "country=NOR": "1 of 4 quotations in 1 article: country of the role or target Norway",
    "country=NOR&side=target": "0 of 4 quotations in 0 articles: country of the target Norway",
    "country=SDN&side=target": "1 of 4 quotations in 1 article: country of the target Sudan",
    "stance=hostile,none": "3 of 4 quotations in 2 articles: stance hostile or no stance",
    "kind=indirect": "1 of 4 quotations in 1 article: kind indirect",
    "attribution=60": "3 of 4 quotations in 2 articles: confidence in who said what at least 60 %",
    "certainty=80": "1 of 4 quotations in 1 article: confidence in the stance at least 80 %",
    "stance=": "0 of 4 quotations in 0 articles: stance —",
    "speaker=Nobody&attribution=x&country=__proto__": "All 4 quotations in 2 articles",
}


def test_the_address_sets_the_filter(reports: Reports) -> None:
    page = reports.open(*two_analyses(), fragment="stance=hostile")
    assert count(page) == "2 of 4 quotations in 2 articles: stance hostile"
    shown = {}
    for fragment in FILTERED:
        page.evaluate(
            "fragment => { location.hash = fragment; dispatchEvent(new Event('hashchange')); }", fragment
        )
        shown[fragment] = count(page)
    assert shown == FILTERED


def test_the_filter_goes_into_the_address_and_comes_back(reports: Reports) -> None:
    page = reports.open(*two_analyses())
    page.get_by_label("Speaker", exact=True).select_option("Ana Lind")
    page.get_by_label("◆ conditional").uncheck()
    page.get_by_label("Words in the quotation").fill("it th")
    page.keyboard.press("Enter")
    address = page.url
    page.reload()
    assert page.url == address
    assert count(page).startswith("1 of 4 quotations in 1 article")
    assert page.get_by_label("Words in the quotation").input_value() == "it th"
    assert not page.get_by_label("◆ conditional").is_checked()
    page.get_by_role("button", name="Reset the filter").click()
    assert count(page) == "All 4 quotations in 2 articles"
    assert "#" not in page.url


def test_overview_and_articles_follow_the_filter(reports: Reports) -> None:
    page = reports.open(*two_analyses(), fragment="target=Norland")
    assert figures(page)["quotations"] == "1 of 4"
    assert page.locator(".ranking .name").all_inner_texts() == ["Sudria's foreign ministry"]
    assert headings(page) == ["Talks on the strait"]
    grey = page.locator(".prose mark.grey").evaluate_all(f"all => all.map({PROSE})")
    assert "".join(grey) == "“We will return,”“if Sudria opens the strait.”"
    assert page.locator(".entry.grey").count() == 1


def test_a_speaker_in_the_ranking_sets_and_unsets_the_filter(reports: Reports) -> None:
    page = reports.open(*two_analyses())
    row = page.get_by_role("button", name="Ana Lind").first
    row.focus()
    page.keyboard.press("Enter")
    assert count(page).startswith("2 of 4")
    focused = page.evaluate("[document.activeElement.dataset.key, document.activeElement.ariaPressed]")
    assert focused == ["Ana Lind", "true"]
    page.keyboard.press("Enter")
    assert count(page).startswith("All 4")


def test_a_cell_of_the_matrix_filters_by_both_its_ends(reports: Reports) -> None:
    page = reports.open(*two_analyses())
    page.get_by_role("button", name="Norway toward Sudria: 1 hostile").click()
    assert count(page) == "1 of 4 quotations in 1 article: target Sudria; country of the role Norway"
    page.get_by_role("button", name="Reset the filter").click()
    page.get_by_label("by speaker").check()
    page.get_by_role("button", name="Ana Lind toward Sudria: 1 hostile, 1 conditional").click()
    assert count(page).startswith("2 of 4")
    assert "rows=speaker" in page.url


def test_the_matrix_shows_twelve_and_counts_the_rest(reports: Reports) -> None:
    text = "It is a farce."
    quotations = [
        make_quotation(text, "a farce", id=id, speaker="Ana Lind", stance="hostile", target=f"State {id}")
        for id in range(14)
    ]
    page = reports.open(make_analysis(text, *quotations), fragment="rows=speaker")
    assert page.locator(".matrix thead th").count() == 12
    note = page.locator("#matrix .note").inner_text()
    assert note.startswith(
        "14 of 14 quotations with a known speaker and target; not in the table: 2 more targets."
    )


def test_time_is_shown_where_there_are_two_dates(reports: Reports) -> None:
    first, second = two_analyses()
    page = reports.open(first, second)
    assert page.locator("#timeline svg rect").count() == 4
    page.get_by_text("As a table").click()
    rows = page.locator("#timeline tbody tr").all_inner_texts()
    assert rows == ["2 March 2026\t1\t1\t0\t0", "20 March 2026\t1\t0\t0\t1"]
    assert not reports.open(first, replace(second, date=None)).locator("#timeline").is_visible()
    assert not reports.open(first, replace(second, date="2026-02-30")).locator("#timeline").is_visible()


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2026-04-01", "day"),
        ("2026-09-01", "week"),
        ("2029-09-01", "month"),
        ("2090-01-01", "year"),
        ("9999-12-31", "80 years"),
    ],
)
def test_bars_are_as_wide_as_the_time_needs(reports: Reports, last: str, unit: str) -> None:
    first, second = two_analyses()
    page = reports.open(first, replace(second, date=last))
    assert f"Quotations by {unit};" in page.locator("#timeline .note").inner_text()
    assert page.locator("#timeline tbody tr").count() == 2
    assert page.locator("#timeline svg g").count() <= 101


def test_the_filtered_quotations_are_downloaded_without_formulas(reports: Reports, tmp_path: Path) -> None:
    text = 'Lind called it "=1+1", or "theft".'
    formula = make_quotation(text, "=1+1", id=0, speaker="＝cmd", stance="hostile")
    theft = make_quotation(text, '"=1+1", or "theft"', id=1, speaker="Ana Lind", stance="conditional")
    other = make_quotation(text, "Lind", id=2)
    page = reports.open(make_analysis(text, formula, theft, other), fragment="stance=hostile,conditional")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    written = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [(row["text"], row["speaker"], row["stance"], row["spans"]) for row in rows] == [
        ("'=1+1", "'＝cmd", "hostile", "16-20"),
        ('"=1+1", or "theft"', "Ana Lind", "conditional", "15-33"),
    ]
    assert tuple(rows[0]) == CSV_COLUMNS[:-1]
    assert rows[0]["confidence_quotation"] == "0.97"
    assert rows[0]["confidence_speaker"] == ""
