import pytest

from tests.analyzer.resolving import kinds, names


@pytest.mark.parametrize(
    "source",
    [
        "The ranger, Ana Lind,",
        "Her successor, Senator Ana Lind,",
        "The chair of the session, Norland's fisheries director Ana Lind,",
        "Her sister-in-law, the physicist Ana Lind,",
        "A taxi driver, Lind,",
        "The deputy who spoke, Ana Lind,",
        "Norland Ministry of Trade spokeswoman Ana Lind",
        "Former Ambassador to the United Nations Ana Lind",
        "Minister of Water Resources Ana Lind",
    ],
)
def test_the_name_in_apposition_is_the_speaker(source: str) -> None:
    text = f"Ana Lind came. {source} said no."
    assert names(text, source) == ["Ana Lind"]


@pytest.mark.parametrize(
    "source",
    ["An aide to Ana Lind", "A spokesman for President Ana Lind", "The ranger, Ana Lind's brother,"],
)
def test_who_only_belongs_to_somebody_named_has_no_name(source: str) -> None:
    assert kinds(f"{source} said no.", source) == ["anonymous"]


def test_officials_with_a_name_among_them_are_a_group() -> None:
    source = "officials, including Ana Lind,"
    assert kinds(f"So said {source} on Monday.", source) == ["group"]


def test_two_persons_with_their_offices_are_a_group() -> None:
    source = "Envoy Ana Lind and her host, minister Karl Okoro"
    assert kinds(f"{source} said no.", source) == ["group"]


def test_body_in_apposition_to_what_it_is() -> None:
    source = "The space institute, NWA,"
    assert names(f"{source} said no.", source) == ["NWA"]


def test_list_of_states_is_a_group() -> None:
    source = "Norway, Japan and others"
    assert kinds(f"{source} said no.", source) == ["group"]
