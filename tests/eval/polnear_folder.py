"""A small folder in PolNeAR's layout, with invented text, for the tests that read one."""

from __future__ import annotations

from pathlib import Path

import pytest

import analyzer

TEXT = "“We will go,” Lind said. Ruud said that Sudria “must” pay.\n"
FIRST = (
    "T1\tSource 14 18\tLind\nT2\tCue 19 23\tsaid\nT3\tContent 0 13\t“We will go,”\n"
    "E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\n"
)
SECOND = (
    "T4\tSource 25 29\tRuud\nT5\tCue 30 34\tsaid\nT6\tContent 35 57\tthat Sudria “must” pay\n"
    "E2\tAttribution:T8 Content:T6 Cue:T5 Source:T4\n"
)


def write_polnear(folder: Path) -> Path:
    """Two articles in ``dev``, of which two people annotated the second, and one in ``train``; the folder."""
    files = {
        "dev": {"border_4e07": FIRST + SECOND, "strait_4e07": FIRST + SECOND, "strait_ef2d": FIRST},
        "train": {"summit_4e07": FIRST},
    }
    for split, annotated in files.items():
        for part in ("text", "attributions"):
            (folder / split / part).mkdir(parents=True)
        for name, lines in annotated.items():
            (folder / split / "attributions" / f"{name}.ann").write_text(lines, encoding="utf-8")
            (folder / split / "text" / f"{name[:-5]}.txt").write_text(TEXT, encoding="utf-8")
    return folder


def stand_in_for_the_model(stand_in: type, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let *stand_in* be the analyzer, and a shipped model lie in *folder*."""
    monkeypatch.setitem(vars(analyzer), "Analyzer", stand_in)
    (folder / "shipped").mkdir()
    (folder / "shipped" / "model.safetensors").write_bytes(b"0")
    monkeypatch.setattr("analyzer.tables.DEFAULT_MODEL", folder / "shipped")
