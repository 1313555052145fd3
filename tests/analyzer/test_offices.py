import pytest

from analyzer.offices import head_of_phrase, office_after, office_before, office_category, strip_article


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Norland’s former defence minister Ana Lind", "Norland’s former defence minister"),
        ("The Norland envoy to Sudria, Ana Lind", "Norland envoy to Sudria"),
        ("Minister of Foreign Affairs Ana Lind", "Minister of Foreign Affairs"),
        ("Norland’s Ministry of Trade spokeswoman Ana Lind", "Norland’s Ministry of Trade spokeswoman"),
        ("Talks failed. Norland’s U.N. ambassador, Ana Lind", "Norland’s U.N. ambassador"),
        ("The deal covers Annex B. Norland’s trade minister, Ana Lind", "Norland’s trade minister"),
        ("Critics denounced President Ana Lind", "President"),
        ("The minister denounced Ana Lind", None),
        ("Norland’s deposed President Ana Lind", "Norland’s deposed President"),
        ("Ana Lind", None),
        ("The Ambassador of Norland in Sudria, Mrs Ana Lind, left.", "Ambassador of Norland in Sudria"),
        ("“No,” said Norland’s minister of water, Ana Lind.", "Norland’s minister of water"),
        ("Its spokesman, Major Ana Lind, left.", "Its spokesman"),
        (
            "Norland Ambassador to the United Nations Ana Lind left.",
            "Norland Ambassador to the United Nations",
        ),
        ("Sudria taunted President Ana Lind.", "President"),
    ],
)
def test_office_before_a_name(text: str, office: str | None) -> None:
    span = office_before(text, text.index("Ana Lind"))
    assert (text[slice(*span)] if span else None) == office


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ana Lind, the chief negotiator, left.", "chief negotiator"),
        ("Ana Lind, 44, who is also Norland’s envoy, left.", "Norland’s envoy"),
        ("Ana Lind — a senior diplomat — left.", "senior diplomat"),
        ("Ana Lind (deputy spokesperson, MFA): No.", "deputy spokesperson, MFA"),
        ("Ana Lind, the envoy until March, left.", "envoy"),
        ("Ana Lind, however, left the minister.", None),
        ("Ana Lind left.", None),
    ],
)
def test_office_after_a_name(text: str, office: str | None) -> None:
    span = office_after(text, len("Ana Lind"))
    assert (text[slice(*span)] if span else None) == office


@pytest.mark.parametrize(
    ("phrase", "category"),
    [
        ("Deputy Foreign Minister", "deputy_minister"),
        ("foreign ministry spokeswoman", "spokesperson"),
        ("chief negotiator", "diplomat"),
        ("Secretary of State", "foreign_minister"),
        ("bicycle", None),
    ],
)
def test_category_of_an_office(phrase: str, category: str | None) -> None:
    assert office_category(phrase) == category


def test_phrases_are_cut_to_their_head() -> None:
    assert head_of_phrase("envoy of Norland to Sudria") == "envoy"
    text = " the envoy "
    assert text[slice(*strip_article(text, (0, len(text))))] == "envoy"
