"""The rule baseline: quotations from quotation marks, reporting verbs and ``according to``, without a model.

It is meant to be what somebody would write in an afternoon: sentence by sentence, the first pattern that
fits, no syntax. Its scores say how much of a model's are due to the task being easy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from analyzer.marks import Quoted, find_quoted
from analyzer.paragraphs import paragraph_spans
from analyzer.quotation import QuotationSpans, Span

_VERBS = (
    "sa(?:id|ys?|ying)|t(?:old|ells?)|add(?:ed|s)|argue[ds]?|claim(?:ed|s)|insist(?:ed|s)|explain(?:ed|s)|"
    "acknowledge[ds]|admit(?:ted|s)|announce[ds]|assert(?:ed|s)|believe[ds]?|conclude[ds]|contend(?:ed|s)|"
    "declare[ds]|den(?:ied|ies)|ask(?:ed|s)|wr(?:ote|ites?|itten)|note[ds]|observe[ds]|predict(?:ed|s)|"
    "promise[ds]|reiterate[ds]|replie[ds]|report(?:ed|s)|respond(?:ed|s)|reveal(?:ed|s)|state[ds]|"
    "suggest(?:ed|s)|think(?:s)?|thought|tweeted|vow(?:ed|s)|warn(?:ed|s)|accuse[ds]|call(?:ed|s) (?:for|on)|"
    "urge[ds]|stating|adding|arguing|reaffirm(?:ed|s)|pledge[ds]|demand(?:ed|s)|agree[ds]|threaten(?:ed|s)"
)
_CUE = regex.compile(rf"\b(?:(?:has|have|had|also|later|would) )*(?:{_VERBS})\b")
_ACCORDING = regex.compile(r"\b[Aa]ccording to\b")
_WORD = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}.’'&-]*"
_TITLE_WORD = r"\p{Lu}[\p{L}\p{M}\p{N}.’'&-]*"
_NAME = rf"{_TITLE_WORD}(?: (?:(?:of|for|de|von|van|al|and) )?{_TITLE_WORD})*"
_PRONOUN = r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|[Yy]ou|who)"
_DETERMINER = r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Ss]ome|[Mm]any|[Mm]ost|[Tt]wo|[Oo]ne)"
_PHRASE = rf"{_DETERMINER} (?:{_WORD} ){{0,4}}{_WORD}"
_SOURCE = rf"(?:(?:{_PHRASE}|(?:\p{{Ll}}+ ){{0,3}}{_NAME})(?:, [^,.“”\"]{{1,60}},)?|{_PRONOUN})"
_SOURCE_BEFORE = regex.compile(rf"(?:^|[\s,“”\"’—–-])(?P<source>{_SOURCE}) $")
_SOURCE_AFTER = regex.compile(rf" (?P<source>{_PHRASE}|(?:\p{{Ll}}+ ){{0,3}}{_NAME}|{_PRONOUN}\b)")
_HEARER = regex.compile(
    rf"(?<=t(?:old|ells?)|warn(?:ed|s)) (?:{_PHRASE}?(?=,? (?:that|“|\"))|{_NAME}|\p{{Ll}}+)"
)
_SENTENCE_END = regex.compile(
    r"(?<!\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|No|\p{Lu}))[.!?]+[”\"’']?\s+(?=[“\"‘\p{Lu}])"
)
_LEAST_WORDS = 3
_EDGES = " \t\n\r\u00a0,;:—–-"


def extract_by_rules(text: str) -> tuple[QuotationSpans, ...]:
    """The quotations that the rules find in *text*, in text order; offsets as everywhere in code points."""
    quoted = [region for region in find_quoted(text) if region.depth == 1]
    found: list[QuotationSpans] = []
    for start, end in paragraph_spans(text):
        inside = [region for region in quoted if start <= region.start < end]
        for sentence in _sentences(text, (start, end), inside):
            quotation = _from_sentence(text, sentence, inside)
            if quotation is not None:
                found.append(quotation)
            elif found and _only_quoted(text, sentence, inside) and found[-1].content[-1][1] > start:
                found[-1] = _extend(found[-1], sentence)
    return tuple(found)


def _sentences(text: str, paragraph: Span, quoted: Sequence[Quoted]) -> Iterator[Span]:
    """The sentences of *paragraph*; a quoted stretch is never divided."""
    start = paragraph[0]
    for match in _SENTENCE_END.finditer(text, *paragraph):
        if any(region.start < match.end() < region.end for region in quoted):
            continue
        yield start, match.start() + len(match.group().rstrip())
        start = match.end()
    if start < paragraph[1]:
        yield start, paragraph[1]


def _from_sentence(text: str, sentence: Span, quoted: Sequence[Quoted]) -> QuotationSpans | None:
    for pattern, build in ((_CUE, _by_verb), (_ACCORDING, _by_according_to)):
        for cue in pattern.finditer(text, *sentence):
            if any(region.start < cue.start() < region.end for region in quoted):
                continue
            quotation = build(text, sentence, cue.span(), quoted)
            if quotation is not None:
                return quotation
    return None


def _by_verb(text: str, sentence: Span, cue: Span, quoted: Sequence[Quoted]) -> QuotationSpans | None:
    """``“…,” X said, “…”`` · ``…, said X`` · ``X said that …`` · ``X told Y: “…”``"""
    start, end = sentence
    before = _SOURCE_BEFORE.search(text[start : cue[0]])
    if before is not None:
        source = (start + before.start("source"), start + before.end("source"))
        left, right = source[0], cue[1]
    else:
        after = _SOURCE_AFTER.match(text, cue[1], end)
        if after is None or not text[start : cue[0]].rstrip().endswith((",", "”", '"', "’", "?", "!")):
            return None
        source = after.span("source")
        left, right = cue[0], source[1]
    hearer = _HEARER.match(text, right, end)
    right = hearer.end() if hearer else right
    preceding = text[start:left].rstrip(" ")
    if preceding.endswith((",", "”", '"', "’", "?", "!")) and len(preceding.split()) >= _LEAST_WORDS:
        first = _trim(text, start, left)
        resumed = [region for region in quoted if right <= region.start < end and region.start - right < 60]
        content = (first, *((region.start, region.end) for region in resumed[:1]))
    else:
        content = (_trim(text, right, end),)
    if sum(len(text[a:b].split()) for a, b in content) < _LEAST_WORDS:
        return None
    return QuotationSpans(content=content, cue=(cue,), source=(_trim(text, *source),))


def _by_according_to(text: str, sentence: Span, cue: Span, _: Sequence[Quoted]) -> QuotationSpans | None:
    """``According to X, …`` · ``…, according to X``"""
    start, end = sentence
    comma = text.find(",", cue[1], end)
    if cue[0] == start:
        if comma < 0:
            return None
        source, content = (cue[1], comma), (comma, end)
    else:
        source, content = (cue[1], comma if comma >= 0 else end), (start, cue[0])
    spans = _trim(text, *source), _trim(text, *content)
    if any(left >= right for left, right in spans):
        return None
    return QuotationSpans(content=(spans[1],), cue=(cue,), source=(spans[0],))


def _only_quoted(text: str, sentence: Span, quoted: Sequence[Quoted]) -> bool:
    return any(region.start <= sentence[0] and sentence[1] <= region.end for region in quoted)


def _extend(quotation: QuotationSpans, sentence: Span) -> QuotationSpans:
    """The quotation with a sentence that goes on under its cue."""
    return QuotationSpans(content=(*quotation.content, sentence), cue=quotation.cue, source=quotation.source)


def _trim(text: str, start: int, end: int) -> Span:
    """``[start, end)`` without separators at its ends, nor a full stop at its end."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES + ".":
        end -= 1
    return start, end
