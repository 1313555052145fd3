"""A peer's quotations: its process, and what comes out of it, checked and put on the articles' own texts."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from analyzer.quotation import QuotationSpans, Span
from eval.alignment import Alignment, AlignmentError

GUIDE = "docs/peers.md says how to install it"
_RUNNER = Path(__file__).with_name("run_peer.py").absolute()


class PeerError(ValueError):
    """A peer that cannot be run at all; the message says why, and what to do."""


class _AnswerError(ValueError):
    """An answer that does not hold for its text; the message says why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRun:
    """What a peer found in each text. *system* names it with its versions.

    *failures* maps the number of each text that it did not get through to the reason; it found nothing there.
    """

    system: str
    quotations: tuple[tuple[QuotationSpans, ...], ...]
    failures: dict[int, str]


def run_peer(peer: str, python: Path, texts: Sequence[str], pipeline: str | None = None) -> PeerRun:
    """Run *peer* (a name in ``run_peer.PEERS``) on *texts* with the *python* of its own environment.

    *pipeline* is the spaCy pipeline to run it on, instead of its own default. Raises PeerError.
    """
    program = shutil.which(python)
    if program is None:
        raise PeerError(f"{python}: no such program; give the Python of {peer}'s own environment. {GUIDE}")
    quotations: list[tuple[QuotationSpans, ...]] = []
    failures: dict[int, str] = {}
    # A folder of its own, since some peers write logs where they run.
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(program).absolute()), str(_RUNNER), peer, "articles.jsonl"]
        answers = _answers(command + ([pipeline] if pipeline else []), texts, Path(folder))
        system = next(answers)
        if "system" not in system:
            raise PeerError(f"{python} cannot run {peer}: {system['error'].rstrip('.')}. {GUIDE}")
        console = Console(stderr=True)
        for number, text in enumerate(track(texts, description=peer, console=console, transient=True)):
            try:
                found = _quotations(next(answers), text)
            except _AnswerError as error:
                failures[number] = str(error)
                found = ()
            quotations.append(found)
    return PeerRun(system=system["system"], quotations=tuple(quotations), failures=failures)


def _answers(command: Sequence[str], texts: Sequence[str], folder: Path) -> Iterator[dict[str, Any]]:
    """What was loaded, or why not, and then an answer a text, whatever becomes of the process."""
    done = 0
    while True:
        lines = _lines(command, texts[done:], folder)
        loaded = next(lines, None)
        if done == 0:
            yield loaded or {"error": _last_words(folder)}
        for answer in lines:
            yield answer
            done += 1
        if done < len(texts):
            # It died of this text; the others may do.
            yield {"error": _last_words(folder)}
            done += 1
        if done == len(texts):
            return


def _lines(command: Sequence[str], texts: Sequence[str], folder: Path) -> Iterator[dict[str, Any]]:
    """What the process says, as far as it gets."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    with (
        (folder / "stderr").open("wb") as stderr,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=stderr) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            # A line that a dying process did not finish is none.
            if line.endswith(b"\n"):
                yield json.loads(line)


def _last_words(folder: Path) -> str:
    """The last line that the process left on standard error."""
    lines = (folder / "stderr").read_text(encoding="utf-8", errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()]
    return f"its process ended without an answer; it said last: {said[-1] if said else 'nothing'}"


def _quotations(answer: dict[str, Any], text: str) -> tuple[QuotationSpans, ...]:
    """The quotations of *answer*, with offsets into *text*. Raises _AnswerError."""
    if "error" in answer:
        raise _AnswerError(answer["error"])
    rewritten = answer.get("text", text)
    try:
        alignment = Alignment(text, rewritten)
    except AlignmentError as error:
        raise _AnswerError(str(error)) from error
    found = []
    for quotation in answer["quotations"]:
        content, cue, source = (
            _place(quotation[part], rewritten, alignment) for part in ("content", "cue", "source")
        )
        if content:
            found.append(QuotationSpans(content=content, cue=cue, source=source))
    return tuple(found)


def _place(spans: Sequence[Sequence[int]], rewritten: str, alignment: Alignment) -> tuple[Span, ...]:
    """*spans* of the *rewritten* text in the article's own, in its order. Raises _AnswerError."""
    placed = []
    for start, end in spans:
        if not 0 <= start < end <= len(rewritten):
            raise _AnswerError(f"[{start}, {end}) is no span in a text of {len(rewritten)} characters")
        placed.append(alignment.span(start, end))
    return tuple(sorted(span for span in placed if span is not None))
