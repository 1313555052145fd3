"""Runs a peer on articles: ``python run_peer.py PEER ARTICLES [PIPELINE]``, with the Python of the peer's environment.

Nothing of communique is imported here, only what the peer itself needs; Python 3.8 or newer.

*ARTICLES* is a file of JSON Lines, ``{"text": "…"}``. On standard output comes ``{"system": "…"}`` with what was
loaded and its version, or ``{"error": "…"}`` if nothing could be, and then a line an article, in their order::

    {"quotations": [{"content": [[0, 13]], "cue": [[19, 23]], "source": [[14, 18]]}], "text": "…"}
    {"error": "ValueError: …"}

Spans are in code points of *text*, which is there only if the peer has rewritten the article's.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Peer = tuple[str, Callable[[str], dict[str, Any]]]
    """What was loaded, and what gives the answer for a text."""


def load_textacy(pipeline: str | None) -> Peer:
    """textacy 0.13: ``direct_quotations`` gives lists of spaCy tokens for speaker and cue, and a span."""
    direct_quotations = import_module("textacy.extract").direct_quotations
    nlp = import_module("spacy").load(pipeline or "en_core_web_sm")

    def answer(text: str) -> dict[str, Any]:
        return {
            "quotations": [
                {
                    "content": _spans([found.content]),
                    "cue": _token_spans(found.cue),
                    "source": _token_spans(found.speaker),
                }
                for found in direct_quotations(nlp(text))
            ]
        }

    return f"textacy {version('textacy')}, {_spacy(nlp)}", answer


def load_citron(pipeline: str | None) -> Peer:
    """Citron: ``get_quotes`` gives spaCy spans; the model is the last one in ``models`` beside its package.

    Coreference is left out: it says whom a source refers to, and leaves the source where it is.
    """
    if pipeline:
        raise ValueError("Citron loads its own spaCy pipeline, en_core_web_sm; leave --pipeline out")
    citron: Any = import_module("citron.citron")
    utils = import_module("citron.utils")
    nlp = utils.get_parser()
    folder = Path(citron.__file__).absolute().parents[1] / "models"
    models = sorted(folder.glob("en_*"))
    if not models:
        raise FileNotFoundError(f"{folder}: no model en_… in it")
    extractor = citron.Citron(str(models[-1]), nlp)

    def answer(text: str) -> dict[str, Any]:
        return {
            "quotations": [
                {
                    "content": _spans(found.contents),
                    "cue": _spans([found.cue]),
                    "source": _spans(found.sources),
                }
                for found in extractor.get_quotes(nlp(text), resolve_coreferences=False)
            ]
        }

    return f"citron {_hash(citron.__file__)} with {models[-1].name}, {_spacy(nlp)}", answer


def load_gender_gap_tracker(pipeline: str | None) -> Peer:
    """The Gender Gap Tracker: ``extract_quotes`` gives offsets as ``"(7,11)"``, into a text that it has rewritten."""
    tracker: Any = import_module("quote_extractor")
    utils = import_module("utils")
    nlp = import_module("spacy").load(pipeline or "en_core_web_lg")
    verbs = Path(tracker.__file__).parent / "rules" / "quote_verb_list.txt"
    extractor = tracker.QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": str(verbs)}})

    def answer(text: str) -> dict[str, Any]:
        rewritten = utils.preprocess_text(text)
        return {
            "text": rewritten,
            "quotations": [
                {
                    "content": _index_spans(found["quote_index"]),
                    "cue": _index_spans(found["verb_index"]),
                    "source": _index_spans(found["speaker_index"]),
                }
                for found in extractor.extract_quotes(nlp(rewritten))
            ],
        }

    return f"gender-gap-tracker {_hash(tracker.__file__)}, {_spacy(nlp)}", answer


PEERS = {
    "textacy": load_textacy,
    "citron": load_citron,
    "gender-gap-tracker": load_gender_gap_tracker,
}


def _spans(found: Iterable[Any]) -> list[list[int]]:
    return [[span.start_char, span.end_char] for span in found]


def _token_spans(tokens: Iterable[Any]) -> list[list[int]]:
    """The spans of *tokens*, neighbours as one."""
    spans: list[list[int]] = []
    last = None
    for token in sorted(tokens, key=lambda token: token.i):
        end = token.idx + len(token.text)
        if last is not None and token.i <= last + 1:
            spans[-1][1] = end
        else:
            spans.append([token.idx, end])
        last = token.i
    return spans


def _index_spans(index: str) -> list[list[int]]:
    """``"(7,11)"`` as a span; none for ``""`` and ``"(0,0)"``, which say that there is nothing."""
    start, end = map(int, re.findall(r"\d+", index) or (0, 0))
    return [[start, end]] if start < end else []


def _spacy(nlp: Any) -> str:
    return f"spacy {version('spacy')}, {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def _hash(file: str) -> str:
    """Eight digits in place of the version that a checkout does not tell."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:8]


def main(peer: str, articles: str, pipeline: str | None = None) -> int:
    """Print the answers of *peer* on the file *articles*; the exit code is 1 if it could not be loaded."""
    # What a peer prints of its own accord is no answer: it goes to standard error.
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(answer: dict[str, Any]) -> None:
        stream.write(json.dumps(answer) + "\n")
        stream.flush()

    try:
        system, answer = PEERS[peer](pipeline)
    except Exception as error:
        say({"error": f"{type(error).__name__}: {error}"})
        return 1
    say({"system": system})
    with open(articles, encoding="utf-8") as lines:
        for line in lines:
            try:
                say(answer(json.loads(line)["text"]))
            except Exception as error:
                say({"error": f"{type(error).__name__}: {error}"})
    return 0


if __name__ == "__main__":
    # The peer's modules are looked for in its own environment, not beside this file.
    sys.path = [folder for folder in sys.path if folder != str(Path(__file__).parent)]
    sys.exit(main(*sys.argv[1:]))
