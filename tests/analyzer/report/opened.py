"""Reports opened in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from analyzer.report import write_html
from analyzer.results import Result


@dataclass
class Reports:
    """Writes reports to *folder* and opens them; *problems* are what the browser complained of or asked for."""

    browser: Any
    folder: Path
    problems: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def open(self, *results: Result, fragment: str = "", title: str = "Quotations", **options: Any) -> Any:
        """A page with the report on *results*, its address ending in *fragment*; *options* are the browser's."""
        path = self.folder / "report.html"
        with path.open("w", encoding="utf-8") as stream:
            write_html(results, stream, title=title)
        context = self.browser.new_context(**options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", lambda request: self._note_request(request.url, path))
        page.goto(f"{path.as_uri()}{'#' if fragment else ''}{fragment}")
        return page

    def _note_request(self, url: str, path: Path) -> None:
        if urldefrag(url).url != path.as_uri() and not url.startswith("blob:"):
            self.problems.append(f"request: {url}")


# The words of an element without the markers of quotations.
PROSE = """element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".marker").forEach(marker => marker.remove());
    return copy.textContent;
}"""


def count(page: Any) -> str:
    return str(page.locator("#count").inner_text())


def headings(page: Any) -> list[str]:
    """The articles that are to be seen."""
    return list(page.locator("article h3:visible").all_inner_texts())


def figures(page: Any) -> dict[str, str]:
    names, numbers = (page.locator(f"#figures {tag}").all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(names, numbers, strict=True))
