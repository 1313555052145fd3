import pytest

from tests.analyzer.resolving import kinds, names


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Russian text", "Russia"),
        ("A Norland Water Agency notice", "Norland Water Agency"),
        ("A statement issued by the Norland Water Agency", "Norland Water Agency"),
        ("Figures released by the Norland Water Agency", "Norland Water Agency"),
    ],
)
def test_document_that_names_its_author_is_the_author(source: str, name: str) -> None:
    assert names(f"{source} said no.", source) == [name]


@pytest.mark.parametrize(
    "source",
    [
        "Chinese customs figures",
        "A poll taken on Friday among adults",
        "A memo seen by reporters",
        "The treaty",
    ],
)
def test_document_without_an_author_is_a_document(source: str) -> None:
    assert kinds(f"{source} said no.", source) == ["document"]


def test_statement_goes_to_who_issued_it() -> None:
    text = "The Norland Water Agency agreed. Moscow issued a statement that said no. The statement was long."
    assert names(text, "The Norland Water Agency", "a statement", "The statement") == [
        "Norland Water Agency",
        "Russia",
        "Russia",
    ]


def test_statement_goes_to_who_spoke_last() -> None:
    text = "The Norland Water Agency said no in a statement. The pumps stop, the statement said."
    assert names(text, "The Norland Water Agency", "the statement") == ["Norland Water Agency"] * 2


def test_treaty_goes_to_none_of_its_parties() -> None:
    text = "Moscow said no. The treaty allows it."
    assert kinds(text, "Moscow", "The treaty") == ["country", "document"]
