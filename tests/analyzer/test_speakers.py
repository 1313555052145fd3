import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.quotation import QuotationSpans, Span, Speaker
from analyzer.speakers import ResolvedSpeakers, resolve_speakers
from tests.analyzer.resolving import kinds, names, quoting, resolve


def mentioned(text: str, speaker: Speaker) -> list[str]:
    return [text[start:end] for start, end in speaker.mentions]


def test_surname_gets_the_full_name_from_a_paragraph_where_the_person_says_nothing() -> None:
    text = "Talks are over, Lind said.\nThe visit of Foreign Minister Ana Lind ended on Monday."
    (reference,) = resolve(text, "Lind")
    assert (reference.name, reference.kind, reference.resolved_by) == ("Ana Lind", "person", "name")


def test_titles_are_no_part_of_the_name() -> None:
    text = "Norwegian Deputy Foreign Minister Ana Lind said no. Foreign ministry spokesman Karl Okoro agreed."
    assert names(
        text, "Norwegian Deputy Foreign Minister Ana Lind", "Foreign ministry spokesman Karl Okoro"
    ) == [
        "Ana Lind",
        "Karl Okoro",
    ]


def test_what_an_outlet_is_called_besides_is_no_part_of_its_name() -> None:
    for source, name in (
        ("North Korea's state-run news agency KCNA", "KCNA"),
        ("the Communist Party newspaper Borg Daily", "Borg Daily"),
        ("the Borg Times tabloid", "Borg Times"),
        ("Borginform news agency", "Borginform"),
    ):
        assert names(f"The talks failed, {source} reported.", source) == [name]


def test_a_short_surname_in_capitals_is_that_of_the_person_named_elsewhere() -> None:
    text = "Envoy Ana Lind was at the gate.\n[CLIP, LIND]\nThe talks go on."
    assert names(text, "LIND") == ["Ana Lind"]


def test_name_in_apposition_to_an_office_is_the_speaker() -> None:
    source = "Norland's chief negotiator, Ana Lind, who arrived on Monday,"
    (reference,) = resolve(f"{source} said no.", source)
    assert (reference.name, reference.kind, reference.resolved_by) == ("Ana Lind", "person", "itself")


def test_possessive_is_no_part_of_the_name() -> None:
    assert names("Ana Lind left. Lind’s claim that it failed stands.", "Lind’s") == ["Ana Lind"]


def test_persons_of_one_surname_stay_apart() -> None:
    text = "Ana Lind spoke. Lind left. Per Lind came. Lind laughed. Ms. Lind smiled. Mr. Lind wept."
    assert names(text, "Ana Lind", "Lind", "Per Lind", "Lind", "Ms. Lind", "Mr. Lind") == [
        "Ana Lind",
        "Ana Lind",
        "Per Lind",
        "Per Lind",
        "Ana Lind",
        "Per Lind",
    ]


def test_surname_may_stand_first() -> None:
    text = "President Jang Min-ho spoke. President Jang added a word."
    assert names(text, "President Jang Min-ho", "President Jang") == ["Jang Min-ho", "Jang Min-ho"]


def test_pronouns_follow_gender() -> None:
    text = "Ana Lind met Karl Okoro on Monday. He agreed. She said that it was late."
    first, second = resolve(text, "He", "She")
    assert (first.name, second.name) == ("Karl Okoro", "Ana Lind")
    assert first.resolved_by == second.resolved_by == "pronoun"


def test_it_is_a_body_and_they_a_group_that_spoke() -> None:
    text = "Norland's defence ministry said no. It added a word. Western diplomats agreed. They left."
    references = resolve(text, "Norland's defence ministry", "It", "Western diplomats", "They")
    assert [reference.id for reference in references] == [0, 0, 1, 1]
    assert [reference.kind for reference in references] == ["organization"] * 2 + ["group"] * 2


def test_relative_pronoun_goes_to_the_noun_phrase_before_it() -> None:
    text = "The court heard Ana Lind, who denied it, and a farmer who confirmed it."
    assert names(text, "who", "who") == ["Ana Lind", "farmer"]


@pytest.mark.parametrize("text", ["He said no.", "They said no.", "It said no.", "We said no."])
def test_pronoun_without_antecedent_is_unknown(text: str) -> None:
    (reference,) = resolve(text, text.split()[0])
    assert (reference.name, reference.kind, reference.resolved_by) == (None, "unknown", "none")


def test_missing_source_is_an_unknown_speaker_without_confidence() -> None:
    text = "It was announced."
    resolved = resolve_speakers(text, quoting(text, [""]))
    assert resolved.references[0].kind == "unknown"
    assert resolved.speakers == (Speaker(id=0, name=None, kind="unknown"),)
    assert resolved.confidences == (None,)


def test_first_person_inside_a_quotation_is_its_speaker() -> None:
    text = "“I promise to come,” Ana Lind said."
    quotations = [
        QuotationSpans(content=((0, 20),), source=((22, 30),)),
        QuotationSpans(content=((11, 18),), source=((1, 2),)),
    ]
    references = resolve_speakers(text, quotations).references
    assert [reference.name for reference in references] == ["Ana Lind", "Ana Lind"]


def test_short_descriptions_find_who_holds_the_office() -> None:
    text = (
        "Ana Lind, the country's defence minister, met envoy Karl Okoro. The minister left. The envoy stayed."
    )
    first, second = resolve(text, "The minister", "The envoy")
    assert (first.name, first.resolved_by) == ("Ana Lind", "description")
    assert second.name == "Karl Okoro"


def test_description_before_the_name_is_the_only_holder_of_the_office() -> None:
    text = "The foreign minister said no. Ana Lind, the foreign minister, left with Karl Okoro, the trade minister."
    (reference,) = resolve(text, "The foreign minister")
    assert (reference.name, reference.resolved_by) == ("Ana Lind", "description")
    (reference,) = resolve(text.replace("trade", "foreign"), "The foreign minister")
    assert (reference.name, reference.kind) == ("foreign minister", "anonymous")
    (reference,) = resolve(
        text.replace("Lind, the foreign", "Lind, the former foreign"), "The foreign minister"
    )
    assert reference.kind == "anonymous"


def test_whole_office_decides_before_a_shared_noun() -> None:
    text = "Karl Okoro, the trade minister, left. The foreign minister said no. Ana Lind, the foreign minister, agreed."
    assert names(text, "The foreign minister") == ["Ana Lind"]


def test_office_of_a_state_is_held_by_nobody_of_another() -> None:
    text = "Chinese President Li Lind spoke. The Polish president said no. The Chinese president agreed."
    first, second = resolve(text, "The Polish president", "The Chinese president")
    assert (first.name, first.kind) == ("Polish president", "anonymous")
    assert second.name == "Li Lind"
    text = "President Ana Lind spoke. The Polish president said no."
    assert names(text, "The Polish president") == ["Ana Lind"]


def test_which_and_that_are_no_person() -> None:
    assert kinds("They wore hats with Ana Lind that read no.", "that") == ["unknown"]
    assert names("They met Ana Lind who said no.", "who") == ["Ana Lind"]


def test_it_is_nobody_when_the_body_is_far() -> None:
    text = "The Norland Water Agency said no. It waited. Rain fell. Snow fell. Wind rose. It said yes."
    assert names(text, "The Norland Water Agency", "It") == ["Norland Water Agency"] * 2
    start = text.rindex("It")
    far = QuotationSpans(content=((start + 8, start + 11),), source=((start, start + 2),))
    near = quoting(text, ["The Norland Water Agency"])
    assert resolve_speakers(text, [*near, far]).references[1].kind == "unknown"


def test_unnamed_sources_stay_anonymous_and_are_taken_up() -> None:
    text = "No, a senior official, who asked not to be named, said. A diplomat agreed. The official left."
    references = resolve(text, "a senior official, who asked not to be named,", "A diplomat", "The official")
    assert [reference.id for reference in references] == [0, 1, 0]
    assert {reference.kind for reference in references} == {"anonymous"}


def test_capitals_and_governments_are_the_country() -> None:
    text = "Moscow said no. The Kremlin added a word. The Russian government agreed. Russia waited."
    references = resolve(text, "Moscow", "The Kremlin", "The Russian government", "Russia")
    assert {(reference.id, reference.name, reference.kind) for reference in references} == {
        (0, "Russia", "country")
    }


def test_acronym_and_short_name_are_the_body() -> None:
    text = "The Norland Water Agency (NWA) said no. NWA agreed. The agency repeated it."
    assert names(text, "The Norland Water Agency (NWA)", "NWA", "The agency") == ["Norland Water Agency"] * 3


def test_bare_ministry_gets_its_full_name() -> None:
    text = "Japan’s foreign ministry waited. The ministry said no."
    assert names(text, "The ministry") == ["Japan’s foreign ministry"]


def test_groups_and_documents() -> None:
    text = "Ana Lind and Karl Okoro said no. Western diplomats agreed. The joint declaration repeated it."
    sources = ("Ana Lind and Karl Okoro", "Western diplomats", "The joint declaration")
    assert kinds(text, *sources) == ["group", "group", "document"]
    assert names(text, *sources)[0] == "Ana Lind and Karl Okoro"


def test_document_of_a_known_author_is_the_author() -> None:
    text = "Ana Lind resigned. Lind’s letter said so. A statement from the Kremlin agreed."
    assert names(text, "Lind’s letter", "A statement from the Kremlin") == ["Ana Lind", "Russia"]


def test_mentions_of_a_person_are_all_in_the_article() -> None:
    text = "Minister Ana Lind came. Lind said no. She left Moscow, and Russia waited for Mrs Lind."
    (speaker,) = resolve_speakers(text, quoting(text, ["Ana Lind", "She"])).speakers
    assert mentioned(text, speaker) == ["Ana Lind", "Lind", "She", "Lind"]


def test_mentions_of_a_country_are_its_names_and_seats_not_its_demonyms() -> None:
    text = "Moscow said no. A Russian ship left Russia. The Kremlin waited."
    (speaker,) = resolve_speakers(text, quoting(text, ["Moscow"])).speakers
    assert mentioned(text, speaker) == ["Moscow", "Russia", "Kremlin"]


_PIECES = st.sampled_from(
    "Lind|Ana Lind| |, |. |’s|\n|Mr. |President |the |ministry|Moscow|he |who |“|”|\0|😀|שלום|É|U.S.|(| and ".split(
        "|"
    )
)


@settings(deadline=None)
@given(st.lists(_PIECES | st.text(max_size=4), min_size=1, max_size=40).map("".join), st.data())
def test_any_text_gives_mentions_inside_it(text: str, data: st.DataObject) -> None:
    def span() -> Span:
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        return start, data.draw(st.integers(start, len(text)))

    quotations = [QuotationSpans(content=(span(),), cue=(span(),), source=(span(),)) for _ in range(3)]
    resolved: ResolvedSpeakers = resolve_speakers(text, quotations)
    assert len(resolved.references) == len(resolved.confidences) == len(quotations)
    assert {reference.id for reference in resolved.references} == set(range(len(resolved.speakers)))
    assert all(0 <= start < end <= len(text) for s in resolved.speakers for start, end in s.mentions)


def test_as_many_bodies_as_are_named_are_kept_apart() -> None:
    letters = str.maketrans("0123456789", "abcdefghij")
    bodies = [f"The {str(number).translate(letters).title()} Agency" for number in range(1_000, 1_300)]
    text = " ".join(f"{body} said no." for body in bodies)
    speakers = resolve_speakers(text, quoting(text, bodies)).speakers
    assert len(speakers) == len(bodies)
