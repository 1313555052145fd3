"""Phrases that say what somebody is: titles before a name, appositives and relative clauses after it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from analyzer.quotation import Span
from analyzer.tables import DATA, read_table

PORTFOLIO = (
    r"(?:state|defen[cs]e|foreign|external|interior|finance|economy|treasury|commerce|trade|justice|health|energy|"
    r"education|labou?r|agriculture|transport|homeland|security|national|staff|home|culture|environment|unification|"
    r"parliament|congress|joint chiefs)"
)
"""A regular expression for what an office is `of` or `for` and that belongs to its title: `secretary of state`."""

_WINDOW_BEFORE = 160
_WINDOW_AFTER = 260
STATE_OFFICES = frozenset(
    "head_of_state head_of_government foreign_minister minister deputy_minister spokesperson diplomat official "
    "military".split()
)
"""The categories of offices whose holders speak for a state."""
_MOST_LOWER_WORDS = 5
_WORD = re.compile(r"[^\W\d_][\w.]*(?:['’-]\w+)*['’]?|[A-Z]\.")
# Words that cannot stand inside the noun phrase before a name.
NOT_IN_NOUN_PHRASE = frozenset(
    "the a an another one some any each every and or but nor as by from with to at in on into over under against "
    "about after before since until "
    "that which who whom whose when while where if than then though although because so yet not no also both "
    "is are was were be been being has have had do does did will would can could may might must shall should "
    "he she it they we you i this these those there here him them us me whether what how why "
    "said says say saying told tells tell asked asks ask added adds noted notes warned warns called calls "
    "accused accuses urged urges named appointed met meets according including meanwhile however among between "
    "during through like unlike via per despite amid only even just still now again later earlier "
    "his her its their my your our".split()
)
_MODIFIERS = frozenset(
    "former then ex outgoing incoming acting interim deputy vice assistant associate chief top senior veteran "
    "longtime lead leading state foreign presidential government military police party opposition press defence "
    "defense finance interior justice trade economy prime national security special nuclear human rights policy "
    "political army navy air house committee campaign ministry department embassy state-run investment legal "
    "executive managing general permanent retired junior public media economic energy health supreme rebel "
    "independent conservative liberal communist right far one-time current new newly white".split()
)
_POSSESSIVE_DETERMINERS = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_BODIES_OF = frozenset(
    "Bank Board Bureau Center Centre Chamber Committee Council Department House Institute Ministry Office "
    "University".split()
)
_ARTICLES = frozenset({"the", "a", "an", "another", "one", "that", "this"})
_NOT_AN_OFFICE = re.compile(r"^(?:mr|mrs|ms|miss|dr|sir|lady|dame|st|hon|rev)\.?$", re.IGNORECASE)
_VERB = (
    r"(?:said|says|say|told|tells|added|adds|noted|warned|stated|wrote|writes|tweeted|argued|claimed|insisted|"
    r"is|was|are|were|has|have|had|will|would|can|could|did|does|called|accused|urged|explained|announced|"
    r"also|recently|later|met|arrived|vowed|denied|declared|stressed|agreed|asked|spoke|made|took|went|came)"
)
# `acting`, `outgoing` belong to an office; other words in -ing begin a clause (`vowing the leader would pay`).
_PARTICIPLE = re.compile(
    r"(?!(?:acting|commanding|founding|governing|incoming|managing|outgoing|presiding|retiring|ruling|sitting|"
    r"standing|visiting)\b)[a-z]+ing\b"
)
_STARTS_WITH_VERB = re.compile(rf"{_VERB}\b|{_PARTICIPLE.pattern}")
_SENTENCE_END = re.compile(r"[a-z]{3,}\.$")
_END_OF_PHRASE = re.compile(
    r"\s(?:until|and (?:now|no|an?))\s|"
    rf"[,;:()\n\u2013\u2014\"“”]|(?<![A-Z])[.!?](?=\s|$)|\s-{{1,2}}\s|\s(?:who|which|whose|whom|{_VERB})\b"
)
_AFTER = re.compile(
    r"(?:\s?\([^()\n]{1,30}\))?\s?(?:,|\s[-\u2013\u2014]{1,2}|\u2014)\s(?:(?:aged? )?\d{1,3}, )?"
    r"(?P<who>who (?:(?:recently|previously|later|also|now|then|once)\s)?"
    r"(?:is|was|serves as|served as|became|has been|works as|worked as)\s"
    r"(?:(?:also|now|currently|once|formerly|previously)\s)?)?(?P<phrase>(?=\S))"
)
_IS = re.compile(
    r"\swho (?:is|was|serves as|served as|became|works as)\s(?=\S)|"
    r"\s(?:is|was|serves as|served as|became)\s(?=(?:the|an?)\s)"
)
_DETERMINED = re.compile(
    r"(?:the|a|an|one|its|his|her|their|[A-Z][\w.]*(?:\s[A-Z][\w.]*)*['’]s?)\s", re.IGNORECASE
)
_CLAUSE_START = re.compile(
    r"(?:^|[.;:,\n“\"”(\u2014\u2013]\s?|\b(?:said|says|told|by|with|and|from|as|to|that|while|when)\s)"
    r"(?P<phrase>(?:[^.;:,\n“\"”()\u2014\u2013]|(?<=\b[A-Z])\.(?!\s[A-Z])){4,110}),\s$"
)
# Where a noun phrase before a comma can begin: a determiner, `Norland's`, or what follows a verb or preposition.
_BEGIN = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s|(?<![\w'’.])[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}['’]s?\s"
)
_COURTESY_BEFORE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Hon|Rev|Prof|Sir|Dame|Lady|Sheikh|Tan Sri|Datuk|Señora?)\b\.?\s)+$"
)
_RANK = re.compile(
    r"(?:(?:Lieutenant|Lt\.?|Major|Brigadier|Vice|Rear|Air|Chief)[ -])?(?:General|Colonel|Major|Captain|Brigadier|"
    r"Admiral|Commodore|Lieutenant|Marshal|Gen\.|Col\.|Maj\.|Capt\.|Lt\.|Adm\.|Professor|Doctor|Justice)"
)
_BRACKETED = re.compile(r"\s\((?P<phrase>[^()\n]{4,80})\)")
_LONG_TITLE = re.compile(
    r"(?<![\w.’'-])(?P<phrase>(?:[A-Z][\w.’'-]*\s){0,5}[A-Z][\w-]*\s(?:of|for|to|at)\s(?:the\s)?[A-Z][\w.’'-]*"
    r"(?:\s(?:(?:of|for|and|the|in)\s){0,2}[A-Z][\w.’'-]*){0,7})\s$"
)
_LEADING_ARTICLE = re.compile(r"(?:the|a|an|another|one|some|that|this)\s+", re.IGNORECASE)


def office_before(text: str, start: int) -> Span | None:
    """The office that stands before a name at *start* (`Norland's defence minister`), without an article.

    Either directly before it or parted from it by a comma; ``None`` where none stands there.
    """
    direct = _directly_before(text, start)
    if direct and not is_rank(text[slice(*direct)]):
        return direct
    first = direct[0] if direct else start
    courtesy = _COURTESY_BEFORE.search(text[max(0, first - 20) : first])
    first -= len(courtesy[0]) if courtesy else 0
    return _before_comma(text, first) or (direct or _long_title_before(text, first))


def is_rank(phrase: str) -> bool:
    """Whether *phrase* is only a rank or an academic title, which stands beside another office."""
    return _RANK.fullmatch(phrase) is not None


def office_after(text: str, end: int) -> Span | None:
    """The office in an appositive or a `who is` clause after a name that ends at *end*, without an article."""
    bracket = _BRACKETED.match(text, end)
    if bracket and has_office(bracket["phrase"]):
        return bracket.span("phrase")
    match = _AFTER.match(text, end, min(len(text), end + 60)) or _IS.match(text, end)
    if match is None:
        return None
    start = match.end()
    stop = _END_OF_PHRASE.search(text, start, min(len(text), start + _WINDOW_AFTER))
    last = stop.start() if stop else min(len(text), start + _WINDOW_AFTER)
    phrase = text[start:last]
    head = head_of_phrase(phrase)
    if not phrase or len(phrase) > 180 or not has_office(head) or _ends_in_a_name(head):
        return None
    if _STARTS_WITH_VERB.match(phrase):
        return None
    starts_well = _DETERMINED.match(phrase) or has_office(_first_words(phrase))
    return strip_article(text, (start, last)) if starts_well else None


def strip_article(text: str, span: Span) -> Span:
    """*span* without white space at its ends and without a leading article."""
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    article = _LEADING_ARTICLE.match(text, start, end)
    return (article.end() if article and article.end() < end else start, end)


def head_of_phrase(phrase: str) -> str:
    """The part of a noun phrase up to its first preposition: `envoy` of `envoy to Sudria`."""
    return re.split(
        r"\s(?:of|for|at|to|in|on|with|from|under|who|by|since|during|based|familiar)\b", phrase, maxsplit=1
    )[0]


@lru_cache(maxsize=16384)
def office_category(phrase: str) -> str | None:
    """The first category in ``data/offices.tsv`` whose expression matches *phrase*, in any case."""
    lower = phrase.lower().replace("’", "'")
    return next((category for category, pattern in _offices() if pattern.search(lower)), None)


def has_office(phrase: str) -> bool:
    """Whether *phrase* names an office or occupation."""
    return office_category(phrase) is not None


def _ends_in_a_name(head: str) -> bool:
    """Whether the phrase is the next member of a list: `Ana Lind, his sister Berta Lind and …`."""
    last = head.split()[-1] if head.split() else ""
    return last[:1].isupper() and not has_office(last)


def _first_words(phrase: str) -> str:
    return " ".join(phrase.split()[:5])


def _directly_before(text: str, start: int) -> Span | None:
    window_start = max(0, start - _WINDOW_BEFORE)
    window_start = max(window_start, text.rfind("\n", window_start, start) + 1)
    words = [match.span() for match in _WORD.finditer(text, window_start, start)]
    first = len(words)
    next_start = start
    lower_words = 0
    has_capital = bool(words) and text[words[-1][0]].isupper()
    while first > 0:
        word_start, word_end = words[first - 1]
        word = text[word_start:word_end]
        if text[word_end:next_start] not in (" ", "\xa0", "-"):
            break
        if word in ("of", "for") and _links_an_office(text, words, first - 1):
            first, next_start = first - 1, word_start
            continue
        if word.lower() in NOT_IN_NOUN_PHRASE or word in ("of", "for") or _NOT_AN_OFFICE.match(word):
            break
        if _SENTENCE_END.search(word):
            break
        if not word[0].isupper():
            lower_words += 1
            if _PARTICIPLE.fullmatch(word):
                break
            if first > 1 and _is_verb_after(word, text[slice(*words[first - 2])]):
                break
            if has_capital and not _can_stand_in_a_title(word, text[slice(*words[max(0, first - 2)])]):
                break
            if lower_words > _MOST_LOWER_WORDS or word.endswith("ly"):
                break
        first, next_start = first - 1, word_start
    if first == len(words) or next_start >= start:
        return None
    is_determined = (
        first > 0 and text[slice(*words[first - 1])].lower() in _ARTICLES | _POSSESSIVE_DETERMINERS
    )
    begin = next_start if is_determined else _skip_loose_words(text, next_start, start)
    span = strip_article(text, (begin, start))
    phrase = text[slice(*span)]
    head = head_of_phrase(phrase).split()
    if head and head[-1] in _BODIES_OF:
        head = phrase.split()
    is_owner = bool(head) and head[-1].endswith(("'s", "’s"))
    return span if head and (has_office(head[-1]) or _is_plural_office(head[-1])) and not is_owner else None


def _is_plural_office(word: str) -> bool:
    """`Presidents` of `Presidents Lind and Moe`."""
    return word[0].isupper() and word.endswith("s") and has_office(word[:-1])


def _can_stand_in_a_title(word: str, before: str) -> bool:
    """Whether lower-case *word*, after *before*, belongs to a capitalized office: no verb (`taunted President`)."""
    return (
        word.split("-")[0] in _MODIFIERS or "-" in word or has_office(word) or before.endswith(("'s", "’s"))
    )


def _is_verb_after(word: str, subject: str) -> bool:
    """Whether *word* is a verb such as `denounced` of `Critics denounced President Lind`, no adjective."""
    is_modifier = word in _MODIFIERS or "-" in word
    is_plural = subject[0].isupper() and subject.endswith("s") and not subject.endswith(("'s", "’s"))
    return word.endswith("ed") and not is_modifier and is_plural


def _skip_loose_words(text: str, start: int, end: int) -> int:
    """The start of the phrase without lower-case words at its front that do not belong to an office.

    Without an article, `denounced` in `denounced President Lind` cannot be told from an adjective.
    """
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if word[0].isupper() or word.split("-")[0] in _MODIFIERS or has_office(word):
            return match.start()
    return end


def _links_an_office(text: str, words: list[Span], index: int) -> bool:
    """Whether the `of` at *index* stands in an office: `Minister of Trade Lind`, `Ministry of Trade spokesman Lind`."""
    before = text[slice(*words[index - 1])] if index else ""
    return before in _BODIES_OF or has_office(before)


def _before_comma(text: str, start: int) -> Span | None:
    """The office in `the Norwegian envoy, Ana Lind`: from the first determiner that leaves one noun phrase."""
    window_start = max(0, start - _WINDOW_BEFORE)
    match = _CLAUSE_START.search(text[window_start:start])
    if match is None:
        return None
    first, end = window_start + match.start("phrase"), window_start + match.end("phrase")
    begins = [begin.start() for begin in _BEGIN.finditer(text, first, end)]
    for begin in begins:
        phrase = text[begin:end]
        if has_office(head_of_phrase(phrase)) and not re.search(rf"\b{_VERB}\b", phrase):
            return strip_article(text, (begin, end))
    return None


def _long_title_before(text: str, start: int) -> Span | None:
    """The office with a complement that stands before a name: `Ambassador to Norland Ana Lind`."""
    window_start = max(0, start - _WINDOW_BEFORE)
    match = _LONG_TITLE.search(text[window_start:start])
    if match is None or not has_office(head_of_phrase(match["phrase"])):
        return None
    return window_start + match.start("phrase"), window_start + match.end("phrase")


@cache
def _offices() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((category, re.compile(pattern)) for category, pattern in read_table(DATA / "offices.tsv"))
