import pytest

from analyzer.countries import find_actors
from analyzer.names import find_names
from analyzer.people import People
from analyzer.speakers.sources import Source, is_plural, parse_source


def parse(text: str, words: str) -> Source:
    names = find_names(text)
    start = text.index(words)
    spans = [(start, start + len(words))] if words else []
    return parse_source(text, spans, People(text, names), names, find_actors(text))


@pytest.mark.parametrize(
    ("words", "form", "kind"),
    [
        ("", "none", "unknown"),
        ("He", "pronoun", "unknown"),
        ("who last month", "pronoun", "unknown"),
        ("US officials", "description", "group"),
        ("US", "actor", "country"),
        ("He Weilin", "person", "person"),
        ("Japan’s Commerce Ministry this week", "name", "organization"),
        ("President Ana Lind", "person", "person"),
        ("the Kremlin", "actor", "country"),
        ("the Russian government", "actor", "country"),
        ("NATO", "actor", "organization"),
        ("Russians", "description", "group"),
        ("the Norland Water Agency", "name", "organization"),
        ("a senior official, who asked not to be named", "description", "anonymous"),
        ("two diplomats", "description", "group"),
        ("the ministry", "description", "organization"),
        ("the joint declaration", "description", "document"),
        ("Ana Lind and Karl Okoro", "description", "group"),
    ],
)
def test_form_and_kind_of_a_source(words: str, form: str, kind: str) -> None:
    source = parse(f"{words} said no.", words)
    assert (source.form, source.kind) == (form, kind)


def test_head_noun_stands_before_the_preposition() -> None:
    source = parse("The chief negotiator of Norland said no.", "The chief negotiator of Norland")
    assert (source.noun, source.is_definite) == ("negotiator", True)
    assert parse("An envoy to Norland said no.", "An envoy to Norland").is_definite is False


@pytest.mark.parametrize(
    ("noun", "plural"), [("officials", True), ("people", True), ("press", False), ("news", False)]
)
def test_plurals(noun: str, plural: bool) -> None:
    assert is_plural(noun) is plural
