import pytest

from analyzer.quotation import STANCE_LABELS, QuotationSpans, Role, SpeakerReference, Stance, covered_text
from eval.lexicons import StanceBaseline

_NOBODY = Role(text=None, spans=(), title=None, affiliation=None, country=None, category="official")


def classify(text: str, country: str | None = "RUS", category: str = "official") -> Stance:
    """The stance of *text*, written as ``[source] cue {content}`` with the marks left in place."""
    cue = (text.index("]") + 2, text.index("{") - 1)
    content = (text.index("{") + 1, text.index("}"))
    role = Role(text=None, spans=(), title=None, affiliation=None, country=country, category=category)
    speaker = SpeakerReference(id=0, name="Ana Lind", kind="person", resolved_by="name")
    stance = StanceBaseline(text).classify(QuotationSpans(content=(content,), cue=(cue,)), speaker, role)
    assert set(stance.probabilities) == set(STANCE_LABELS)
    assert sum(stance.probabilities.values()) == pytest.approx(1)
    assert stance.label == max(stance.probabilities, key=lambda label: stance.probabilities[label])
    return stance


@pytest.mark.parametrize(
    ("text", "label", "target"),
    [
        ("[Lind] accused {Japan of breaking its word}.", "hostile", "Japan"),
        ("[Lind] said {that the hostile policy of Tokyo is an outrageous provocation}.", "hostile", "Japan"),
        ("[Lind] ruled out {a meeting with Poland}.", "hostile", "Poland"),
        ("[Lind] said {there is no goodwill in NATO}.", "hostile", "NATO"),
        ("[Lind] welcomed {the Japanese decision}.", "conciliatory", "Japan"),
        ("[Lind] reiterated its commitment {to peace with Japan}.", "conciliatory", "Japan"),
        ("[Lind] said {we are grateful to Kenya}.", "conciliatory", "Kenya"),
        ("[Lind] said {there will be no talks until Japan apologizes}.", "conditional", "Japan"),
        ("[Lind] said {the embassy in Japan opens at nine}.", "none", None),
        ("[Lind] denied {any aggression against Japan}.", "none", None),
    ],
)
def test_label_and_target(text: str, label: str, target: str | None) -> None:
    stance = classify(text)
    assert stance.label == label
    assert (stance.target.name if stance.target else None) == target


@pytest.mark.parametrize(
    ("text", "condition", "consequence"),
    [
        (
            "[Lind] said {no talks until Japan lifts its sanctions}.",
            "until Japan lifts its sanctions",
            "cooperative",
        ),
        (
            "[Lind] said {we will sign the treaty if Japan withdraws, not before}.",
            "if Japan withdraws",
            "cooperative",
        ),
        ("[Lind] warned {if Japan moves its fleet, we will strike}.", "if Japan moves its fleet", "adverse"),
        ("[Lind] said {we will retaliate unless Tokyo stops}.", "unless Tokyo stops", "adverse"),
        ("[Lind] warned {Japan not to send its fleet}.", "not to send its fleet", "adverse"),
    ],
)
def test_condition_is_the_evidence_and_has_a_consequence(text: str, condition: str, consequence: str) -> None:
    stance = classify(text)
    assert (stance.label, stance.consequence) == ("conditional", consequence)
    assert covered_text(text, stance.evidence) == condition


@pytest.mark.parametrize("time", ["until Monday", "until now", "even if Japan objects", "if necessary"])
def test_what_only_looks_like_a_condition_is_none(time: str) -> None:
    assert classify(f"[Lind] said {{the Japanese fleet sails {time}}}.").label != "conditional"


def test_evidence_is_the_word_that_decides() -> None:
    text = "[Lind] said {that the “openly hostile” acts of Japan failed}."
    assert covered_text(text, classify(text).evidence) == "openly hostile"
    text = "[Lind] said {“That is a hostile act of Japan.”}"
    assert covered_text(text, classify(text).evidence) == "hostile"
    text = "[Lind] condemned {the acts of Japan}."
    assert covered_text(text, classify(text).evidence) == "condemned"


def test_own_side_is_never_the_target() -> None:
    assert classify("[Lind] condemned {the traitors of Russia}.").label == "none"
    assert classify("[Lind] condemned {the traitors of Russia}.", country="JPN").label == "hostile"


def test_target_may_stand_in_the_sentence_or_be_what_the_article_is_about() -> None:
    stance = classify("Asked about Japan, [Lind] condemned {this stance}.")
    assert stance.target is not None
    assert (stance.target.name, stance.target.country) == ("Japan", "JPN")
    stance = classify("Japan sent a note. Japan waited for Kenya.\n[Lind] condemned {this stance}.")
    assert stance.target is not None
    assert stance.target.name == "Japan"


def test_without_another_actor_there_is_no_stance() -> None:
    stance = classify("[Lind] condemned {the outrageous provocation}.")
    assert (stance.label, stance.target, stance.evidence) == ("none", None, ())


def test_third_parties_need_more_to_take_a_stance() -> None:
    text = "[Lind] said {that Japan is isolated}."
    assert classify(text).label == "hostile"
    assert classify(text, country=None, category="expert").label == "none"


def test_target_is_the_last_mention_before_the_quotation() -> None:
    text = "Japan sent a note. Tokyo waited.\n[Lind] condemned {this stance}.\nJapan left."
    target = classify(text).target
    assert target is not None
    assert covered_text(text, target.spans) == "Tokyo"


def test_the_same_target_is_found_for_contents_far_on_and_beside_ones_that_overlap() -> None:
    before, sentence = "Japan met. " * 50, "It is a farce. "
    text = before + sentence * 20
    speaker = SpeakerReference(id=0, name="Ana Lind", kind="person", resolved_by="name")
    role = Role(text=None, spans=(), title=None, affiliation=None, country="RUS", category="official")
    starts = range(len(before), len(text), len(sentence))
    contents = [(start, start + len(sentence) - 1) for start in starts] + [(0, len(text))] * 4
    baseline = StanceBaseline(text)
    stances = [baseline.classify(QuotationSpans(content=(span,)), speaker, role) for span in contents]
    assert [stance.target.name if stance.target else None for stance in stances] == ["Japan"] * 24
