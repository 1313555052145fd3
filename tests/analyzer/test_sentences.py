import pytest

from analyzer.sentences import Sentences, sentence_starts


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("No. Yes.", ["No. ", "Yes."]),
        ("“No.” Then he left.", ["“No.” ", "Then he left."]),
        ("Mr. Lind met J. Okoro. He left.", ["Mr. Lind met J. Okoro. ", "He left."]),
        ("A headline\nA sentence", ["A headline\n", "A sentence"]),
        ("See No. 5 of it.", ["See No. 5 of it."]),
        ("It rose by 3.5 percent, i.e. little.", ["It rose by 3.5 percent, i.e. little."]),
        ("", [""]),
    ],
)
def test_sentences_begin_after_a_mark_or_a_line_break(text: str, sentences: list[str]) -> None:
    starts = sentence_starts(text)
    assert [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)] == sentences


def test_positions_in_sentences() -> None:
    sentences = Sentences("No. Yes. Well.")
    assert (sentences.start(3), sentences.start(4), sentences.start(6)) == (0, 4, 4)
    assert sentences.around(5) == (4, 9)
    assert (sentences.distance(0, 2), sentences.distance(0, 5), sentences.distance(0, 13)) == (0, 1, 2)


def test_endless_sentence_is_cut_around_the_position() -> None:
    start, end = Sentences("a " * 5_000).around(5_000)
    assert 0 < start < 5_000 < end < 10_000
