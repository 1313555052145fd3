import pytest

from analyzer.quotation import QuotationSpans, SpeakerReference
from analyzer.speakers import resolve_speakers


def speaker_at(label: str, person: str = "somebody") -> SpeakerReference:
    """Who speaks at *label* in the transcript of a talk with *person*."""
    text = f"Transcript of a talk with {person} in Borg.\n\nQUESTION: What now?\n\n{label}: We go on.\n"
    start = text.rindex(f"{label}:")
    end = start + len(label)
    quotation = QuotationSpans(content=((end + 2, len(text) - 1),), source=((start, end),))
    return resolve_speakers(text, [quotation]).references[0]


@pytest.mark.parametrize(
    ("person", "label"),
    [
        ("Minister Ana Lind", "LIND"),
        ("Minister Ana Lind", "MINISTER LIND"),
        ("Minister Ana Lind", "NORWEGIAN MINISTER ANA LIND"),
        ("Vice-Minister Ana Lind", "VICE-MINISTER"),
        ("Minister Omar al-Qasim", "AL-QASIM"),
        ("Minister Faris Al Qasim", "GENERAL AL QASIM"),
        ("Minister Ana Lind-Okoro", "LIND-OKORO"),
        ("Minister Ana Lind Okoro", "LIND"),
        ("Minister Selin Yıldırım", "YILDIRIM"),
        ("Governor Do Min-ho", "DO"),
        ("Minister Ana Lind", "A"),
    ],
)
def test_label_is_who_is_named_before(person: str, label: str) -> None:
    assert speaker_at(label, person).name == person.split(" ", 1)[1]


def test_label_of_a_stranger_is_a_person() -> None:
    assert speaker_at("BELMAR").kind == "person"
