"""The whole analysis of one article, stage after stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from analyzer.article import Article
from analyzer.batch.engine import Engine
from analyzer.batch.groups import in_groups, item_size
from analyzer.batch.worker import Settings, analyze_items
from analyzer.calibration import Calibration
from analyzer.continuation import join_pieces
from analyzer.errors import ArticleError, ModelError
from analyzer.extraction import Extractor
from analyzer.failure import Failure
from analyzer.marks import quotation_kind
from analyzer.pretrained import Precision, fastest_precision, load_model, set_precision
from analyzer.quotation import (
    Analysis,
    Confidence,
    Quotation,
    QuotationSpans,
    Role,
    SpeakerReference,
    Stance,
    covered_text,
)
from analyzer.readers import USUAL_COLUMNS, Item, own_id, read_row
from analyzer.results import Result, result_from_json
from analyzer.roles import find_roles
from analyzer.speakers import resolve_speakers
from analyzer.stance import NO_STANCE, StanceScores
from analyzer.targets import Targets
from analyzer.words import Words, split_words

MAX_CHARACTERS = 2_000_000
"""Longer texts are no articles (a long novel has a million); they would take minutes and gigabytes."""

SHORT_CHARACTERS = 1000
"""Up to this length the encoder takes less time for several articles at once (eval/experiments.md)."""


class Analyzer:
    """Finds quotations, speakers, roles and stances; make one and use it for many articles.

    *model* is a model folder, by default the one in the package. *threads* sets how many processor threads
    torch uses in this process. *precision* is that of the encoder's arithmetic, by default the fastest on this
    processor; probabilities differ between the two in the third place. A stance less probable than *min_confidence*
    is given as ``unknown``. *has_stances* says whether the model was trained on stances. Raises ModelError if the
    model cannot be loaded, ValueError for a *min_confidence* that is no probability.
    """

    def __init__(
        self,
        model: str | Path | None = None,
        *,
        threads: int | None = None,
        precision: Precision | None = None,
        min_confidence: float = 0.0,
    ) -> None:
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence is {min_confidence}; expected a probability from 0 to 1")
        self._min_confidence = min_confidence
        if threads is not None:
            torch.set_num_threads(threads)
        self._folder = None if model is None else Path(model)
        loaded, tokenizer = load_model(self._folder)
        self._precision = precision
        set_precision(loaded, precision or fastest_precision())
        self._extractor = Extractor(loaded, tokenizer)
        try:
            self._calibration = Calibration(**loaded.config.calibration)
        except TypeError as error:
            raise ModelError(
                f"{model}: config.json has a calibration that this version does not know: {error}"
            ) from error
        self.has_stances = bool(loaded.config.has_stances)
        self.model_name = f"{loaded.config.name} {loaded.config.version}"

    def extract(self, text: str) -> tuple[QuotationSpans, ...]:
        """Only where the quotations, cues and sources of *text* stand, in text order. Raises ArticleError."""
        words = _checked_words(text)
        return self._extract(words, self._extractor.encode(words))

    def score_stances(self, text: str, quotations: Sequence[QuotationSpans]) -> list[StanceScores]:
        """Only what the stance head makes of *quotations* in *text*, without their targets.

        Raises ArticleError, also for a quotation without words, and ModelError if the model was not trained on stances.
        """
        if not self.has_stances:
            raise ModelError(f"{self.model_name} was not trained on stances")
        words = _checked_words(text)
        _check_quotations(words, quotations)
        return self._score_stances(words, self._extractor.encode(words), quotations)

    def analyze(
        self, text: str, *, id: str = "", quotations: Sequence[QuotationSpans] | None = None
    ) -> Analysis:
        """Analyze the article *text*, which is left as it is; *id* goes through to the result.

        With *quotations*, in text order, the model does not look for any: speakers, roles and stances are those of
        these. Raises ArticleError for a text or a quotation without any words, or a text of more than
        ``MAX_CHARACTERS``.
        """
        words = _checked_words(text)
        _check_quotations(words, quotations or ())
        return self._analyze(words, self._extractor.encode(words), id, quotations)

    def _analyze(
        self, words: Words, hidden: Tensor, id: str, quotations: Sequence[QuotationSpans] | None = None
    ) -> Analysis:
        text = words.text
        found = self._extract(words, hidden) if quotations is None else tuple(quotations)
        scores = self._score_stances(words, hidden, found) if self.has_stances else None
        # Of a long article these are gigabytes, and nothing needs them any more.
        del hidden
        resolved = resolve_speakers(text, found)
        roles = find_roles(text, resolved.speakers)
        by_speaker = {speaker.id: role for speaker, role in zip(resolved.speakers, roles, strict=True)}
        given = [by_speaker[reference.id] for reference in resolved.references]
        stances = _with_targets(text, found, resolved.references, given, scores, self._min_confidence)
        assembled = [
            _assemble(words, number, *parts)
            for number, parts in enumerate(
                zip(found, resolved.references, given, resolved.confidences, stances, strict=True)
            )
        ]
        return Analysis(
            id=id,
            text=text,
            quotations=tuple(assembled),
            speakers=resolved.speakers,
            model=self.model_name,
            warnings=_warnings(words, self.has_stances),
        )

    def analyze_article(self, article: Article) -> Analysis:
        """Analyze *article*; its title, date, outlet and warnings go through. Raises ArticleError."""
        return _with_metadata(self.analyze(article.text, id=article.id), article)

    def analyze_together(self, articles: Sequence[Article]) -> list[Result]:
        """What `analyze_article` gives for each of *articles*, short ones by fewer passes of the encoder.

        An article that cannot be analyzed gives a `Failure`. All are held in memory, so let them be few.
        """
        states = self._encode_short([article.text for article in articles])
        return [self._analyze_or_fail(article, states.get(article.text)) for article in articles]

    def _encode_short(self, texts: Iterable[str]) -> dict[str, tuple[Words, Tensor]]:
        """Words and hidden states of those of *texts* that are short enough to gain from each other's company.

        A text is left out if something is wrong with it: analyzed for itself, it will tell.
        """
        words: dict[str, Words] = {}
        try:
            for text in texts:
                if len(text) <= SHORT_CHARACTERS:
                    with suppress(ArticleError):
                        words[text] = _checked_words(text)
            hidden = self._extractor.encode_together(list(words.values()))
        except Exception:
            return {}
        return dict(zip(words, zip(words.values(), hidden, strict=True), strict=True))

    def _analyze_or_fail(self, article: Article, states: tuple[Words, Tensor] | None) -> Result:
        try:
            if states is None:
                return self.analyze_article(article)
            return _with_metadata(self._analyze(*states, article.id), article)
        except Exception as error:
            return Failure.from_error(article.id, error)

    def analyze_articles(
        self,
        articles: Iterable[Article | str | Mapping[str, Any]],
        *,
        processes: int = 1,
        ordered: bool = True,
    ) -> Iterator[Result]:
        """Analyze many *articles*, of which a few are taken ahead; one that cannot be analyzed gives a `Failure`.

        A text, or a mapping without an id, is called by its number from 1; the keys of a mapping are found as
        ``analyzer.readers`` finds the columns of a table. With several *processes*, each loads the model once more and
        uses one thread (in a script, below ``if __name__ == "__main__":``), and unless *ordered* results come as they
        are done.
        """
        items = (_as_item(number, article) for number, article in enumerate(articles, start=1))
        if processes == 1:
            return chain.from_iterable(analyze_items(self, group) for group in in_groups(items, item_size))
        settings = Settings(
            model=self._folder, threads=1, precision=self._precision, min_confidence=self._min_confidence
        )
        outcomes = Engine(settings=settings, processes=processes, ordered=ordered).run(items)
        return (result_from_json(outcome.line) for outcome in outcomes)

    def _score_stances(
        self, words: Words, hidden: Tensor, quotations: Sequence[QuotationSpans]
    ) -> list[StanceScores]:
        return self._extractor.score_stances(words, hidden, quotations, self._calibration.stance_temperature)

    def _extract(self, words: Words, hidden: Tensor) -> tuple[QuotationSpans, ...]:
        calibrated = map(self._calibration.apply, self._extractor.extract(words, hidden))
        found = [quotation for quotation in calibrated if self._calibration.keeps(quotation)]
        return join_pieces(words.text, found, words.quoted)


def _as_item(number: int, article: Article | str | Mapping[str, Any]) -> Item:
    """*article* as the engine takes it; what is none of the three gives a failure, and the others go on."""
    id = str(number)
    content: Article | Failure
    try:
        if isinstance(article, Article):
            if not isinstance(article.text, str):
                raise ArticleError(
                    f"the text of article {article.id} is {type(article.text).__name__}, not str"
                )
            content = article
        elif isinstance(article, str):
            content = Article(id=id, text=article)
        elif isinstance(article, Mapping):
            row = dict(article)
            id = own_id(row, USUAL_COLUMNS) or id
            content = read_row(row, id, USUAL_COLUMNS)
        else:
            raise ArticleError(f"{type(article).__name__} is neither an article, nor a text, nor a mapping")
    except ArticleError as error:
        content = Failure.from_error(id, error)
    return Item(id=content.id, size=0, content=content)


def _with_metadata(analysis: Analysis, article: Article) -> Analysis:
    return replace(
        analysis,
        title=article.title,
        date=article.date,
        outlet=article.outlet,
        warnings=article.warnings + analysis.warnings,
    )


def _checked_words(text: str) -> Words:
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(
            f"the text has {len(text):,} characters; an article may have {MAX_CHARACTERS:,}: split it"
        )
    words = split_words(text)
    if not len(words):
        raise ArticleError("the text is empty")
    return words


def _check_quotations(words: Words, quotations: Sequence[QuotationSpans]) -> None:
    for number, quotation in enumerate(quotations):
        spans = [words.covering(*span) for span in quotation.content]
        if not any(first < last for first, last in spans):
            raise ArticleError(f"quotation {number} has no words: its content is {list(quotation.content)}")


def _with_targets(
    text: str,
    quotations: Sequence[QuotationSpans],
    speakers: Sequence[SpeakerReference],
    roles: Sequence[Role],
    scores: Sequence[StanceScores] | None,
    least: float,
) -> list[Stance | None]:
    """The stance in each quotation, unknown if it is not *least* probable; none of any without *scores*."""
    if scores is None:
        return [None] * len(quotations)
    targets = Targets(text)
    return [
        score.toward(targets.find(quotation, speaker, role, score.evidence[0]), least)
        for quotation, speaker, role, score in zip(quotations, speakers, roles, scores, strict=True)
    ]


def _assemble(
    words: Words,
    number: int,
    spans: QuotationSpans,
    speaker: SpeakerReference,
    role: Role,
    confidence: float | None,
    stance: Stance | None,
) -> Quotation:
    return Quotation(
        id=number,
        kind=quotation_kind(words.text, spans.content, words.quoted),
        spans=spans.content,
        text=covered_text(words.text, spans.content),
        cue=spans.cue,
        source=spans.source,
        speaker=speaker,
        role=role,
        stance=stance or NO_STANCE,
        confidence=Confidence(
            quotation=spans.quotation_probability,
            source=spans.source_probability,
            speaker=confidence,
            stance=stance.probabilities.get(stance.label) if stance else None,
        ),
    )


def _warnings(words: Words, has_stances: bool) -> tuple[str, ...]:
    unclosed = sum(not quoted.closed for quoted in words.quoted)
    warnings = [f"{unclosed} quotation marks are not closed"] if unclosed else []
    return (*warnings, *(() if has_stances else ("the model was not trained on stances",)))
