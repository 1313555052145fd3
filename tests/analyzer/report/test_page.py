"""The report as it is written; test_browser.py and test_filtering.py have it as it is seen."""

from __future__ import annotations

import hashlib
import io
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from analyzer.quotation import Analysis
from analyzer.report import write_html
from analyzer.report.page import SCRIPTS
from analyzer.results import Result
from analyzer.tables import DATA
from tests.analyzer.report.made import FAILURE, HOSTILE, hostile_analysis, two_analyses
from tests.hand_made import make_analysis, strait_analysis


def written(*results: Result, title: str = "Quotations") -> str:
    stream = io.StringIO()
    write_html(results, stream, title=title)
    return stream.getvalue()


def blocks(page: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(block) for block in found]


def test_each_result_is_a_block_in_order() -> None:
    first, second, countries = blocks(written(strait_analysis(), FAILURE))
    assert (first["id"], second["id"]) == ("news/strait.txt", "news/empty.txt")
    assert first["text"] == strait_analysis().text
    assert first["quotations"][0]["speaker"]["name"] == "Ana Lind"
    assert second["error"]["message"] == "the file is empty"
    assert countries == {"countries": {}}


def test_the_countries_that_occur_are_named() -> None:
    assert blocks(written(*two_analyses()))[-1] == {"countries": {"NOR": "Norway", "SDN": "Sudan"}}


def test_hostile_text_cannot_leave_its_block() -> None:
    page = written(hostile_analysis(), FAILURE, title="</title><img src=x>")
    assert blocks(page)[0]["text"] == HOSTILE
    assert page.count("</script>") == page.count("<script") == 4
    assert "<!--" not in page
    assert "<img" not in page
    assert not re.search("[\u2028\u2029]", page)


def test_the_policy_allows_the_pages_own_code_and_nothing_else() -> None:
    page = written(strait_analysis())
    (policy,) = re.findall(r'Content-Security-Policy" content="(.*?)"', page)
    rules = dict(rule.split(" ", 1) for rule in unescape(policy).split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for rule, pattern in (
        ("script-src", r'<script type="module">(.*?)</script>'),
        ("style-src", r"<style>(.*?)</style>"),
    ):
        (code,) = re.findall(pattern, page, re.DOTALL)
        digest = b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"


def test_no_attribute_runs_code_or_fetches() -> None:
    before_data = written(strait_analysis()).split("<script", 1)[0]
    assert not re.search(r"<[^>]*\s(on\w+|src|style)=", before_data)
    assert "<link" not in before_data


def test_a_result_is_written_before_the_next_is_asked_for() -> None:
    stream = io.StringIO()
    seen: list[bool] = []

    def results() -> Iterator[Analysis]:
        for number in range(3):
            yield make_analysis("It rained.", id=f"article-{number}")
            seen.append(f"article-{number}" in stream.getvalue())

    write_html(results(), stream)
    assert seen == [True, True, True]


def test_what_utf8_cannot_carry_is_replaced_in_place() -> None:
    page = written(make_analysis("a\udcffb", id="\udcff.txt"), title="\udcff")
    page.encode("utf-8")
    assert blocks(page)[0]["text"] == "a�b"


def test_every_script_part_is_joined() -> None:
    assert sorted(SCRIPTS) == sorted(path.name for path in (DATA / "report").glob("*.js"))


@pytest.mark.parametrize(
    "danger", ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write", "fetch("]
)
def test_the_script_makes_no_markup_of_text(danger: str) -> None:
    assert all(danger not in (DATA / "report" / name).read_text("utf-8") for name in SCRIPTS)
