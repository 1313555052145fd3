import pytest

from analyzer.names import find_names, fold_name, is_same_person


def found(text: str) -> list[str]:
    return [text[slice(*name.span)] for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("President Ana Lind met Mr. Okoro.", ["Ana Lind", "Okoro"]),
        ("The envoy, Jan van den Berg, left.", ["Jan van den Berg"]),
        ("On Monday Kim Al-Sayed saw J. D. Lind’s report.", ["Kim Al-Sayed", "J. D. Lind"]),
        ("The Lind-Okoro talks failed.", []),
        ("Japan and the Russian Foreign Minister met in March.", []),
        ("In May Ana May met Mrs. May.", ["Ana May", "May"]),
        ("No name stands here.", []),
    ],
)
def test_names_are_found_without_titles_states_and_dates(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_what_stands_around_a_name_tells_what_it_is() -> None:
    lady, agency = find_names("Mrs. Lind’s friends saw the Northern Water Agency.")
    assert (lady.is_person, lady.gender, lady.is_possessive, lady.is_organization) == (
        True,
        "female",
        True,
        False,
    )
    assert (agency.is_organization, agency.is_person) == (True, False)


def test_folded_names_have_no_accents_particles_and_suffixes() -> None:
    assert fold_name("Élise van der Müller-Okoro Jr.") == ("elise", "muller", "okoro")
    assert fold_name("van der") == ("van", "der")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jana Maria Lind", "J. Lind", True),
        ("Alexander Lind", "Alex Lind", True),
        ("Ana Lind", "Per Lind", False),
        ("Ana Lind", "Ana Okoro", False),
    ],
)
def test_same_person(one: str, other: str, same: bool) -> None:
    assert is_same_person(fold_name(one), fold_name(other)) is same
