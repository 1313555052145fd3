from analyzer.quotation import QuotationSpans
from analyzer.speakers import resolve_speakers
from tests.analyzer.resolving import kinds, names


def test_subject_of_the_sentence_before_goes_first() -> None:
    text = "Karl Okoro arrived on Monday with Per Lind. He said no."
    assert names(text, "He") == ["Karl Okoro"]


def test_speaker_goes_on() -> None:
    text = "Karl Okoro said no. The plan of Per Lind was bad, he added."
    assert names(text, "Karl Okoro", "he") == ["Karl Okoro"] * 2


def test_who_is_named_in_the_own_words_is_somebody_else() -> None:
    text = "Karl Okoro came. “Per Lind has failed,” he said."
    said, pronoun = text.index("“"), text.index("he said")
    quotation = QuotationSpans(content=((said, pronoun - 1),), source=((pronoun, pronoun + 2),))
    assert resolve_speakers(text, [quotation]).references[0].name == "Karl Okoro"


def test_gender_of_an_unusual_name_is_that_of_the_pronoun_after_it() -> None:
    text = "Tuvo Belamar, who lost her house, stayed. Belamar wept. Karl Okoro spoke. He left. She said no, he said."
    assert names(text, "She", "he") == ["Tuvo Belamar", "Karl Okoro"]


def test_unusual_name_with_what_only_persons_have_is_a_person() -> None:
    assert names("Tuvo Belamar, who sells rope, stayed. He said no.", "He") == ["Tuvo Belamar"]


def test_it_is_the_body_that_the_sentence_before_is_about() -> None:
    text = "Moscow agreed. The Norland Water Agency met for hours. Afterwards it said no."
    assert names(text, "Moscow", "it") == ["Russia", "Norland Water Agency"]


def test_it_may_be_a_document() -> None:
    text = "Work began. The new contract has forty pages. It says no."
    assert kinds(text.replace("contract", "treaty"), "It") == ["document"]
