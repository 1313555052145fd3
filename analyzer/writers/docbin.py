"""Results as spaCy documents, alone or in a ``DocBin``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from analyzer.failure import Failure
from analyzer.quotation import Analysis
from analyzer.results import Result
from analyzer.writers.extras import needs_extra
from analyzer.writers.surrogates import without_surrogates

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def to_doc(analysis: Analysis, vocab: Vocab) -> Doc:
    """The text of *analysis* in the tokens of spaCy's blank English, annotated by `analyzer.spacy_docs`.

    *vocab* is the vocabulary of any pipeline. The spans of content, cue and source are in
    ``doc.spans["communique"]``, the analysis in ``doc._.communique``. Lone surrogates, which spaCy cannot hold,
    are ``�`` in the text. Raises `MissingExtraError` without spaCy.
    """
    with needs_extra("spacy"):
        from analyzer.spacy_docs import annotate_doc

    analysis = without_surrogates(analysis)
    doc = _tokenizer(vocab)(analysis.text)
    annotate_doc(doc, analysis)
    return doc


def write_spacy(results: Iterable[Result], stream: BinaryIO) -> None:
    """Write a ``DocBin`` of one document an article, as `to_doc` makes it; articles that failed are left out.

    It holds the user data: ``DocBin().from_bytes(…).get_docs(vocab)``, after ``import analyzer.spacy_docs``, gives
    documents with ``doc._.communique``. A DocBin is one piece, kept in memory until the last result is there.
    Raises `MissingExtraError` without spaCy.
    """
    with needs_extra("spacy"):
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

    vocab = Vocab()
    documents = DocBin(store_user_data=True)
    for result in results:
        if not isinstance(result, Failure):
            documents.add(to_doc(result, vocab))
    stream.write(documents.to_bytes())


# Making a tokenizer takes longer than using it, and all documents of a run share one vocabulary.
@lru_cache(maxsize=1)
def _tokenizer(vocab: Vocab) -> Callable[[str], Doc]:
    """The tokenizer of blank English, without a pipeline, which takes no text of over a million characters."""
    from spacy import util
    from spacy.lang.en import English
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

    rules = English.Defaults
    tokenizer: Callable[[str], Doc] = Tokenizer(
        vocab,
        rules=rules.tokenizer_exceptions,
        prefix_search=util.compile_prefix_regex(rules.prefixes or ()).search,
        suffix_search=util.compile_suffix_regex(rules.suffixes or ()).search,
        infix_finditer=util.compile_infix_regex(rules.infixes or ()).finditer,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )
    return tokenizer
