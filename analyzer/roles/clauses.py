"""What somebody is, said without an office: `who teaches law in Osaka`, `of the Ostrava Institute`, `Radio Lind's`."""

from __future__ import annotations

import re

from analyzer.known import known_body
from analyzer.quotation import Span
from analyzer.roles.affiliations import body_category

_PERSONAL = frozenset({"expert", "media", "business", "civil_society", "party_politician"})
_WHO = re.compile(
    r"(?:\s?\([^()\n]{1,30}\))?,\s(?:who\s(?:(?:also|now|currently|once|formerly|previously|has|had)\s)*)?"
    r"(?P<phrase>(?P<verb>[a-z]+)\s(?:(?:in|for|at|on)\s)?(?P<object>[^,;:.\n“”\"()]{3,120}))"
)
_OF = re.compile(r"\s(?P<phrase>(?:of|from)\s(?:the\s)?(?P<body>[^,;:.\n“”\"()]{3,90}))")
_OWNER = re.compile(r"(?P<body>[A-Z][\w.&-]*(?:\s(?:of\s)?[A-Z][\w.&-]*){0,5})['’]s\s$")
_VERB = re.compile(
    r"\s(?:said|says|say|told|tells|added|argued|argues|thinks|believes|warned|wrote|put|puts|has|had|is|was|will|"
    r"would|praised|called|calls|noted|until|confirmed|who|which|that|claims|claimed|estimates|estimated|reported)\b"
)
_EXPERT = frozenset(
    "teaches taught studies studied researches models modelled edits edited analyzes analyses lectures".split()
)
_TRADER = frozenset("sells sold buys deals trades exports imports farms grows owns".split())
_LEADS = frozenset(
    "heads headed leads led runs ran chairs chaired directs directed manages managed represents represented "
    "oversees oversaw founded follows followed tracks works worked speaking speaks".split()
)


def clause_after(text: str, end: int) -> tuple[Span, str] | None:
    """The clause (`teaches law in Osaka`) or body (`of the Ostrava Institute`) after a name, and its role category."""
    match = _WHO.match(text, end, min(len(text), end + 220))
    if match:
        category = _category_of_clause(match["verb"], match["object"])
        return (_until_verb(text, match.span("phrase")), category) if category else None
    match = _OF.match(text, end, min(len(text), end + 120))
    if match is None:
        return None
    first, last = _until_verb(text, match.span("phrase"))
    category = body_category(text[match.start("body") : last])
    return ((first, last), category) if category in _PERSONAL else None


def owner_before(text: str, start: int) -> tuple[Span, str] | None:
    """The outlet, institute or company whose the person named at *start* is (`Radio Lind's`), and its category."""
    window = max(0, start - 70)
    match = _OWNER.search(text[window:start])
    if match is None:
        return None
    known = known_body(match["body"])
    category = known.category if known else body_category(match["body"])
    span = (window + match.start("body"), window + match.end("body"))
    return (span, category) if category in ("expert", "media", "business") else None


def _category_of_clause(verb: str, words: str) -> str | None:
    if verb in _EXPERT:
        return "expert"
    if verb in _TRADER:
        return "business"
    if verb not in _LEADS:
        return None
    if re.search(r"\bdelegation\b", words):
        return "diplomat"
    if re.search(r"\b(?:house|senate|parliament\w*|committee)\b", words, re.IGNORECASE):
        return "legislator"
    of_body = body_category(re.split(r"\s(?:in|until|from)\s", words)[0])
    return "official" if of_body == "institution" else of_body


def _until_verb(text: str, span: Span) -> Span:
    verb = _VERB.search(text, *span)
    return (span[0], verb.start()) if verb else (span[0], span[0] + len(text[slice(*span)].rstrip()))
