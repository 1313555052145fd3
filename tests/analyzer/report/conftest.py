"""A browser for the report's tests, which must neither complain of a report nor be asked to fetch anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.analyzer.report.opened import Reports


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium here to open the report in")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no playwright here to open the report with"
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def reports(browser: Any, tmp_path: Path) -> Iterator[Reports]:
    opened = Reports(browser, tmp_path)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.problems == []
