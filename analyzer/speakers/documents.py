"""Documents as sources: the words that name the author of `Lind's letter` or `a statement from the ministry`."""

from __future__ import annotations

import re
from functools import cache

from analyzer.names import word_classes
from analyzer.quotation import Span
from analyzer.tables import DATA, read_table

_POSSESSIVE_OWNER = r"['’]s?\s+(?:own\s+|latest\s+|official\s+|personal\s+|written\s+|recent\s+)*"
_OWNER = re.compile(rf"(?P<owner>.+?){_POSSESSIVE_OWNER}(?:[a-z-]+\s){{0,2}}\S+$")
_AUTHOR = re.compile(
    r"\s(?:(?!seen|obtained|read|reviewed)[^.;]{0,40}\s)?(?:from|by)\s(?P<author>(?!and\b)\S.*?)"
    r"(?=\s(?:early|late|headlined|titled|entitled|called|based|cited|and|said)\b|$)",
    re.DOTALL,
)
_DETERMINERS = r"the|an?|its|his|her|their|our|your|this|that|both|all|one|two|another|no"
# `a Fox News report`, `the Pentagon statement`, `the Russian text`: what stands before the noun, if it has a capital.
_BODY_BEFORE = re.compile(
    rf"(?:(?i:{_DETERMINERS})\s)?(?!(?i:{_DETERMINERS})\b)(?P<body>[A-Z].*)\s\S+", re.DOTALL
)
_PARTICIPLE = re.compile(
    r"\s(?:issued|released|published|taken|read|signed|headlined|titled|entitled|posted|sent|carried|given|"
    r"broadcast|seen|obtained|conducted|prepared|written|compiled|circulated|adopted|commissioned)\b"
)
_MOST_OWNER_WORDS = 10


def is_document(noun: str) -> bool:
    """Whether a lower-case *noun*, in the singular or plural, is something that is written, shown or said."""
    return bool({noun, noun.removesuffix("s")} & _document_nouns())


def end_of_core(text: str, core: Span) -> int:
    """Where *core* ends if a document noun and a participle stand in it: after `poll` in `a poll taken for us`."""
    match = _PARTICIPLE.search(text, *core)
    if match and is_document(text[core[0] : match.start()].split()[-1].lower()):
        return match.start()
    return core[1]


def author_of(text: str, core: Span, head: Span) -> Span | None:
    """The words that name the author of the document that *core* is: its owner, who it is from, or the body before
    the noun. *head* is the phrase with what follows *core*."""
    phrase = text[slice(*core)]
    owner = _OWNER.fullmatch(phrase)
    if owner and len(phrase.split()) < _MOST_OWNER_WORDS:
        return core[0], core[0] + owner.end("owner")
    author = _AUTHOR.match(text[core[1] : head[1]])
    if author:
        return core[1] + author.start("author"), core[1] + author.end("author")
    body = _BODY_BEFORE.fullmatch(phrase)
    if body:
        return core[0], core[0] + body.end("body")
    return None


def is_by_document(text: str, core: Span) -> bool:
    """Whether the last word of *core* is a document, no outlet such as `the Borg Post`."""
    words = text[slice(*core)].split()
    return bool(words) and is_document(words[-1].lower()) and "media" not in word_classes(words[-1])


@cache
def _document_nouns() -> frozenset[str]:
    nouns = dict(read_table(DATA / "source_nouns.tsv"))
    return frozenset(nouns["document"].split())
