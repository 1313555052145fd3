"""How the cost of hostile input grows: texts made to be expensive, each at one length and at four times it.

A stage whose work grows with the square of the text would turn one article of a large batch into hours. These are the
texts that once did so, or could.
"""

from __future__ import annotations

import string
import time
from collections.abc import Callable

from analyzer.continuation import join_pieces
from analyzer.countries import find_actors
from analyzer.marks import find_quoted, quotation_kind
from analyzer.names import fold_name
from analyzer.offices import office_category
from analyzer.quotation import QuotationSpans, Role, Speaker, SpeakerReference
from analyzer.roles import find_roles
from analyzer.sentences import find_sentences
from analyzer.speakers import resolve_speakers
from analyzer.words import split_words
from eval.lexicons import StanceBaseline

TIMES_LONGER = 4
ROUNDS = 3

Case = Callable[[int], Callable[[], object]]
"""From a number of units to the work on a text of so many; what is not to be timed is done before."""


def measure_growth(units: int) -> dict[str, float]:
    """For each case of ``CASES`` how many times what a unit costs among *units*, one costs among four times as many.

    About 1 where the cost is in proportion to the length, 4 where it grows with its square. Of ``ROUNDS`` rounds the
    quickest counts, in processor time.
    """
    return {
        name: round(_seconds(case(TIMES_LONGER * units)) / (TIMES_LONGER * _seconds(case(units))), 2)
        for name, case in CASES.items()
    }


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        # What was kept of the same text a round ago would not be timed.
        for cached in (find_actors, find_sentences, fold_name, office_category):
            cached.cache_clear()
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return max(min(times), 1e-6)


def _marks(unit: str) -> Case:
    return lambda units: lambda: find_quoted(unit * units)


def _words(unit: str) -> Case:
    return lambda units: lambda: split_words(unit * units)


def _guillemets_close_curly_marks(units: int) -> Callable[[], object]:
    return lambda: find_quoted("“a " * units + "b» " * units)


def _kinds(units: int) -> Callable[[], object]:
    sentence = "‘We wait,’ she said. "
    text = "“" + sentence * units
    quoted = find_quoted(text)
    starts = range(1, len(text), len(sentence))
    return lambda: [quotation_kind(text, [(start, start + 10)], quoted) for start in starts]


def _continuations(unit: str) -> Case:
    def case(units: int) -> Callable[[], object]:
        text = unit * units
        pieces = [QuotationSpans(content=((start, start + 3),)) for start in range(0, len(text), len(unit))]
        quoted = find_quoted(text)
        return lambda: join_pieces(text, pieces, quoted)

    return case


def _hyphens(units: int) -> Callable[[], object]:
    return lambda: resolve_speakers("A-" * units, [])


def _bodies(units: int) -> Callable[[], object]:
    letters = str.maketrans(string.digits, string.ascii_lowercase[:10])
    names = [f"The {f'{number:06}'.translate(letters).title()} Agency" for number in range(units)]
    text, quotations = "", []
    for name in names:
        start = len(text)
        text += f"{name} said no. "
        said = start + len(name) + 1
        quotations.append(
            QuotationSpans(
                content=((said + 5, said + 7),),
                cue=((said, said + 4),),
                source=((start, start + len(name)),),
            )
        )
    return lambda: resolve_speakers(text, quotations)


def _no_sentence_ends(units: int) -> Callable[[], object]:
    unit = "the bank of Japan, "
    text = unit * units
    speakers = [
        Speaker(id=number, name="bank", kind="organization", mentions=((start + 4, start + 8),))
        for number, start in enumerate(range(0, len(text), len(unit)))
    ]
    return lambda: find_roles(text, speakers)


def _many_stances(units: int) -> Callable[[], object]:
    before, sentence = "Japan met. " * units, "It is a farce. "
    text = before + sentence * units
    speaker = SpeakerReference(id=0, name="Ana Lind", kind="person", resolved_by="name")
    role = Role(text=None, spans=(), title=None, affiliation=None, country="RUS", category="official")
    starts = range(len(before), len(text), len(sentence))

    def work() -> None:
        baseline = StanceBaseline(text)
        for start in starts:
            content = (start, start + len(sentence) - 1)
            baseline.classify(QuotationSpans(content=(content,)), speaker, role)

    return work


CASES: dict[str, Case] = {
    "marks: single curly marks that open": _marks("‘a "),
    "marks: straight single marks that open": _marks("'a "),
    "marks: nested marks that open": _marks("“‘"),
    "marks: curly marks closed by guillemets": _guillemets_close_curly_marks,
    "marks: kinds inside one open mark": _kinds,
    "words: form feeds": _words("\x0c"),
    "words: line separators": _words("\u2028"),
    "words: form feeds between letters": _words("a\x0c"),
    "words: marks that open": _words("“a "),
    "continuation: paragraphs that open": _continuations("“a.\n\n"),
    "continuation: two marks a paragraph": _continuations("“a.\n\n“b,” c\n"),
    "speakers: hyphens": _hyphens,
    "speakers: bodies": _bodies,
    "roles: no sentence ends": _no_sentence_ends,
    "stance: mentions and quotations": _many_stances,
}
