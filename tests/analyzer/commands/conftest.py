"""An analyzer without weights, and articles for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.batch import engine
from tests.analyzer.commands.running import MarksAnalyzer


@pytest.fixture(autouse=True)
def analyzer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "load_analyzer", MarksAnalyzer)


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder holds ``news`` with two good articles and, between them, an empty one."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("“We wait,” said Lind.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_text("“No,” said Maslov.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder
