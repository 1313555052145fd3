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
            "CZE",
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
            "CZE",
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


def test_office_without_a_state_is_of_the_place_that_the_article_comes_from() -> None:
    text = "OSAKA, Monday — The talks with Kenya are over.\n\nThey failed, Deputy Minister Ana Lind said."
    assert role_of(text, "Ana Lind").country == "JPN"


def test_office_takes_the_state_named_last_before_it() -> None:
    text = "Kenya and Poland met.\n\nIn Warsaw the mood was good. The spokesman, Ana Lind, said so."
    assert role_of(text, "Ana Lind").country == "POL"


def test_who_is_known_to_have_held_an_office_tells_its_state_if_the_article_names_it() -> None:
    assert role_of("China waits for Chancellor Merkel and for Germany.", "Merkel").country == "DEU"
    assert (
        role_of("China waits for the leader, Merkel, and for Germany.", "Merkel").category
        == "head_of_government"
    )
    assert role_of("China waits for Chancellor Merkel.", "Merkel").country == "CHN"


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


@pytest.mark.parametrize(
    ("text", "words", "country", "category"),
    [
        ("Ana Lind, who teaches law in Osaka, said no.", "teaches law in Osaka", "JPN", "expert"),
        ("Ana Lind of the Ostrava Institute said no.", "of the Ostrava Institute", "CZE", "expert"),
        (
            "Ana Lind, who heads the growers association, said no.",
            "heads the growers association",
            None,
            "business",
        ),
        ("Ostrava University's Ana Lind said no.", "Ostrava University", "CZE", "expert"),
        ("Norland Radio’s Ana Lind said no.", None, None, "media"),
    ],
)
def test_role_without_an_office(text: str, words: str | None, country: str | None, category: str) -> None:
    role = role_of(text, "Ana Lind")
    assert (role.text, role.country, role.category) == (words, country, category)


@pytest.mark.parametrize(
    ("words", "kind", "country", "category"),
    [
        ("both sides", "group", None, "institution"),
        ("Polish and Kenyan officials", "group", None, "official"),
        ("Polish companies", "group", "POL", "business"),
        ("market observers", "group", None, "expert"),
        ("people familiar with the talks", "group", None, "unknown"),
        ("airport in Osaka", "anonymous", "JPN", "business"),
        ("member of the provincial council", "anonymous", "JPN", "legislator"),
        ("Polish and Kenyan governments", "group", None, "institution"),
        ("news reports", "document", None, "media"),
    ],
)
def test_speakers_without_a_name(words: str, kind: str, country: str | None, category: str) -> None:
    role = role_of(f"Japan waits. The {words} said no.", words, kind)
    assert (role.country, role.category) == (country, category)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("president of the Water Company", "business"),
        ("president of the Constitutional Court", "official"),
        ("head of Japan’s Labour Party", "party_politician"),
        ("secretary general of the ministry", "official"),
        ("chairwoman of the committee", "legislator"),
        ("attorney general", "minister"),
        ("trade ministry official and diplomat", "official"),
    ],
)
def test_body_and_head_decide_the_category(words: str, category: str) -> None:
    assert role_of(f"Japan waits. Ana Lind, the {words}, said no.", "Ana Lind").category == category


def test_office_outweighs_a_rank() -> None:
    role = role_of("General Ana Lind, the defence minister of Kenya, said no.", "Ana Lind")
    assert (role.category, role.country) == ("minister", "KEN")


def test_the_commission_is_the_international_body_named_before() -> None:
    role = role_of("The European Union met. The Commission said no.", "Commission", "organization")
    assert (role.affiliation, role.country, role.category) == (
        "European Union",
        None,
        "international_official",
    )


def test_unknown_speaker_has_no_role() -> None:
    (role,) = find_roles("No.", [Speaker(id=0, name=None, kind="unknown")])
    assert role.category == "unknown"


def test_a_participle_is_no_part_of_an_office() -> None:
    before = role_of("He went on, leading Norwegian president Ana Lind to call it a farce.", "Ana Lind")
    assert before.text == "Norwegian president"
    after = role_of("Talks ended badly for Lind, vowing the Norwegian president would pay.", "Lind")
    assert after.text is None
    assert role_of("Acting president Ana Lind said no.", "Ana Lind").text == "Acting president"
