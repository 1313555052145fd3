import pytest

from tests.analyzer.resolving import kinds, names


@pytest.mark.parametrize(
    "source",
    [
        "The Government of the Republic of Japan",
        "the government in Tokyo",
        "The outgoing Japanese administration",
        "The Abe administration",
    ],
)
def test_government_by_name_place_or_leader_is_the_country(source: str) -> None:
    text = f"It rained in Japan. {source} said no."
    assert (names(text, source), kinds(text, source)) == (["Japan"], ["country"])


@pytest.mark.parametrize("source", ["The government", "the regime", "the island nation", "its leadership"])
def test_government_without_a_name_is_the_state_spoken_of(source: str) -> None:
    text = f"Norway sent a ship to Japan. Japan waited, and {source} said no."
    assert names(text, source) == ["Japan"]


def test_local_government_is_no_state() -> None:
    assert kinds("Japan waited. The city government said no.", "The city government") == ["organization"]


def test_government_where_no_state_is_named_stays_a_body() -> None:
    assert kinds("The government said no.", "The government") == ["organization"]
