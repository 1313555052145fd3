import pycountry
import pytest

from analyzer.countries import actor_in, find_actor, find_actors


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[slice(*m.span)], m.actor.name, m.actor.country) for m in find_actors(text)]


@pytest.mark.parametrize(
    ("name", "country", "code", "form"),
    [
        ("Russia", "Russia", "RUS", "name"),
        ("Japanese", "Japan", "JPN", "demonym"),
        ("Seoul", "South Korea", "KOR", "seat"),
        ("the Kremlin", "Russia", "RUS", "seat"),
        ("the Blue House", "South Korea", "KOR", "seat"),
        ("U.S.", "United States", "USA", "name"),
        ("Britain", "United Kingdom", "GBR", "name"),
        ("DPRK", "North Korea", "PRK", "name"),
        ("Republic of Moldova", "Moldova", "MDA", "name"),
        ("Côte d’Ivoire", "Ivory Coast", "CIV", "name"),
        ("the Pentagon", "United States", "USA", "body"),
    ],
)
def test_names_demonyms_capitals_and_seats_lead_to_the_country(
    name: str, country: str, code: str, form: str
) -> None:
    mention = find_actor(name)
    assert mention is not None
    assert (mention.actor.name, mention.actor.country, mention.form) == (country, code, form)


@pytest.mark.parametrize("name", ["Norland", "us", "Russian roulette", "", "turkey"])
def test_other_words_are_no_actor(name: str) -> None:
    assert find_actor(name) is None


def test_states_have_the_codes_of_iso_3166() -> None:
    by_official_name = {getattr(c, "official_name", c.name): c.alpha_3 for c in pycountry.countries}
    found = {code: find_actor(name) for name, code in by_official_name.items()}
    states = {
        code: mention.actor for code, mention in found.items() if mention and mention.actor.kind == "state"
    }
    assert len(states) > 180
    assert {code: actor.country for code, actor in states.items()} == {code: code for code in states}


def test_first_actor_in_a_name() -> None:
    actor = actor_in("Japan’s foreign ministry")
    assert actor is not None
    assert actor.country == "JPN"
    assert actor_in("Norland’s foreign ministry") is None


def test_international_bodies_have_no_country() -> None:
    text = "Brussels, the UN Security Council and the International Atomic Energy Agency met NATO."
    assert [(name, code) for _, name, code in found(text)] == [
        ("European Union", None),
        ("UN Security Council", None),
        ("International Atomic Energy Agency", None),
        ("NATO", None),
    ]


def test_longest_name_wins_and_places_named_after_states_are_none() -> None:
    text = "South Korea patrolled the South China Sea, the Washington Post wrote from New Mexico."
    assert found(text) == [("South Korea", "South Korea", "KOR")]


def test_given_name_before_makes_a_surname() -> None:
    assert found("Mia Jordan met the king of Jordan.") == [("Jordan", "Jordan", "JOR")]


def test_modifiers_of_others_are_no_mention() -> None:
    assert found("A Tehran-backed militia fled to US-led forces.") == []


def test_the_north_is_north_korea_where_the_article_names_it() -> None:
    assert ("North", "North Korea", "PRK") in found("North Korea waited. Then the North answered.")
    assert found("Then the North answered.") == []


def test_names_in_capitals_are_found() -> None:
    assert found("MOSCOW WARNS JAPAN") == [("MOSCOW", "Russia", "RUS"), ("JAPAN", "Japan", "JPN")]
