"""Results that the report's tests share."""

from __future__ import annotations

from dataclasses import replace

from analyzer.failure import Failure
from analyzer.quotation import Analysis, Quotation, Target
from tests.hand_made import NO_ROLE, make_analysis, make_quotation, strait_analysis

HOSTILE = (
    "</script><script>window.hacked = 1</script><!-- <script> ]]> <img src=x onerror='window.hacked = 1'> "
    "\" onfocus='window.hacked = 1' &lt; {{ 7 * 7 }} \u2028\u2029 \u202e __proto__ \U0001f54a"
)
FAILURE = Failure(id="news/empty.txt", type="ArticleError", message="the file is empty")


def hostile_analysis() -> Analysis:
    """An analysis with `HOSTILE` wherever words can stand."""
    quotation = make_quotation(
        HOSTILE, HOSTILE, source=HOSTILE, speaker=HOSTILE, role=HOSTILE, stance="hostile", target=HOSTILE
    )
    analysis = make_analysis(HOSTILE, quotation, id=HOSTILE)
    return replace(analysis, title=HOSTILE, date=HOSTILE, outlet=HOSTILE, model=HOSTILE, warnings=(HOSTILE,))


def with_countries(quotation: Quotation, role: str | None, target: str | None) -> Quotation:
    """*quotation* with these countries of its role and its target."""
    stance = quotation.stance
    aimed = None if stance.target is None else Target(name=stance.target.name, country=target, spans=())
    return replace(quotation, role=replace(NO_ROLE, country=role), stance=replace(stance, target=aimed))


def two_analyses() -> tuple[Analysis, Analysis]:
    """`strait_analysis`, dated, and a later article in which Ana Lind is hostile and one unknown is surely calm."""
    text = "Lind called it theft. It was said that tea would be served."
    lind = make_quotation(
        text, "it theft", source="Lind", speaker="Ana Lind", stance="hostile", target="Sudria"
    )
    unknown = make_quotation(text, "tea would be served", id=1)
    unknown = replace(
        unknown, kind="indirect", confidence=replace(unknown.confidence, quotation=0.5, stance=0.95)
    )
    lind = with_countries(lind, "NOR", "SDN")
    first = replace(
        strait_analysis(), title="Talks on the strait", date="2026-03-02", outlet="The Norland Courier"
    )
    second = replace(make_analysis(text, lind, unknown, id="news/tea.txt"), date="2026-03-20")
    return first, second
