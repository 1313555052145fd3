from analyzer.countries import find_actors
from analyzer.quotation import Span
from analyzer.speakers.bodies import Bodies


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def test_short_name_finds_the_long_one() -> None:
    text = "The Norland Water Agency waited. The Water Agency left. The Coal Agency came."
    bodies = Bodies(text, find_actors(text))
    agency = bodies.add(span_of(text, "Norland Water Agency"), "agency")
    assert bodies.find(span_of(text, "Water Agency left"[:12]), "agency") is agency
    assert bodies.find(span_of(text, "Coal Agency"), "agency") is None


def test_demonym_and_state_are_one_word_of_the_name() -> None:
    text = "The Japanese foreign ministry waited. Japan’s foreign ministry left."
    bodies = Bodies(text, find_actors(text))
    ministry = bodies.add(span_of(text, "Japanese foreign ministry"), "ministry")
    assert bodies.find(span_of(text, "Japan’s foreign ministry"), "ministry") is ministry


def test_acronym_stands_for_the_name_before_it() -> None:
    text = "A report of the Council for the Study of Ice (CSI) said no. CSI waited. The ABC (XYZ) left. XYZ came."
    bodies = Bodies(text, find_actors(text))
    assert bodies.add(span_of(text, "CSI waited"[:3]), "csi").name == "Council for the Study of Ice"
    assert bodies.add(span_of(text, "XYZ came"[:3]), "xyz").name == "XYZ"


def test_fuller_name_is_the_last_before() -> None:
    text = "Kenya’s defence ministry waited. Japan’s foreign ministry left. The ministry said no."
    fuller = Bodies(text, find_actors(text)).fuller_name("ministry", text.index("The ministry"))
    assert fuller is not None
    assert text[slice(*fuller)] == "Japan’s foreign ministry"
