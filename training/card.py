"""The model card that goes into a model folder."""

from __future__ import annotations

from dataclasses import asdict

from training.config import TrainingConfiguration

_CARD = """---
license: apache-2.0
language: en
tags: [quotation-attribution, news]
base_model: {encoder}
---
# {name} {version}

Finds quotations (direct, mixed, indirect) in English news articles with their cues and sources: one encoder
pass, a tag for every word decoded by a linear chain, and links scored between contents, cues and sources.
It is loaded with `analyzer.Analyzer(model=FOLDER)`.

## Trained on
- PolNeAR 1.0, train split ({articles} articles; {held_out} more were held out for calibration): US political
  news of 2015–16, annotated for attribution (Newell, Margolin & Ruths, LREC 2018; no licence stated).
- The encoder is {encoder} (all-MiniLM-L6-v2: Apache-2.0).

No text of the training data is contained in this folder.

## How good it is
`communique evaluate --polnear PATH --split dev` computes it; the stored result is `eval/results/` in the
repository, and README shows it.

## What it does not do
- It was trained on American political news: other genres and translated English are further from what it
  knows. It reads English only.
- It does not find a quotation with its own source inside another quotation.
- Probabilities are calibrated (Platt scaling) on held-out articles of the same corpus, not on yours.

## Made with
`communique train CONFIGURATION --polnear PATH --output FOLDER`, with
```toml
{configuration}
```
"""


def model_card(configuration: TrainingConfiguration, *, articles: int, held_out: int) -> str:
    """The card as Markdown, for a model trained by *configuration* on *articles*."""
    values = asdict(configuration)
    lines = "\n".join(
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
        for key, value in values.items()
    )
    return _CARD.format(
        name=configuration.name,
        version=configuration.version,
        encoder=configuration.encoder,
        articles=articles,
        held_out=held_out,
        configuration=lines,
    )
