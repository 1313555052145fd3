import pytest

from analyzer.quotation import Role, Speaker, covered_text
from analyzer.roles import find_roles


def role_of(text: str, mention: str, kind: str = "person", name: str | None = None) -> Role:
    start = text.index(mention)
    speaker = Speaker(id=0, name=name or mention, kind=kind, mentions=((start, start + len(mention)),))  # type: ignore[arg-type]
    (role,) = find_roles(text, [speaker])
    if role.text is not None:
        assert covered_text(text, role.spans) == role.text
    return role


@pytest.mark.parametrize(
    ("text", "words", "title", "affiliation", "country", "category"),
    [
        (
            "Russian Deputy Foreign Minister Ana Lind said no.",
            "Russian Deputy Foreign Minister",
            "deputy foreign minister",
            "Russia",
            "RUS",
            "deputy_minister",
        ),
        (
            "The Polish president, Ana Lind, said no.",
            "Polish president",
            "president",
            "Poland",
            "POL",
            "head_of_state",
        ),
        (
            "Ana Lind, Norland's chief negotiator, said no.",
            "Norland's chief negotiator",
            "chief negotiator",
            "Norland",
            None,
            "diplomat",
        ),
        (
            "Ana Lind, who is Japan's defence minister, said no.",
            "Japan's defence minister",
            "defence minister",
            "Japan",
            "JPN",
            "minister",
        ),
        (
            "Ana Lind, 44, Kenya’s envoy to Japan, said no.",
            "Kenya’s envoy to Japan",
            "envoy",
            "Kenya",
            "KEN",
            "diplomat",
        ),
        (
            "Ana Lind, a senior fellow at the Ostrava Institute, said no.",
            "senior fellow at the Ostrava Institute",
            "senior fellow",
            "Ostrava Institute",
            None,
            "expert",
        ),
        (
            "UN Secretary-General Ana Lind said no.",
            "UN Secretary-General",
            "secretary-general",
            "United Nations",
            None,
            "international_official",
        ),
        (
            "NATO official Ana Lind said no.",
            "NATO official",
            "official",
            "NATO",
            None,
            "international_official",
        ),
        (
            "Former Spanish prime minister Ana Lind said no.",
            "Former Spanish prime minister",
            "prime minister",
            "Spain",
            "ESP",
            "head_of_government",
        ),
        (
            "Ana Lind, president of the Ostrava University, said no.",
            "president of the Ostrava University",
            "president",
            "Ostrava University",
            None,
            "expert",
        ),
        (
            "Secretary of State Ana Lind said no.",
            "Secretary of State",
            "secretary of state",
            "United States",
            "USA",
            "foreign_minister",
        ),
        (
            "Opposition leader Ana Lind said no.",
            "Opposition leader",
            "opposition leader",
            None,
            None,
            "party_politician",
        ),
    ],
)
def test_role_beside_a_name(
    text: str, words: str, title: str, affiliation: str | None, country: str | None, category: str
) -> None:
    role = role_of(text, "Ana Lind")
    assert (role.text, role.title, role.category) == (words, title, category)
    assert (role.affiliation, role.country) == (affiliation, country)


def test_role_stands_at_any_mention() -> None:
    text = "Lind said no. Later the French ambassador, Ana Lind, left."
    speaker = Speaker(id=0, name="Ana Lind", kind="person", mentions=((0, 4), (43, 51)))
    (role,) = find_roles(text, [speaker])
    assert (role.text, role.category) == ("French ambassador", "diplomat")


def test_office_without_a_state_takes_the_state_that_the_sentence_is_about() -> None:
    role = role_of("The Kremlin said no, with press secretary Ana Lind adding a word.", "Ana Lind")
    assert (role.text, role.affiliation, role.country) == ("press secretary", "Russia", "RUS")


def test_dateline_is_not_what_the_sentence_is_about() -> None:
    role = role_of("Beijing (Norland News) President Ana Lind said no.", "Ana Lind")
    assert (role.text, role.country) == ("President", None)


def test_body_stands_after_at() -> None:
    role = role_of(
        "Ana Lind, a fellow for Kenya studies at the Ostrava-based Water Institute, said no.", "Ana Lind"
    )
    assert role.affiliation == "Water Institute"


def test_the_countrys_minister_belongs_to_the_country_before() -> None:
    role = role_of("Kenya waits. Ana Lind, the country’s defence minister, said no.", "Ana Lind")
    assert (role.title, role.country) == ("defence minister", "KEN")


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lind said no.",
        "Mr. Lind met Ana Lind, Karl Okoro and Maria Sol.",
        "The minister denounced Ana Lind on Monday.",
        "Mrs Ana Lind, however, said no.",
    ],
)
def test_no_role_where_the_article_states_none(text: str) -> None:
    role = role_of(text, "Ana Lind")
    assert role == Role(text=None, spans=(), title=None, affiliation=None, country=None, category="unknown")


@pytest.mark.parametrize(
    ("name", "kind", "country", "category"),
    [
        ("Russia", "country", "RUS", "institution"),
        ("Japan's foreign ministry", "organization", "JPN", "institution"),
        ("State Department", "organization", "USA", "institution"),
        ("European Union", "organization", None, "international_official"),
        ("Hamas", "organization", None, "military"),
        ("Labour Party", "organization", None, "party_politician"),
        ("Norland News", "organization", None, "media"),
        ("joint declaration", "document", None, "institution"),
    ],
)
def test_bodies_have_a_category_and_no_text(name: str, kind: str, country: str | None, category: str) -> None:
    role = role_of(f"The {name} said no.", name, kind)
    assert (role.text, role.country, role.category) == (None, country, category)


def test_description_is_the_role_of_who_has_no_name() -> None:
    role = role_of(
        "No, a senior Chinese foreign ministry official said.",
        "senior Chinese foreign ministry official",
        "anonymous",
    )
    assert role.text == "senior Chinese foreign ministry official"
    assert (role.country, role.category) == ("CHN", "official")
    assert role_of("Western diplomats said no.", "Western diplomats", "group").category == "diplomat"


def test_unknown_speaker_has_no_role() -> None:
    (role,) = find_roles("No.", [Speaker(id=0, name=None, kind="unknown")])
    assert role.category == "unknown"
